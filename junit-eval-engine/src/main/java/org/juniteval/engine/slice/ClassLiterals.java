package org.juniteval.engine.slice;

import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;

/**
 * Tells a class that is handed to a library from one that only says where a resource lies or who writes a log: nearly
 * every class with a logger would otherwise count with all its members.
 */
final class ClassLiterals {

    private static final Set<String> HARMLESS = Set.of(
            "getResource",
            "getResourceAsStream",
            "getClassLoader",
            "getName",
            "getSimpleName",
            "getTypeName",
            "getCanonicalName",
            "getPackage",
            "getPackageName",
            "getModule",
            "isInstance",
            "cast",
            "desiredAssertionStatus");

    private static final Set<String> NAMES = Set.of("getName", "getTypeName", "getCanonicalName");

    private ClassLiterals() {}

    /** @param consumer what takes the literal from the stack; null where that is not known */
    static boolean onlyNamesAPlace(AbstractInsnNode consumer) {
        if (!(consumer instanceof MethodInsnNode call)) {
            return false;
        }
        if (!call.owner.equals("java/lang/Class")) {
            return namesALogger(call);
        }
        return HARMLESS.contains(call.name) && !(NAMES.contains(call.name) && isGivenAway(Operands.consumerOf(call)));
    }

    /** Whether a library may load the class by its name, for all that can be told. */
    private static boolean isGivenAway(AbstractInsnNode consumer) {
        if (consumer instanceof MethodInsnNode call) {
            return !call.owner.startsWith("java/lang/String")
                    && !call.owner.startsWith("java/io/Print")
                    && !namesALogger(call);
        }
        return !(consumer instanceof InvokeDynamicInsnNode);
    }

    /** @param consumer what takes a class or a name from the stack; null where that is not known */
    static boolean namesALogger(AbstractInsnNode consumer) {
        return consumer instanceof MethodInsnNode call
                && call.getOpcode() == Opcodes.INVOKESTATIC
                && (call.desc.endsWith("Logger;") || call.desc.endsWith("/Log;"));
    }

    /** @param consumer what takes a text from the stack; null where that is not known */
    static boolean namesAClass(AbstractInsnNode consumer) {
        return consumer instanceof MethodInsnNode call
                && (call.owner.equals("java/lang/Class") && call.name.equals("forName")
                        || call.owner.equals("java/lang/ClassLoader") && call.name.equals("loadClass"));
    }
}
