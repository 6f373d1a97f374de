package org.juniteval.engine.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.juniteval.engine.platform.WatchedEngine.Told;
import org.juniteval.engine.platform.WatchedEngine.What;

/** What holds of every tree and of every run, whatever the suites: each rule is the cure of something seen in a tool. */
final class TreeInvariants {

    private TreeInvariants() {}

    /** A tree and what was told of it. */
    static void check(TestDescriptor root, List<Told> events) {
        checkDiscovered(root);
        checkOrder(root, events);
        checkNodes(root, events);
        checkSuitesDoNotInterleave(root, events);
    }

    // ---- discovery

    static void checkDiscovered(TestDescriptor root) {
        Set<UniqueId> ids = new HashSet<>();
        root.accept(node -> {
            assertThat(ids.add(node.getUniqueId())).as("unique: %s", node).isTrue();
            assertThat(UniqueId.parse(node.getUniqueId().toString())).isEqualTo(node.getUniqueId());
            assertThat(node.getType()).as("type of %s", node).isEqualTo(TestDescriptor.Type.CONTAINER);
            if (node != root && node.getChildren().isEmpty()) {
                checkDiscoveredLeaf(root, node);
            }
        });
        for (TestDescriptor suite : root.getChildren()) {
            assertThat(suite.getSource()).as("source of %s", suite).get().isInstanceOf(ClassSource.class);
        }
    }

    private static void checkDiscoveredLeaf(TestDescriptor root, TestDescriptor leaf) {
        assertThat(leaf.mayRegisterTests()).as("%s may register tests", leaf).isTrue();
        for (TestDescriptor above = leaf;
                above != root;
                above = above.getParent().orElseThrow()) {
            assertThat(leaf.getTags())
                    .as("tags of %s, which filters look at", leaf)
                    .containsAll(above.getTags());
        }
        assertThat(leaf.getTags()).extracting(tag -> tag.getName()).contains("eval");
        boolean hasEval = leaf.getParent().orElseThrow() != root;
        assertThat(leaf.getSource().orElseThrow())
                .as("source of %s", leaf)
                .isInstanceOf(hasEval ? MethodSource.class : ClassSource.class);
    }

    // ---- events

    private enum State {
        KNOWN,
        RUNNING,
        ENDED
    }

    private static void checkOrder(TestDescriptor root, List<Told> events) {
        Map<UniqueId, State> states = new HashMap<>();
        Map<UniqueId, TestDescriptor> nodes = new HashMap<>();
        Map<UniqueId, Integer> openChildren = new HashMap<>();
        Map<UniqueId, Thread> startedOn = new HashMap<>();
        root.accept(node -> {
            states.put(node.getUniqueId(), State.KNOWN);
            nodes.put(node.getUniqueId(), node);
        });
        for (Told event : events) {
            UniqueId id = event.id();
            Optional<UniqueId> parent = event.parent().map(TestDescriptor::getUniqueId);
            switch (event.what()) {
                case REGISTERED -> {
                    assertThat(states.put(id, State.KNOWN))
                            .as("%s: was not known", event)
                            .isNull();
                    nodes.put(id, event.node());
                    assertThat(states.get(parent.orElseThrow()))
                            .as("%s: its parent runs", event)
                            .isEqualTo(State.RUNNING);
                }
                case STARTED -> {
                    assertThat(states.put(id, State.RUNNING))
                            .as("%s: was known, and not started", event)
                            .isEqualTo(State.KNOWN);
                    assertThat(nodes.get(id))
                            .as("%s: the node that is known", event)
                            .isSameAs(event.node());
                    parent.ifPresent(above -> {
                        assertThat(states.get(above))
                                .as("%s: its parent runs", event)
                                .isEqualTo(State.RUNNING);
                        openChildren.merge(above, 1, Integer::sum);
                    });
                    startedOn.put(id, event.thread());
                }
                case SKIPPED -> {
                    assertThat(states.put(id, State.ENDED))
                            .as("%s: was known, and not started", event)
                            .isEqualTo(State.KNOWN);
                    assertThat(states.get(parent.orElseThrow()))
                            .as("%s: its parent runs", event)
                            .isEqualTo(State.RUNNING);
                }
                case ENTRY ->
                    assertThat(states.get(id)).as("%s: it runs", event).isEqualTo(State.RUNNING);
                case FINISHED -> {
                    assertThat(states.put(id, State.ENDED))
                            .as("%s: it ran", event)
                            .isEqualTo(State.RUNNING);
                    assertThat(openChildren.getOrDefault(id, 0))
                            .as("%s: open children", event)
                            .isZero();
                    parent.ifPresent(above -> openChildren.merge(above, -1, Integer::sum));
                    if (event.node().isContainer()) {
                        assertThat(event.result().orElseThrow().getStatus())
                                .as("%s: a container never fails", event)
                                .isEqualTo(TestExecutionResult.Status.SUCCESSFUL);
                    }
                }
            }
        }
        states.forEach((id, state) -> assertThat(state)
                .as("%s at the end", id)
                .isEqualTo(leftOut(root, id, events) ? State.KNOWN : State.ENDED));
    }

    /** Nothing is told of what stands below a node that was skipped. */
    private static boolean leftOut(TestDescriptor root, UniqueId id, List<Told> events) {
        return events.stream()
                .filter(event -> event.what() == What.SKIPPED)
                .anyMatch(event -> id.hasPrefix(event.id()) && !id.equals(event.id()));
    }

    private static void checkNodes(TestDescriptor root, List<Told> events) {
        Map<TestDescriptor, List<TestDescriptor>> bySuite = new HashMap<>();
        Set<TestDescriptor> seen = new LinkedHashSet<>();
        for (Told event : events) {
            if (event.node() != root && seen.add(event.node())) {
                bySuite.computeIfAbsent(suiteOf(root, event.node()), suite -> new ArrayList<>())
                        .add(event.node());
            }
        }
        for (TestDescriptor node : seen) {
            assertThat(node.getType()).as("type of %s", node).isNotEqualTo(TestDescriptor.Type.CONTAINER_AND_TEST);
            assertThat(node.getDisplayName()).as("display name of %s", node).isNotBlank();
            assertThat(UniqueId.parse(node.getUniqueId().toString())).isEqualTo(node.getUniqueId());
            checkSource(root, node);
        }
        bySuite.forEach((suite, nodes) -> {
            assertThat(nodes).as("reporting names in %s", suite).doesNotHaveDuplicates();
            assertThat(nodes.stream().map(TestDescriptor::getLegacyReportingName))
                    .as("reporting names in %s", suite)
                    .doesNotHaveDuplicates();
            for (boolean leaves : new boolean[] {true, false}) {
                assertThat(nodes.stream()
                                .filter(node -> node.isTest() == leaves)
                                .map(TestDescriptor::getDisplayName))
                        .as("display names in %s", suite)
                        .doesNotHaveDuplicates();
            }
        });
    }

    private static void checkSource(TestDescriptor root, TestDescriptor node) {
        TestDescriptor eval = node;
        while (eval.getParent().orElseThrow() != root
                && eval.getParent().orElseThrow().getParent().orElseThrow() != root) {
            eval = eval.getParent().orElseThrow();
        }
        boolean hasEval = eval instanceof EvalDescriptor;
        assertThat(node.getSource().orElseThrow())
                .as("source of %s", node)
                .isInstanceOf(hasEval ? MethodSource.class : ClassSource.class)
                .isSameAs(eval.getSource().orElseThrow());
        if (node.isTest()) {
            assertThat(node.getUniqueId().getSegments().size()).isGreaterThan(2);
        }
    }

    private static TestDescriptor suiteOf(TestDescriptor root, TestDescriptor node) {
        TestDescriptor suite = node;
        while (suite.getParent().orElseThrow() != root) {
            suite = suite.getParent().orElseThrow();
        }
        return suite;
    }

    private static void checkSuitesDoNotInterleave(TestDescriptor root, List<Told> events) {
        List<TestDescriptor> order = new ArrayList<>();
        for (Told event : events) {
            if (event.node() == root) {
                continue;
            }
            TestDescriptor suite = suiteOf(root, event.node());
            if (order.isEmpty() || order.get(order.size() - 1) != suite) {
                order.add(suite);
            }
        }
        List<String> expected = root.getChildren().stream()
                .filter(order::contains)
                .map(TestDescriptor::getDisplayName)
                .collect(Collectors.toList());
        assertThat(order.stream().map(TestDescriptor::getDisplayName).toList())
                .as("suites in the order of their events")
                .isEqualTo(expected);
    }
}
