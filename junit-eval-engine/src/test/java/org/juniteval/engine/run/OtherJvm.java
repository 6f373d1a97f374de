package org.juniteval.engine.run;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.juniteval.engine.platform.EvalTestEngine;

/** Another JVM that runs suites, as a build tool's fork does; what it says goes to the folder that it shares with us. */
record OtherJvm(Process process) implements AutoCloseable {

    private static final String SHARED = "test.shared";

    static OtherJvm run(Path shared, Map<String, ?> keys, Class<?>... suites) throws IOException {
        return run(List.of(), shared, keys, suites);
    }

    /** @param before words that come before the command, such as a shell that sets a limit */
    static OtherJvm run(List<String> before, Path shared, Map<String, ?> keys, Class<?>... suites) throws IOException {
        List<String> command = new ArrayList<>(before);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"));
        command.addAll(List.of("-D" + SHARED + "=" + shared, "-cp", System.getProperty("java.class.path")));
        command.add(OtherJvm.class.getName());
        keys.forEach((key, value) -> command.add(key + "=" + value));
        Stream.of(suites).map(Class::getName).forEach(command::add);
        return new OtherJvm(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Files.createTempFile(shared, "jvm", ".out").toFile())
                .start());
    }

    public static void main(String[] arguments) throws ClassNotFoundException {
        LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request();
        for (String argument : arguments) {
            int split = argument.indexOf('=');
            if (split < 0) {
                request.selectors(selectClass(Class.forName(argument)));
            } else {
                request.configurationParameter(argument.substring(0, split), argument.substring(split + 1));
            }
        }
        LauncherFactory.create(LauncherConfig.builder()
                        .enableTestEngineAutoRegistration(false)
                        .addTestEngines(new EvalTestEngine())
                        .build())
                .execute(request.build());
    }

    /** In a suite: the folder that all JVMs of a test share. */
    static Path shared() {
        return Path.of(System.getProperty(SHARED));
    }

    /** In a test: suites in this JVM see the folder as well. */
    static void share(Path folder) {
        System.setProperty(SHARED, folder.toString());
    }

    static void unshare() {
        System.clearProperty(SHARED);
    }

    /** Says something that other JVMs can read. */
    static void say(String line) {
        try {
            Files.writeString(
                    shared().resolve("said"), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What all JVMs have said. */
    static List<String> said() {
        try {
            Path file = shared().resolve("said");
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits until it has ended by itself. */
    int exit() throws InterruptedException {
        return process.waitFor();
    }

    /** As {@code kill -9} does it. */
    void kill() {
        process.toHandle().destroyForcibly();
        process.onExit().join();
    }

    @Override
    public void close() {
        kill();
    }
}
