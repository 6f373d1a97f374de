package org.juniteval.engine.fingerprint;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.InnerClassNode;
import org.objectweb.asm.tree.MethodNode;

/** A class of the project, as it was compiled. */
final class ClassFile {

    /** The newest version of class files that ASM reads. */
    private static final int NEWEST = Opcodes.V28;

    final ClassNode node;
    private final Map<String, MethodNode> methods = new HashMap<>();
    private final Map<String, FieldNode> fields = new HashMap<>();
    private final Map<MethodNode, Initialiser> initialisers = new ConcurrentHashMap<>();

    ClassFile(byte[] bytes) {
        node = new ClassNode();
        reader(bytes).accept(node, ClassReader.SKIP_FRAMES);
        node.methods.forEach(method -> methods.put(method.name + method.desc, method));
        node.fields.forEach(field -> fields.put(field.name, field));
    }

    /** Reads classes of JDKs, too, that are newer than ASM: instructions are the same ever since 11. */
    static ClassReader reader(byte[] bytes) {
        int version = (bytes[6] & 0xff) << 8 | bytes[7] & 0xff;
        if (version > NEWEST) {
            bytes = bytes.clone();
            bytes[6] = (byte) (NEWEST >> 8);
            bytes[7] = (byte) NEWEST;
        }
        return new ClassReader(bytes);
    }

    String name() {
        return node.name;
    }

    /** The method of that name and descriptor, or null. */
    MethodNode method(String signature) {
        return methods.get(signature);
    }

    /** The field of that name, or null. */
    FieldNode field(String name) {
        return fields.get(name);
    }

    List<MethodNode> constructors() {
        return node.methods.stream()
                .filter(method -> method.name.equals("<init>"))
                .toList();
    }

    Initialiser initialiser(MethodNode method) {
        return initialisers.computeIfAbsent(method, m -> Initialiser.of(node, m));
    }

    boolean isInterface() {
        return is(node.access, Opcodes.ACC_INTERFACE);
    }

    boolean isAbstract() {
        return is(node.access, Opcodes.ACC_ABSTRACT);
    }

    boolean isRecord() {
        return "java/lang/Record".equals(node.superName);
    }

    boolean isAnonymous() {
        return node.outerClass != null
                && node.innerClasses.stream().anyMatch(inner -> inner.name.equals(node.name) && isUnnamed(inner));
    }

    private static boolean isUnnamed(InnerClassNode inner) {
        return inner.innerName == null && !is(inner.access, Opcodes.ACC_SYNTHETIC);
    }

    /** The folder of the package, empty or with a slash at its end. */
    String folder() {
        return node.name.substring(0, node.name.lastIndexOf('/') + 1);
    }

    String sourceFile() {
        return node.sourceFile == null ? node.name.replace('/', '.') : node.sourceFile;
    }

    static boolean is(int access, int flag) {
        return (access & flag) != 0;
    }
}
