package org.juniteval.engine.slice;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Opcodes;

/** The Java sources of the project's classes, in the places where build tools keep them, and what they mention. */
final class SourceFiles {

    /** Places of sources in a module; a star is any folder. */
    private static final List<String> ROOTS = List.of(
            "src",
            "test",
            "src/*",
            "src/*/*",
            "target/generated-sources/*",
            "target/generated-test-sources/*",
            "build/generated/sources/*/*/*",
            "bin/generated-sources/*",
            "bin/generated-test-sources/*",
            ".apt_generated",
            ".apt_generated_tests");

    private final ProjectFiles files;
    private final Classes classes;
    private final LibraryJars jars;
    private final Map<String, List<String>> bySimpleName = new HashMap<>();
    private final Map<String, Optional<Source>> byClass = new HashMap<>();
    private final Map<Path, Optional<Source>> byFile = new HashMap<>();
    private final Map<Path, List<Path>> roots = new HashMap<>();
    private final Map<Path, Path> modules = new HashMap<>();
    private final Map<Path, BuildFiles> builds = new HashMap<>();
    private final Map<Path, FileTime> jarStamps = new HashMap<>();

    SourceFiles(ProjectFiles files, Classes classes, LibraryJars jars) {
        this.files = files;
        this.classes = classes;
        this.jars = jars;
    }

    /** What a source mentions. */
    static final class Mentions {
        final Set<Source> sources = new LinkedHashSet<>();
        final Set<Path> jars = new TreeSet<>();

        /** Of types that are not in Java, or whose sources are not there, and so cannot be told to be the same. */
        boolean hasUnknown;
    }

    /** A Java source of the project. */
    final class Source {

        final String path;
        final SourceText text;
        final FileTime stamp;
        private Mentions mentions;
        private Mentions interfaceMentions;

        private Source(Path file, String path, SourceText text) {
            this.path = path;
            this.text = text;
            this.stamp = Stamp.of(file);
        }

        Mentions mentions() {
            if (mentions == null) {
                mentions = mentionsOf(this, text.words());
            }
            return mentions;
        }

        /** What is mentioned outside of bodies. */
        Mentions interfaceMentions() {
            if (interfaceMentions == null) {
                interfaceMentions = mentionsOf(this, text.interfaceWords());
            }
            return interfaceMentions;
        }
    }

    /** The source of a class; empty where there is none in Java, or several that differ. */
    Optional<Source> of(String className) {
        Optional<Source> known = byClass.get(className);
        if (known == null) {
            known = find(className);
            byClass.put(className, known);
        }
        return known;
    }

    private Optional<Source> find(String className) {
        String name = sourceName(className);
        if (!name.endsWith(".java") || files.isHiddenInJar(className)) {
            return Optional.empty();
        }
        String path = className.substring(0, className.lastIndexOf('/') + 1) + name;
        List<Optional<Source>> found = new ArrayList<>();
        for (Path folder : files.foldersOf(className)) {
            List<Optional<Source>> here = rootsOf(folder).stream()
                    .map(root -> root.resolve(path))
                    .filter(Files::isRegularFile)
                    .map(file -> read(file, path))
                    .toList();
            found.addAll(here.isEmpty() ? List.of(Optional.empty()) : here);
        }
        // Which of two that differ a constant was taken from depends on an order that no file tells.
        boolean same = !found.isEmpty()
                && found.stream().allMatch(Optional::isPresent)
                && found.stream()
                                .map(source -> source.get().text.hash())
                                .distinct()
                                .count()
                        == 1;
        return same ? found.get(0) : Optional.empty();
    }

    private Optional<Source> read(Path file, String path) {
        Optional<Source> known = byFile.get(file);
        if (known == null) {
            try {
                known = SourceText.of(Files.readAllBytes(file)).map(text -> new Source(file, path, text));
            } catch (IOException e) {
                known = Optional.empty();
            }
            byFile.put(file, known);
        }
        return known;
    }

    private String sourceName(String className) {
        String[] name = {""};
        ClassFile.reader(files.bytesOf(className))
                .accept(
                        new ClassVisitor(Opcodes.ASM9) {
                            @Override
                            public void visitSource(String source, String debug) {
                                name[0] = source == null ? "" : source;
                            }
                        },
                        ClassReader.SKIP_CODE | ClassReader.SKIP_FRAMES);
        return name[0];
    }

    /** The folder that a class comes from; empty where that cannot be told. */
    Optional<Path> folderOf(String className) {
        return files.folderOf(className);
    }

    /** When a class file was written. */
    FileTime stampOfClass(Path folder, String className) {
        try {
            return Files.getLastModifiedTime(folder.resolve(className + ".class"));
        } catch (IOException e) {
            return FileTime.fromMillis(0);
        }
    }

    /** The build files that speak to the module whose classes lie in a folder. */
    BuildFiles buildOf(Path folder) {
        return builds.computeIfAbsent(moduleOf(folder), BuildFiles::of);
    }

    FileTime stampOf(Collection<Path> someJars) {
        return Stamp.newest(someJars.stream()
                .map(jar -> jarStamps.computeIfAbsent(jar, Stamp::of))
                .toList());
    }

    private Path moduleOf(Path folder) {
        return modules.computeIfAbsent(folder, start -> {
            Path module = start;
            while (module.getParent() != null && !ClassPath.isModule(module)) {
                module = module.getParent();
            }
            return module;
        });
    }

    private List<Path> rootsOf(Path folder) {
        return roots.computeIfAbsent(
                moduleOf(folder),
                module -> ROOTS.stream()
                        .flatMap(pattern -> matching(module, List.of(pattern.split("/"))))
                        .distinct()
                        .toList());
    }

    private static Stream<Path> matching(Path folder, List<String> names) {
        if (names.isEmpty()) {
            return Files.isDirectory(folder) ? Stream.of(folder) : Stream.empty();
        }
        List<String> rest = names.subList(1, names.size());
        if (!names.get(0).equals("*")) {
            return matching(folder.resolve(names.get(0)), rest);
        }
        try (Stream<Path> children = Files.list(folder)) {
            return children.sorted().toList().stream().flatMap(child -> matching(child, rest));
        } catch (IOException e) {
            return Stream.empty();
        }
    }

    private Mentions mentionsOf(Source source, Set<String> words) {
        Mentions mentions = new Mentions();
        Set<String> others = new HashSet<>();
        for (String word : words) {
            List<String> ownClasses = classesCalled(word);
            ownClasses.forEach(name -> mention(name, mentions));
            if (ownClasses.isEmpty() && Character.isUpperCase(word.charAt(0))) {
                others.add(word);
            }
        }
        Set<String> scopes = new LinkedHashSet<>();
        String folder = source.path.substring(0, source.path.lastIndexOf('/') + 1);
        if (jars.haveFolder(folder)) {
            scopes.add(folder);
        }
        source.text.imports().forEach(name -> imported(name, mentions).ifPresent(scopes::add));
        source.text.names().forEach(name -> named(name, mentions));
        for (String scope : scopes) {
            others.forEach(word -> libraryType(scope + word, mentions));
        }
        return mentions;
    }

    private void mention(String className, Mentions mentions) {
        if (files.folderOf(className).isPresent()) {
            of(className).ifPresentOrElse(mentions.sources::add, () -> mentions.hasUnknown = true);
        } else {
            jars.jarOf(className).ifPresentOrElse(mentions.jars::add, () -> mentions.hasUnknown = true);
        }
    }

    /** Counts the jar of an imported type; of an import on demand, gives what the names of the types that it brings begin with. */
    private Optional<String> imported(String name, Mentions mentions) {
        boolean onDemand = name.endsWith(".*");
        List<String> segments = List.of((onDemand ? name.substring(0, name.length() - 2) : name).split("\\."));
        if (name.startsWith("java.")) {
            return Optional.empty();
        }
        for (int i = 1; i <= segments.size(); i++) {
            String outer = String.join("/", segments.subList(0, i));
            if (files.holds(outer)) {
                return Optional.empty();
            }
            if (i > 1 && libraryType(outer, mentions)) {
                String type = nested(outer, segments.subList(i, segments.size()), mentions);
                return onDemand ? Optional.of(type + "$") : Optional.empty();
            }
        }
        return onDemand ? Optional.of(String.join("/", segments) + "/") : Optional.empty();
    }

    /** A dotted name in code may begin with a package, if it looks like it: code is full of {@code order.item.price}. */
    private void named(String name, Mentions mentions) {
        List<String> segments = List.of(name.split("\\."));
        int type = 0;
        while (type < segments.size()
                && !Character.isUpperCase(segments.get(type).charAt(0))) {
            type++;
        }
        if (type > 0 && type < segments.size() && !name.startsWith("java.")) {
            String outer = String.join("/", segments.subList(0, type + 1));
            if (libraryType(outer, mentions)) {
                nested(outer, segments.subList(type + 1, segments.size()), mentions);
            }
        }
    }

    /** The innermost type that names behind a type's name lead to; what it inherits from counts as well. */
    private String nested(String outer, List<String> names, Mentions mentions) {
        String type = outer;
        for (String name : names) {
            if (!libraryType(type + "$" + name, mentions)) {
                return type;
            }
            type += "$" + name;
        }
        return type;
    }

    /** Counts the jar of a type, and of those that it inherits constants from. */
    private boolean libraryType(String name, Mentions mentions) {
        if (LibraryJars.isOurs(name) || jars.jarOf(name).isEmpty()) {
            return false;
        }
        for (String parent : classes.supertypes(name)) {
            jars.jarOf(parent).ifPresent(mentions.jars::add);
        }
        return true;
    }

    /**
     * The project's top-level types of a simple name, in any package. Of a nested type the outer one is mentioned as
     * well: where it is imported, or by whoever inherits it.
     */
    private List<String> classesCalled(String word) {
        if (bySimpleName.isEmpty()) {
            for (String name : files.classNames()) {
                String simple = name.substring(name.lastIndexOf('/') + 1);
                bySimpleName.computeIfAbsent(simple, s -> new ArrayList<>()).add(name);
            }
        }
        return bySimpleName.getOrDefault(word, List.of());
    }
}
