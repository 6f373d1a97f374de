package org.juniteval.engine.slice;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.juniteval.engine.slice.ClassFile.OnShow;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.RecordComponentNode;

/** Which methods libraries and which the engine calls without any call in the project's code. */
final class Members {

    /** What serialisation calls, although it is private. */
    private static final Set<String> OF_SERIALISATION =
            Set.of("readObject", "readResolve", "writeObject", "writeReplace");

    private Members() {}

    /** What a library may use of an object without knowing its class, of the members that the given class declares. */
    static OnShow onShow(ClassFile declaring, Classes classes) {
        List<ProjectMethod> methods = new ArrayList<>();
        for (ProjectMethod method : declaring.methods()) {
            if (isInvited(method, classes)
                    || isAccessor(method)
                    || isSetter(method)
                    || OF_SERIALISATION.contains(method.node.name)) {
                methods.add(method);
            }
        }
        List<ProjectField> fields = new ArrayList<>();
        for (ProjectField field : declaring.fields()) {
            boolean isPublic = field.is(Opcodes.ACC_PUBLIC) && !field.is(Opcodes.ACC_STATIC);
            if (isPublic || Annotations.invite(field.node)) {
                fields.add(field);
            }
        }
        return new OnShow(methods, fields);
    }

    /** Whether an annotation of the method, or of a parameter, tells a library to use it. */
    static boolean isInvited(ProjectMethod method, Classes classes) {
        return Annotations.invite(method.node) && !isEnginesOwn(method.node, classes);
    }

    /** Whether libraries read a method's value as a property of the object. */
    private static boolean isAccessor(ProjectMethod method) {
        MethodNode node = method.node;
        if (!node.desc.startsWith("()")
                || node.desc.endsWith("V")
                || !method.is(Opcodes.ACC_PUBLIC)
                || method.is(Opcodes.ACC_STATIC)) {
            return false;
        }
        return isPrefixed(node.name, "get")
                || isPrefixed(node.name, "is") && node.desc.endsWith("Z")
                || isOfComponent(method);
    }

    /** Whether libraries give the object a property by the method. */
    private static boolean isSetter(ProjectMethod method) {
        return isPrefixed(method.node.name, "set")
                && method.is(Opcodes.ACC_PUBLIC)
                && !method.is(Opcodes.ACC_STATIC)
                && Type.getArgumentTypes(method.node.desc).length == 1;
    }

    private static boolean isOfComponent(ProjectMethod method) {
        List<RecordComponentNode> components = method.owner.node.recordComponents; // null but in a record
        if (components != null) {
            for (RecordComponentNode component : components) {
                if (component.name.equals(method.node.name)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isPrefixed(String name, String prefix) {
        return name.startsWith(prefix)
                && name.length() > prefix.length()
                && !Character.isLowerCase(name.charAt(prefix.length()));
    }

    /** Whether the engine or JUnit calls the method, perhaps by an annotation of the project's that stands for theirs. */
    static boolean isEnginesOwn(MethodNode method, Classes classes) {
        return isEnginesOwn(method.visibleAnnotations, classes, new HashSet<>());
    }

    /** @param annotations null where there are none */
    private static boolean isEnginesOwn(List<AnnotationNode> annotations, Classes classes, Set<String> seen) {
        if (annotations != null) {
            for (AnnotationNode annotation : annotations) {
                if (annotation.desc.startsWith("Lorg/juniteval/") || annotation.desc.startsWith("Lorg/junit/")) {
                    return true;
                }
                ClassFile type = classes.get(Type.getType(annotation.desc).getInternalName());
                if (type != null
                        && seen.add(annotation.desc)
                        && isEnginesOwn(type.node.visibleAnnotations, classes, seen)) {
                    return true;
                }
            }
        }
        return false;
    }
}
