package org.juniteval.engine.report;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.juniteval.engine.record.FaultRecord;
import org.juniteval.engine.record.Records;
import org.juniteval.engine.record.SampleRecord;
import org.juniteval.engine.record.SampleRecord.Source;
import org.juniteval.engine.record.Status;

class ReportEntriesTest {

    @Test
    void a_sample_tells_its_scores_where_its_answer_came_from_and_what_it_cost() {
        assertThat(ReportEntries.of(Records.missed("peru", 2)))
                .containsExactly(
                        entry("case", "peru"),
                        entry("sample", "2"),
                        entry("status", "missed"),
                        entry("score.exact", "0.0"),
                        entry("score.polite", "1.0"),
                        entry("cached", "false"),
                        entry("latency", "0.64"),
                        entry("tokens", "155"),
                        entry("tokens.input", "143"),
                        entry("tokens.output", "12"),
                        entry("cost", "2.1E-4"),
                        entry("fingerprint", Records.FINGERPRINT));
    }

    @Test
    void a_case_whose_id_is_blank_has_no_entry_for_it_because_the_platform_refuses_blank_values() {
        assertThat(ReportEntries.of(Records.passed(" ", 1)))
                .doesNotContainKey("case")
                .containsEntry("sample", "1");
    }

    @Test
    void a_sample_that_was_not_run_has_neither_latency_nor_cost() {
        assertThat(ReportEntries.of(Records.notRun("peru", 1)))
                .containsExactly(entry("case", "peru"), entry("sample", "1"), entry("status", "not-run"));
    }

    @Test
    void an_answer_counts_as_cached_unless_the_eval_was_called() {
        assertThat(ReportEntries.of(from(Source.CALLED))).containsEntry("cached", "false");
        assertThat(ReportEntries.of(from(Source.CACHED))).containsEntry("cached", "true");
        assertThat(ReportEntries.of(from(Source.REMEMBERED))).containsEntry("cached", "true");
    }

    @Test
    void a_verdict_tells_counts_and_spread_and_leaves_out_what_one_case_cannot_have() {
        assertThat(ReportEntries.of(Records.verdict("peru", Status.MISSED)))
                .contains(
                        entry("status", "missed"),
                        entry("samples", "5"),
                        entry("required", "4"),
                        entry("passed", "2"),
                        entry("n.exact", "5"),
                        entry("mean.exact", "0.4"),
                        entry("passRate.exact", "0.4"))
                .containsKeys("stddev.exact", "variance.exact")
                .doesNotContainKey("stderr.exact");
    }

    @Test
    void a_called_sample_tells_why_a_stored_answer_did_not_serve() {
        assertThat(ReportEntries.of(Records.faulted("peru", 1)))
                .contains(entry("cached", "false"), entry("called", "code changed: Prompts.render(String)"));
    }

    @Test
    void a_gate_tells_what_was_observed_and_its_bounds() {
        assertThat(ReportEntries.of(Records.gate(
                        "mean(exact)",
                        Status.NOT_DECIDED,
                        OptionalDouble.of(0.5),
                        OptionalDouble.of(0.9),
                        OptionalDouble.empty())))
                .contains(
                        entry("gate", "mean(exact)"),
                        entry("status", "not-decided"),
                        entry("observed", "0.5"),
                        entry("atLeast", "0.9"),
                        entry("stderr.exact", "0.012"))
                .doesNotContainKey("atMost");
    }

    @Test
    void a_fault_of_a_dataset_tells_its_status() {
        FaultRecord fault = new FaultRecord(
                Records.EVAL, "dataset", Optional.of(Records.leaf("e [dataset]", Status.FAULT, Optional.empty())));

        assertThat(ReportEntries.of(fault)).containsExactly(entry("status", "fault"));
    }

    @Test
    void an_eval_tells_its_counts_figures_and_spending() {
        assertThat(ReportEntries.of(Records.fullEval("gpt-4o")))
                .contains(
                        entry("cases", "200"),
                        entry("cases.run", "196"),
                        entry("samples", "980"),
                        entry("tolerated", "31"),
                        entry("notRun", "20"),
                        entry("n.exact", "974"),
                        entry("mean.closeness", "0.874"),
                        entry("cache.hits", "500"),
                        entry("calls", "480"),
                        entry("retried", "3"),
                        entry("wallTime", "12.412"),
                        entry("latency.median", "0.812093"),
                        entry("tokens", "151900"),
                        entry("cost", "0.2058"),
                        entry("spent", "0.1008"),
                        entry("flaky", "14"))
                .doesNotContainKey("passRate.closeness");
    }

    @Test
    void what_an_eval_does_not_know_is_left_out_and_not_zero() {
        assertThat(ReportEntries.of(Records.smallEval()))
                .doesNotContainKeys("cost", "spent", "tokens", "latency.median", "stderr.exact");
    }

    private static SampleRecord from(Source source) {
        SampleRecord called = Records.passed("peru", 1);
        return new SampleRecord(
                called.eval(),
                called.caseId(),
                called.sample(),
                called.status(),
                called.leaf(),
                called.at(),
                called.input(),
                called.expected(),
                called.output(),
                called.scores(),
                source,
                called.fingerprint(),
                called.changed(),
                called.measures(),
                called.trace(),
                Duration.ofMillis(3));
    }
}
