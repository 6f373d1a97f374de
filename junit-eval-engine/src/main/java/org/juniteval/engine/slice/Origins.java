package org.juniteval.engine.slice;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/** Reads from instructions where texts come from. Thread-safe: what it reads does not change. */
final class Origins {

    private static final Set<String> CARRIERS =
            Set.of("java/lang/String", "java/nio/file/Path", "java/nio/file/Paths", "java/io/File");

    /** Methods that hand on a name: what matters is their last argument, or else their receiver. */
    private static final Set<String> HAND_ON = Set.of(
            "of", "get", "resolve", "resolveSibling", "toPath", "toFile", "toString", "normalize", "trim", "strip");

    /** So many steps back from where a name is used its origin is looked for. */
    private static final int DEEPEST = 8;

    /** The origin of a value on the stack before an instruction, read when it is first asked for: few slices read files. */
    static final class Later {

        static final Later ANYTHING = new Later(null, null, 0, null);

        static {
            ANYTHING.known = new Origin.Unknown();
        }

        private final Origins origins;
        private final AbstractInsnNode instruction;
        private final int slotsAbove;
        private final ProjectMethod in;
        private volatile Origin known;

        private Later(Origins origins, AbstractInsnNode instruction, int slotsAbove, ProjectMethod in) {
            this.origins = origins;
            this.instruction = instruction;
            this.slotsAbove = slotsAbove;
            this.in = in;
        }

        Origin origin() {
            Origin origin = known;
            if (origin == null) {
                origin = origins.of(Operands.producerOf(instruction, slotsAbove), in);
                known = origin;
            }
            return origin;
        }
    }

    private final Classes classes;

    Origins(Classes classes) {
        this.classes = classes;
    }

    /** Whether a value of the type may be a name or a part of one. */
    static boolean carries(Type type) {
        return type.getSort() == Type.OBJECT && CARRIERS.contains(type.getInternalName());
    }

    Later later(AbstractInsnNode consumer, int slotsAbove, ProjectMethod in) {
        return new Later(this, consumer, slotsAbove, in);
    }

    /** @param producer the instruction that puts the value; null where that is not known */
    Origin of(AbstractInsnNode producer, ProjectMethod in) {
        return origin(producer, in, DEEPEST);
    }

    private Origin origin(AbstractInsnNode producer, ProjectMethod in, int depth) {
        if (producer == null || depth == 0) {
            return new Origin.Unknown();
        }
        if (producer instanceof LdcInsnNode) {
            return new Origin.Constant();
        }
        if (producer instanceof InvokeDynamicInsnNode dynamic) {
            Optional<Recipes.Recipe> recipe = Recipes.of(dynamic);
            return recipe.isPresent() ? new Origin.Recipe(recipe.get().text()) : new Origin.Unknown();
        }
        if (producer instanceof Meeting meeting) {
            List<Origin> branches = new ArrayList<>();
            for (AbstractInsnNode branch : Operands.producersBefore(meeting)) {
                branches.add(origin(branch, in, depth - 1));
            }
            return new Origin.Kept(branches);
        }
        if (producer instanceof FieldInsnNode field) {
            ClassFile owner = classes.get(field.owner);
            ProjectField declared = owner == null ? null : classes.declaredField(owner, field.name);
            return declared == null ? new Origin.Unknown() : new Origin.Held(declared);
        }
        if (producer instanceof VarInsnNode variable && variable.getOpcode() == Opcodes.ALOAD) {
            return variable(variable.var, in, depth);
        }
        if (producer.getOpcode() == Opcodes.CHECKCAST) {
            return origin(Operands.producerOf(producer, 0), in, depth);
        }
        if (producer.getOpcode() == Opcodes.AALOAD) {
            return new Origin.Kept(List.of(origin(Operands.producerOf(producer, 1), in, depth - 1)));
        }
        if (producer.getOpcode() == Opcodes.DUP && Operands.consumerOf(producer) instanceof MethodInsnNode made) {
            return new Origin.Kept(taken(made, in, depth));
        }
        return producer instanceof MethodInsnNode call ? result(call, in, depth) : new Origin.Unknown();
    }

    private Origin result(MethodInsnNode call, ProjectMethod in, int depth) {
        Optional<String> recipe = Recipes.of(call).map(Recipes.Recipe::text).or(() -> Recipes.format(call));
        if (recipe.isPresent()) {
            return new Origin.Recipe(recipe.get());
        }
        if (CARRIERS.contains(call.owner) && HAND_ON.contains(call.name)) {
            AbstractInsnNode last = Operands.producerOf(call, 0);
            boolean noFurtherParts = last != null && last.getOpcode() == Opcodes.ANEWARRAY;
            return origin(noFurtherParts ? Operands.producerOf(call, 1) : last, in, depth - 1);
        }
        ClassFile owner = classes.get(call.owner);
        String signature = call.name + call.desc;
        if (owner != null && classes.declared(owner, signature) != null) {
            Origin receiver = call.getOpcode() == Opcodes.INVOKESTATIC
                    ? new Origin.Constant()
                    : origin(Operands.producerOf(call, Operands.taken(call) - 1), in, depth - 1);
            return new Origin.Returned(new MethodId(call.owner, signature), receiver);
        }
        List<Origin> taken = taken(call, in, depth);
        return carries(Type.getReturnType(call.desc)) ? new Origin.Made(taken) : new Origin.Kept(taken);
    }

    /** Where the receiver and the arguments of a call come from. */
    private List<Origin> taken(MethodInsnNode call, ProjectMethod in, int depth) {
        List<Origin> taken = new ArrayList<>();
        int above = Operands.taken(call);
        if (call.getOpcode() != Opcodes.INVOKESTATIC) {
            above--;
            if (!call.name.equals("<init>")) {
                taken.add(origin(Operands.producerOf(call, above), in, depth - 1));
            }
        }
        for (Type type : Type.getArgumentTypes(call.desc)) {
            above -= type.getSize();
            AbstractInsnNode argument = Operands.producerOf(call, above);
            if (type.getSort() == Type.ARRAY && argument != null && argument.getOpcode() == Opcodes.DUP) {
                for (AbstractInsnNode element : Operands.elementsOf(call)) {
                    taken.add(origin(element, in, depth - 1));
                }
            } else if (type.getSort() >= Type.ARRAY) {
                taken.add(origin(argument, in, depth - 1));
            }
        }
        return taken;
    }

    private Origin variable(int slot, ProjectMethod in, int depth) {
        AbstractInsnNode store = null;
        for (AbstractInsnNode instruction : in.node.instructions) {
            if (instruction instanceof VarInsnNode variable
                    && variable.getOpcode() == Opcodes.ASTORE
                    && variable.var == slot) {
                if (store != null) {
                    return new Origin.Unknown();
                }
                store = variable;
            }
        }
        boolean parameter =
                slot < (Type.getArgumentsAndReturnSizes(in.node.desc) >> 2) - (in.is(Opcodes.ACC_STATIC) ? 1 : 0);
        if (store != null) {
            return parameter ? new Origin.Unknown() : origin(Operands.producerOf(store, 0), in, depth - 1);
        }
        if (!parameter) {
            return new Origin.Unknown();
        }
        return in.isInlined ? new Origin.OfLambda(in.id) : new Origin.Handed(in.id, slot);
    }
}
