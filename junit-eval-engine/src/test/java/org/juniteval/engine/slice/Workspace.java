package org.juniteval.engine.slice;

import static java.util.stream.Collectors.joining;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.eclipse.jdt.internal.compiler.tool.EclipseCompiler;

/** A build's folder as tools leave it: sources where Maven has them, class files compiled of them by any compiler. */
public final class Workspace {

    /** Who compiles. */
    public enum Compiler {
        JAVAC(List.of("--release", "17", "-proc:none")),
        ECJ(List.of("-17", "-proc:none", "-nowarn"));

        private final List<String> options;

        Compiler(List<String> options) {
            this.options = options;
        }

        private javax.tools.JavaCompiler tool() {
            return this == ECJ ? new EclipseCompiler() : ToolProvider.getSystemJavaCompiler();
        }
    }

    private final Path root;
    private final List<String> modules = new ArrayList<>();
    private final Map<String, Path> packed = new HashMap<>();
    private final List<Path> jars = new ArrayList<>();

    /** An empty build with one module, which is the folder itself. */
    public Workspace(Path root) {
        this.root = root;
        modules("");
        write("pom.xml", "<project><groupId>demo</groupId></project>");
    }

    /** The build's modules, by their folders, in the order in which they are on the class path. */
    public Workspace modules(String... folders) {
        modules.clear();
        modules.addAll(List.of(folders));
        packed.clear();
        return this;
    }

    /** Writes a file. */
    public Workspace write(String path, String text) {
        try {
            Path file = root.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a source of the first module, {@code demo/Prompts.java}. */
    public Workspace source(String path, String text) {
        return write(module(modules.get(0), "src/main/java/") + path, text);
    }

    /** Replaces a text in a file. */
    public Workspace edit(String path, String from, String to) {
        try {
            String text = Files.readString(root.resolve(path));
            if (!text.contains(from)) {
                throw new IllegalArgumentException("no '" + from + "' in " + path);
            }
            return write(path, text.replace(from, to));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same sources and build files in this folder. */
    public Workspace copyOf(Workspace other) {
        try (Stream<Path> files = Files.walk(other.root)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().matches(".*\\.(java|xml)"))
                    .toList()) {
                write(other.root.relativize(file).toString(), Files.readString(file));
            }
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Moves a file. */
    public Workspace move(String from, String to) {
        try {
            Files.createDirectories(path(to).getParent());
            Files.move(path(from), path(to));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The path of a file. */
    public Path path(String path) {
        return root.resolve(path);
    }

    private static String module(String folder, String path) {
        return folder.isEmpty() ? path : folder + "/" + path;
    }

    /** Compiles all modules from scratch, those later on the class path first. */
    public Workspace compile(Compiler compiler, String... options) {
        List<String> last = new ArrayList<>(modules);
        java.util.Collections.reverse(last);
        for (String module : last) {
            delete(classes(module));
            packed.remove(module);
            compileInto(compiler, module, sources(module), options);
        }
        return this;
    }

    /** Puts a module on the class path as the jar of its classes. */
    public Workspace pack(String module) {
        Path jar = root.resolve(module(module, "target/" + module + "-1.0.jar"));
        try {
            Files.deleteIfExists(jar);
            Project.jar(classes(module), jar);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        packed.put(module, jar);
        return this;
    }

    /** Compiles one source of the first module and nothing else, as IDEs do. */
    public Workspace compileOnly(Compiler compiler, String path) {
        String module = modules.get(0);
        compileInto(compiler, module, List.of(root.resolve(module(module, "src/main/java/" + path))));
        return this;
    }

    /** Compiles a library from its one source and puts it on the class path, in place of one of that name. */
    public Workspace library(String name, String path, String text) {
        Path work = root.resolve("library-of-" + name);
        delete(work);
        write(work + "/" + path, text);
        Path jar = root.resolve(".m2/repository/acme/" + name + "/1.0/" + name + "-1.0.jar");
        call(Compiler.JAVAC, work.resolve("classes"), List.of(work.resolve(path)));
        try {
            Files.deleteIfExists(jar);
            Project.jar(work.resolve("classes"), jar);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!jars.contains(jar)) {
            jars.add(jar);
        }
        return this;
    }

    private List<Path> sources(String module) {
        Path folder = root.resolve(module(module, "src/main/java"));
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path classes(String module) {
        return root.resolve(module(module, "target/classes"));
    }

    private void compileInto(Compiler compiler, String module, List<Path> sources, String... options) {
        call(compiler, classes(module), sources, options);
    }

    private void call(Compiler compiler, Path output, List<Path> sources, String... options) {
        try {
            Files.createDirectories(output);
            var tool = compiler.tool();
            StringWriter said = new StringWriter();
            List<String> all = new ArrayList<>(compiler.options);
            all.addAll(Arrays.asList(options));
            all.addAll(List.of("-g", "-d", output.toString(), "-classpath"));
            all.add(Stream.concat(
                            entries().stream().map(Path::toString), Stream.of(System.getProperty("java.class.path")))
                    .collect(joining(File.pathSeparator)));
            try (var manager = tool.getStandardFileManager(null, null, null)) {
                if (!tool.getTask(said, manager, null, all, null, manager.getJavaFileObjectsFromPaths(sources))
                        .call()) {
                    throw new IllegalArgumentException(said.toString());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private LinkedHashSet<Path> entries() {
        LinkedHashSet<Path> entries = new LinkedHashSet<>();
        modules.forEach(module -> entries.add(packed.getOrDefault(module, classes(module))));
        entries.addAll(jars);
        return entries;
    }

    /** What an eval reaches, as a run sees it that starts now. */
    public Slice slice(String suite, String eval) {
        LinkedHashSet<Path> entries = entries();
        try (URLClassLoader loader = new URLClassLoader(
                entries.stream().map(Workspace::url).toArray(URL[]::new),
                getClass().getClassLoader())) {
            Class<?> type = Class.forName(suite, false, loader);
            Path base = root.resolve(modules.get(0));
            Slice slice =
                    ProjectCode.of(loader, entries, base, List.of(), List.of()).slice(Project.roots(type, eval));
            slice.sources().name(java.util.Set.of()); // while the loader is open
            return slice;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static URL url(Path entry) {
        try {
            return entry.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
