package org.juniteval.engine.slice;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.juniteval.engine.slice.Reached.Place;
import org.juniteval.engine.slice.Recipes.Recipe;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MultiANewArrayInsnNode;
import org.objectweb.asm.tree.RecordComponentNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.TypeInsnNode;

/** Reads what instructions and annotations ask of a walk. Thread-safe: what it reads does not change. */
final class StepReader {

    /** Annotations whose frameworks look for further classes on the class path. */
    private static final Set<String> SCANS = Set.of(
            "ComponentScan",
            "SpringBootApplication",
            "SpringBootTest",
            "QuarkusTest",
            "MicronautTest",
            "EnableAutoConfiguration");

    private static final Step[] NONE = {};

    private final Classes classes;
    private final Origins origins;

    StepReader(Classes classes) {
        this.classes = classes;
        this.origins = new Origins(classes);
    }

    // ---- heads

    Step[] declaration(ClassFile type) {
        Steps steps = new Steps();
        steps.mention(type.node.superName);
        steps.mentionAll(type.node.interfaces);
        for (AnnotationNode annotation : Annotations.of(type.node)) {
            steps.annotationValue(annotation);
            String name = Annotations.simpleName(annotation);
            if (name.equals("JsonAutoDetect")) {
                steps.add(new Step.ReadPrivateFields());
            }
            if (SCANS.contains(name)) {
                steps.add(new Step.ScanClassPath());
            }
        }
        if (type.node.recordComponents != null) {
            for (RecordComponentNode component : type.node.recordComponents) {
                steps.annotations(Annotations.of(component));
            }
        }
        return steps.all();
    }

    Step[] declaration(ProjectMethod method) {
        Steps steps = new Steps();
        steps.annotations(Annotations.of(method.node));
        for (List<AnnotationNode> ofParameter : Annotations.ofParameters(method.node)) {
            steps.annotations(ofParameter);
        }
        if (method.node.annotationDefault != null) {
            steps.annotationValue(method.node.annotationDefault);
        }
        return steps.all();
    }

    Step[] declaration(ProjectField field) {
        Steps steps = new Steps();
        steps.annotations(Annotations.of(field.node));
        if (field.node.value instanceof String text) {
            steps.constant(text);
        }
        return steps.all();
    }

    // ---- instructions

    Step[] steps(ProjectMethod method, Run run) {
        Steps steps = new Steps();
        if (!method.id.isInitialiser()) {
            for (TryCatchBlockNode block : method.node.tryCatchBlocks) {
                steps.mention(block.type);
            }
        }
        for (AbstractInsnNode instruction = run.first(); ; instruction = instruction.getNext()) {
            if (instruction.getOpcode() >= 0) {
                steps.instruction(instruction, method);
            }
            if (instruction == run.last()) {
                return steps.all();
            }
        }
    }

    /** {@code new AnnotationConfigApplicationContext("com.example")}, {@code context.scan("com.example")}. */
    private static boolean scansPackages(MethodInsnNode call) {
        return call.owner.startsWith("org/springframework/")
                && call.owner.contains("/Annotation")
                && (call.name.equals("<init>") || call.name.equals("scan"))
                && call.desc.equals("([Ljava/lang/String;)V");
    }

    /** Whether an enum that no code names is asked for its constants: {@code EnumSet.complementOf(EnumSet.of(RED))}. */
    private static boolean asksForConstants(MethodInsnNode call) {
        return call.owner.equals("java/util/EnumSet") && (call.name.equals("complementOf") || call.name.equals("range"))
                || call.owner.equals("java/lang/Class") && call.name.equals("getEnumConstants")
                || call.name.equals("getDeclaringClass") && !call.owner.startsWith("java/lang/reflect/");
    }

    private final class Steps {

        private final List<Step> steps = new ArrayList<>();
        private final Set<String> mentioned = new HashSet<>();

        Step[] all() {
            return steps.isEmpty() ? NONE : steps.toArray(NONE);
        }

        void add(Step step) {
            steps.add(step);
        }

        /** @param type internal name; null is passed over */
        void mention(String type) {
            if (Walk.isLibrary(type) && !classes.isProject(type) && mentioned.add(type)) {
                add(new Step.Mention(type));
            }
        }

        void mentionAll(Collection<String> types) {
            for (String type : types) {
                mention(type);
            }
        }

        void annotations(List<AnnotationNode> annotations) {
            for (AnnotationNode annotation : annotations) {
                annotationValue(annotation);
            }
        }

        /** @param annotation one, or a value of a member of one */
        void annotationValue(Object annotation) {
            for (Object value : Annotations.values(annotation)) {
                if (value instanceof Type type) {
                    exposeAll(type.getDescriptor());
                } else if (value instanceof String text) {
                    constant(text);
                }
            }
        }

        private void exposeAll(String descriptor) {
            for (String name : TypeNames.in(descriptor)) {
                add(new Step.Expose(name));
            }
        }

        void instruction(AbstractInsnNode instruction, ProjectMethod in) {
            if (instruction instanceof MethodInsnNode call) {
                call(call, in);
            } else if (instruction instanceof FieldInsnNode field) {
                field(field, in);
            } else if (instruction instanceof TypeInsnNode type) {
                if (type.getOpcode() == Opcodes.NEW) {
                    add(new Step.Instantiate(type.desc));
                } else {
                    mention(type.desc);
                }
            } else if (instruction instanceof LdcInsnNode constant) {
                if (constant.cst instanceof Type type && type.getSort() != Type.METHOD) {
                    classLiteral(type, constant);
                } else if (constant.cst instanceof String text
                        && ClassLiterals.namesALogger(Operands.consumerOf(constant))) {
                    add(new Step.Text(text));
                } else {
                    constantOf(constant.cst);
                    if (constant.cst instanceof String text && Resources.hasPlaceholder(text)) {
                        complete(text, Recipes.completing(constant), in);
                    }
                }
            } else if (instruction instanceof InvokeDynamicInsnNode dynamic) {
                dynamic(dynamic, in);
            } else if (instruction instanceof MultiANewArrayInsnNode array) {
                mentionAll(TypeNames.in(array.desc));
            } else if (instruction.getOpcode() == Opcodes.ARETURN && !in.isInlined) {
                add(new Step.Return(in.id, origins.later(instruction, 0, in)));
            }
        }

        private void recipe(Recipe recipe, ProjectMethod in) {
            add(new Step.Recipe(recipe.text()));
            complete(recipe.text(), recipe.gaps(), in);
        }

        private void complete(String text, List<AbstractInsnNode> with, ProjectMethod in) {
            List<Origin> fillings = new ArrayList<>();
            for (AbstractInsnNode filling : with) {
                fillings.add(origins.of(filling, in));
            }
            add(new Step.Complete(text, fillings));
        }

        private void call(MethodInsnNode call, ProjectMethod in) {
            if (!call.owner.startsWith("[")) {
                ProjectMethod target = call(call.getOpcode(), call.owner, call.name + call.desc);
                if (target != null) {
                    add(new Step.HandOver(FileNames.call(target.id, call, in, origins)));
                }
            }
            Step hidden = BlindSpots.find(call, in, origins);
            if (hidden != null) {
                add(hidden);
            }
            if (asksForConstants(call)) {
                add(new Step.ReadAllConstants());
            }
            if (scansPackages(call)) {
                add(new Step.ScanClassPath());
            }
            Optional<Recipe> recipe = Recipes.of(call);
            if (recipe.isPresent()) {
                recipe(recipe.get(), in);
            }
            Optional<String> bundle = Recipes.bundle(call);
            if (bundle.isPresent() && bundle.get().charAt(0) != Resources.GAP) {
                exposeMatching(bundle.get());
            }
        }

        private void exposeMatching(String name) {
            for (String type : classes.matching(name)) {
                add(new Step.Expose(type));
            }
        }

        /** The method of the project that the owner itself declares or inherits, or null. */
        private ProjectMethod call(int opcode, String owner, String signature) {
            ClassFile type = classes.get(owner);
            if (type == null) {
                mention(owner);
                return null;
            }
            ProjectMethod target = classes.declared(type, signature);
            boolean virtual = opcode == Opcodes.INVOKEVIRTUAL || opcode == Opcodes.INVOKEINTERFACE;
            add(new Step.Call(type, signature, target, virtual));
            return target;
        }

        private void field(FieldInsnNode instruction, ProjectMethod in) {
            if (SwitchTable.isTable(instruction)) {
                return;
            }
            int opcode = instruction.getOpcode();
            if (opcode == Opcodes.GETFIELD || opcode == Opcodes.GETSTATIC) {
                read(instruction.owner, instruction.name);
                return;
            }
            ProjectField field = fieldOf(instruction.owner, instruction.name);
            if (field != null) {
                add(new Step.WriteField(field, opcode == Opcodes.PUTSTATIC, Place.of(instruction, in.owner)));
                if (Type.getType(field.node.desc).getSort() >= Type.ARRAY) {
                    add(new Step.Assign(field, origins.later(instruction, 0, in)));
                }
            }
        }

        private void read(String owner, String name) {
            mention(owner);
            ProjectField field = fieldOf(owner, name);
            if (field != null) {
                add(new Step.ReadField(field));
            }
        }

        private ProjectField fieldOf(String owner, String name) {
            ClassFile type = classes.get(owner);
            return type == null ? null : classes.declaredField(type, name);
        }

        private void classLiteral(Type literal, AbstractInsnNode instruction) {
            Type element = literal.getSort() == Type.ARRAY ? literal.getElementType() : literal;
            if (element.getSort() == Type.OBJECT) {
                boolean harmless = ClassLiterals.onlyNamesAPlace(Operands.consumerOf(instruction));
                add(new Step.Literal(element.getInternalName(), harmless));
            }
        }

        private void constantOf(Object value) {
            if (value instanceof String text) {
                constant(text);
            } else if (value instanceof Handle handle) {
                handle(handle);
            } else if (value instanceof ConstantDynamic dynamic) {
                for (int i = 0; i < dynamic.getBootstrapMethodArgumentCount(); i++) {
                    constantOf(dynamic.getBootstrapMethodArgument(i));
                }
            }
        }

        void constant(String text) {
            add(new Step.Text(text));
            String name = text.replace('.', '/');
            if (classes.isProject(name)) {
                add(new Step.Expose(name));
            }
        }

        private void handle(Handle handle) {
            if (handle.getTag() <= Opcodes.H_GETSTATIC) {
                read(handle.getOwner(), handle.getName());
            } else if (handle.getTag() > Opcodes.H_PUTSTATIC) {
                if (handle.getTag() == Opcodes.H_NEWINVOKESPECIAL) {
                    add(new Step.Instantiate(handle.getOwner()));
                }
                int opcode = handle.getTag() == Opcodes.H_INVOKEVIRTUAL || handle.getTag() == Opcodes.H_INVOKEINTERFACE
                        ? Opcodes.INVOKEVIRTUAL
                        : Opcodes.INVOKESTATIC;
                ProjectMethod target = call(opcode, handle.getOwner(), handle.getName() + handle.getDesc());
                if (target != null && !target.isInlined) {
                    add(new Step.HandOver(FileNames.anything(target)));
                }
            }
        }

        private void dynamic(InvokeDynamicInsnNode dynamic, ProjectMethod in) {
            if (dynamic.bsm.getOwner().equals("java/lang/invoke/LambdaMetafactory")) {
                String type = Type.getReturnType(dynamic.desc).getInternalName();
                add(new Step.Lambda(classes.supertypes(type)));
            }
            Optional<Recipe> recipe = Recipes.of(dynamic);
            if (recipe.isPresent()) {
                recipe(recipe.get(), in);
                if (ClassLiterals.namesAClass(Operands.consumerOf(dynamic))) {
                    exposeMatching(recipe.get().text());
                }
            }
            boolean known = dynamic.bsm.getOwner().startsWith("java/");
            if (!known) {
                handle(dynamic.bsm);
            }
            for (Object argument : dynamic.bsmArgs) {
                if (argument instanceof Type type && !known) {
                    exposeAll(type.getDescriptor());
                } else {
                    constantOf(argument);
                }
            }
        }
    }
}
