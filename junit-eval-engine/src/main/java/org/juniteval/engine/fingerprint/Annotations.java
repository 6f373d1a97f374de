package org.juniteval.engine.fingerprint;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.RecordComponentNode;

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
        return parameters == null
                ? List.of()
                : Stream.of(parameters).map(Annotations::counted).toList();
    }

    /** Whether an annotation of the member itself, or of a parameter, invites a library to use it. */
    static boolean invite(MethodNode method) {
        return !counted(method.visibleAnnotations).isEmpty()
                || ofParameters(method).stream().anyMatch(annotations -> !annotations.isEmpty());
    }

    static boolean invite(FieldNode field) {
        return !counted(field.visibleAnnotations).isEmpty();
    }

    @SafeVarargs
    private static List<AnnotationNode> counted(List<? extends AnnotationNode>... lists) {
        List<AnnotationNode> counted = new ArrayList<>();
        for (List<? extends AnnotationNode> list : lists) {
            if (list != null) {
                for (AnnotationNode annotation : list) {
                    if (NOT_COUNTED.stream().noneMatch(annotation.desc::startsWith)) {
                        counted.add(annotation);
                    }
                }
            }
        }
        return counted;
    }

    /** Names and values of an annotation, nested ones included; a class as {@link Type}, an enum's constant as text. */
    static void visit(AnnotationNode annotation, Consumer<Object> values) {
        values.accept(Type.getType(annotation.desc));
        if (annotation.values != null) {
            for (int i = 1; i < annotation.values.size(); i += 2) {
                visitValue(annotation.values.get(i), values);
            }
        }
    }

    static void visitValue(Object value, Consumer<Object> values) {
        if (value instanceof AnnotationNode nested) {
            visit(nested, values);
        } else if (value instanceof List<?> list) {
            list.forEach(element -> visitValue(element, values));
        } else if (value instanceof String[] constant) {
            values.accept(Type.getType(constant[0]));
        } else {
            values.accept(value);
        }
    }

    /** The text of one annotation: its members sorted by name. */
    static String text(AnnotationNode annotation) {
        List<String> members = new ArrayList<>();
        if (annotation.values != null) {
            for (int i = 0; i < annotation.values.size(); i += 2) {
                members.add(annotation.values.get(i) + "=" + valueText(annotation.values.get(i + 1)));
            }
        }
        members.sort(null);
        return "@" + annotation.desc + "(" + String.join(",", members) + ")";
    }

    static String valueText(Object value) {
        if (value instanceof AnnotationNode nested) {
            return text(nested);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(Annotations::valueText).toList().toString();
        }
        if (value instanceof String[] constant) {
            return Arrays.toString(constant);
        }
        return NormalForm.constant(value);
    }

    /** The text of several annotations, sorted. */
    static String text(List<AnnotationNode> annotations) {
        return annotations.stream().map(Annotations::text).sorted().toList().toString();
    }
}
