package org.juniteval.engine.fingerprint;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.juniteval.engine.fingerprint.Reached.Place;
import org.juniteval.engine.fingerprint.Reached.Spot;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Where the names of files come from that the code reads: a name that only the run knows is a blind spot, while
 * {@code Prompts.load("capital.md")} is none, although the method that reads has it from a parameter.
 */
final class FileNames {

    private static final Set<String> CARRIERS =
            Set.of("java/lang/String", "java/nio/file/Path", "java/nio/file/Paths", "java/io/File");

    /** Methods that hand on a name: what matters is their last argument, or else their receiver. */
    private static final Set<String> HAND_ON = Set.of(
            "of", "get", "resolve", "resolveSibling", "toPath", "toFile", "toString", "normalize", "trim", "strip");

    record Parameter(MethodId method, int slot) {

        // by hand: to make these of a record a JVM takes as long as for all else here
        @Override
        public boolean equals(Object other) {
            return other instanceof Parameter that && slot == that.slot && method.equals(that.method);
        }

        @Override
        public int hashCode() {
            return 31 * method.hashCode() + slot;
        }
    }

    /** What a call hands over to a parameter that may be a file's name. */
    record Argument(Parameter to, Origin origin) {}

    /** A call of a method of the project. */
    record Call(MethodId target, List<Argument> arguments) {}

    /** A call that reads a file. */
    record Read(Spot spot, Origin origin) {}

    /** Where a name comes from. */
    sealed interface Origin {

        record Constant() implements Origin {}

        record Recipe(String text) implements Origin {}

        record Handed(Parameter parameter) implements Origin {}

        /** What a method of an object tells, such as a component of a record. */
        record Part(Origin of) implements Origin {}

        record Unknown() implements Origin {}
    }

    private enum Verdict {
        NAMED,
        UNKNOWN,
        ONLY_THE_RUN_KNOWS
    }

    private final List<Call> calls = new ArrayList<>();
    private final List<Read> reads = new ArrayList<>();

    // sorted out when they are first asked for: few slices read files at all
    private Set<MethodId> called;
    private Map<Parameter, List<Origin>> arguments;

    void called(Call call) {
        calls.add(call);
    }

    void read(Read read) {
        reads.add(read);
    }

    /** What a call of a method of the project hands over. */
    static Call call(MethodId target, MethodInsnNode call, ProjectMethod in) {
        List<Argument> handed = new ArrayList<>();
        Type[] types = Type.getArgumentTypes(call.desc);
        int slot =
                (Type.getArgumentsAndReturnSizes(call.desc) >> 2) - (call.getOpcode() == Opcodes.INVOKESTATIC ? 1 : 0);
        int above = 0;
        for (int i = types.length - 1; i >= 0; i--) {
            slot -= types[i].getSize();
            if (types[i].getSort() == Type.OBJECT && CARRIERS.contains(types[i].getInternalName())) {
                handed.add(new Argument(new Parameter(target, slot), origin(Operands.producerOf(call, above), in, 4)));
            }
            above += types[i].getSize();
        }
        return new Call(target, handed.isEmpty() ? List.of() : handed);
    }

    /** A call that reads the file that its first argument names. */
    static Read readBy(MethodInsnNode call, String described, ProjectMethod in) {
        int above = 0;
        Type[] types = Type.getArgumentTypes(call.desc);
        for (int i = 1; i < types.length; i++) {
            above += types[i].getSize();
        }
        return new Read(new Spot(Place.of(call, in.owner), described), origin(Operands.producerOf(call, above), in, 4));
    }

    private static Origin origin(AbstractInsnNode producer, ProjectMethod in, int depth) {
        if (producer == null || depth == 0) {
            return new Origin.Unknown();
        }
        if (producer instanceof LdcInsnNode) {
            return new Origin.Constant();
        }
        if (producer instanceof InvokeDynamicInsnNode dynamic) {
            return recipe(Recipes.of(dynamic));
        }
        if (producer instanceof VarInsnNode variable && variable.getOpcode() == Opcodes.ALOAD) {
            return variable(variable.var, in, depth);
        }
        if (producer instanceof MethodInsnNode call) {
            Optional<String> recipe = Recipes.of(call);
            if (recipe.isPresent()) {
                return recipe(recipe);
            }
            if (CARRIERS.contains(call.owner) && HAND_ON.contains(call.name)) {
                AbstractInsnNode last = Operands.producerOf(call, 0);
                boolean noFurtherParts = last != null && last.getOpcode() == Opcodes.ANEWARRAY;
                return origin(noFurtherParts ? Operands.producerOf(call, 1) : last, in, depth - 1);
            }
            if (call.getOpcode() != Opcodes.INVOKESTATIC) {
                return new Origin.Part(origin(Operands.producerOf(call, Operands.taken(call) - 1), in, depth - 1));
            }
        }
        return new Origin.Unknown();
    }

    private static Origin recipe(Optional<String> recipe) {
        return recipe.isPresent() ? new Origin.Recipe(recipe.get()) : new Origin.Unknown();
    }

    private static Origin variable(int slot, ProjectMethod in, int depth) {
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
        // a lambda's parameters come from code that is not looked at
        return parameter && !in.isInlined ? new Origin.Handed(new Parameter(in.id, slot)) : new Origin.Unknown();
    }

    /**
     * The reading calls whose files are in no slice.
     *
     * @param data the methods whose parameters the rows of a dataset fill
     * @param matched the recipes that named a file
     * @param nothingNamed whether constants named no file at all: then what cannot be decided is told as well
     */
    Set<Spot> notNamed(Set<MethodId> data, Set<String> matched, boolean nothingNamed) {
        Set<Spot> spots = new TreeSet<>();
        for (Read read : reads) {
            Verdict verdict = judge(read.origin(), data, matched, new HashSet<>());
            if (verdict == Verdict.ONLY_THE_RUN_KNOWS || verdict == Verdict.UNKNOWN && nothingNamed) {
                spots.add(read.spot());
            }
        }
        return spots;
    }

    /**
     * Whether what the rows of a dataset hold may reach a parameter of one of the methods.
     *
     * @param data the methods whose parameters the rows fill
     */
    boolean takesData(Set<MethodId> methods, Set<MethodId> data) {
        for (MethodId method : methods) {
            if (data.contains(method)) {
                return true;
            }
            for (Parameter parameter : arguments().keySet()) {
                // a call of an interface's method is one of all that implement it
                if (parameter.method().signature().equals(method.signature())
                        && judge(new Origin.Handed(parameter), data, Set.of(), new HashSet<>())
                                == Verdict.ONLY_THE_RUN_KNOWS) {
                    return true;
                }
            }
        }
        return false;
    }

    private Map<Parameter, List<Origin>> arguments() {
        if (arguments == null) {
            called = new HashSet<>();
            arguments = new HashMap<>();
            for (Call call : calls) {
                called.add(call.target());
                for (Argument argument : call.arguments()) {
                    List<Origin> origins = arguments.get(argument.to());
                    if (origins == null) {
                        origins = new ArrayList<>();
                        arguments.put(argument.to(), origins);
                    }
                    origins.add(argument.origin());
                }
            }
        }
        return arguments;
    }

    private Verdict judge(Origin origin, Set<MethodId> data, Set<String> matched, Set<Parameter> seen) {
        if (origin instanceof Origin.Constant) {
            return Verdict.NAMED;
        }
        if (origin instanceof Origin.Recipe recipe) {
            return matched.contains(recipe.text()) ? Verdict.NAMED : Verdict.ONLY_THE_RUN_KNOWS;
        }
        if (origin instanceof Origin.Part part) {
            boolean ofData = judge(part.of(), data, matched, seen) == Verdict.ONLY_THE_RUN_KNOWS;
            return ofData ? Verdict.ONLY_THE_RUN_KNOWS : Verdict.UNKNOWN;
        }
        if (!(origin instanceof Origin.Handed handed)) {
            return Verdict.UNKNOWN;
        }
        if (!seen.add(handed.parameter())) {
            return Verdict.NAMED; // a recursive call hands on what another one handed over
        }
        MethodId method = handed.parameter().method();
        List<Origin> handedOver = arguments().getOrDefault(handed.parameter(), List.of());
        Verdict worst = data.contains(method)
                ? Verdict.ONLY_THE_RUN_KNOWS
                : called.contains(method) ? Verdict.NAMED : Verdict.UNKNOWN;
        for (Origin argument : handedOver) {
            Verdict verdict = judge(argument, data, matched, seen);
            worst = verdict.compareTo(worst) > 0 ? verdict : worst;
        }
        return worst;
    }
}
