package org.juniteval.engine.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.juniteval.engine.record.Visible;
import org.juniteval.engine.report.Ink;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The commands, what they are called and how they end. */
@Command(
        name = Commands.NAME,
        header = "Looks after what junit-eval keeps between runs.",
        synopsisSubcommandLabel = "COMMAND",
        sortOptions = false,
        versionProvider = Commands.Version.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "  0:done",
            "  1:nothing matched, or something was found wrong or could not be done",
            "  2:called in a wrong way",
            "130:interrupted"
        },
        subcommands = {CacheCommand.class, Commands.Completion.class})
final class Commands {

    static final String NAME = "junit-eval";

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help.")
    private boolean help;

    @Option(names = "--version", versionHelp = true, description = "Show the version.")
    private boolean version;

    private Commands() {}

    /** Does what the arguments say; the result is the exit code. */
    static int run(Surroundings surroundings, String... arguments) {
        try {
            int exitCode = commandLine(surroundings).execute(arguments);
            Optional<IOException> lost = surroundings.out().lost();
            lost.ifPresent(why -> tell(surroundings, "what is printed is not complete: " + reason(why)));
            return lost.isPresent() ? 1 : exitCode;
        } finally {
            surroundings.out().flush();
            surroundings.err().flush();
        }
    }

    static CommandLine commandLine(Surroundings surroundings) {
        CommandLine commands = new CommandLine(new Commands(), new WithSurroundings(surroundings));
        space(commands);
        // A case may be called @home: no file of this name is read for more arguments.
        return commands.setExpandAtFiles(false)
                .setOut(surroundings.out())
                .setErr(surroundings.err())
                .setColorScheme(
                        Help.defaultColorScheme(surroundings.terminal().colour() ? Help.Ansi.ON : Help.Ansi.OFF))
                .setParameterExceptionHandler((wrong, arguments) -> {
                    CommandSpec command = wrong.getCommandLine().getCommandSpec();
                    tell(surroundings, wrong.getMessage());
                    surroundings.err().println("Try '" + command.qualifiedName() + " --help'.");
                    return command.exitCodeOnInvalidInput();
                })
                .setExecutionExceptionHandler((thrown, command, arguments) -> {
                    if (thrown instanceof Problem problem) {
                        if (problem.exitCode() != 0) {
                            tell(surroundings, problem.getMessage());
                        }
                        return problem.exitCode();
                    }
                    IOException refused = thrown instanceof UncheckedIOException unchecked
                            ? unchecked.getCause()
                            : thrown instanceof IOException io ? io : null;
                    if (refused == null) {
                        throw thrown;
                    }
                    tell(surroundings, reason(refused));
                    return 1;
                });
    }

    /** An empty line between the parts of each command's help. */
    private static void space(CommandLine command) {
        UsageMessageSpec usage = command.getCommandSpec().usageMessage();
        usage.synopsisHeading("%nUsage: ")
                .descriptionHeading(usage.description().length == 0 ? "" : "%n")
                .parameterListHeading("%n")
                .optionListHeading("%n")
                .commandListHeading("%nCommands:%n");
        command.getSubcommands().values().forEach(Commands::space);
    }

    private static void tell(Surroundings surroundings, String message) {
        PrintWriter err = surroundings.err();
        Ink ink = Ink.of(
                surroundings.terminal().colour() && surroundings.terminal().error());
        surroundings.out().flush();
        err.println(ink.bad("error:") + " " + surroundings.terminal().readable(Visible.inTerminal(message)));
    }

    /** The messages of most file errors are only the file's name. */
    static String reason(IOException refused) {
        if (refused instanceof FileSystemException inFile) {
            return inFile.getFile() + ": " + why(inFile);
        }
        return refused.getMessage() == null ? refused.getClass().getSimpleName() : refused.getMessage();
    }

    private static String why(FileSystemException refused) {
        if (refused.getReason() != null) {
            return refused.getReason();
        }
        return refused instanceof AccessDeniedException
                ? "access is denied"
                : refused instanceof NoSuchFileException
                        ? "it is not there"
                        : refused.getClass().getSimpleName();
    }

    /** Gives commands what they see of the process; what they have is made by picocli. */
    private record WithSurroundings(Surroundings surroundings) implements CommandLine.IFactory {
        @Override
        public <K> K create(Class<K> type) throws Exception {
            if (type == CacheCommand.class) {
                return type.cast(new CacheCommand(surroundings));
            }
            if (type == Completion.class) {
                return type.cast(new Completion(surroundings.out()));
            }
            return CommandLine.defaultFactory().create(type);
        }
    }

    /** As it is written in the jar. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Commands.class.getPackage().getImplementationVersion();
            return new String[] {NAME + " " + (version == null ? "(not packed into a jar)" : version)};
        }
    }

    /** Written for Bash; Zsh reads it as well. */
    @Command(
            name = "completion",
            header = "Print a completion script for Bash and Zsh.",
            description = {
                "It completes a command named @|bold " + NAME
                        + "|@, such as an alias of the java -jar … that runs this:",
                "  source <(" + NAME + " completion)"
            })
    static final class Completion implements Callable<Integer> {

        private final PrintWriter out;

        @Spec
        private CommandSpec command;

        Completion(PrintWriter out) {
            this.out = out;
        }

        @Override
        public Integer call() {
            out.print(AutoComplete.bash(NAME, command.root().commandLine()));
            return 0;
        }
    }
}
