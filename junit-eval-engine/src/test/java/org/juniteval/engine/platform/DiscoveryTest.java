package org.juniteval.engine.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClasspathRoots;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectFile;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectIteration;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectUniqueId;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.Filter;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.discovery.ClassNameFilter;
import org.junit.platform.engine.discovery.PackageNameFilter;
import org.junit.platform.launcher.TagFilter;
import org.juniteval.Dataset;
import org.juniteval.Eval;
import org.juniteval.EvalSuite;
import org.juniteval.Expected;
import org.juniteval.Gate;
import org.juniteval.Samples;
import org.juniteval.Scorer;
import org.juniteval.Variants;
import org.juniteval.engine.suite.SuiteDefinition;

/** What is found by which selector and filter, and that nothing else happens meanwhile. */
class DiscoveryTest {

    enum Tone {
        CURT,
        KIND
    }

    @EvalSuite
    @Tag("geo")
    @Dataset(rows = """
                    {"id": "peru", "input": "Peru", "expected": "Lima"}
                    {"id": "chile", "input": "Chile", "expected": "Santiago"}
                    {"id": "norway", "input": "Norway", "expected": "Oslo"}
                    """)
    @Samples(value = 2, required = 1)
    static class CapitalsCase {
        @Eval
        @Tag("slow")
        String answers(String country) {
            return "Lima";
        }

        @Eval
        String guesses(String country, @Variants Tone tone) {
            return "Lima";
        }

        @Scorer(threshold = 1)
        @Gate(atLeast = 0.3)
        double exact(String answer, @Expected String capital) {
            return answer.equals(capital) ? 1 : 0;
        }

        void notAnEval(String text) {}
    }

    @EvalSuite
    @Tag("broken")
    @Dataset("not-there.jsonl")
    static class NoDatasetCase {
        static {
            loud("NoDatasetCase was initialised");
        }

        NoDatasetCase() {
            loud("NoDatasetCase was made");
        }

        @Eval
        String answers(String country) {
            return country;
        }

        @Scorer
        boolean exact(String answer) {
            return true;
        }
    }

    @EvalSuite
    @Disabled("for now")
    @Dataset(rows = "{\"input\": \"x\"}")
    static class DisabledCase {
        @Eval
        String answers(String country) {
            return country;
        }

        @Scorer
        boolean exact(String answer) {
            return true;
        }
    }

    @EvalSuite
    static class EmptyCase {}

    @EvalSuite
    abstract static class AbstractCase {}

    abstract static class AbstractNoSuite {
        @Eval
        String answers(String country) {
            return country;
        }
    }

    static class ForgottenCase extends AbstractNoSuite {}

    private static void loud(String text) {
        System.out.println(text);
    }

    private static final String ROOT = "[engine:eval]/[suite:" + CapitalsCase.class.getName() + "]";
    private static final String ANSWERS = ROOT + "/[eval:answers(java.lang.String)]";
    private static final String GUESSES = ROOT + "/[eval:guesses(java.lang.String, " + Tone.class.getName() + ")]";

    @TempDir
    Path folder;

    private List<String> found(DiscoverySelector... selectors) {
        return found(List.of(selectors));
    }

    private List<String> found(List<DiscoverySelector> selectors, Filter<?>... filters) {
        EvalRuns.Printed<TestDescriptor> discovered =
                EvalRuns.printed(() -> EvalRuns.in(folder).discover(selectors, List.of(filters)));
        assertThat(discovered.out()).isEmpty();
        assertThat(discovered.err()).isEmpty();
        return tree(discovered.value());
    }

    private static List<String> tree(TestDescriptor root) {
        List<String> ids = new ArrayList<>();
        root.accept(node -> {
            if (node != root && node.getChildren().isEmpty()) {
                ids.add(node.getUniqueId().toString());
            }
        });
        return ids;
    }

    @Nested
    class A_suite_is_found {

        @Test
        void by_its_class() {
            assertThat(found(selectClass(CapitalsCase.class))).containsExactly(ANSWERS, GUESSES);
        }

        @Test
        void by_its_class_s_name() {
            assertThat(found(selectClass(CapitalsCase.class.getName()))).containsExactly(ANSWERS, GUESSES);
        }

        @Test
        void by_its_package() {
            assertThat(found(selectPackage("org.juniteval.engine.platform"))).contains(ANSWERS, GUESSES);
        }

        @Test
        void by_the_root_of_its_class_path() throws URISyntaxException {
            Path root = Path.of(DiscoveryTest.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());

            assertThat(found(List.copyOf(selectClasspathRoots(Set.of(root))))).contains(ANSWERS, GUESSES);
        }

        @Test
        void by_its_unique_id() {
            assertThat(found(selectUniqueId(ROOT))).containsExactly(ANSWERS, GUESSES);
        }

        @Test
        void once_whatever_finds_it() {
            assertThat(found(
                            selectMethod(CapitalsCase.class, "answers"),
                            selectUniqueId(ANSWERS + "/[case:peru]"),
                            selectClass(CapitalsCase.class),
                            selectPackage("org.juniteval.engine.platform")))
                    .contains(ANSWERS, GUESSES)
                    .doesNotHaveDuplicates();
        }

        @Test
        void without_an_eval() {
            assertThat(found(selectClass(EmptyCase.class)))
                    .containsExactly("[engine:eval]/[suite:" + EmptyCase.class.getName() + "]");
        }

        @Test
        void broken_or_disabled_as_it_may_be() {
            assertThat(found(selectClass(NoDatasetCase.class), selectClass(DisabledCase.class)))
                    .hasSize(2);
        }
    }

    @Nested
    class An_eval_is_found {

        @Test
        void by_its_method_s_name() {
            assertThat(found(selectMethod(CapitalsCase.class, "answers"))).containsExactly(ANSWERS);
        }

        @Test
        void by_its_method_s_name_and_parameter_types() {
            assertThat(found(selectMethod(CapitalsCase.class, "answers", "java.lang.String")))
                    .containsExactly(ANSWERS);
            assertThat(found(selectMethod(
                            CapitalsCase.class.getName() + "#guesses(java.lang.String, " + Tone.class.getName() + ")")))
                    .containsExactly(GUESSES);
        }

        @Test
        void by_its_unique_id() {
            assertThat(found(selectUniqueId(GUESSES))).containsExactly(GUESSES);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/[case:peru]",
                    "/[case:peru]/[sample:1]",
                    "/[case:peru]/[verdict:case]",
                    "/[gate:mean(exact)]",
                    "/[fault:dataset]",
                    "/[case:gone]",
                    "/[nonsense:gone]"
                })
        void by_the_unique_id_of_what_stands_below_it(String below) {
            assertThat(found(selectUniqueId(ANSWERS + below))).containsExactly(ANSWERS);
        }

        @Test
        void by_the_position_of_a_row() {
            assertThat(found(selectIteration(selectMethod(CapitalsCase.class, "answers"), 0, 2)))
                    .containsExactly(ANSWERS);
        }
    }

    @Nested
    class An_eval_whose_class_lacks_the_annotation_of_suites {

        @Test
        void is_found_so_that_it_is_no_green_run_of_nothing() {
            String forgotten = "[engine:eval]/[suite:" + ForgottenCase.class.getName() + "]";
            assertThat(found(selectClass(ForgottenCase.class)))
                    .containsExactly(forgotten + "/[eval:answers(java.lang.String)]");
            assertThat(found(selectMethod(ForgottenCase.class, "answers"))).hasSize(1);
        }

        @Test
        void is_a_fault_that_says_so() {
            assertThat(SuiteDefinition.of(ForgottenCase.class).faults())
                    .first()
                    .asString()
                    .contains("ForgottenCase has an @Eval but no @EvalSuite: add it");
        }
    }

    @Nested
    class Nothing_is_found {

        @Test
        void in_classes_that_are_no_suites() {
            assertThat(found(
                            selectClass(AbstractCase.class),
                            selectClass(AbstractNoSuite.class),
                            selectClass(String.class)))
                    .isEmpty();
        }

        @Test
        void by_ids_of_other_engines() {
            assertThat(found(selectUniqueId("[engine:junit-jupiter]/[class:" + CapitalsCase.class.getName() + "]")))
                    .isEmpty();
        }

        /** The words of the launcher before Platform 1.13, and of later ones. */
        private static final String[] UNRESOLVED = {"resolution failed", "could not be resolved"};

        private static String printed(Throwable error) {
            StringWriter text = new StringWriter();
            error.printStackTrace(new PrintWriter(text, true));
            return text.toString();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "[engine:eval]/[suite:com.example.Gone]",
                    "[engine:eval]/[suite:java.lang.String]",
                    "[engine:eval]/[nonsense:x]",
                    "[engine:eval]/[suite:com.example.Gone]/[eval:gone()]/[case:x]"
                })
        void by_ids_of_suites_that_are_gone_which_the_launcher_reports(String id) {
            assertThatThrownBy(() -> found(selectUniqueId(id)))
                    .satisfies(error -> assertThat(printed(error))
                            .contains("UniqueIdSelector [uniqueId = " + id + "]")
                            .containsAnyOf(UNRESOLVED));
        }

        @Test
        void by_ids_of_evals_that_are_gone_which_the_launcher_reports() {
            assertThatThrownBy(() -> found(selectUniqueId(ROOT + "/[eval:gone(java.lang.String)]/[case:peru]")))
                    .satisfies(error -> assertThat(printed(error)).containsAnyOf(UNRESOLVED));
        }

        @Test
        void by_other_kinds_of_selector() {
            assertThat(found(selectFile("pom.xml"))).isEmpty();
        }
    }

    @Nested
    class Filters {

        @Test
        void on_tags_see_those_of_suite_and_eval_and_the_implicit_one() {
            List<DiscoverySelector> suite = List.of(selectClass(CapitalsCase.class));

            assertThat(found(suite, TagFilter.includeTags("slow"))).containsExactly(ANSWERS);
            assertThat(found(suite, TagFilter.includeTags("geo"))).containsExactly(ANSWERS, GUESSES);
            assertThat(found(suite, TagFilter.includeTags("eval"))).containsExactly(ANSWERS, GUESSES);
            assertThat(found(suite, TagFilter.includeTags("other"))).isEmpty();
            assertThat(found(suite, TagFilter.excludeTags("slow"))).containsExactly(GUESSES);
            assertThat(found(suite, TagFilter.excludeTags("geo"))).isEmpty();
            assertThat(found(suite, TagFilter.excludeTags("eval"))).isEmpty();
        }

        @Test
        void on_tags_leave_out_suites_without_an_eval_too() {
            assertThat(found(List.of(selectClass(EmptyCase.class)), TagFilter.excludeTags("eval")))
                    .isEmpty();
        }

        @Test
        void on_class_names_hold_for_packages_and_classes() {
            assertThat(found(
                            List.of(selectPackage("org.juniteval.engine.platform")),
                            ClassNameFilter.includeClassNamePatterns(".*DiscoveryTest\\$Capitals.*")))
                    .containsExactly(ANSWERS, GUESSES);
            assertThat(found(
                            List.of(selectPackage("org.juniteval.engine.platform")),
                            PackageNameFilter.excludePackageNames("org.juniteval")))
                    .isEmpty();
        }
    }

    @Nested
    class Discovery {

        @Test
        void reads_no_dataset_makes_no_instance_and_runs_no_code_of_the_suite() {
            assertThat(found(selectClass(NoDatasetCase.class))).hasSize(1);
        }

        @Test
        void needs_no_configuration_parameter_and_minds_no_bad_one() {
            EvalRuns runs = EvalRuns.in(folder).with("eval.concurrency", "many").with("eval.nonsense", 1);

            EvalRuns.Printed<TestDescriptor> found =
                    EvalRuns.printed(() -> runs.discover(selectClass(CapitalsCase.class)));

            assertThat(tree(found.value())).containsExactly(ANSWERS, GUESSES);
            assertThat(found.out() + found.err()).isEmpty();
        }

        @Test
        void gives_the_same_each_time() {
            List<DiscoverySelector> all = List.of(selectPackage("org.juniteval.engine.platform"));

            assertThat(found(all)).isEqualTo(found(all));
        }

        @Test
        void finds_what_stands_below_the_root_that_the_launcher_gave() {
            UniqueId nested =
                    UniqueId.parse("[engine:junit-platform-suite]/[suite:com.example.AllEvals]/[engine:eval]");
            UniqueId sample = nested.append("suite", CapitalsCase.class.getName())
                    .append("eval", "answers(java.lang.String)")
                    .append("case", "peru")
                    .append("sample", "1");
            TestDescriptor root = new EvalTestEngine()
                    .discover(
                            EvalRuns.in(folder)
                                    .request()
                                    .selectors(
                                            selectUniqueId(sample),
                                            selectUniqueId(ANSWERS.replace("answers", "guesses")),
                                            selectUniqueId(GUESSES))
                                    .build(),
                            nested);

            assertThat(tree(root))
                    .containsExactly(
                            sample.removeLastSegment().removeLastSegment().toString());
        }
    }

    @Nested
    class What_is_selected_runs {

        private EvalRuns.Finished run(DiscoverySelector... selectors) {
            return EvalRuns.in(folder).run(selectors);
        }

        @Test
        void a_case() {
            assertThat(run(selectUniqueId(ANSWERS + "/[case:peru]")).names())
                    .containsExactlyInAnyOrder("answers[peru][1]", "answers[peru][2]", "answers[peru][verdict]");
        }

        @Test
        void a_sample() {
            assertThat(run(selectUniqueId(ANSWERS + "/[case:chile]/[sample:2]")).names())
                    .containsExactly("answers[chile][2]");
        }

        @Test
        void a_verdict() {
            assertThat(run(selectUniqueId(ANSWERS + "/[case:chile]/[verdict:case]"))
                            .names())
                    .containsExactly("answers[chile][verdict]");
        }

        @Test
        void a_gate() {
            assertThat(run(selectUniqueId(ANSWERS + "/[gate:mean(exact)]")).names())
                    .containsExactly("answers[gate: mean(exact)]");
        }

        @Test
        void a_variant() {
            assertThat(run(selectUniqueId(GUESSES + "/[variant:KIND]")).names())
                    .hasSize(10)
                    .allMatch(name -> name.startsWith("guesses[KIND]"));
        }

        @Test
        void a_case_of_a_variant() {
            assertThat(run(selectUniqueId(GUESSES + "/[variant:KIND]/[case:peru]"))
                            .names())
                    .containsExactlyInAnyOrder(
                            "guesses[KIND][peru][1]", "guesses[KIND][peru][2]", "guesses[KIND][peru][verdict]");
        }

        @Test
        void rows_by_their_position() {
            assertThat(run(selectIteration(selectMethod(CapitalsCase.class, "answers"), 0, 2))
                            .names())
                    .hasSize(6)
                    .allMatch(name -> name.startsWith("answers[peru]") || name.startsWith("answers[norway]"));
        }

        @Test
        void several_of_one_eval_together() {
            assertThat(run(
                                    selectUniqueId(ANSWERS + "/[case:chile]/[sample:2]"),
                                    selectUniqueId(ANSWERS + "/[case:peru]"),
                                    selectIteration(selectMethod(CapitalsCase.class, "answers"), 2))
                            .names())
                    .containsExactlyInAnyOrder(
                            "answers[chile][2]",
                            "answers[peru][1]",
                            "answers[peru][2]",
                            "answers[peru][verdict]",
                            "answers[norway][1]",
                            "answers[norway][2]",
                            "answers[norway][verdict]");
        }

        @Test
        void all_of_an_eval_that_is_selected_as_a_whole_as_well() {
            assertThat(run(
                                    selectUniqueId(ANSWERS + "/[case:chile]/[sample:2]"),
                                    selectMethod(CapitalsCase.class, "answers"))
                            .names())
                    .hasSize(10);
            assertThat(run(selectUniqueId(ANSWERS + "/[case:chile]/[sample:2]"), selectClass(CapitalsCase.class))
                            .names())
                    .hasSize(30);
            assertThat(run(selectUniqueId(ANSWERS + "/[case:chile]/[sample:2]"), selectUniqueId(ANSWERS))
                            .names())
                    .hasSize(10);
            assertThat(run(selectIteration(selectMethod(CapitalsCase.class, "answers"), 0), selectUniqueId(ROOT))
                            .names())
                    .hasSize(30);
        }
    }

    @Nested
    class What_is_gone_is_told {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/[case:gone] | there is no case \"gone\"",
                    "/[case:gone]/[sample:1] | there is no case \"gone\"",
                    "/[case:gone]/[verdict:case] | there is no case \"gone\"",
                    "/[case:peru]/[sample:3] | there is no sample 3 of case \"peru\": it has 2",
                    "/[case:peru]/[sample:0] | there is no sample 0 of case \"peru\": it has 2",
                    "/[case:peru]/[sample:x] | there is no",
                    "/[gate:max(gone)] | there is no gate \"max(gone)\"",
                    "/[variant:KIND] | has no variants",
                    "/[variant:KIND]/[case:peru] | has no variants",
                    "/[fault:dataset] | the fault \"dataset\" of answers is gone",
                    "/[nonsense:x] | there is no"
                })
        void by_a_failing_leaf(String idAndText) {
            String id = idAndText.substring(0, idAndText.indexOf(" | "));
            String text = idAndText.substring(idAndText.indexOf(" | ") + 3);

            EvalRuns.Finished run = EvalRuns.in(folder).run(selectUniqueId(ANSWERS + id));

            assertThat(run.names()).containsExactly("answers [selection]");
            assertThat(run.status("answers [selection]")).isEqualTo(Status.FAILED);
            assertThat(run.message("answers [selection]")).contains(text);
        }

        @Test
        void of_a_variant_with_those_that_there_are() {
            EvalRuns.Finished run = EvalRuns.in(folder).run(selectUniqueId(GUESSES + "/[variant:RUDE]/[case:peru]"));

            assertThat(run.message("guesses [selection]"))
                    .contains("RUDE")
                    .contains("CURT")
                    .contains("KIND");
        }

        @Test
        void of_an_eval_with_variants_that_a_case_is_asked_of_without_one() {
            EvalRuns.Finished run = EvalRuns.in(folder).run(selectUniqueId(GUESSES + "/[case:peru]"));

            assertThat(run.status("guesses [selection]")).isEqualTo(Status.FAILED);
        }

        @Test
        void of_a_row_s_position() {
            EvalRuns.Finished run =
                    EvalRuns.in(folder).run(selectIteration(selectMethod(CapitalsCase.class, "answers"), 3));

            assertThat(run.message("answers [selection]"))
                    .contains("there is no row 3")
                    .contains("it has 3");
        }

        @Test
        void while_the_rest_runs() {
            EvalRuns.Finished run = EvalRuns.in(folder)
                    .run(
                            selectUniqueId(ANSWERS + "/[case:gone]"),
                            selectUniqueId(ANSWERS + "/[case:also-gone]"),
                            selectUniqueId(ANSWERS + "/[case:peru]/[sample:1]"));

            assertThat(run.names()).containsExactlyInAnyOrder("answers [selection]", "answers[peru][1]");
            assertThat(run.message("answers [selection]")).contains("\"gone\"").contains("\"also-gone\"");
        }
    }
}
