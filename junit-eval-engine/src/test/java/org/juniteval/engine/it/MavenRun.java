package org.juniteval.engine.it;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * What a build left.
 *
 * @param console what it printed, to standard output and standard error
 * @param reportsByFolder every well-formed {@code TEST-*.xml} in the project, by its folder's path, in order of names
 */
record MavenRun(int exitCode, String console, Map<String, List<Report>> reportsByFolder) {

    /** One {@code TEST-*.xml}; its seconds are those that it says the suite took. */
    record Report(
            String file, double seconds, int tests, int failures, int errors, int skipped, List<Testcase> testcases) {

        /** The one testcase of that name. */
        Testcase testcase(String name) {
            List<Testcase> found =
                    testcases.stream().filter(it -> it.name().equals(name)).toList();
            if (found.size() != 1) {
                throw new AssertionError(found.size() + " testcases " + name + " in " + file + ": " + testcases);
            }
            return found.get(0);
        }
    }

    /**
     * One {@code <testcase>}.
     *
     * @param outcome {@code passed}, or the name of the element that says otherwise
     * @param text that element's message and text; of a skip, which has no message, the text after the error's type
     * @param systemOut what {@code <system-out>} holds
     * @param reruns names of the elements that Surefire adds when it runs failed tests again
     */
    record Testcase(String classname, String name, String outcome, String text, String systemOut, List<String> reruns) {

        @Override
        public String toString() {
            return classname + "." + name + ": " + outcome + " "
                    + text.lines().findFirst().orElse("");
        }
    }

    boolean succeeded() {
        return exitCode == 0;
    }

    /** Reads the reports at once: the project's next build replaces them. */
    static MavenRun of(int exitCode, String console, Path project) {
        try (Stream<Path> files = Files.walk(project)) {
            Map<String, List<Report>> reports = files.filter(
                            file -> file.getFileName().toString().matches("TEST-.*\\.xml"))
                    .sorted()
                    .collect(groupingBy(
                            file -> project.relativize(file.getParent())
                                    .toString()
                                    .replace('\\', '/'),
                            mapping(MavenRun::parse, toList())));
            return new MavenRun(exitCode, console, reports);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Report> reports(String folder) {
        return reportsByFolder.getOrDefault(folder, List.of());
    }

    /** What Surefire wrote. */
    List<Report> reports() {
        return reports("target/surefire-reports");
    }

    /** What the engine wrote. */
    List<Report> ownReports() {
        return reports("target/eval-reports");
    }

    Report report(String type) {
        return reports().stream()
                .filter(report -> report.file().equals("TEST-" + type + ".xml"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no report of " + type + " after\n" + console));
    }

    List<Testcase> testcases() {
        return reports().stream().flatMap(report -> report.testcases().stream()).toList();
    }

    /** Names of all testcases, sorted: a testcase that is there twice is here twice. */
    List<String> names() {
        return names(testcase -> true);
    }

    List<String> names(Predicate<Testcase> wanted) {
        return testcases().stream().filter(wanted).map(Testcase::name).sorted().toList();
    }

    private static Report parse(Path file) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            Element suite = factory.newDocumentBuilder().parse(file.toFile()).getDocumentElement();
            List<Testcase> testcases = new ArrayList<>();
            NodeList elements = suite.getElementsByTagName("testcase");
            for (int i = 0; i < elements.getLength(); i++) {
                testcases.add(testcase((Element) elements.item(i)));
            }
            return new Report(
                    file.getFileName().toString(),
                    Double.parseDouble(suite.getAttribute("time")),
                    number(suite, "tests"),
                    number(suite, "failures"),
                    number(suite, "errors"),
                    number(suite, "skipped"),
                    List.copyOf(testcases));
        } catch (IOException | ParserConfigurationException | SAXException e) {
            throw new AssertionError(file + " is no XML: " + e.getMessage(), e);
        }
    }

    private static Testcase testcase(Element element) {
        String outcome = "passed";
        String text = "";
        String systemOut = "";
        List<String> reruns = new ArrayList<>();
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            switch (child.getNodeName()) {
                case "failure", "error", "skipped" -> {
                    outcome = child.getNodeName();
                    text = text((Element) child);
                }
                case "system-out" -> systemOut = child.getTextContent();
                case "rerunFailure", "rerunError", "flakyFailure", "flakyError" -> reruns.add(child.getNodeName());
                default -> {
                    // White space, properties, system-err.
                }
            }
        }
        return new Testcase(
                element.getAttribute("classname"), element.getAttribute("name"), outcome, text, systemOut, reruns);
    }

    private static String text(Element problem) {
        String message = problem.getAttribute("message");
        String content = problem.getTextContent().strip();
        String type = problem.getAttribute("type") + ":";
        return message.isEmpty() && content.startsWith(type)
                ? content.substring(type.length()).strip()
                : message + "\n" + content;
    }

    private static int number(Element element, String attribute) {
        String value = element.getAttribute(attribute);
        return value.isEmpty() ? 0 : Integer.parseInt(value);
    }
}
