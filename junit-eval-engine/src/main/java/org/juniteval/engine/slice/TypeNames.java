package org.juniteval.engine.slice;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Predicate;
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

    /**
     * The types that an object tells of by what its class inherits from: {@code new TypeReference<List<Answer>>() {}},
     * {@code class Weather implements Function<Place, Forecast>}; where no library is above to ask, not the class itself:
     * {@code class Builder extends Steps<Builder>}.
     */
    static Set<String> argumentsOfParents(ClassNode type, Classes classes) {
        Set<String> arguments = new LinkedHashSet<>();
        if (type.signature != null) {
            new SignatureReader(type.signature).accept(new SignatureVisitor(Opcodes.ASM9) {
                @Override
                public SignatureVisitor visitSuperclass() {
                    return new Arguments(arguments, parent -> !parent.equals("java/lang/Enum"));
                }

                @Override
                public SignatureVisitor visitInterface() {
                    return new Arguments(arguments, parent -> isOfLibrary(parent, classes));
                }
            });
            if (!isOfLibrary(type.name, classes)) {
                arguments.remove(type.name);
            }
        }
        return arguments;
    }

    private static boolean isOfLibrary(String type, Classes classes) {
        for (String parent : classes.supertypes(type)) {
            if (!classes.isProject(parent) && !isOfTheLanguage(parent)) {
                return true;
            }
        }
        return false;
    }

    /** {@code Comparable<T>}, {@code Iterator<T>}: nobody asks what they are of. */
    private static boolean isOfTheLanguage(String type) {
        return type.startsWith("java/") && !type.startsWith("java/util/function/");
    }

    /** The arguments of one type, where it is of interest. */
    private static final class Arguments extends SignatureVisitor {

        private final Set<String> names;
        private final Predicate<String> ofInterest;
        private boolean wanted;

        Arguments(Set<String> names, Predicate<String> ofInterest) {
            super(Opcodes.ASM9);
            this.names = names;
            this.ofInterest = ofInterest;
        }

        @Override
        public void visitClassType(String name) {
            wanted = ofInterest.test(name);
        }

        @Override
        public SignatureVisitor visitTypeArgument(char wildcard) {
            return new ClassNames(wanted ? names : new LinkedHashSet<>());
        }
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
