package org.juniteval.engine.fingerprint;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** The project's classes that a suite's class reaches by any mention, without what scores an answer. */
final class ClassClosure {

    private static final Set<String> SCORING =
            Set.of("Lorg/juniteval/Scorer;", "Lorg/juniteval/Gate;", "Lorg/junit/jupiter/api/AfterAll;");
    private static final List<String> NOT_COUNTED = List.of("Lorg/juniteval/", "Lorg/junit/", "Lkotlin/Metadata;");
    private static final String EVAL = "Lorg/juniteval/Eval;";

    private final ProjectFiles files;
    private final Set<String> roots;
    private final SortedMap<String, String> hashes = new TreeMap<>();
    private final Set<String> constants = new TreeSet<>();
    private final Set<String> packages = new TreeSet<>();
    private final Deque<String> todo = new ArrayDeque<>();

    /** @param roots name and descriptor of the methods that count although they score */
    ClassClosure(ProjectFiles files, Set<String> roots) {
        this.files = files;
        this.roots = roots;
    }

    void follow(String className) {
        reach(className);
        while (!todo.isEmpty()) {
            visit(todo.pop());
        }
    }

    SortedMap<String, String> hashes() {
        return hashes;
    }

    Set<String> constants() {
        return constants;
    }

    Set<String> packages() {
        return packages;
    }

    private void reach(String className) {
        if (files.holds(className) && hashes.putIfAbsent(className.replace('/', '.'), "") == null) {
            todo.push(className);
        }
    }

    private void visit(String className) {
        byte[] code = normal(files.bytesOf(className));
        hashes.put(className.replace('/', '.'), Sha256.of(code));
        packages.add(className.substring(0, className.lastIndexOf('/') + 1));
        ClassReader reader = new ClassReader(code);
        for (int item = 1; item < reader.getItemCount(); item++) {
            int offset = reader.getItem(item);
            if (offset > 0 && code[offset - 1] == 1) { // CONSTANT_Utf8: names, descriptors, signatures, strings
                mention(text(code, offset));
            }
        }
    }

    private static String text(byte[] code, int offset) {
        int length = (code[offset] & 0xff) << 8 | code[offset + 1] & 0xff;
        try {
            return new DataInputStream(new ByteArrayInputStream(code, offset, length + 2)).readUTF();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void mention(String text) {
        constants.add(text);
        for (String word : text.split("[;<>():\\[*+-]")) {
            String internal = word.replace('.', '/');
            reach(internal);
            if (internal.startsWith("L")) {
                reach(internal.substring(1));
            }
            int descriptor = internal.indexOf('L'); // primitives stand before it without a separator
            if (descriptor > 0) {
                reach(internal.substring(descriptor + 1));
            }
        }
    }

    /** Without debug information, junit-eval's and Jupiter's annotations, and what scores. */
    private byte[] normal(byte[] bytes) {
        ClassNode node = new ClassNode();
        ClassReader reader = new ClassReader(bytes);
        reader.accept(node, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        node.methods.removeAll(scoring(node));
        node.innerClasses.clear();
        node.nestMembers = null;
        node.nestHostClass = null;
        node.visibleAnnotations = counted(node.visibleAnnotations);
        for (FieldNode field : node.fields) {
            field.visibleAnnotations = counted(field.visibleAnnotations);
        }
        for (MethodNode method : node.methods) {
            method.visibleAnnotations = counted(method.visibleAnnotations);
            if (method.visibleParameterAnnotations != null) {
                Arrays.setAll(method.visibleParameterAnnotations, i -> counted(method.visibleParameterAnnotations[i]));
            }
        }
        ClassWriter writer = new ClassWriter(0);
        node.accept(writer);
        return writer.toByteArray();
    }

    private static List<AnnotationNode> counted(List<AnnotationNode> annotations) {
        return annotations == null
                ? null
                : annotations.stream()
                        .filter(annotation -> NOT_COUNTED.stream().noneMatch(annotation.desc::startsWith))
                        .toList();
    }

    private Set<MethodNode> scoring(ClassNode node) {
        Set<MethodNode> scoring = new HashSet<>();
        for (MethodNode method : node.methods) {
            if (!roots.contains(method.name + method.desc) && has(method, SCORING) && !has(method, Set.of(EVAL))) {
                scoring.add(method);
            }
        }
        addCalled(scoring, node);
        Set<MethodNode> kept = new HashSet<>(node.methods);
        kept.removeAll(scoring);
        addCalled(kept, node);
        scoring.removeAll(kept);
        return scoring;
    }

    private static boolean has(MethodNode method, Set<String> annotations) {
        if (method.visibleAnnotations != null) {
            for (AnnotationNode annotation : method.visibleAnnotations) {
                if (annotations.contains(annotation.desc)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Adds the methods of the class that those in the set call, and so on. */
    private static void addCalled(Set<MethodNode> methods, ClassNode node) {
        Deque<MethodNode> todo = new ArrayDeque<>(methods);
        while (!todo.isEmpty()) {
            Set<String> called = calledBy(todo.pop(), node.name);
            for (MethodNode method : node.methods) {
                if (called.contains(method.name + method.desc) && methods.add(method)) {
                    todo.push(method);
                }
            }
        }
    }

    private static Set<String> calledBy(MethodNode method, String owner) {
        Set<String> called = new HashSet<>();
        for (var instruction : method.instructions) {
            if (instruction instanceof MethodInsnNode call && call.owner.equals(owner)) {
                called.add(call.name + call.desc);
            } else if (instruction instanceof InvokeDynamicInsnNode dynamic) {
                for (Object argument : dynamic.bsmArgs) {
                    if (argument instanceof Handle handle && handle.getOwner().equals(owner)) {
                        called.add(handle.getName() + handle.getDesc());
                    }
                }
            }
        }
        return called;
    }
}
