package org.juniteval.engine.slice;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.juniteval.engine.fingerprint.Sha256;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.MultiANewArrayInsnNode;
import org.objectweb.asm.tree.ParameterNode;
import org.objectweb.asm.tree.RecordComponentNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * The text of code, equal for sources that differ in nothing that runs: no debug information, labels by position,
 * variables by first use, lambdas at their place, anonymous classes by content, switches over enums by constants' names.
 */
final class NormalForm {

    private static final Set<String> METHODS_OF_OBJECT =
            Set.of("equals(Ljava/lang/Object;)Z", "hashCode()I", "toString()Ljava/lang/String;");
    /** What is left of an initialiser that only assigns fields. */
    static final String RETURN = Opcodes.RETURN + " \n";

    /** What stands between the names of classes in descriptors and signatures. */
    private static final String DELIMITERS = ";<>():[";

    private final Classes classes;

    /** The names of anonymous classes: one and the same wherever they stand outside of other anonymous classes. */
    private final Map<String, String> names;

    /** Within an anonymous class: the names of those that it mentions, some of which may lead back to it. */
    private final Map<String, String> nested;

    /** The anonymous classes around, innermost first. */
    private final Deque<String> enclosing;

    private final Deque<ProjectMethod> inlining = new ArrayDeque<>();

    /** @param names names of anonymous classes that are known already, for all threads; added to */
    NormalForm(Classes classes, Map<String, String> names) {
        this(classes, names, Map.of(), new ArrayDeque<>());
    }

    private NormalForm(
            Classes classes, Map<String, String> names, Map<String, String> nested, Deque<String> enclosing) {
        this.classes = classes;
        this.names = names;
        this.nested = nested;
        this.enclosing = enclosing;
    }

    /** Whether a method has no place of its own: it is part of the method that mentions it. */
    static boolean isInlined(MethodNode method) {
        return ClassFile.is(method.access, Opcodes.ACC_SYNTHETIC)
                && (method.name.startsWith("lambda$")
                        || method.name.startsWith("access$")
                        || method.name.contains("$lambda"));
    }

    /** What a method does when it is called. */
    String method(MethodNode method) {
        StringBuilder out = new StringBuilder(head(method));
        body(out, method);
        return out.toString();
    }

    String head(MethodNode method) {
        int access = method.access
                & (Opcodes.ACC_STATIC | Opcodes.ACC_ABSTRACT | Opcodes.ACC_SYNCHRONIZED | Opcodes.ACC_NATIVE);
        List<String> ofParameters = new ArrayList<>();
        for (List<AnnotationNode> annotations : Annotations.ofParameters(method)) {
            ofParameters.add(Annotations.text(annotations));
        }
        return access + names(method.desc) + Annotations.text(Annotations.of(method)) + ofParameters + "\n";
    }

    /** What reflection sees of a method besides its code: access, generic types, names of parameters. */
    String face(MethodNode method) {
        StringBuilder out = new StringBuilder();
        out.append(method.access & (Opcodes.ACC_PUBLIC | Opcodes.ACC_PROTECTED | Opcodes.ACC_PRIVATE));
        out.append(' ').append(names(method.signature)).append(' ');
        if (method.parameters != null) {
            for (ParameterNode parameter : method.parameters) {
                out.append(parameter.name).append(',');
            }
        }
        return out.append(method.annotationDefault == null ? "" : Annotations.valueText(method.annotationDefault))
                .append('\n')
                .toString();
    }

    /** The given runs of an initialiser. */
    String runs(MethodNode method, List<Run> runs) {
        StringBuilder out = new StringBuilder();
        Map<Integer, String> slots = parameterSlots(method);
        for (Run run : runs) {
            if (run.belongsToFields()) {
                out.append("at ").append(run.place()).append('\n');
            }
            instructions(out, method, run.first(), run.last(), slots);
        }
        return out.toString();
    }

    String field(FieldNode field) {
        return (field.access & (Opcodes.ACC_STATIC | Opcodes.ACC_VOLATILE | Opcodes.ACC_TRANSIENT))
                + names(field.desc)
                + (field.value == null ? "" : constant(field.value))
                + Annotations.text(Annotations.of(field))
                + "\n";
    }

    String face(FieldNode field) {
        return (field.access & (Opcodes.ACC_PUBLIC | Opcodes.ACC_PROTECTED | Opcodes.ACC_PRIVATE)) + " "
                + names(field.signature) + "\n";
    }

    /**
     * What a class is, without its members.
     *
     * @param withParents whether it matters what it inherits from, beyond the methods that run
     */
    String type(ClassFile type, boolean withParents) {
        StringBuilder out = new StringBuilder();
        out.append(type.node.access
                & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_INTERFACE | Opcodes.ACC_ENUM | Opcodes.ACC_ANNOTATION));
        if (withParents) {
            out.append(' ').append(names(type.node.superName)).append(' ');
            out.append(new TreeSet<>(type.node.interfaces)).append(' ').append(names(type.node.signature));
        }
        out.append(Annotations.text(Annotations.of(type.node))).append('\n');
        if (type.node.recordComponents != null) {
            for (RecordComponentNode component : type.node.recordComponents) {
                out.append(component.name)
                        .append(' ')
                        .append(names(component.descriptor))
                        .append(' ');
                out.append(names(component.signature))
                        .append(Annotations.text(Annotations.of(component)))
                        .append('\n');
            }
        }
        return out.toString();
    }

    /** A class with all its members, for an anonymous class at its place. */
    private String content(ClassFile type) {
        StringBuilder out = new StringBuilder(type(type, true));
        TreeMap<String, String> members = new TreeMap<>();
        for (FieldNode field : type.node.fields) {
            members.put("field " + field.name, field(field));
        }
        for (ProjectMethod method : type.methods()) {
            if (!method.isInlined) {
                MethodNode node = method.node;
                String face = Annotations.invite(node) ? face(node) : "";
                members.put("method " + node.name + names(node.desc), method(node) + face);
            }
        }
        for (Map.Entry<String, String> member : members.entrySet()) {
            out.append(member.getKey()).append(' ').append(member.getValue());
        }
        return out.toString();
    }

    private void body(StringBuilder out, MethodNode method) {
        if (method.instructions.size() > 0) {
            instructions(
                    out, method, method.instructions.getFirst(), method.instructions.getLast(), parameterSlots(method));
        }
    }

    private static Map<Integer, String> parameterSlots(MethodNode method) {
        Map<Integer, String> slots = new HashMap<>();
        int slot = 0;
        if (!ClassFile.is(method.access, Opcodes.ACC_STATIC)) {
            slots.put(slot++, "this");
        }
        int number = 0;
        for (Type parameter : Type.getArgumentTypes(method.desc)) {
            slots.put(slot, "p" + number++);
            slot += parameter.getSize();
        }
        return slots;
    }

    private void instructions(
            StringBuilder out,
            MethodNode method,
            AbstractInsnNode first,
            AbstractInsnNode last,
            Map<Integer, String> slots) {
        Map<LabelNode, String> labels = labels(method, first, last);
        for (AbstractInsnNode instruction = first; ; instruction = instruction.getNext()) {
            if (instruction instanceof LabelNode label) {
                if (labels.containsKey(label)) {
                    out.append(labels.get(label)).append(":\n");
                }
            } else if (instruction.getOpcode() >= 0) {
                // Which of the two switch instructions is used depends on the numbers of an enum's constants.
                int opcode = instruction.getOpcode();
                out.append(opcode == Opcodes.TABLESWITCH ? Opcodes.LOOKUPSWITCH : opcode)
                        .append(' ');
                operand(out, instruction, slots, labels);
                out.append('\n');
            }
            if (instruction == last) {
                break;
            }
        }
        for (TryCatchBlockNode block : method.tryCatchBlocks) {
            if (labels.containsKey(block.start)) {
                out.append("try ").append(labels.get(block.start)).append(' ');
                out.append(label(labels, block.end)).append(' ').append(label(labels, block.handler));
                out.append(' ').append(names(block.type)).append('\n');
            }
        }
    }

    /** Names the labels that are used, by position; one behind the run, where a jump may lead, is its end. */
    private static Map<LabelNode, String> labels(MethodNode method, AbstractInsnNode first, AbstractInsnNode last) {
        Set<LabelNode> used = new HashSet<>();
        for (AbstractInsnNode instruction = first; ; instruction = instruction.getNext()) {
            if (instruction instanceof JumpInsnNode jump) {
                used.add(jump.label);
            } else if (instruction instanceof TableSwitchInsnNode table) {
                used.addAll(table.labels);
                used.add(table.dflt);
            } else if (instruction instanceof LookupSwitchInsnNode lookup) {
                used.addAll(lookup.labels);
                used.add(lookup.dflt);
            }
            if (instruction == last) {
                break;
            }
        }
        for (TryCatchBlockNode block : method.tryCatchBlocks) {
            used.addAll(List.of(block.start, block.end, block.handler));
        }
        Map<LabelNode, String> labels = new HashMap<>();
        for (AbstractInsnNode instruction = first; ; instruction = instruction.getNext()) {
            if (instruction instanceof LabelNode label && used.contains(label)) {
                labels.put(label, "L" + labels.size());
            }
            if (instruction == last) {
                return labels;
            }
        }
    }

    private static String label(Map<LabelNode, String> labels, LabelNode label) {
        return labels.getOrDefault(label, "end");
    }

    private void operand(
            StringBuilder out,
            AbstractInsnNode instruction,
            Map<Integer, String> slots,
            Map<LabelNode, String> labels) {
        if (instruction instanceof VarInsnNode variable) {
            out.append(slot(slots, variable.var));
        } else if (instruction instanceof IincInsnNode increment) {
            out.append(slot(slots, increment.var)).append(' ').append(increment.incr);
        } else if (instruction instanceof IntInsnNode number) {
            out.append(number.operand);
        } else if (instruction instanceof LdcInsnNode constant) {
            out.append(argument(constant.cst));
        } else if (instruction instanceof TypeInsnNode type) {
            out.append(names(type.desc));
        } else if (instruction instanceof FieldInsnNode field) {
            out.append(SwitchTable.isTable(field) ? "" : names(field.owner) + ".");
            out.append(field.name).append(' ').append(names(field.desc));
        } else if (instruction instanceof MethodInsnNode call) {
            call(out, call);
        } else if (instruction instanceof InvokeDynamicInsnNode dynamic) {
            out.append(dynamic.name).append(names(dynamic.desc)).append(' ').append(handle(dynamic.bsm));
            for (Object argument : dynamic.bsmArgs) {
                out.append(' ').append(argument(argument));
            }
        } else if (instruction instanceof JumpInsnNode jump) {
            out.append(label(labels, jump.label));
        } else if (instruction instanceof MultiANewArrayInsnNode array) {
            out.append(names(array.desc)).append(array.dims);
        } else if (instruction instanceof TableSwitchInsnNode table) {
            List<Integer> keys = new ArrayList<>();
            for (int key = table.min; key <= table.max; key++) {
                keys.add(key);
            }
            choices(out, instruction, keys, table.labels, table.dflt, labels);
        } else if (instruction instanceof LookupSwitchInsnNode lookup) {
            choices(out, instruction, lookup.keys, lookup.labels, lookup.dflt, labels);
        }
    }

    private static String slot(Map<Integer, String> slots, int slot) {
        String name = slots.get(slot);
        if (name == null) {
            name = "v" + slots.size();
            slots.put(slot, name);
        }
        return name;
    }

    private void call(StringBuilder out, MethodInsnNode call) {
        String signature = call.name + call.desc;
        ProjectMethod inlined = inlined(call.owner, signature);
        if (inlined != null) {
            inline(out, inlined);
            return;
        }
        // javac 17 calls equals and hashCode through an interface on Object, later ones on the interface.
        boolean ofObject = METHODS_OF_OBJECT.contains(signature);
        out.append(ofObject && call.getOpcode() != Opcodes.INVOKESPECIAL ? "java/lang/Object" : names(call.owner));
        out.append('.').append(call.name).append(names(call.desc));
    }

    /** The method, if it is one without a place of its own; else null. */
    private ProjectMethod inlined(String owner, String signature) {
        ClassFile target = classes.get(owner);
        ProjectMethod method = target == null ? null : target.method(signature);
        return method != null && method.isInlined ? method : null;
    }

    private void inline(StringBuilder out, ProjectMethod method) {
        if (inlining.contains(method)) {
            out.append("itself");
            return;
        }
        inlining.push(method);
        out.append(names(method.node.desc)).append("{\n");
        body(out, method.node);
        out.append('}');
        inlining.pop();
    }

    /** Cases by key, or by the names of an enum's constants: javac numbers these for all switches of a class together. */
    private void choices(
            StringBuilder out,
            AbstractInsnNode instruction,
            List<Integer> keys,
            List<LabelNode> targets,
            LabelNode otherwise,
            Map<LabelNode, String> labels) {
        Map<Integer, String> names = SwitchTable.namesFor(instruction, classes);
        TreeMap<String, String> choices = new TreeMap<>();
        for (int i = 0; i < keys.size(); i++) {
            if (targets.get(i) != otherwise) {
                choices.put(names.getOrDefault(keys.get(i), keys.get(i).toString()), label(labels, targets.get(i)));
            }
        }
        out.append(choices).append(' ').append(label(labels, otherwise));
    }

    private String argument(Object value) {
        if (value instanceof Handle handle) {
            return handle(handle);
        }
        if (value instanceof ConstantDynamic dynamic) {
            StringBuilder out = new StringBuilder("dynamic ");
            out.append(dynamic.getName()).append(names(dynamic.getDescriptor()));
            out.append(handle(dynamic.getBootstrapMethod()));
            for (int i = 0; i < dynamic.getBootstrapMethodArgumentCount(); i++) {
                out.append(' ').append(argument(dynamic.getBootstrapMethodArgument(i)));
            }
            return out.toString();
        }
        return value instanceof Type type ? "type " + names(type.getDescriptor()) : constant(value);
    }

    private String handle(Handle handle) {
        ProjectMethod inlined = inlined(handle.getOwner(), handle.getName() + handle.getDesc());
        if (inlined != null) {
            StringBuilder out = new StringBuilder("lambda ");
            inline(out, inlined);
            return out.toString();
        }
        return handle.getTag() + names(handle.getOwner()) + "." + handle.getName() + names(handle.getDesc());
    }

    /** A constant with its type; floating-point numbers by their bits, since JDKs print them differently. */
    static String constant(Object value) {
        if (value instanceof String text) {
            return "\"" + text.length() + ":" + text + "\"";
        }
        if (value instanceof Float number) {
            return "F" + Integer.toHexString(Float.floatToRawIntBits(number));
        }
        if (value instanceof Double number) {
            return "D" + Long.toHexString(Double.doubleToRawLongBits(number));
        }
        return value.getClass().getSimpleName() + value;
    }

    /** An internal name, descriptor or signature, with anonymous classes named by what they contain. */
    String names(String text) {
        if (text == null) {
            return "";
        }
        if (!hasNumberedClass(text)) {
            return text;
        }
        StringBuilder out = new StringBuilder();
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || DELIMITERS.indexOf(text.charAt(i)) >= 0) {
                out.append(numbered(text.substring(start, i)));
                if (i < text.length()) {
                    out.append(text.charAt(i));
                }
                start = i + 1;
            }
        }
        return out.toString();
    }

    private static boolean hasNumberedClass(String text) {
        for (int at = text.indexOf('$'); at >= 0 && at + 1 < text.length(); at = text.indexOf('$', at + 1)) {
            char next = text.charAt(at + 1);
            if (at > 0 && next >= '0' && next <= '9') {
                return true;
            }
        }
        return false;
    }

    /** @param name of a class; in a descriptor "L" stands before it, and before that there may be primitives */
    private String numbered(String name) {
        if (!hasNumberedClass(name)) {
            return name;
        }
        int start = 0;
        ClassFile type = anonymousClass(name);
        while (type == null && (start = name.indexOf('L', start) + 1) > 0) {
            type = anonymousClass(name.substring(start));
        }
        return type == null ? name : name.substring(0, start) + nameOf(type);
    }

    private ClassFile anonymousClass(String name) {
        ClassFile type = classes.get(name);
        return type != null && type.isAnonymous ? type : null;
    }

    private String nameOf(ClassFile type) {
        if (enclosing.contains(type.name())) {
            return "enclosing" + List.copyOf(enclosing).indexOf(type.name());
        }
        Map<String, String> known = enclosing.isEmpty() ? names : nested;
        String name = known.get(type.name());
        if (name == null) {
            name = "anonymous" + Sha256.of(within(type).content(type));
            known.put(type.name(), name);
        }
        return name;
    }

    private NormalForm within(ClassFile type) {
        Deque<String> around = new ArrayDeque<>(enclosing);
        around.push(type.name());
        return new NormalForm(classes, names, enclosing.isEmpty() ? new HashMap<>() : nested, around);
    }
}
