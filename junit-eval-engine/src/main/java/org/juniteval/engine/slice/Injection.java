package org.juniteval.engine.slice;

import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.FieldInsnNode;

/** Whether something else than the suite's own code gives it what it works with. */
final class Injection {

    private static final Set<String> HAND_OVER = Set.of("Inject", "Autowired", "Resource");

    private Injection() {}

    static boolean into(Class<?> suite, Classes classes) {
        ClassFile type = classes.get(Type.getInternalName(suite));
        if (type != null && type.method("<init>()V") == null) {
            return true;
        }
        for (ClassFile at = type; at != null; at = classes.get(at.node.superName)) {
            for (ProjectMethod method : at.methods()) {
                if (isForcedUpon(method)) {
                    return true;
                }
            }
        }
        for (; type != null; type = classes.get(type.node.superName)) {
            for (ProjectField field : type.fields()) {
                boolean assignable = !field.is(Opcodes.ACC_STATIC | Opcodes.ACC_FINAL);
                if (assignable && Annotations.invite(field.node) && !isAssigned(field)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether a framework calls the method to hand something over. */
    private static boolean isForcedUpon(ProjectMethod method) {
        for (AnnotationNode annotation : Annotations.of(method.node)) {
            if (HAND_OVER.contains(Annotations.simpleName(annotation))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAssigned(ProjectField field) {
        for (ProjectMethod constructor : field.owner.constructors()) {
            for (AbstractInsnNode instruction : constructor.node.instructions) {
                if (instruction instanceof FieldInsnNode put
                        && put.getOpcode() == Opcodes.PUTFIELD
                        && put.name.equals(field.name())
                        && put.owner.equals(field.owner.name())) {
                    return true;
                }
            }
        }
        return false;
    }
}
