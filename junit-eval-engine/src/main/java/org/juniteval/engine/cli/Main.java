package org.juniteval.engine.cli;

/**
 * The command line's main class. Ends the JVM with 0 when done, 1 where nothing matched, or something was found wrong or
 * could not be done, 2 where it was called in a wrong way, 130 when it was interrupted.
 */
public final class Main {

    private static final int USAGE = 2;

    private Main() {}

    /** Does what the arguments say; {@code --help} lists what they may. */
    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    private static int run(String[] arguments) {
        try {
            return Commands.run(Surroundings.ofThisProcess(), arguments);
        } catch (NoClassDefFoundError absent) {
            if (!String.valueOf(absent.getMessage()).startsWith("picocli/")) {
                throw absent;
            }
            System.err.println("The command line needs picocli: put info.picocli:picocli on the class path,"
                    + " or use junit-eval-engine-<version>-cli.jar, which holds it.");
            return USAGE;
        }
    }
}
