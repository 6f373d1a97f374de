package org.juniteval.engine.benchmark;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.juniteval.engine.fingerprint.ProjectCode;
import org.juniteval.engine.fingerprint.Roots;

/**
 * What it costs, in a JVM that has just started, to find the code that evals reach: of one suite, and of 50 methods
 * drawn from the 2,000 classes of Guava, as ArchUnit brings it.
 */
final class Slices {

    private static final String GUAVA = "com.tngtech.archunit.thirdparty.com.google";
    private static final int ROOTS = 50;

    private Slices() {}

    public static void main(String[] arguments) throws Exception {
        boolean one = arguments[0].equals("one");
        List<Method> methods =
                one ? List.of(Peers.OneSampleEval.class.getDeclaredMethod("answers", String.class)) : ofGuava();
        long cpu = cpu();
        long start = System.nanoTime();
        ProjectCode code = ProjectCode.of(
                Slices.class.getClassLoader(), Path.of("").toAbsolutePath(), one ? List.of() : List.of(GUAVA));
        int reached = 0;
        for (Method method : methods) {
            reached += code.slice(new Roots(Peers.OneSampleEval.class, List.of(method)))
                    .methods();
        }
        System.out.printf(
                Locale.ROOT,
                "RESULT %.3f %.3f %d 0%n",
                (System.nanoTime() - start) / 1e9,
                (cpu() - cpu) / 1e9,
                reached);
    }

    /** One public method of each 30th or so public class. */
    private static List<Method> ofGuava() throws IOException, ClassNotFoundException {
        List<Method> all = new ArrayList<>();
        for (String name : names()) {
            Class<?> type = Class.forName(name, false, Slices.class.getClassLoader());
            if (Modifier.isPublic(type.getModifiers())) {
                Stream.of(type.getDeclaredMethods())
                        .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
                        .min(Comparator.comparing(Method::toString))
                        .ifPresent(all::add);
            }
        }
        List<Method> some = new ArrayList<>();
        for (int i = 0; i < ROOTS; i++) {
            some.add(all.get(i * all.size() / ROOTS));
        }
        return some;
    }

    private static List<String> names() throws IOException {
        String folder = GUAVA.replace('.', '/') + "/";
        for (String entry : System.getProperty("java.class.path").split(java.io.File.pathSeparator)) {
            if (entry.contains("archunit-1")) {
                try (JarFile jar = new JarFile(entry)) {
                    return jar.stream()
                            .map(file -> file.getName())
                            .filter(name -> name.startsWith(folder) && name.endsWith(".class"))
                            .map(name -> name.substring(0, name.length() - ".class".length())
                                    .replace('/', '.'))
                            .sorted()
                            .toList();
                }
            }
        }
        throw new IllegalStateException("no ArchUnit on the class path");
    }

    /** Of all threads, the compiler's and the collector's included. */
    private static long cpu() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }
}
