package org.juniteval.engine.fingerprint;

import java.util.HashSet;
import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.MethodNode;

/** Which methods libraries and which the engine calls without any call in the project's code. */
final class Members {

    private Members() {}

    /** Whether libraries read a method's value as a property of the object. */
    static boolean isAccessor(ClassFile declaring, MethodNode method) {
        if (!method.desc.startsWith("()")
                || method.desc.endsWith("V")
                || !ClassFile.is(method.access, Opcodes.ACC_PUBLIC)
                || ClassFile.is(method.access, Opcodes.ACC_STATIC)) {
            return false;
        }
        return isPrefixed(method.name, "get")
                || isPrefixed(method.name, "is") && method.desc.endsWith("Z")
                || isOfComponent(declaring, method);
    }

    private static boolean isOfComponent(ClassFile declaring, MethodNode method) {
        return declaring.node.recordComponents != null // also of a record that has none
                && declaring.node.recordComponents.stream().anyMatch(component -> component.name.equals(method.name));
    }

    private static boolean isPrefixed(String name, String prefix) {
        return name.startsWith(prefix)
                && name.length() > prefix.length()
                && !Character.isLowerCase(name.charAt(prefix.length()));
    }

    /** Whether the engine or JUnit calls the method, perhaps by an annotation of the project's that stands for theirs. */
    static boolean isEnginesOwn(MethodNode method, Classes classes) {
        return method.visibleAnnotations != null
                && method.visibleAnnotations.stream().anyMatch(a -> isEnginesOwn(a, classes, new HashSet<>()));
    }

    private static boolean isEnginesOwn(AnnotationNode annotation, Classes classes, Set<String> seen) {
        if (annotation.desc.startsWith("Lorg/juniteval/") || annotation.desc.startsWith("Lorg/junit/")) {
            return true;
        }
        ClassFile type = classes.get(Type.getType(annotation.desc).getInternalName());
        return type != null
                && seen.add(annotation.desc)
                && type.node.visibleAnnotations != null
                && type.node.visibleAnnotations.stream().anyMatch(meta -> isEnginesOwn(meta, classes, seen));
    }
}
