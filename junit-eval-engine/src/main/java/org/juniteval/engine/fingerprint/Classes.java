package org.juniteval.engine.fingerprint;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/** The project's classes and, as far as they inherit from them, the libraries' types. */
final class Classes {

    private static final int NOT_OVERRIDABLE = Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_FINAL;

    private final ProjectFiles files;
    private final ClassLoader loader;
    private final Map<String, ClassFile> parsed = new ConcurrentHashMap<>();
    private final Map<String, Optional<LibraryType>> libraries = new ConcurrentHashMap<>();
    private final Map<String, Set<String>> supertypes = new ConcurrentHashMap<>();
    private final Map<String, Set<String>> overrides = new ConcurrentHashMap<>();
    private Map<String, Set<String>> subtypes;

    Classes(ProjectFiles files, ClassLoader loader) {
        this.files = files;
        this.loader = loader;
    }

    /** A library's type: what it inherits from, and name and descriptor of the methods that a project may override. */
    private record LibraryType(List<String> parents, Set<String> overridable) {}

    boolean isProject(String name) {
        return files.holds(name);
    }

    /** The project's class of that internal name, or null. */
    ClassFile get(String name) {
        return name != null && files.holds(name)
                ? parsed.computeIfAbsent(name, n -> new ClassFile(files.bytesOf(n)))
                : null;
    }

    Set<String> names() {
        return files.classNames();
    }

    /** The type itself and everything that it inherits from, of the project and of libraries. */
    Set<String> supertypes(String name) {
        Set<String> known = supertypes.get(name);
        if (known == null) {
            known = new LinkedHashSet<>();
            known.add(name);
            for (String parent : parents(name)) {
                known.addAll(supertypes(parent));
            }
            supertypes.put(name, known);
        }
        return known;
    }

    private List<String> parents(String name) {
        if (!isProject(name)) {
            return library(name).map(LibraryType::parents).orElse(List.of());
        }
        ClassFile type = parsed.get(name);
        if (type != null) {
            return parents(type.node.superName, type.node.interfaces);
        }
        // To know what lies below a type the head of each class is enough: whole trees of a large project fill the
        // heap.
        ClassReader head = new ClassReader(files.bytesOf(name));
        return parents(head.getSuperName(), List.of(head.getInterfaces()));
    }

    private static List<String> parents(String superName, List<String> interfaces) {
        List<String> parents = new ArrayList<>();
        if (superName != null) {
            parents.add(superName);
        }
        parents.addAll(interfaces);
        return parents;
    }

    /** The project's class that declares what a call on the given type runs; empty where a library declares it. */
    Optional<ClassFile> declaring(String type, String signature) {
        // Classes before interfaces, as the JVM does.
        for (ClassFile at = get(type); at != null; at = get(at.node.superName)) {
            if (at.method(signature) != null) {
                return Optional.of(at);
            }
        }
        Optional<ClassFile> abstractOne = Optional.empty();
        for (String parent : supertypes(type)) {
            ClassFile at = get(parent);
            MethodNode method = at == null ? null : at.method(signature);
            if (method != null) {
                if (!ClassFile.is(method.access, Opcodes.ACC_ABSTRACT) && !isShadowed(at, signature, type)) {
                    return Optional.of(at);
                }
                abstractOne = abstractOne.or(() -> Optional.of(at));
            }
        }
        return abstractOne;
    }

    /** Whether an interface that inherits from the given one, and is nearer to the type, declares the method anew. */
    private boolean isShadowed(ClassFile at, String signature, String type) {
        return supertypes(type).stream()
                .filter(other -> !other.equals(at.name()) && supertypes(other).contains(at.name()))
                .map(this::get)
                .anyMatch(other -> other != null && other.method(signature) != null);
    }

    /** The project's class that declares a field that is reached through the given type; empty where a library does. */
    Optional<ClassFile> declaringField(String type, String field) {
        return supertypes(type).stream()
                .map(this::get)
                .filter(at -> at != null && at.field(field) != null)
                .findFirst();
    }

    /** Name and descriptor of the project's methods by which a type overrides or implements a library's. */
    Set<String> overridesOfLibraries(String type) {
        return overrides.computeIfAbsent(type, this::findOverrides);
    }

    private Set<String> findOverrides(String type) {
        Set<String> overridable = new HashSet<>();
        boolean unknown = false;
        for (String parent : supertypes(type)) {
            if (!isProject(parent)) {
                Optional<LibraryType> library = library(parent);
                library.ifPresent(found -> overridable.addAll(found.overridable()));
                unknown |= library.isEmpty();
            }
        }
        Set<String> found = new TreeSet<>();
        for (String parent : supertypes(type)) {
            ClassFile at = get(parent);
            if (at != null) {
                for (MethodNode method : at.node.methods) {
                    String signature = method.name + method.desc;
                    boolean candidate = !ClassFile.is(method.access, Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC)
                            && !method.name.startsWith("<");
                    if (candidate && (unknown || overridable.contains(signature))) {
                        found.add(signature);
                    }
                }
            }
        }
        return found;
    }

    private Optional<LibraryType> library(String name) {
        Optional<LibraryType> known = libraries.get(name);
        if (known == null) {
            known = readLibrary(name);
            libraries.put(name, known);
        }
        return known;
    }

    private Optional<LibraryType> readLibrary(String name) {
        try (InputStream in = loader.getResourceAsStream(name + ".class")) {
            if (in == null) {
                return Optional.empty();
            }
            ClassNode node = new ClassNode();
            new ClassReader(in).accept(node, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG);
            Set<String> overridable = new HashSet<>();
            for (MethodNode method : node.methods) {
                if (!ClassFile.is(method.access, NOT_OVERRIDABLE)) {
                    overridable.add(method.name + method.desc);
                }
            }
            return Optional.of(new LibraryType(parents(node.superName, node.interfaces), overridable));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty(); // taken for a type that declares whatever the project's classes declare
        }
    }

    /** The project's types that inherit from the given one of the project, itself included. */
    synchronized Set<String> subtypes(String name) {
        if (subtypes == null) {
            subtypes = new HashMap<>();
            for (String type : files.classNames()) {
                for (String parent : supertypes(type)) {
                    if (isProject(parent)) {
                        subtypes.computeIfAbsent(parent, p -> new TreeSet<>()).add(type);
                    }
                }
            }
        }
        return subtypes.getOrDefault(name, Set.of());
    }
}
