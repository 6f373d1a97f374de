package org.juniteval.engine.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The page that users read first, in parts. */
final class Readme {

    /**
     * A fenced block.
     *
     * @param language the first word after the fence
     * @param place the other words: the file that the block stands for, and where in it
     */
    record Block(String language, String place, String text) {}

    static final Path ROOT = Path.of(System.getProperty("basedir", ""))
            .toAbsolutePath()
            .resolve("..")
            .normalize();

    private static final Pattern FENCED = Pattern.compile("(?ms)^```(\\w+) ?([^\\n]*)\\n(.*?)^```$");

    private Readme() {}

    static List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        Matcher matcher = FENCED.matcher(text());
        while (matcher.find()) {
            blocks.add(new Block(matcher.group(1), matcher.group(2), matcher.group(3)));
        }
        return blocks;
    }

    /** The blocks for one place, joined. */
    static String pasted(String place) {
        return blocks().stream()
                .filter(block -> block.place().equals(place))
                .map(Block::text)
                .collect(Collectors.joining("\n"));
    }

    /** The arguments of the one command that holds these words. */
    static String[] mvn(String words) {
        List<String> commands = blocks().stream()
                .filter(block -> block.language().equals("sh"))
                .flatMap(block -> block.text().lines())
                .filter(line -> line.contains(words))
                .toList();
        if (commands.size() != 1 || !commands.get(0).startsWith("mvn ")) {
            throw new AssertionError("one Maven command with '" + words + "' expected, but found " + commands);
        }
        return commands.get(0).substring("mvn ".length()).split(" +");
    }

    /** The first cells of the rows of the table whose first header this is, without the marks of code. */
    static List<String> firstCells(String header) {
        Matcher table = Pattern.compile("(?m)^\\| " + Pattern.quote(header) + " \\|.*\\n\\|[-|]+\\n((?:\\|.*\\n)+)")
                .matcher(text());
        if (!table.find()) {
            throw new AssertionError("no table that begins with " + header);
        }
        return table.group(1)
                .lines()
                .map(line -> line.split("\\|")[1].strip().replace("`", ""))
                .toList();
    }

    static String text() {
        try {
            return Files.readString(ROOT.resolve("README.md"), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
