package org.juniteval.engine.fingerprint;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodNode;

/** Whether something else than the suite's own code gives it what it works with. */
final class Injection {

    private Injection() {}

    static boolean into(Class<?> suite, Classes classes) {
        ClassFile type = classes.get(Type.getInternalName(suite));
        if (type != null && type.constructors().stream().noneMatch(constructor -> constructor.desc.equals("()V"))) {
            return true;
        }
        for (; type != null; type = classes.get(type.node.superName)) {
            for (FieldNode field : type.node.fields) {
                boolean assignable = !ClassFile.is(field.access, Opcodes.ACC_STATIC | Opcodes.ACC_FINAL);
                if (assignable && Annotations.invite(field) && !isAssigned(type, field)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isAssigned(ClassFile type, FieldNode field) {
        for (MethodNode constructor : type.constructors()) {
            for (AbstractInsnNode instruction : constructor.instructions) {
                if (instruction instanceof FieldInsnNode put
                        && put.getOpcode() == Opcodes.PUTFIELD
                        && put.name.equals(field.name)
                        && put.owner.equals(type.name())) {
                    return true;
                }
            }
        }
        return false;
    }
}
