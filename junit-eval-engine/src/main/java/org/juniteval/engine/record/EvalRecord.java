package org.juniteval.engine.record;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What is known of an eval, or of one of its variants, when its last leaf has ended.
 *
 * @param eval which eval it is
 * @param cases how many cases the dataset has
 * @param casesRun how many of them ran all their samples
 * @param samples how many samples finished, faults included
 * @param passed how many of them passed
 * @param missed how many of them missed a requirement that stands
 * @param tolerated how many of them missed a requirement that is lifted
 * @param faults how many of them faulted
 * @param notScored how many of them every scorer abstained from
 * @param notRun how many samples were not run
 * @param scorers each scorer's figures, in the scorers' order
 * @param cached how many outputs came from the cache
 * @param called how many times the eval was called
 * @param retried how many of these samples had faulted when they were last called
 * @param remembered how many outcomes an earlier run in this JVM had left
 * @param keyCovers what a hit stands on, in words; empty where the cache is off
 * @param started when the first sample started
 * @param wallTime from the first sample's start to the last one's end
 * @param inputTokens of all samples that told any
 * @param outputTokens of all samples that told any
 * @param cost of all samples that told any, in US dollars
 * @param spent the part of the cost that was paid in this JVM: calls, not hits
 * @param latencyMedian over the calls and hits, in seconds
 * @param worst the cases with the lowest means, worst first, at most five, none of them perfect
 * @param flaky the cases that passed some samples and not all, at most ten, most even first
 * @param flakyCount how many such cases there are
 * @param samplesPassRateLow lower end of the 95 % Wilson interval of the samples' pass rate, if all faults had missed
 * @param samplesPassRateHigh upper end of that interval, if all faults had passed
 * @param notes lines that the user should read: broken cache entries, abandoned calls, reruns without a cache
 */
public record EvalRecord(
        EvalName eval,
        long cases,
        long casesRun,
        long samples,
        long passed,
        long missed,
        long tolerated,
        long faults,
        long notScored,
        long notRun,
        List<ScorerFigures> scorers,
        long cached,
        long called,
        long retried,
        long remembered,
        String keyCovers,
        Instant started,
        Duration wallTime,
        OptionalLong inputTokens,
        OptionalLong outputTokens,
        OptionalDouble cost,
        OptionalDouble spent,
        OptionalDouble latencyMedian,
        List<CaseFigures> worst,
        List<CaseFigures> flaky,
        long flakyCount,
        OptionalDouble samplesPassRateLow,
        OptionalDouble samplesPassRateHigh,
        List<String> notes) {

    /**
     * One case in a list of cases.
     *
     * @param caseId the case's id
     * @param at where its row stands, such as {@code capitals.jsonl:17}
     * @param passed how many samples passed
     * @param samples how many samples finished
     * @param mean the mean of the scorers' means over its samples; empty where nothing was scored
     */
    public record CaseFigures(String caseId, String at, int passed, int samples, OptionalDouble mean) {}
}
