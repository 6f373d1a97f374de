package org.juniteval.engine.fingerprint;

import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
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

    private ClassLiterals() {}

    /** @param consumer what takes the literal from the stack; null where that is not known */
    static boolean onlyNamesAPlace(AbstractInsnNode consumer) {
        if (!(consumer instanceof MethodInsnNode call)) {
            return false;
        }
        return call.owner.equals("java/lang/Class") ? HARMLESS.contains(call.name) : namesALogger(call);
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
