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
import java.util.regex.Pattern;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Cuts a constructor or static initialiser into runs of instructions: those that assign one field, and the rest.
 *
 * <p>The compiler puts the initial values of all fields into one method. A judge or a rubric that only scorers read
 * would otherwise be part of every eval of the class.
 */
final class Initialiser {

    /** Names of methods that change what they are called on, {@code addAll} and {@code onAnswer}, and no {@code address}. */
    private static final Pattern CHANGE = Pattern.compile(
            "(?:add|append|attach|bind|insert|install|listen|offer|on|push|put|register|remove|set|subscribe)(?:[^a-z].*)?");

    private static final Pattern COLLECTION =
            Pattern.compile("Ljava/util/(?:concurrent/)?\\w*(?:Collection|Deque|List|Map|Queue|Set);");

    private Initialiser() {}

    /** The runs in the order of the code. */
    static List<Run> runs(ClassNode owner, MethodNode method, Classes classes) {
        AbstractInsnNode[] code = method.instructions.toArray();
        Jumps jumps = new Jumps(method);
        List<int[]> spans = new ArrayList<>();
        List<Set<String>> fields = new ArrayList<>();
        Map<String, Integer> toCome = new HashMap<>();
        int first = 0;
        for (int next = 1; next <= code.length; next++) {
            if (next == code.length || jumps.mayCutBefore(next)) {
                Set<String> assigned = fieldsAssigned(owner, code, first, next - 1, jumps, classes);
                spans.add(new int[] {first, next - 1});
                fields.add(assigned);
                assigned.forEach(field -> toCome.merge(field, 1, Integer::sum));
                first = next;
            }
        }
        Uses uses = new Uses(owner);
        List<Run> runs = new ArrayList<>();
        int others = 0;
        for (int i = 0; i < spans.size(); i++) {
            int[] span = spans.get(i);
            Set<String> own = fields.get(i);
            String place = "";
            if (!own.isEmpty()) {
                own.forEach(field -> toCome.merge(field, -1, Integer::sum));
                place = others + " " + stillToCome(uses.in(code, span[0], span[1]), own, toCome);
            } else if (hasInstruction(code, span[0], span[1])) {
                others++;
            }
            runs.add(new Run(own, place, code[span[0]], code[span[1]]));
        }
        return runs;
    }

    /** Those of the used fields that will be assigned later, and how many times. */
    private static Map<String, Integer> stillToCome(Set<String> used, Set<String> own, Map<String, Integer> toCome) {
        Map<String, Integer> found = new TreeMap<>();
        for (String field : used) {
            int times = own.contains(field) ? 0 : toCome.getOrDefault(field, 0);
            if (times > 0) {
                found.put(field, times);
            }
        }
        return found;
    }

    private static boolean hasInstruction(AbstractInsnNode[] code, int first, int last) {
        for (int i = first; i <= last; i++) {
            if (code[i].getOpcode() >= 0) {
                return true;
            }
        }
        return false;
    }

    private static Set<String> fieldsAssigned(
            ClassNode owner, AbstractInsnNode[] code, int first, int last, Jumps jumps, Classes classes) {
        int end = last;
        while (end > first && code[end].getOpcode() < 0) {
            end--;
        }
        if (!(code[end] instanceof FieldInsnNode assigned)
                || !isAssignment(assigned, owner)
                || jumps.back(first, last)) {
            return Set.of();
        }
        Set<String> fields = new TreeSet<>(Set.of(assigned.name));
        Set<String> seen = new HashSet<>();
        for (int i = first; i < end; i++) {
            int opcode = code[i].getOpcode();
            boolean storesElsewhere = code[i] instanceof IincInsnNode
                    || code[i] instanceof VarInsnNode && opcode >= Opcodes.ISTORE && opcode <= Opcodes.ASTORE
                    || code[i] instanceof FieldInsnNode && (opcode == Opcodes.PUTFIELD || opcode == Opcodes.PUTSTATIC)
                    || opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN;
            if (storesElsewhere) {
                return Set.of();
            }
            if (code[i] instanceof MethodInsnNode call) {
                if (changesWhatItIsGiven(call, owner) || handsOverWhatItMakes(call, owner, classes)) {
                    return Set.of();
                }
                addChangedBy(call, owner, fields, seen);
            } else if (code[i] instanceof InvokeDynamicInsnNode dynamic
                    && Operands.consumerOf(dynamic) instanceof MethodInsnNode) {
                // for all that can be told, who is given a lambda runs it at once
                for (Object argument : dynamic.bsmArgs) {
                    if (argument instanceof Handle lambda) {
                        addChangedIn(lambda.getOwner(), lambda.getName() + lambda.getDesc(), owner, fields, seen);
                    }
                }
            } else if (code[i] instanceof FieldInsnNode field && isDeclared(field, owner) && isHandedOver(field)) {
                fields.add(field.name);
            }
        }
        return fields;
    }

    /** Whether a call changes by its name something that is neither new nor a field of the class. */
    private static boolean changesWhatItIsGiven(MethodInsnNode call, ClassNode owner) {
        if (!CHANGE.matcher(call.name).matches()) {
            return false;
        }
        if (call.getOpcode() == Opcodes.INVOKESTATIC) {
            return !call.owner.equals(owner.name);
        }
        AbstractInsnNode receiver = receiverOf(call);
        return receiver instanceof VarInsnNode variable && variable.var != 0
                || receiver instanceof FieldInsnNode field && !isDeclared(field, owner);
    }

    /** Whether a constructor of another class hands the new object to something that keeps it, judged by its name. */
    private static boolean handsOverWhatItMakes(MethodInsnNode made, ClassNode owner, Classes classes) {
        ClassFile type = made.name.equals("<init>") ? classes.get(made.owner) : null;
        ProjectMethod constructor = type == null ? null : type.method(made.name + made.desc);
        if (constructor == null) {
            return false;
        }
        for (AbstractInsnNode instruction : constructor.node.instructions) {
            if (instruction instanceof MethodInsnNode call) {
                boolean ofParent = call.name.equals("<init>") && isThis(receiverOf(call));
                boolean keeps = !type.name().equals(owner.name)
                        && CHANGE.matcher(call.name).matches()
                        && isHandedThis(call);
                if (keeps || ofParent && handsOverWhatItMakes(call, owner, classes)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isHandedThis(MethodInsnNode call) {
        int above = 0;
        Type[] types = Type.getArgumentTypes(call.desc);
        for (int i = types.length - 1; i >= 0; i--) {
            if (isThis(Operands.producerOf(call, above))) {
                return true;
            }
            above += types[i].getSize();
        }
        return false;
    }

    private static boolean isThis(AbstractInsnNode producer) {
        return producer instanceof VarInsnNode variable && variable.getOpcode() == Opcodes.ALOAD && variable.var == 0;
    }

    /** Whether a field's collection is handed to something that may add to it. */
    private static boolean isHandedOver(FieldInsnNode field) {
        return COLLECTION.matcher(field.desc).matches()
                && Operands.consumerOf(field) instanceof MethodInsnNode call
                && (call.getOpcode() == Opcodes.INVOKESTATIC || receiverOf(call) != field);
    }

    private static AbstractInsnNode receiverOf(MethodInsnNode call) {
        return Operands.producerOf(call, Operands.taken(call) - 1);
    }

    /**
     * An initial value may come from a call that changes further fields on its way: one that registers what it makes,
     * or a method or constructor of the class that assigns them or adds to what they hold.
     */
    private static void addChangedBy(MethodInsnNode call, ClassNode owner, Set<String> fields, Set<String> seen) {
        if (call.getOpcode() != Opcodes.INVOKESTATIC
                && CHANGE.matcher(call.name).matches()
                && receiverOf(call) instanceof FieldInsnNode field
                && isDeclared(field, owner)) {
            fields.add(field.name);
        }
        addChangedIn(call.owner, call.name + call.desc, owner, fields, seen);
    }

    private static void addChangedIn(
            String type, String signature, ClassNode owner, Set<String> fields, Set<String> seen) {
        if (!type.equals(owner.name) || !seen.add(signature)) {
            return;
        }
        for (MethodNode method : owner.methods) {
            if (signature.equals(method.name + method.desc)) {
                for (AbstractInsnNode instruction : method.instructions) {
                    boolean ofNewObject = method.name.equals("<init>") && instruction.getOpcode() == Opcodes.PUTFIELD;
                    if (instruction instanceof FieldInsnNode field && isAssignment(field, owner) && !ofNewObject) {
                        fields.add(field.name);
                    } else if (instruction instanceof MethodInsnNode next) {
                        addChangedBy(next, owner, fields, seen);
                    }
                }
            }
        }
    }

    private static boolean isAssignment(FieldInsnNode field, ClassNode owner) {
        return isDeclared(field, owner)
                && (field.getOpcode() == Opcodes.PUTFIELD || field.getOpcode() == Opcodes.PUTSTATIC);
    }

    /** Code names an inherited field by the class through which it is reached. */
    private static boolean isDeclared(FieldInsnNode field, ClassNode owner) {
        return field.owner.equals(owner.name)
                && owner.fields.stream().anyMatch(declared -> declared.name.equals(field.name));
    }

    /** Which fields of its class code uses, by itself or by methods of the class that it calls. */
    private static final class Uses {

        private final ClassNode owner;
        private final Set<String> declared = new HashSet<>();
        private final Map<String, MethodNode> methods = new HashMap<>();
        private final Map<String, Set<String>> known = new HashMap<>();

        Uses(ClassNode owner) {
            this.owner = owner;
            for (FieldNode field : owner.fields) {
                declared.add(field.name);
            }
            for (MethodNode method : owner.methods) {
                methods.put(method.name + method.desc, method);
            }
        }

        Set<String> in(AbstractInsnNode[] code, int first, int last) {
            Set<String> fields = new TreeSet<>();
            for (int i = first; i <= last; i++) {
                String called = add(code[i], fields);
                if (called != null) {
                    fields.addAll(by(called));
                }
            }
            return fields;
        }

        private Set<String> by(String signature) {
            Set<String> fields = known.get(signature);
            if (fields == null) {
                fields = new HashSet<>();
                Set<String> seen = new HashSet<>(Set.of(signature));
                Deque<String> todo = new ArrayDeque<>(seen);
                while (!todo.isEmpty()) {
                    MethodNode method = methods.get(todo.pop());
                    if (method != null) {
                        for (AbstractInsnNode instruction : method.instructions) {
                            String called = add(instruction, fields);
                            if (called != null && seen.add(called)) {
                                todo.push(called);
                            }
                        }
                    }
                }
                known.put(signature, fields);
            }
            return fields;
        }

        /** Adds the field that an instruction uses; returns the method of the class that it calls, or null. */
        private String add(AbstractInsnNode instruction, Set<String> fields) {
            if (instruction instanceof FieldInsnNode field
                    && field.owner.equals(owner.name)
                    && declared.contains(field.name)) {
                fields.add(field.name);
            }
            return instruction instanceof MethodInsnNode call && call.owner.equals(owner.name)
                    ? call.name + call.desc
                    : null;
        }
    }

    /** Depth of the operand stack and jumps of a method, which may be cut where the stack is empty and no jump crosses. */
    private static final class Jumps {

        private final int[] depth;

        /** How many spans cross the place before each instruction; while they are gathered, how many more than before. */
        private final int[] crossing;

        private final List<int[]> backward = new ArrayList<>();

        Jumps(MethodNode method) {
            InsnList code = method.instructions;
            depth = new int[code.size()];
            crossing = new int[code.size() + 1];
            Map<LabelNode, Integer> known = new HashMap<>();
            for (TryCatchBlockNode block : method.tryCatchBlocks) {
                known.put(block.handler, 1);
                int start = code.indexOf(block.start);
                int handler = code.indexOf(block.handler);
                cross(Math.min(start, handler), Math.max(code.indexOf(block.end), handler));
                backward.add(new int[] {start, handler}); // a handler keeps its run whole as well
            }
            int current = 0;
            for (int i = 0; i < code.size(); i++) {
                AbstractInsnNode instruction = code.get(i);
                if (instruction instanceof LabelNode label && known.containsKey(label)) {
                    current = known.get(label);
                }
                depth[i] = current;
                current += Operands.put(instruction) - Operands.taken(instruction);
                for (LabelNode target : targets(instruction)) {
                    known.putIfAbsent(target, current);
                    int to = code.indexOf(target);
                    cross(Math.min(i, to), Math.max(i, to));
                    if (to < i) {
                        backward.add(new int[] {to, i});
                    }
                }
                if (endsFlow(instruction.getOpcode())) {
                    current = 0;
                }
            }
            for (int i = 1; i < crossing.length; i++) {
                crossing[i] += crossing[i - 1];
            }
        }

        /** No cut behind the first and before the last instruction. */
        private void cross(int first, int last) {
            if (first < last) {
                crossing[first + 1]++;
                crossing[last]--;
            }
        }

        private static List<LabelNode> targets(AbstractInsnNode instruction) {
            List<LabelNode> targets = new ArrayList<>();
            if (instruction instanceof JumpInsnNode jump) {
                targets.add(jump.label);
            } else if (instruction instanceof TableSwitchInsnNode table) {
                targets.addAll(table.labels);
                targets.add(table.dflt);
            } else if (instruction instanceof LookupSwitchInsnNode lookup) {
                targets.addAll(lookup.labels);
                targets.add(lookup.dflt);
            }
            return targets;
        }

        private static boolean endsFlow(int opcode) {
            return opcode == Opcodes.GOTO
                    || opcode == Opcodes.ATHROW
                    || opcode == Opcodes.TABLESWITCH
                    || opcode == Opcodes.LOOKUPSWITCH
                    || opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN;
        }

        boolean mayCutBefore(int index) {
            return depth[index] == 0 && crossing[index] == 0;
        }

        boolean back(int first, int last) {
            for (int[] span : backward) {
                if (span[0] <= last && span[1] >= first) {
                    return true;
                }
            }
            return false;
        }
    }
}
