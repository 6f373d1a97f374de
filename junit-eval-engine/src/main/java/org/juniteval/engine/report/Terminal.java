package org.juniteval.engine.report;

import java.io.Console;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What is known of the terminal, if any, behind standard input, standard output and standard error.
 *
 * @param input whether standard input is one
 * @param output whether standard output is one
 * @param error whether standard error is one
 * @param colour whether standard output shows colours: it is a terminal, {@code NO_COLOR} is unset or empty, {@code TERM}
 *     is not {@code dumb}
 * @param width columns, from {@code COLUMNS}; 80 where that is not set
 * @param unicode whether what is printed is encoded by something that has a {@code ✓}; a POSIX locale has none
 */
public record Terminal(boolean input, boolean output, boolean error, boolean colour, int width, boolean unicode) {

    private static final int WIDTH = 80;

    /** What reports are drawn with, and what stands for it, each as wide as the other. */
    private static final String DRAWN = "✓✗·±█░─…–";

    private static final String PLAIN = "+x-~#.-.-";

    /** Looks at this process. */
    public static Terminal ofThisProcess() {
        return of(System.getenv(), isTerminal(0), isTerminal(1), isTerminal(2));
    }

    static Terminal of(Map<String, String> environment, boolean input, boolean output, boolean error) {
        boolean colour = output
                && environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "").equals("dumb");
        String columns = environment.getOrDefault("COLUMNS", "");
        int width = columns.matches("[1-9]\\d{0,3}") ? Integer.parseInt(columns) : WIDTH;
        return new Terminal(input, output, error, colour, width, unicode(System.getProperty("native.encoding")));
    }

    private static boolean unicode(String encoding) {
        Charset charset = encoding == null || !Charset.isSupported(encoding)
                ? Charset.defaultCharset()
                : Charset.forName(encoding);
        return charset.canEncode() && charset.newEncoder().canEncode('✓');
    }

    /** The text, with the signs that reports are drawn with replaced where they would be printed as question marks. */
    public String readable(String text) {
        if (unicode) {
            return text;
        }
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            int sign = DRAWN.indexOf(text.charAt(i));
            plain.append(sign < 0 ? text.charAt(i) : PLAIN.charAt(sign));
        }
        return plain.toString();
    }

    // Linux tells each descriptor apart. Elsewhere there is only the console, which stands for all and which exists
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
