package org.juniteval.engine.slice;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32C;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.InnerClassNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodNode;

/** A class of the project, as it was compiled. What is the same in every slice is worked out once. */
final class ClassFile implements Comparable<ClassFile> {

    /** The newest version of class files that ASM reads. */
    private static final int NEWEST = Opcodes.V28;

    final ClassNode node = new WithoutVariables();

    /** Tells two compiled forms of the class apart, though not against an attacker. */
    final long checksum;

    final boolean isAnonymous;

    /** Stands for whoever makes an object of the class without a constructor that the walk has seen. */
    final MethodId making;

    /** Stands for the code that runs when the class is loaded. */
    final MethodId loading;

    /** Stands for a library that has an object of the class. */
    final MethodId library;

    private final Map<String, ProjectMethod> methods = new LinkedHashMap<>();
    private final Map<String, ProjectField> fields = new LinkedHashMap<>();
    private volatile Step[] declaration;
    private volatile OnShow onShow;
    private volatile Set<String> argumentsOfParents;
    private volatile Set<String> typesInSignature;

    ClassFile(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        checksum = crc.getValue();
        reader(bytes).accept(node, ClassReader.SKIP_FRAMES);
        for (MethodNode method : node.methods) {
            methods.put(method.name + method.desc, new ProjectMethod(this, method));
        }
        for (FieldNode field : node.fields) {
            fields.put(field.name, new ProjectField(this, field));
        }
        isAnonymous = isAnonymous(node);
        making = new MethodId(node.name, "<init>");
        loading = new MethodId(node.name, "<clinit>()V");
        library = new MethodId(node.name, "*");
    }

    /** What a library may use of an object without knowing its class. */
    record OnShow(List<ProjectMethod> methods, List<ProjectField> fields) {

        boolean isEmpty() {
            return methods.isEmpty() && fields.isEmpty();
        }
    }

    /** Without names of local variables: they change nothing that runs. Its labels are {@link Meeting}s. */
    private static final class WithoutVariables extends ClassNode {

        WithoutVariables() {
            super(Opcodes.ASM9);
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            MethodNode method = new MethodNode(Opcodes.ASM9, access, name, descriptor, signature, exceptions) {
                @Override
                public void visitLocalVariable(
                        String variable, String type, String generic, Label start, Label end, int slot) {
                    // not kept
                }

                @Override
                public void visitJumpInsn(int opcode, Label label) {
                    super.visitJumpInsn(opcode, label);
                    JumpInsnNode jump = (JumpInsnNode) instructions.getLast();
                    ((Meeting) jump.label).jumps.add(jump);
                }

                @Override
                protected LabelNode getLabelNode(Label label) {
                    if (label.info == null) {
                        label.info = new Meeting();
                    }
                    return (LabelNode) label.info;
                }
            };
            methods.add(method);
            return method;
        }
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
    ProjectMethod method(String signature) {
        return methods.get(signature);
    }

    /** All methods in the order of the file. */
    Collection<ProjectMethod> methods() {
        return methods.values();
    }

    /** The field of that name, or null. */
    ProjectField field(String name) {
        return fields.get(name);
    }

    /** All fields in the order of the file. */
    Collection<ProjectField> fields() {
        return fields.values();
    }

    List<ProjectMethod> constructors() {
        List<ProjectMethod> constructors = new ArrayList<>();
        for (ProjectMethod method : methods.values()) {
            if (method.isConstructor()) {
                constructors.add(method);
            }
        }
        return constructors;
    }

    /** The static initialiser, or null. */
    ProjectMethod staticInitialiser() {
        return methods.get("<clinit>()V");
    }

    /** What the class asks of a walk by its head: parents and annotations. */
    Step[] declaration(StepReader reader) {
        Step[] known = declaration;
        if (known == null) {
            known = reader.declaration(this);
            declaration = known;
        }
        return known;
    }

    OnShow onShow(Classes classes) {
        OnShow known = onShow;
        if (known == null) {
            known = Members.onShow(this, classes);
            onShow = known;
        }
        return known;
    }

    /** The types that its objects tell of by its generic superclass and interfaces. */
    Set<String> argumentsOfParents(Classes classes) {
        Set<String> known = argumentsOfParents;
        if (known == null) {
            known = TypeNames.argumentsOfParents(node, classes);
            argumentsOfParents = known;
        }
        return known;
    }

    /** The types in its generic signature. */
    Set<String> typesInSignature() {
        Set<String> known = typesInSignature;
        if (known == null) {
            known = TypeNames.in(node.signature);
            typesInSignature = known;
        }
        return known;
    }

    boolean isInterface() {
        return is(Opcodes.ACC_INTERFACE);
    }

    boolean isAbstract() {
        return is(Opcodes.ACC_ABSTRACT);
    }

    /** Whether the access flags have one of the given ones. */
    boolean is(int flags) {
        return is(node.access, flags);
    }

    private static boolean isAnonymous(ClassNode node) {
        if (node.outerClass != null) {
            for (InnerClassNode inner : node.innerClasses) {
                if (inner.name.equals(node.name)) {
                    return inner.innerName == null && !is(inner.access, Opcodes.ACC_SYNTHETIC);
                }
            }
        }
        return false;
    }

    /** The folder of the package, empty or with a slash at its end. */
    String folder() {
        return node.name.substring(0, node.name.lastIndexOf('/') + 1);
    }

    String sourceFile() {
        return node.sourceFile == null ? node.name.replace('/', '.') : node.sourceFile;
    }

    /** By name. */
    @Override
    public int compareTo(ClassFile other) {
        return name().compareTo(other.name());
    }

    /** There is one class of a name in a project: this only makes it quick to find, and the same in every JVM. */
    @Override
    public int hashCode() {
        return name().hashCode();
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    static boolean is(int access, int flag) {
        return (access & flag) != 0;
    }
}
