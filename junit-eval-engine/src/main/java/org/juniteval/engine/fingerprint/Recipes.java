package org.juniteval.engine.fingerprint;

import java.util.Optional;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;

/** Texts that code puts together, with a {@link Resources#GAP} for each part that only the run knows. */
final class Recipes {

    private static final String BUILDER = "java/lang/StringBuilder";

    private Recipes() {}

    /** The text of {@code "prompts/" + name}. */
    static Optional<String> of(InvokeDynamicInsnNode dynamic) {
        if (!dynamic.bsm.getName().equals("makeConcatWithConstants")) {
            return Optional.empty();
        }
        StringBuilder recipe = new StringBuilder();
        int next = 1;
        for (char c : ((String) dynamic.bsmArgs[0]).toCharArray()) {
            if (c == '\2') {
                recipe.append(dynamic.bsmArgs[next++]);
            } else {
                recipe.append(c == '\1' ? Resources.GAP : c);
            }
        }
        return Optional.of(recipe.toString());
    }

    /** The text of {@code prompts.concat(name)}, of a builder at its end, of a bundle's files; empty for any other call. */
    static Optional<String> of(MethodInsnNode call) {
        if (call.owner.equals("java/lang/String") && call.name.equals("concat")) {
            return Optional.of(text(Operands.producerOf(call, 1)) + text(Operands.producerOf(call, 0)));
        }
        if (call.owner.equals("java/util/ResourceBundle") && call.name.equals("getBundle")) {
            int above = Operands.taken(call) - 1;
            return Optional.of(
                    text(Operands.producerOf(call, above)).replace('.', '/') + Resources.GAP + ".properties");
        }
        return call.owner.equals(BUILDER) && call.name.equals("toString")
                ? Optional.of(builderText(Operands.producerOf(call, 0)))
                : Optional.empty();
    }

    /** Follows the appended parts back to the builder's start. */
    private static String builderText(AbstractInsnNode producer) {
        if (producer instanceof MethodInsnNode call && call.owner.equals(BUILDER) && call.name.equals("append")) {
            int size = Operands.taken(call) - 1;
            return builderText(Operands.producerOf(call, size)) + text(Operands.producerOf(call, 0));
        }
        // "new StringBuilder(text)" leaves its start below the text, and the copy that the constructor takes
        AbstractInsnNode next = producer == null ? null : producer.getNext();
        boolean startsWithText = next instanceof LdcInsnNode
                && next.getNext() instanceof MethodInsnNode init
                && init.owner.equals(BUILDER)
                && init.name.equals("<init>");
        if (startsWithText) {
            return text(next);
        }
        boolean startsEmpty = next instanceof MethodInsnNode init && init.name.equals("<init>");
        return startsEmpty ? "" : String.valueOf(Resources.GAP);
    }

    private static String text(AbstractInsnNode producer) {
        return producer instanceof LdcInsnNode ldc && ldc.cst instanceof String text
                ? text
                : String.valueOf(Resources.GAP);
    }
}
