package org.juniteval.engine.cli;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.juniteval.engine.report.Terminal;

/**
 * What a command sees of the process that it runs in.
 *
 * @param directory the working directory, absolute
 * @param terminal what is known of standard output and standard error
 * @param asks whether somebody is there to answer a question
 * @param in where the answer comes from
 * @param clock what time it is, and in which zone times are shown
 */
record Surroundings(
        Path directory,
        Map<String, String> environment,
        Terminal terminal,
        boolean asks,
        BufferedReader in,
        Output out,
        PrintWriter err,
        Clock clock) {

    static Surroundings ofThisProcess() {
        Terminal terminal = Terminal.ofThisProcess();
        Charset shown = encoding();
        return new Surroundings(
                Path.of("").toAbsolutePath(),
                System.getenv(),
                terminal,
                terminal.input() && terminal.error(),
                new BufferedReader(new InputStreamReader(System.in, shown)),
                // What another program reads is the same on every machine.
                Output.to(writer(FileDescriptor.out, terminal.output() ? shown : StandardCharsets.UTF_8)),
                new PrintWriter(writer(FileDescriptor.err, shown)),
                Clock.systemDefaultZone());
    }

    private static Charset encoding() {
        String name = System.getProperty("native.encoding", "");
        return Charset.isSupported(name) ? Charset.forName(name) : Charset.defaultCharset();
    }

    private static Writer writer(FileDescriptor descriptor, Charset charset) {
        return new BufferedWriter(new OutputStreamWriter(new FileOutputStream(descriptor), charset));
    }

    /** A key's value, from the places that the engine looks at besides a launcher: system property, environment. */
    Optional<String> key(String key, String variable) {
        return Optional.ofNullable(System.getProperty(key))
                .or(() -> Optional.ofNullable(environment.get(variable)))
                .map(String::strip)
                .filter(value -> !value.isEmpty());
    }
}
