package org.juniteval.engine.slice;

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
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.juniteval.engine.fingerprint.Sha256;
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
    private final Map<ClassFile, List<ClassFile>> projectSupertypes = new ConcurrentHashMap<>();
    private final Map<ClassFile, List<ProjectMethod>> overrides = new ConcurrentHashMap<>();
    private final Map<ClassFile, Map<String, Optional<ProjectMethod>>> declared = new ConcurrentHashMap<>();
    private Map<String, List<String>> children;

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
        if (name == null) {
            return null;
        }
        ClassFile known = parsed.get(name);
        if (known == null && files.holds(name)) {
            ClassFile read = new ClassFile(files.bytesOf(name));
            known = parsed.putIfAbsent(name, read);
            return known == null ? read : known;
        }
        return known;
    }

    /** SHA-256 of a class file of the project. */
    String fileHash(String name) {
        return Sha256.of(files.bytesOf(name));
    }

    Set<String> names() {
        return files.classNames();
    }

    /** The classes whose names, with dots, a text with gaps may come to. */
    List<String> matching(String recipe) {
        Pattern pattern = Resources.pattern(recipe);
        List<String> matching = new ArrayList<>();
        for (String name : names()) {
            if (pattern.matcher(name.replace('/', '.')).matches()) {
                matching.add(name);
            }
        }
        return matching;
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
            Optional<LibraryType> library = library(name);
            return library.isPresent() ? library.get().parents() : List.of();
        }
        ClassFile type = parsed.get(name);
        if (type != null) {
            return parents(type.node.superName, type.node.interfaces);
        }
        // To know what lies below a type the head of each class is enough: whole trees of a large project fill the
        // heap.
        ClassReader head = ClassFile.reader(files.bytesOf(name));
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

    /** The project's types among {@link #supertypes(String)}, in their order. */
    List<ClassFile> projectSupertypes(ClassFile type) {
        List<ClassFile> known = projectSupertypes.get(type);
        if (known == null) {
            known = new ArrayList<>();
            for (String parent : supertypes(type.name())) {
                ClassFile at = get(parent);
                if (at != null) {
                    known.add(at);
                }
            }
            projectSupertypes.put(type, known);
        }
        return known;
    }

    /** The project's method that a call on the given type runs, or null where a library declares it. */
    ProjectMethod declared(ClassFile type, String signature) {
        Map<String, Optional<ProjectMethod>> ofType = declared.get(type);
        if (ofType == null) {
            ofType = new ConcurrentHashMap<>();
            declared.put(type, ofType);
        }
        Optional<ProjectMethod> known = ofType.get(signature);
        if (known == null) {
            known = Optional.ofNullable(findDeclared(type, signature));
            ofType.put(signature, known);
        }
        return known.orElse(null);
    }

    private ProjectMethod findDeclared(ClassFile type, String signature) {
        // Classes before interfaces, as the JVM does.
        for (ClassFile at = type; at != null; at = get(at.node.superName)) {
            ProjectMethod method = at.method(signature);
            if (method != null) {
                return method;
            }
        }
        ProjectMethod abstractOne = null;
        for (ClassFile at : projectSupertypes(type)) {
            ProjectMethod method = at.method(signature);
            if (method != null) {
                if (!method.is(Opcodes.ACC_ABSTRACT) && !isShadowed(at, signature, type)) {
                    return method;
                }
                abstractOne = abstractOne == null ? method : abstractOne;
            }
        }
        return abstractOne;
    }

    /** Whether an interface that inherits from the given one, and is nearer to the type, declares the method anew. */
    private boolean isShadowed(ClassFile at, String signature, ClassFile type) {
        for (ClassFile other : projectSupertypes(type)) {
            if (other != at
                    && other.method(signature) != null
                    && supertypes(other.name()).contains(at.name())) {
                return true;
            }
        }
        return false;
    }

    /** The project's field that is reached through the given type, or null where a library declares it. */
    ProjectField declaredField(ClassFile type, String name) {
        for (ClassFile at : projectSupertypes(type)) {
            ProjectField field = at.field(name);
            if (field != null) {
                return field;
            }
        }
        return null;
    }

    /** The project's methods by which a type overrides or implements a library's, in the order of their signatures. */
    List<ProjectMethod> overridesOfLibraries(ClassFile type) {
        List<ProjectMethod> known = overrides.get(type);
        if (known == null) {
            known = findOverrides(type);
            overrides.put(type, known);
        }
        return known;
    }

    private List<ProjectMethod> findOverrides(ClassFile type) {
        Set<String> overridable = new HashSet<>();
        boolean unknown = false;
        for (String parent : supertypes(type.name())) {
            if (!isProject(parent)) {
                Optional<LibraryType> library = library(parent);
                if (library.isPresent()) {
                    overridable.addAll(library.get().overridable());
                } else {
                    unknown = true;
                }
            }
        }
        SortedMap<String, ProjectMethod> found = new TreeMap<>();
        for (ClassFile at : projectSupertypes(type)) {
            for (ProjectMethod method : at.methods()) {
                boolean candidate = !method.is(Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC) && !method.id.isInitialiser();
                if (candidate && (unknown || overridable.contains(method.signature()))) {
                    found.put(method.signature(), declared(type, method.signature()));
                }
            }
        }
        return List.copyOf(found.values());
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
            ClassFile.reader(in.readAllBytes()).accept(node, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG);
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

    /** The project's types that inherit from the given one of the project, itself included; sorted. */
    Set<String> subtypes(String name) {
        Map<String, List<String>> known = children();
        Set<String> below = new TreeSet<>();
        List<String> todo = new ArrayList<>(List.of(name));
        while (!todo.isEmpty()) {
            String type = todo.remove(todo.size() - 1);
            if (below.add(type)) {
                todo.addAll(known.getOrDefault(type, List.of()));
            }
        }
        return below;
    }

    /** The types of the project that name a type of the project as their parent. */
    private synchronized Map<String, List<String>> children() {
        if (children == null) {
            children = new HashMap<>();
            for (String type : files.classNames()) {
                for (String parent : parents(type)) {
                    if (isProject(parent)) {
                        List<String> siblings = children.get(parent);
                        if (siblings == null) {
                            siblings = new ArrayList<>();
                            children.put(parent, siblings);
                        }
                        siblings.add(type);
                    }
                }
            }
        }
        return children;
    }
}
