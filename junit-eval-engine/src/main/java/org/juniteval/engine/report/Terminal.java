package org.juniteval.engine.report;

import java.io.Console;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What is known of the terminal, if any, behind standard output and standard error.
 *
 * @param output whether standard output is one
 * @param error whether standard error is one
 * @param colour whether standard output shows colours: it is a terminal, {@code NO_COLOR} is unset or empty, {@code TERM}
 *     is not {@code dumb}
 * @param width columns, from {@code COLUMNS}; 80 where that is not set
 */
public record Terminal(boolean output, boolean error, boolean colour, int width) {

    private static final int WIDTH = 80;

    /** Looks at this process. */
    public static Terminal ofThisProcess() {
        return of(System.getenv(), isTerminal(1), isTerminal(2));
    }

    static Terminal of(Map<String, String> environment, boolean output, boolean error) {
        boolean colour = output
                && environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "").equals("dumb");
        String columns = environment.getOrDefault("COLUMNS", "");
        int width = columns.matches("[1-9]\\d{0,3}") ? Integer.parseInt(columns) : WIDTH;
        return new Terminal(output, error, colour, width);
    }

    // Linux tells each descriptor apart. Elsewhere there is only the console, which stands for both and which exists
    // without a terminal from JDK 22 on: that is what Console.isTerminal, new there, is asked about.
    private static boolean isTerminal(int descriptor) {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException noSuchWitness) {
            return isTerminal(System.console());
        }
    }

    private static boolean isTerminal(Console console) {
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException beforeJdk22) {
            return true;
        } catch (IllegalAccessException | InvocationTargetException e) {
            return false;
        }
    }
}
