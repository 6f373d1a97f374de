package org.juniteval.engine.slice;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.juniteval.engine.slice.Origins.Later;
import org.juniteval.engine.slice.Reached.Place;
import org.juniteval.engine.slice.Reached.Spot;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.MethodInsnNode;

/**
 * Where the names of files come from that the code reads: a name that only the run knows is a blind spot, while
 * {@code Prompts.load("capital.md")} is none, although the method that reads has it from a parameter.
 */
final class FileNames {

    /** What a call hands over to a parameter. */
    record Argument(Origin.Handed to, Later value) {}

    /** A call of a method of the project. */
    record Call(MethodId target, List<Argument> arguments) {}

    /** A call that reads a file. */
    record Read(Spot spot, Origin origin) {}

    private enum Verdict {
        NAMED,
        UNKNOWN,
        ONLY_THE_RUN_KNOWS
    }

    private record Parameter(String signature, int slot) {}

    private final Classes classes;
    private final List<Call> calls = new ArrayList<>();
    private final List<Read> reads = new ArrayList<>();
    private final Map<ProjectField, Set<Later>> assigned = new HashMap<>();
    private final Map<String, Map<String, Set<Later>>> returned = new HashMap<>();
    private final Map<String, Set<Origin>> fillings = new HashMap<>();

    // sorted out when they are first asked for: few slices read files at all
    private Map<String, Set<String>> called;
    private Map<Parameter, Map<String, Set<Later>>> arguments;

    FileNames(Classes classes) {
        this.classes = classes;
    }

    void called(Call call) {
        calls.add(call);
    }

    void read(Read read) {
        reads.add(read);
    }

    void assigned(ProjectField field, Later value) {
        assigned.computeIfAbsent(field, f -> new LinkedHashSet<>()).add(value);
    }

    void returned(MethodId by, Later value) {
        returned.computeIfAbsent(by.signature(), s -> new HashMap<>())
                .computeIfAbsent(by.owner(), o -> new LinkedHashSet<>())
                .add(value);
    }

    /** Remembers a text with gaps or placeholders, and what completes it; nothing where that is not told. */
    void completed(String text, List<Origin> with) {
        fillings.computeIfAbsent(text, t -> new LinkedHashSet<>())
                .addAll(with.isEmpty() ? List.of(new Origin.Unknown()) : with);
    }

    /** What a call of a method of the project hands over. */
    static Call call(MethodId target, MethodInsnNode call, ProjectMethod in, Origins origins) {
        List<Argument> handed = new ArrayList<>();
        Type[] types = Type.getArgumentTypes(call.desc);
        int slot =
                (Type.getArgumentsAndReturnSizes(call.desc) >> 2) - (call.getOpcode() == Opcodes.INVOKESTATIC ? 1 : 0);
        int above = 0;
        for (int i = types.length - 1; i >= 0; i--) {
            slot -= types[i].getSize();
            if (types[i].getSort() >= Type.ARRAY) {
                handed.add(new Argument(new Origin.Handed(target, slot), origins.later(call, above, in)));
            }
            above += types[i].getSize();
        }
        return new Call(target, handed.isEmpty() ? List.of() : handed);
    }

    /** What a library may hand over that is given a method reference: anything. */
    static Call anything(ProjectMethod target) {
        List<Argument> handed = new ArrayList<>();
        int slot = target.is(Opcodes.ACC_STATIC) ? 0 : 1;
        for (Type type : Type.getArgumentTypes(target.node.desc)) {
            if (type.getSort() >= Type.ARRAY) {
                handed.add(new Argument(new Origin.Handed(target.id, slot), Later.ANYTHING));
            }
            slot += type.getSize();
        }
        return new Call(target.id, handed.isEmpty() ? List.of() : handed);
    }

    /** A call that reads the file that its first argument names. */
    static Read readBy(MethodInsnNode call, String described, ProjectMethod in, Origins origins) {
        int above = 0;
        Type[] types = Type.getArgumentTypes(call.desc);
        for (int i = 1; i < types.length; i++) {
            above += types[i].getSize();
        }
        return new Read(
                new Spot(Place.of(call, in.owner), described), origins.of(Operands.producerOf(call, above), in));
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
     * Whether something else than the slice's constants as they stand may fill the gaps of a text: what rows hold, what a
     * library makes of a text, or what cannot be told.
     *
     * @param data the methods whose parameters the rows of a dataset fill
     */
    boolean isOpen(String text, Set<MethodId> data) {
        return !fillings.containsKey(text) || !areConstant(fillings.get(text), data, new HashSet<>());
    }

    private boolean isConstant(Origin origin, Set<MethodId> data, Set<Origin> seen) {
        if (origin instanceof Origin.Constant || !seen.add(origin)) {
            return true;
        }
        if (!(origin instanceof Origin.Handed
                || origin instanceof Origin.Held
                || origin instanceof Origin.Returned
                || origin instanceof Origin.Kept)) {
            return false;
        }
        if (origin instanceof Origin.Handed handed) {
            return !data.contains(handed.method())
                    && isCalled(handed.method())
                    && areConstant(valuesOf(handed), data, seen);
        }
        Collection<Origin> values = valuesOf(origin);
        return !values.isEmpty() && areConstant(values, data, seen);
    }

    private boolean areConstant(Collection<Origin> origins, Set<MethodId> data, Set<Origin> seen) {
        for (Origin origin : origins) {
            if (!isConstant(origin, data, seen)) {
                return false;
            }
        }
        return true;
    }

    /** What a value is one of, as far as the slice's code tells. */
    private Collection<Origin> valuesOf(Origin origin) {
        if (origin instanceof Origin.Handed handed) {
            sortOut();
            MethodId method = handed.method();
            // a call of an interface's method is one of all that implement it
            return related(arguments.get(new Parameter(method.signature(), handed.slot())), method.owner());
        }
        if (origin instanceof Origin.Returned result) {
            return related(
                    returned.get(result.method().signature()), result.method().owner());
        }
        if (origin instanceof Origin.Held held) {
            return origins(assigned.getOrDefault(held.field(), Set.of()));
        }
        if (origin instanceof Origin.Made made) {
            return made.of();
        }
        return origin instanceof Origin.Kept kept ? kept.of() : List.of();
    }

    private static Set<Origin> origins(Set<Later> values) {
        Set<Origin> origins = new LinkedHashSet<>();
        values.forEach(value -> origins.add(value.origin()));
        return origins;
    }

    private Set<Origin> related(Map<String, Set<Later>> byOwner, String type) {
        Set<Origin> all = new LinkedHashSet<>();
        if (byOwner != null) {
            byOwner.forEach((owner, values) -> {
                if (areRelated(owner, type)) {
                    all.addAll(origins(values));
                }
            });
        }
        return all;
    }

    private boolean isCalled(MethodId method) {
        sortOut();
        for (String owner : called.getOrDefault(method.signature(), Set.of())) {
            if (areRelated(owner, method.owner())) {
                return true;
            }
        }
        return false;
    }

    private boolean areRelated(String one, String other) {
        return classes.supertypes(one).contains(other)
                || classes.supertypes(other).contains(one);
    }

    private void sortOut() {
        if (arguments != null) {
            return;
        }
        called = new HashMap<>();
        arguments = new HashMap<>();
        for (Call call : calls) {
            MethodId target = call.target();
            called.computeIfAbsent(target.signature(), s -> new HashSet<>()).add(target.owner());
            for (Argument argument : call.arguments()) {
                arguments
                        .computeIfAbsent(
                                new Parameter(target.signature(), argument.to().slot()), p -> new HashMap<>())
                        .computeIfAbsent(target.owner(), o -> new LinkedHashSet<>())
                        .add(argument.value());
            }
        }
    }

    private Verdict judge(Origin origin, Set<MethodId> data, Set<String> matched, Set<Origin> seen) {
        if (origin instanceof Origin.Constant || !seen.add(origin)) {
            return Verdict.NAMED; // a recursive call hands on what another one handed over
        }
        if (origin instanceof Origin.Recipe recipe) {
            return matched.contains(recipe.text()) ? Verdict.NAMED : Verdict.ONLY_THE_RUN_KNOWS;
        }
        Collection<Origin> values = valuesOf(origin);
        Verdict worst = Verdict.UNKNOWN;
        if (origin instanceof Origin.Handed handed) {
            boolean isCalled = isCalled(handed.method());
            worst = data.contains(handed.method())
                    ? Verdict.ONLY_THE_RUN_KNOWS
                    : isCalled ? Verdict.NAMED : Verdict.UNKNOWN;
        } else if (origin instanceof Origin.OfLambda given && data.stream().anyMatch(given::mayBeIn)) {
            worst = Verdict.ONLY_THE_RUN_KNOWS;
        } else if (origin instanceof Origin.Held && !values.isEmpty()) {
            worst = Verdict.NAMED;
        } else if (origin instanceof Origin.Returned result) {
            Verdict receiver = judge(result.receiver(), data, matched, seen);
            worst = receiver == Verdict.ONLY_THE_RUN_KNOWS
                    ? receiver
                    : values.isEmpty() ? Verdict.UNKNOWN : Verdict.NAMED;
        }
        for (Origin value : values) {
            Verdict verdict = judge(value, data, matched, seen);
            worst = verdict.compareTo(worst) > 0 ? verdict : worst;
        }
        return worst;
    }
}
