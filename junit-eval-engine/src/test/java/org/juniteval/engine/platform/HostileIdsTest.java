package org.juniteval.engine.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectUniqueId;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.testkit.engine.Event;
import org.juniteval.Dataset;
import org.juniteval.Eval;
import org.juniteval.EvalSuite;
import org.juniteval.Samples;
import org.juniteval.Scorer;
import org.juniteval.Variants;
import org.juniteval.engine.record.Visible;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Ids that look like paths, segments, escapes or nothing readable at all. */
class HostileIdsTest {

    @EvalSuite
    @Samples(value = 2, required = 1)
    @Dataset(rows = """
                    {"id": "../../x", "input": "1"}
                    {"id": "a/b", "input": "2"}
                    {"id": "[x]", "input": "3"}
                    {"id": "]/[case:y", "input": "4"}
                    {"id": "%00", "input": "5"}
                    {"id": "%5Bx%5D", "input": "6"}
                    {"id": "a+b c", "input": "7"}
                    {"id": "😀👩‍👩‍👧", "input": "8"}
                    {"id": "line\\nbreak\\ttab\\r", "input": "9"}
                    {"id": "\\u0000\\u001b[31mred\\u0007", "input": "10"}
                    {"id": "C:\\\\nul", "input": "11"}
                    {"id": "<a href=\\"x\\">&amp;</a>]]>", "input": "12"}
                    {"id": "12345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890", "input": "13"}
                    {"id": "A", "input": "14"}
                    {"id": "a", "input": "15"}
                    {"id": "case:a", "input": "16"}
                    {"id": "\\u202Eright to left", "input": "17"}
                    {"id": "trailing. ", "input": "18"}
                    {"id": "no character: \\ufffe \\uffff", "input": "19"}
                    """)
    static class HostileCase {
        @Eval
        String echoes(String input, @Variants("odd") String style) {
            return input;
        }

        static Map<String, String> odd() {
            return Map.of("../v", "1", "[v]/x:y", "2");
        }

        @Scorer
        boolean same(String answer) {
            return true;
        }
    }

    @EvalSuite
    @Dataset(rows = """
            {"id": "", "input": "1"}
            {"id": " ", "input": "2"}
            {"id": "\\u2003", "input": "3"}
            """)
    static class BlankCase {
        @Eval
        String echoes(String input) {
            return input;
        }

        @Scorer
        boolean same(String answer) {
            return true;
        }
    }

    @TempDir
    Path folder;

    private final int cases = 19;

    @Test
    void run_and_stay_below_their_folders() throws Exception {
        EvalRuns.Finished run = EvalRuns.in(folder).run(HostileCase.class);

        assertThat(run.ends().values()).extracting(end -> end.getStatus()).containsOnly(Status.SUCCESSFUL);
        assertThat(run.names()).hasSize(2 * cases * 3);
        assertThat(below(folder)).containsExactlyInAnyOrder("cache", "reports");
        DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(run.xml(HostileCase.class).getBytes(StandardCharsets.UTF_8)));
    }

    private static List<String> below(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    @Test
    void come_back_from_their_unique_ids_and_select_exactly_that_node_again() {
        EvalRuns runs = EvalRuns.in(folder);
        Map<String, String> ids = runs.run(HostileCase.class).uniqueIds();
        List<String> leaves = ids.keySet().stream()
                .filter(name -> name.endsWith("[2]") || name.endsWith("[verdict]"))
                .toList();
        assertThat(leaves).hasSizeGreaterThanOrEqualTo(2 * cases * 2);

        for (String name : leaves) {
            UniqueId id = UniqueId.parse(ids.get(name));
            assertThat(id).hasToString(ids.get(name));
            assertThat(runs.run(selectUniqueId(id)).names()).as(ids.get(name)).containsExactly(name);
        }
    }

    @Test
    void are_shown_in_names_that_terminals_and_reports_can_hold() throws Exception {
        EvalRuns.Finished run = EvalRuns.in(folder).run(HostileCase.class);

        assertThat(run.events().finished().stream().map(Event::getTestDescriptor))
                .flatExtracting(node -> List.of(node.getDisplayName(), node.getLegacyReportingName()))
                .allSatisfy(name -> assertThat(name).isEqualTo(Visible.inTerminal(name)));
        assertThat(run.names()).contains("echoes[../v][no character: \\uFFFE \\uFFFF][verdict]");
        NodeList testcases = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(run.xml(HostileCase.class).getBytes(StandardCharsets.UTF_8)))
                .getElementsByTagName("testcase");
        assertThat(IntStream.range(0, testcases.getLength())
                        .mapToObj(i -> ((Element) testcases.item(i)).getAttribute("name")))
                .containsExactlyInAnyOrderElementsOf(run.names());
    }

    @Test
    void that_are_blank_are_faults_of_the_dataset() {
        EvalRuns.Finished run = EvalRuns.in(folder).run(BlankCase.class);

        assertThat(run.names()).containsExactly("echoes [dataset]");
        assertThat(run.message("echoes [dataset]").lines()).hasSize(3);
    }
}
