package org.juniteval.engine.cache;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Another JVM that runs one of this room's test programs; it is killed when it is closed. */
record Fork(Process process, BufferedReader lines) implements AutoCloseable {

    static Fork start(Class<?> program, Object... arguments) throws IOException {
        return start(List.of(), program, arguments);
    }

    /** @param before words that come before the command, such as a shell that sets a limit */
    static Fork start(List<String> before, Class<?> program, Object... arguments) throws IOException {
        List<String> command = new ArrayList<>(before);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // Many of them start in one test: as light as a JVM gets.
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        Stream.of(arguments).map(String::valueOf).forEach(command::add);
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new Fork(process, process.inputReader());
    }

    /** The next line that the program prints; empty at its end. */
    Optional<String> line() {
        try {
            return Optional.ofNullable(lines.readLine());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All lines to the program's end. */
    List<String> toEnd() {
        return Stream.generate(this::line)
                .takeWhile(Optional::isPresent)
                .map(Optional::get)
                .toList();
    }

    /** As {@code kill -9} does it. What was printed before can still be read. */
    void kill() {
        // By its handle: Process.destroyForcibly would close the stream as well.
        process.toHandle().destroyForcibly();
        process.onExit().join();
    }

    @Override
    public void close() {
        kill();
    }
}
