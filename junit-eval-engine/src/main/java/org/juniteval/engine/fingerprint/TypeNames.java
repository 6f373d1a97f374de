package org.juniteval.engine.fingerprint;

import java.util.LinkedHashSet;
import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.signature.SignatureReader;
import org.objectweb.asm.signature.SignatureVisitor;
import org.objectweb.asm.tree.ClassNode;

/** The classes that descriptors and generic signatures name. */
final class TypeNames {

    private TypeNames() {}

    /** The names of all classes in a descriptor or signature; none in null. */
    static Set<String> in(String text) {
        Set<String> types = new LinkedHashSet<>();
        if (text != null) {
            SignatureVisitor visitor = new ClassNames(types);
            if (text.startsWith("(") || text.startsWith("<") || text.indexOf(';') < text.length() - 1) {
                new SignatureReader(text).accept(visitor);
            } else {
                new SignatureReader(text).acceptType(visitor);
            }
        }
        return types;
    }

    /** The types that a class tells by its generic superclass: {@code new TypeReference<List<Answer>>() {}}. */
    static Set<String> argumentsOfSuperclass(ClassNode type) {
        Set<String> arguments = new LinkedHashSet<>();
        if (type.signature != null) {
            new SignatureReader(type.signature).accept(new SignatureVisitor(Opcodes.ASM9) {
                @Override
                public SignatureVisitor visitSuperclass() {
                    return new ClassNames(arguments);
                }
            });
            arguments.remove(type.superName);
        }
        return arguments;
    }

    private static final class ClassNames extends SignatureVisitor {

        private final Set<String> names;
        private String outer = "";

        ClassNames(Set<String> names) {
            super(Opcodes.ASM9);
            this.names = names;
        }

        @Override
        public SignatureVisitor visitTypeArgument(char wildcard) {
            return new ClassNames(names); // the outer class of an inner one comes back after its arguments
        }

        @Override
        public void visitClassType(String name) {
            outer = name;
            names.add(name);
        }

        @Override
        public void visitInnerClassType(String name) {
            outer += "$" + name;
            names.add(outer);
        }
    }
}
