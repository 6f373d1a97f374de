package org.juniteval.engine.fingerprint;

import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.objectweb.asm.Type;

/**
 * The project's own code and resources: every folder on the class path, every jar that lies below the build's root or
 * has the module's Maven group, and classes of further packages that a key names.
 *
 * <p>Thread-safe. Nothing is read before the first slice.
 */
public final class ProjectCode {

    private final ClassLoader loader;
    private final Path base;
    private final List<String> extraPackages;
    private ProjectFiles files;

    private ProjectCode(ClassLoader loader, Path base, List<String> extraPackages) {
        this.loader = Objects.requireNonNull(loader);
        this.base = base.toAbsolutePath().normalize();
        this.extraPackages = List.copyOf(extraPackages);
    }

    /**
     * The project as a class loader sees it.
     *
     * @param baseDirectory the module's folder; files that code names by a relative path are looked for in it
     * @param extraPackages packages in other jars that count as the project's own
     */
    public static ProjectCode of(ClassLoader loader, Path baseDirectory, List<String> extraPackages) {
        return new ProjectCode(loader, baseDirectory, extraPackages);
    }

    /**
     * The folder of the module that a suite was compiled in: the nearest above its code source with a build file of
     * Maven or Gradle or a {@code .git}; the working directory where there is none.
     */
    public static Path baseDirectoryOf(Class<?> suite) {
        Path source = ClassPath.codeSource(suite);
        for (Path folder = source; folder != null; folder = folder.getParent()) {
            if (ClassPath.isModule(folder)) {
                return folder;
            }
        }
        return Path.of("").toAbsolutePath();
    }

    /** The code and resources that can be reached from the given roots. */
    public Slice slice(Roots roots) {
        ProjectFiles project = files();
        Set<String> rootMethods = new HashSet<>();
        for (Method method : roots.methods()) {
            rootMethods.add(method.getName() + Type.getMethodDescriptor(method));
        }
        ClassClosure closure = new ClassClosure(project, rootMethods);
        closure.follow(Type.getInternalName(roots.suite()));
        for (Method method : roots.methods()) {
            closure.follow(Type.getInternalName(method.getDeclaringClass()));
        }
        return new Slice(
                Sha256.of(Slice.text(closure.hashes())),
                new Resources(project, base).namedBy(closure.constants(), closure.packages()),
                closure.hashes().size(),
                true,
                List.of(),
                closure.hashes());
    }

    private synchronized ProjectFiles files() {
        if (files == null) {
            files = ProjectFiles.of(loader, base, extraPackages);
        }
        return files;
    }
}
