package org.juniteval.engine.slice;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.juniteval.Eval;
import org.juniteval.Variants;

/** A small project in a folder: sources, resources and a library's sources, compiled anew after every edit. */
final class Project {

    private final Path folder;
    private final Map<String, String> sources = new TreeMap<>();
    private final Map<String, String> library = new TreeMap<>();
    private final Map<String, String> resources = new TreeMap<>();
    private final Map<String, String> files = new TreeMap<>();
    private List<String> options = List.of("-g", "-parameters");
    private List<String> extraPackages = List.of();
    private List<Path> leftOut = List.of();

    Project(Path folder) {
        this.folder = folder;
    }

    /** The same files in the same folder, to be edited. */
    Project copy() {
        Project copy = new Project(folder);
        copy.sources.putAll(sources);
        copy.library.putAll(library);
        copy.resources.putAll(resources);
        copy.files.putAll(files);
        copy.options = options;
        copy.extraPackages = extraPackages;
        copy.leftOut = leftOut;
        return copy;
    }

    /** Adds or replaces a source file; its name is told by its package and its first type. */
    Project source(String text) {
        sources.put(nameOf(text), text);
        return this;
    }

    Project librarySource(String text) {
        library.put(nameOf(text), text);
        return this;
    }

    Project resource(String path, String text) {
        resources.put(path, text);
        return this;
    }

    /** A file below the base directory, not on the class path. */
    Project file(String path, String text) {
        files.put(path, text);
        return this;
    }

    Project remove(String path) {
        sources.remove(path);
        resources.remove(path);
        files.remove(path);
        return this;
    }

    Project options(String... options) {
        this.options = List.of(options);
        return this;
    }

    /** Folders below the module's that runs write to. */
    Project leftOut(String... folders) {
        this.leftOut = Stream.of(folders).map(folder::resolve).toList();
        return this;
    }

    Project extraPackages(String... packages) {
        this.extraPackages = List.of(packages);
        return this;
    }

    /** Replaces a text that must stand in exactly one place of all files, or names exactly one of them. */
    Project edit(String from, String to) {
        int found = 0;
        for (Map<String, String> texts : List.of(sources, library, resources, files)) {
            for (Map.Entry<String, String> text : texts.entrySet()) {
                int at = text.getValue().indexOf(from);
                if (at >= 0) {
                    found += text.getValue().indexOf(from, at + 1) >= 0 ? 2 : 1;
                    text.setValue(text.getValue().replace(from, to));
                }
            }
        }
        if (found != 1) {
            throw new IllegalArgumentException("'" + from + "' stands in " + found + " places");
        }
        return this;
    }

    private static String nameOf(String source) {
        var matcher = java.util.regex.Pattern.compile(
                        "package ([\\w.]+);.*?(?:class|interface|enum|record) ([\\w-]+)",
                        java.util.regex.Pattern.DOTALL)
                .matcher(source);
        if (!matcher.find()) {
            throw new IllegalArgumentException("no type in " + source);
        }
        return matcher.group(1).replace('.', '/') + "/" + matcher.group(2) + ".java";
    }

    /** Compiles everything and slices from the named {@code @Eval} method and whatever else counts as a root. */
    Slice slice(String suite, String eval) {
        return slices(suite, List.of(eval)).get(eval);
    }

    Map<String, Slice> slices(String suite, List<String> evals) {
        return with(suite, (code, type) -> {
            Map<String, Slice> slices = new TreeMap<>();
            evals.forEach(eval -> slices.put(eval, code.slice(roots(type, eval))));
            return slices;
        });
    }

    /** Compiles everything and hands out the project's code with the suite's class. */
    <T> T with(String suite, BiFunction<ProjectCode, Class<?>, T> use) {
        build();
        try (URLClassLoader loader = loader()) {
            Class<?> type = Class.forName(suite, false, loader);
            return use.apply(ProjectCode.of(loader, Set.of(paths()), folder, extraPackages, leftOut), type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static Roots roots(Class<?> suite, String eval) {
        List<Method> methods = new ArrayList<>();
        for (Class<?> type = suite; type != Object.class; type = type.getSuperclass()) {
            for (Method method : type.getDeclaredMethods()) {
                if (method.getName().equals(eval) && method.isAnnotationPresent(Eval.class)
                        || method.isAnnotationPresent(BeforeAll.class)
                        || method.isAnnotationPresent(org.juniteval.Fingerprint.class)) {
                    methods.add(method);
                }
            }
        }
        for (Method method : List.copyOf(methods)) {
            for (Annotation[] annotations : method.getParameterAnnotations()) {
                for (Annotation annotation : annotations) {
                    if (annotation instanceof Variants variants
                            && !variants.value().isEmpty()) {
                        methods.add(declared(suite, variants.value()));
                    }
                }
            }
        }
        return new Roots(suite, methods);
    }

    static Method declared(Class<?> type, String name) {
        return Stream.of(type.getDeclaredMethods())
                .filter(method -> method.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Only these: this test's own class path would be part of every project that is taken as a whole. */
    private Path[] paths() {
        return new Path[] {
            folder.resolve("target/classes"), folder.resolve(".m2/repository/acme/library/1.0/library-1.0.jar")
        };
    }

    private URLClassLoader loader() throws IOException {
        URL[] urls = {paths()[0].toUri().toURL(), paths()[1].toUri().toURL()};
        return new URLClassLoader(urls, getClass().getClassLoader());
    }

    private void build() {
        try {
            delete(folder);
            Files.createDirectories(folder.resolve("target/classes"));
            files.putIfAbsent("pom.xml", "<project><groupId>demo</groupId></project>");
            write(folder, files);
            // a local repository inside the build, as CI servers keep it
            Path libraryClasses = Files.createTempDirectory("library");
            compile(library, libraryClasses, List.of("-g"), "");
            jar(libraryClasses, folder.resolve(".m2/repository/acme/library/1.0/library-1.0.jar"));
            delete(libraryClasses);
            compile(
                    sources,
                    folder.resolve("target/classes"),
                    options,
                    folder.resolve(".m2/repository/acme/library/1.0/library-1.0.jar")
                            .toString());
            write(folder.resolve("target/classes"), resources);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void compile(Map<String, String> texts, Path output, List<String> flags, String path) throws IOException {
        if (texts.isEmpty()) {
            return;
        }
        Path sourceFolder = Files.createTempDirectory("sources");
        write(sourceFolder, texts);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter errors = new StringWriter();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            List<String> all = new ArrayList<>(flags);
            all.addAll(List.of("-d", output.toString(), "-proc:none", "-classpath"));
            all.add(System.getProperty("java.class.path") + java.io.File.pathSeparator + path);
            boolean done = compiler.getTask(
                            errors,
                            manager,
                            null,
                            all,
                            null,
                            manager.getJavaFileObjectsFromPaths(texts.keySet().stream()
                                    .map(sourceFolder::resolve)
                                    .toList()))
                    .call();
            if (!done) {
                throw new IllegalArgumentException(errors.toString());
            }
        }
        delete(sourceFolder);
    }

    private static void write(Path root, Map<String, String> texts) throws IOException {
        for (Map.Entry<String, String> text : texts.entrySet()) {
            Path file = root.resolve(text.getKey());
            Files.createDirectories(file.getParent());
            Files.writeString(file, text.getValue());
        }
    }

    static void jar(Path classes, Path jar) throws IOException {
        Files.createDirectories(jar.getParent());
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> walk = Files.walk(classes)) {
            for (Path file : walk.filter(Files::isRegularFile).sorted().toList()) {
                JarEntry entry =
                        new JarEntry(classes.relativize(file).toString().replace('\\', '/'));
                entry.setTime(0);
                out.putNextEntry(entry);
                out.write(Files.readAllBytes(file));
            }
        }
    }

    private static void delete(Path root) throws IOException {
        if (Files.exists(root)) {
            try (Stream<Path> walk = Files.walk(root)) {
                for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
