package org.juniteval.engine.slice;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.RecordComponentNode;
import org.objectweb.asm.tree.TypeAnnotationNode;

/** The runtime annotations of a class or member that count: those that a library may read while an eval runs. */
final class Annotations {

    /** Read by the engine, by JUnit and by Kotlin's reflection; none of them changes an answer by being there. */
    private static final List<String> NOT_COUNTED =
            List.of("Lorg/juniteval/", "Lorg/junit/", "Lkotlin/Metadata;", "Lkotlin/jvm/internal/", "Ljava/lang/");

    private Annotations() {}

    static List<AnnotationNode> of(ClassNode type) {
        return counted(type.visibleAnnotations, type.visibleTypeAnnotations);
    }

    static List<AnnotationNode> of(FieldNode field) {
        return counted(field.visibleAnnotations, field.visibleTypeAnnotations);
    }

    static List<AnnotationNode> of(MethodNode method) {
        return counted(method.visibleAnnotations, method.visibleTypeAnnotations);
    }

    static List<AnnotationNode> of(RecordComponentNode component) {
        return counted(component.visibleAnnotations, component.visibleTypeAnnotations);
    }

    /** The annotations of each parameter, in their order. */
    static List<List<AnnotationNode>> ofParameters(MethodNode method) {
        List<AnnotationNode>[] parameters = method.visibleParameterAnnotations;
        if (parameters == null) {
            return List.of();
        }
        List<List<AnnotationNode>> counted = new ArrayList<>();
        for (List<AnnotationNode> annotations : parameters) {
            counted.add(counted(annotations, null));
        }
        return counted;
    }

    /** Whether an annotation of the member itself, or of a parameter, invites a library to use it. */
    static boolean invite(MethodNode method) {
        if (!counted(method.visibleAnnotations, null).isEmpty()) {
            return true;
        }
        for (List<AnnotationNode> annotations : ofParameters(method)) {
            if (!annotations.isEmpty()) {
                return true;
            }
        }
        return false;
    }

    static boolean invite(FieldNode field) {
        return !counted(field.visibleAnnotations, null).isEmpty();
    }

    /** Those that count of two lists; either may be null. */
    private static List<AnnotationNode> counted(
            List<? extends AnnotationNode> annotations, List<? extends AnnotationNode> ofTypes) {
        if (annotations == null && ofTypes == null) {
            return List.of();
        }
        List<AnnotationNode> counted = new ArrayList<>();
        addCounted(counted, annotations);
        addCounted(counted, ofTypes);
        return counted;
    }

    private static void addCounted(List<AnnotationNode> counted, List<? extends AnnotationNode> annotations) {
        if (annotations != null) {
            for (AnnotationNode annotation : annotations) {
                if (counts(annotation)) {
                    counted.add(annotation);
                }
            }
        }
    }

    private static boolean counts(AnnotationNode annotation) {
        for (String start : NOT_COUNTED) {
            if (annotation.desc.startsWith(start)) {
                return false;
            }
        }
        return true;
    }

    static String simpleName(AnnotationNode annotation) {
        int start = Math.max(annotation.desc.lastIndexOf('/'), annotation.desc.lastIndexOf('$'));
        return annotation.desc.substring(start + 1, annotation.desc.length() - 1);
    }

    /**
     * The types and values in an annotation or in one of its members, nested ones included; a class as {@link Type}, an
     * enum's constant as its type.
     */
    static List<Object> values(Object value) {
        List<Object> values = new ArrayList<>();
        addValues(values, value);
        return values;
    }

    private static void addValues(List<Object> values, Object value) {
        if (value instanceof AnnotationNode annotation) {
            values.add(Type.getType(annotation.desc));
            if (annotation.values != null) {
                for (int i = 1; i < annotation.values.size(); i += 2) {
                    addValues(values, annotation.values.get(i));
                }
            }
        } else if (value instanceof List<?> list) {
            for (Object element : list) {
                addValues(values, element);
            }
        } else if (value instanceof String[] constant) {
            values.add(Type.getType(constant[0]));
        } else {
            values.add(value);
        }
    }

    /** The text of one annotation: its members sorted by name, and of which type it is where a member has several. */
    static String text(AnnotationNode annotation) {
        List<String> members = new ArrayList<>();
        if (annotation.values != null) {
            for (int i = 0; i < annotation.values.size(); i += 2) {
                members.add(annotation.values.get(i) + "=" + valueText(annotation.values.get(i + 1)));
            }
        }
        members.sort(null);
        String place = annotation instanceof TypeAnnotationNode of ? of.typeRef + " " + of.typePath : "";
        return "@" + annotation.desc + "(" + String.join(",", members) + ")" + place;
    }

    static String valueText(Object value) {
        if (value instanceof AnnotationNode nested) {
            return text(nested);
        }
        if (value instanceof List<?> list) {
            List<String> texts = new ArrayList<>();
            for (Object element : list) {
                texts.add(valueText(element));
            }
            return texts.toString();
        }
        if (value instanceof String[] constant) {
            return Arrays.toString(constant);
        }
        return NormalForm.constant(value);
    }

    /** The text of several annotations, sorted. */
    static String text(List<AnnotationNode> annotations) {
        List<String> texts = new ArrayList<>();
        for (AnnotationNode annotation : annotations) {
            texts.add(text(annotation));
        }
        texts.sort(null);
        return texts.toString();
    }
}
