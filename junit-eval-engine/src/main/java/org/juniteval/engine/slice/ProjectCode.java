package org.juniteval.engine.slice;

import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.juniteval.Variants;
import org.juniteval.engine.fingerprint.Sha256;
import org.objectweb.asm.Type;

/**
 * The project's own code and resources: every folder on the class path, every jar that lies below the build's root or
 * has the module's Maven group, and classes of further packages that a key names.
 *
 * <p>Thread-safe. Nothing is read before the first slice.
 */
public final class ProjectCode {

    private final ClassLoader loader;
    private final Supplier<Set<Path>> classPath;
    private final Path base;
    private final List<String> extraPackages;
    private final Set<Path> leftOut;
    private final Set<Path> homes = new LinkedHashSet<>();
    private Project project;

    private ProjectCode(
            ClassLoader loader,
            Supplier<Set<Path>> classPath,
            Path base,
            List<String> extraPackages,
            Collection<Path> leftOut) {
        this.loader = Objects.requireNonNull(loader);
        this.classPath = classPath;
        this.base = base.toAbsolutePath().normalize();
        this.extraPackages = List.copyOf(extraPackages);
        this.leftOut = leftOut.stream()
                .map(folder -> folder.toAbsolutePath().normalize())
                .collect(Collectors.toSet());
    }

    /**
     * The project as a class loader sees it.
     *
     * @param baseDirectory the module's folder; files that code names by a relative path are looked for in it
     * @param extraPackages packages in other jars that count as the project's own, with those below them
     * @param leftOut folders below the base directory that runs write to: no answer depends on what is in them
     */
    public static ProjectCode of(
            ClassLoader loader, Path baseDirectory, List<String> extraPackages, Collection<Path> leftOut) {
        return new ProjectCode(loader, () -> ClassPath.entries(loader), baseDirectory, extraPackages, leftOut);
    }

    /** The project whose classes lie in the given folders and jars. */
    static ProjectCode of(
            ClassLoader loader,
            Set<Path> classPath,
            Path baseDirectory,
            List<String> extraPackages,
            Collection<Path> leftOut) {
        return new ProjectCode(loader, () -> classPath, baseDirectory, extraPackages, leftOut);
    }

    /**
     * The folder of the module that a suite was compiled in: the nearest above its code source with a build file of
     * Maven or Gradle or a {@code .git}; the working directory where there is none.
     */
    public static Path baseDirectoryOf(Class<?> suite) {
        return Optional.ofNullable(ClassPath.codeSource(suite))
                .flatMap(ProjectCode::baseDirectoryAbove)
                .orElseGet(() -> Path.of("").toAbsolutePath());
    }

    /**
     * The folder of the module that a file or folder belongs to: the nearest, from itself upwards, with a build file of
     * Maven or Gradle or a {@code .git}.
     *
     * @param path an absolute path
     */
    public static Optional<Path> baseDirectoryAbove(Path path) {
        for (Path folder = path; folder != null; folder = folder.getParent()) {
            if (ClassPath.isModule(folder)) {
                return Optional.of(folder);
            }
        }
        return Optional.empty();
    }

    /**
     * The code and resources that can be reached from the given roots.
     *
     * <p>Where a framework makes the suite's objects (injected fields, no constructor without parameters, a scan of the
     * class path), no code tells what it makes of what, and the result is {@link #whole(Roots)}.
     */
    public Slice slice(Roots roots) {
        Project project = projectOf(roots.suite());
        if (Injection.into(roots.suite(), project.classes())) {
            return whole(roots);
        }
        Reached reached = walk(project, roots).reached();
        return reached.classPathScans ? whole(roots) : slice(project, roots, reached, false);
    }

    /** All classes and configuration files of the project; for suites whose instances come from a foreign factory. */
    public Slice whole(Roots roots) {
        Project project = projectOf(roots.suite());
        Walk walk = walk(project, roots);
        for (String type : project.classes().names()) {
            walk.expose(type);
        }
        return slice(project, roots, walk.reached(), true);
    }

    private static Walk walk(Project project, Roots roots) {
        Walk walk =
                new Walk(project.classes(), project.reader(), project.services(), Type.getInternalName(roots.suite()));
        for (Method method : roots.methods()) {
            walk.startAt(Type.getInternalName(method.getDeclaringClass()), signature(method));
            if (EngineMethods.bindsData(method)) {
                for (Parameter parameter : method.getParameters()) {
                    if (!parameter.isAnnotationPresent(Variants.class)
                            || parameter.getType().isEnum()) {
                        for (String type : EngineMethods.classesIn(parameter.getParameterizedType())) {
                            walk.expose(type);
                        }
                    }
                }
                for (String type : EngineMethods.classesIn(method.getGenericReturnType())) {
                    walk.instantiate(type);
                }
            }
        }
        return walk;
    }

    private Slice slice(Project project, Roots roots, Reached reached, boolean whole) {
        Set<MethodId> evals = evals(roots);
        Parts parts = new Parts(reached, project.hashes());
        SortedMap<String, String> hashes = parts.hashes();
        hashes.putAll(project.jars().of(reached.libraryTypes));
        Resources resources = new Resources(project.files(), reached.constants, reached.folders());
        SortedMap<String, String> named =
                resources.find(reached.recipes, text -> reached.fileNames.isOpen(text, evals));
        if (whole) {
            resources.addConfiguration(named);
        }
        return new Slice(
                Sha256.of(Slice.text(hashes)),
                named,
                whole ? reached.types.size() : parts.methods(),
                whole,
                reached.blindSpots(reached.fileNames.notNamed(evals, resources.matched(), named.isEmpty())),
                hashes,
                reached.writesBy(evals),
                project.oldCopies().of(reached.types, named.keySet()),
                new Sources(project.sources(), project.classes(), project.jars(), text(roots, whole), reached));
    }

    private static String text(Roots roots, boolean whole) {
        return roots.methods().stream()
                .map(method -> Type.getInternalName(method.getDeclaringClass()) + "." + signature(method) + "\n")
                .sorted()
                .collect(Collectors.joining("", roots.suite().getName() + (whole ? " as a whole" : "") + "\n", ""));
    }

    /** The roots that many threads run at once. */
    private static Set<MethodId> evals(Roots roots) {
        Set<MethodId> evals = new HashSet<>();
        for (Method method : roots.methods()) {
            if (EngineMethods.bindsData(method)) {
                evals.add(new MethodId(Type.getInternalName(method.getDeclaringClass()), signature(method)));
            }
        }
        return evals;
    }

    private static String signature(Method method) {
        return method.getName() + Type.getMethodDescriptor(method);
    }

    /** A suite is the project's own wherever it lies, in a jar of another group or where no class path tells. */
    private synchronized Project projectOf(Class<?> suite) {
        if (project == null || !project.classes().isProject(Type.getInternalName(suite))) {
            Path home = ClassPath.homeOf(suite);
            if (home != null) {
                homes.add(home);
            }
            ProjectFiles files = ProjectFiles.of(classPath.get(), homes, base, extraPackages, leftOut);
            Classes classes = new Classes(files, loader);
            LibraryJars jars = new LibraryJars(loader);
            project = new Project(
                    files,
                    classes,
                    new StepReader(classes),
                    new Hashes(classes),
                    jars,
                    new Services(files, classes, jars),
                    new OldCopies(files),
                    new SourceFiles(files, classes, jars));
        }
        if (!project.classes().isProject(Type.getInternalName(suite))) {
            throw new IllegalArgumentException(
                    "no class file of " + suite.getName()
                            + " is to be found: without it nothing tells what a stored answer depends on; set eval.cache.mode = off");
        }
        return project;
    }

    private record Project(
            ProjectFiles files,
            Classes classes,
            StepReader reader,
            Hashes hashes,
            LibraryJars jars,
            Services services,
            OldCopies oldCopies,
            SourceFiles sources) {}
}
