package org.juniteval.engine.platform;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.assertj.core.api.Condition;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.testkit.engine.Event;
import org.opentest4j.AssertionFailedError;

/**
 * The words for nodes and ends of an eval's tree, to be used in {@code EventConditions.event(…)} and wherever AssertJ
 * takes a condition on an event. A node is told by the last segments of its unique id.
 */
public final class EvalEventConditions {

    private EvalEventConditions() {}

    public static Condition<Event> suite(Class<?> type) {
        return endsWith("suite", type.getName());
    }

    public static Condition<Event> evalMethod(String name) {
        return node("eval " + name, last(isEval(name)));
    }

    public static Condition<Event> variant(String name) {
        return endsWith("variant", name);
    }

    public static Condition<Event> evalCase(String id) {
        return endsWith("case", id);
    }

    public static Condition<Event> sample(String id, int number) {
        return endsWith("case", id, "sample", Integer.toString(number));
    }

    public static Condition<Event> verdict(String id) {
        return endsWith("case", id, "verdict", "case");
    }

    public static Condition<Event> gate(String name) {
        return endsWith("gate", name);
    }

    public static Condition<Event> fault(String what) {
        return endsWith("fault", what);
    }

    /** Somewhere below this suite. */
    public static Condition<Event> in(Class<?> suite) {
        return node("in suite " + suite.getName(), any(is("suite", suite.getName())));
    }

    /** Somewhere below the eval with this name. */
    public static Condition<Event> inEval(String name) {
        return node("in eval " + name, any(isEval(name)));
    }

    /** Somewhere below the variant with this name. */
    public static Condition<Event> inVariant(String name) {
        return node("in variant " + name, any(is("variant", name)));
    }

    // ---- how it ended

    /** Failed because the output is not good enough (Surefire's {@code <failure>}); all these parts are in its message. */
    public static Condition<Event> missed(String... parts) {
        return ended(
                "missed",
                TestExecutionResult.Status.FAILED,
                error -> error instanceof AssertionError
                        && Arrays.stream(parts).allMatch(String.valueOf(error.getMessage())::contains));
    }

    /** Failed for another reason (Surefire's {@code <error>}); all these parts are in its message. */
    public static Condition<Event> faulted(String... parts) {
        return ended(
                "faulted",
                TestExecutionResult.Status.FAILED,
                error -> !(error instanceof AssertionError)
                        && Arrays.stream(parts).allMatch(String.valueOf(error.getMessage())::contains));
    }

    /** Failed, with the values that an IDE shows as a diff. */
    public static Condition<Event> withDiff(String expected, String actual) {
        return ended(
                "diff of " + expected + " and " + actual,
                TestExecutionResult.Status.FAILED,
                error -> error instanceof AssertionFailedError failed
                        && failed.isExpectedDefined()
                        && failed.isActualDefined()
                        && failed.getExpected().getStringRepresentation().equals(expected)
                        && failed.getActual().getStringRepresentation().equals(actual));
    }

    /** Aborted with a text that begins with these words: {@code tolerated by}, {@code not run:}, {@code not decided:}. */
    public static Condition<Event> abortedAs(String firstWords) {
        return ended(
                "aborted as \"" + firstWords + "\"",
                TestExecutionResult.Status.ABORTED,
                error -> error.getMessage().startsWith(firstWords));
    }

    private static Condition<Event> ended(
            String what, TestExecutionResult.Status status, Predicate<Throwable> errorIs) {
        return new Condition<>(
                event -> event.getPayload(TestExecutionResult.class)
                        .filter(result -> result.getStatus() == status)
                        .flatMap(TestExecutionResult::getThrowable)
                        .filter(errorIs)
                        .isPresent(),
                what);
    }

    // ---- by unique id

    private static Condition<Event> endsWith(String... typesAndValues) {
        return node(String.join(" ", typesAndValues), descriptor -> {
            List<UniqueId.Segment> segments = descriptor.getUniqueId().getSegments();
            int first = segments.size() - typesAndValues.length / 2;
            for (int i = 0; first >= 0 && i < typesAndValues.length; i += 2) {
                if (!is(typesAndValues[i], typesAndValues[i + 1]).test(segments.get(first + i / 2))) {
                    return false;
                }
            }
            return first >= 0;
        });
    }

    private static Predicate<UniqueId.Segment> is(String type, String value) {
        return segment -> segment.getType().equals(type) && segment.getValue().equals(value);
    }

    private static Predicate<UniqueId.Segment> isEval(String name) {
        return segment -> segment.getType().equals("eval") && segment.getValue().startsWith(name + "(");
    }

    private static Predicate<TestDescriptor> last(Predicate<UniqueId.Segment> segment) {
        return descriptor -> segment.test(descriptor.getUniqueId().getLastSegment());
    }

    private static Predicate<TestDescriptor> any(Predicate<UniqueId.Segment> segment) {
        return descriptor -> descriptor.getUniqueId().getSegments().stream().anyMatch(segment);
    }

    private static Condition<Event> node(String what, Predicate<TestDescriptor> predicate) {
        return new Condition<>(event -> predicate.test(event.getTestDescriptor()), what);
    }
}
