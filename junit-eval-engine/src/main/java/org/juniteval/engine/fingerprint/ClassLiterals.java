package org.juniteval.engine.fingerprint;

import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
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
        if (call.owner.equals("java/lang/Class")) {
            return HARMLESS.contains(call.name);
        }
        Type result = Type.getReturnType(call.desc);
        return call.getOpcode() == Opcodes.INVOKESTATIC
                && result.getSort() == Type.OBJECT
                && (result.getInternalName().endsWith("Logger")
                        || result.getInternalName().endsWith("/Log"));
    }
}
