package org.juniteval.engine.slice;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;

/** Texts that code puts together, with a {@link Resources#GAP} for each part that only the run knows. */
final class Recipes {

    private static final String STRING = "java/lang/String";
    private static final String BUILDER = "java/lang/StringBuilder";

    private Recipes() {}

    /**
     * A text and what fills its gaps, in their order.
     *
     * @param gaps the instruction that puts each part; null where that is not known or the part is no text as it stands
     */
    record Recipe(String text, List<AbstractInsnNode> gaps) {

        private static Recipe of(AbstractInsnNode part) {
            if (part instanceof LdcInsnNode ldc && ldc.cst instanceof String text) {
                return new Recipe(text, List.of());
            }
            List<AbstractInsnNode> gaps = new ArrayList<>();
            gaps.add(part);
            return new Recipe(String.valueOf(Resources.GAP), gaps);
        }

        private Recipe and(Recipe next) {
            List<AbstractInsnNode> both = new ArrayList<>(gaps);
            both.addAll(next.gaps);
            return new Recipe(text + next.text, both);
        }
    }

    /** The text of {@code "prompts/" + name}. */
    static Optional<Recipe> of(InvokeDynamicInsnNode dynamic) {
        if (!dynamic.bsm.getName().equals("makeConcatWithConstants")) {
            return Optional.empty();
        }
        Type[] types = Type.getArgumentTypes(dynamic.desc);
        List<AbstractInsnNode> gaps = new ArrayList<>();
        int above = 0;
        for (int i = types.length - 1; i >= 0; i--) {
            boolean isText = types[i].getDescriptor().equals("L" + STRING + ";");
            gaps.add(0, isText ? Operands.producerOf(dynamic, above) : null);
            above += types[i].getSize();
        }
        StringBuilder text = new StringBuilder();
        int next = 1;
        for (char c : ((String) dynamic.bsmArgs[0]).toCharArray()) {
            if (c == '\2') {
                text.append(dynamic.bsmArgs[next++]);
            } else {
                text.append(c == '\1' ? Resources.GAP : c);
            }
        }
        return Optional.of(new Recipe(text.toString(), gaps));
    }

    /**
     * The text of {@code prompts.concat(name)}, of {@code "p/NAME.md".replace("NAME", name)}, of a builder at its end, of
     * a bundle's files; empty for any other call.
     */
    static Optional<Recipe> of(MethodInsnNode call) {
        if (call.owner.equals(STRING) && call.name.equals("concat")) {
            return Optional.of(Recipe.of(Operands.producerOf(call, 1)).and(Recipe.of(Operands.producerOf(call, 0))));
        }
        if (call.owner.equals(STRING) && call.name.startsWith("replace") && Operands.taken(call) == 3) {
            return replaced(call);
        }
        Optional<String> bundle = bundle(call);
        if (bundle.isPresent()) {
            return bundle.map(name -> new Recipe(name.replace('.', '/') + ".properties", List.of()));
        }
        return call.owner.equals(BUILDER) && call.name.equals("toString")
                ? Optional.of(built(Operands.producerOf(call, 0)))
                : Optional.empty();
    }

    private static Optional<Recipe> replaced(MethodInsnNode call) {
        Recipe all = Recipe.of(Operands.producerOf(call, 2));
        Recipe part = Recipe.of(Operands.producerOf(call, 1));
        boolean known = all.gaps.isEmpty() && part.gaps.isEmpty() && !part.text.isEmpty();
        return known && all.text.contains(part.text)
                ? Optional.of(new Recipe(
                        all.text.replace(part.text, String.valueOf(Resources.GAP)),
                        Recipe.of(Operands.producerOf(call, 0)).gaps))
                : Optional.empty();
    }

    /** The names of a bundle's classes, in all languages; empty for any other call. */
    static Optional<String> bundle(MethodInsnNode call) {
        boolean isBundle = call.owner.equals("java/util/ResourceBundle") && call.name.equals("getBundle");
        boolean isSource = call.name.equals("setBasename") && call.desc.startsWith("(L" + STRING + ";)");
        int above = isBundle ? Operands.taken(call) - 1 : 0;
        return isBundle || isSource
                ? Optional.of(Recipe.of(Operands.producerOf(call, above)).text + Resources.GAP)
                : Optional.empty();
    }

    /** Follows the appended parts back to the builder's start. */
    private static Recipe built(AbstractInsnNode producer) {
        if (producer instanceof MethodInsnNode call && call.owner.equals(BUILDER) && call.name.equals("append")) {
            int size = Operands.taken(call) - 1;
            boolean isText = call.desc.startsWith("(L" + STRING + ";)");
            return built(Operands.producerOf(call, size)).and(Recipe.of(isText ? Operands.producerOf(call, 0) : null));
        }
        // "new StringBuilder(text)" leaves its start below the text, and the copy that the constructor takes
        AbstractInsnNode next = producer == null ? null : producer.getNext();
        boolean startsWithText = next instanceof LdcInsnNode
                && next.getNext() instanceof MethodInsnNode init
                && init.owner.equals(BUILDER)
                && init.name.equals("<init>");
        if (startsWithText) {
            return Recipe.of(next);
        }
        boolean startsEmpty = next instanceof MethodInsnNode init && init.name.equals("<init>");
        return startsEmpty ? new Recipe("", List.of()) : Recipe.of(null);
    }

    /** What fills the gaps of a format text where it stands: all that its completion takes besides; null where not told. */
    static List<AbstractInsnNode> completing(LdcInsnNode format) {
        if (Operands.consumerOf(format) instanceof MethodInsnNode call) {
            if (isFormat(call)) {
                return Operands.elementsOf(call);
            }
            if (call.owner.equals(STRING) && call.name.startsWith("replace")) {
                return Recipe.of(Operands.producerOf(call, 0)).gaps;
            }
        }
        return Recipe.of(null).gaps;
    }

    /** The text that a call completes, where it is a constant. */
    static Optional<String> format(MethodInsnNode call) {
        if (isFormat(call)) {
            Recipe format = Recipe.of(Operands.producerOf(call, 1));
            return format.gaps.isEmpty() ? Optional.of(format.text) : Optional.empty();
        }
        return Optional.empty();
    }

    private static boolean isFormat(MethodInsnNode call) {
        return (call.owner.equals(STRING) || call.owner.equals("java/text/MessageFormat"))
                && call.name.startsWith("format")
                && call.desc.endsWith("[Ljava/lang/Object;)L" + STRING + ";");
    }
}
