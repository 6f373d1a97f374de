package org.juniteval.engine.benchmark;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.jar.JarFile;
import org.juniteval.engine.slice.ProjectCode;
import org.juniteval.engine.slice.Roots;

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
        long start = ownCpu();
        ProjectCode code = ProjectCode.of(
                Slices.class.getClassLoader(),
                Path.of("").toAbsolutePath(),
                one ? List.of() : List.of(GUAVA),
                List.of());
        int reached = 0;
        for (Method method : methods) {
            reached += code.slice(new Roots(Peers.OneSampleEval.class, List.of(method)))
                    .methods();
        }
        System.out.printf(
                Locale.ROOT, "RESULT %.3f %.3f %d 0 0%n", (ownCpu() - start) / 1e9, (cpu() - cpu) / 1e9, reached);
    }

    /** One public method of every so many classes; no more of them are loaded than it takes. */
    private static List<Method> ofGuava() throws IOException, ClassNotFoundException {
        List<Method> methods = new ArrayList<>();
        List<String> names = names();
        int next = 0;
        while (methods.size() < ROOTS && next < names.size()) {
            Class<?> type = Class.forName(names.get(next), false, Slices.class.getClassLoader());
            Method method = Modifier.isPublic(type.getModifiers()) ? firstOf(type) : null;
            if (method == null) {
                next++;
            } else {
                methods.add(method);
                next = Math.max(next + 1, methods.size() * names.size() / ROOTS);
            }
        }
        return methods;
    }

    private static Method firstOf(Class<?> type) {
        Method first = null;
        for (Method method : type.getDeclaredMethods()) {
            if (Modifier.isPublic(method.getModifiers())
                    && !method.isSynthetic()
                    && (first == null || method.toString().compareTo(first.toString()) < 0)) {
                first = method;
            }
        }
        return first;
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

    /** Of the thread that makes the slices: what a first sample waits for on a machine that has nothing else to do. */
    private static long ownCpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    /** Of all threads, the compiler's and the collector's included. */
    private static long cpu() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }
}
