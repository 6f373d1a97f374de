package org.juniteval.engine.run;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.juniteval.engine.dataset.IdSet;
import org.juniteval.engine.dataset.Row;
import org.juniteval.engine.record.Visible;
import org.juniteval.engine.suite.EvalDefinition;

/**
 * Finds cases whose ids would make two nodes of an eval equal in name: a case called {@code peru][1} beside the first
 * sample of {@code peru}. Build tools take equal names for reruns of one test. Only ids that look like it are kept.
 */
final class NameClashes {

    private static final int KEPT = 1_000;

    private final EvalDefinition eval;
    private final Set<String> gates;
    private final int samples;
    private final List<Row> suspects = new ArrayList<>();

    NameClashes(EvalDefinition eval, int samples) {
        this.eval = eval;
        this.gates = eval.gates().stream()
                .flatMap(gate -> Stream.of(gate.name(), "gate: " + gate.name()))
                .collect(Collectors.toSet());
        this.samples = samples;
    }

    /** What stands in front of a case in a display name must not look like two parts of it. */
    static List<String> inFront(String what, Collection<String> names) {
        return names.stream()
                .filter(name -> name.contains(NodeNames.BETWEEN))
                .map(name -> what + " \"" + name + "\" holds \"" + NodeNames.BETWEEN
                        + "\", which stands between the parts of a display name; choose another name")
                .toList();
    }

    void look(Row row) {
        if (suspects.size() < KEPT
                && (row.id().contains("][")
                        || row.id().endsWith("]")
                        || gates.contains(row.id())
                        || !shown(row).equals(row.id()))) {
            suspects.add(row);
        }
    }

    /** The id as names in the test tree hold it. */
    private static String shown(Row row) {
        return Visible.inTerminal(row.id());
    }

    List<String> found(IdSet ids) {
        List<String> found = new ArrayList<>();
        Set<String> hidden = new HashSet<>();
        for (Row row : suspects) {
            if (!shown(row).equals(row.id()) && (ids.contains(shown(row)) || !hidden.add(shown(row)))) {
                found.add(fault(row, "case \"" + shown(row) + "\""));
            } else if (gates.contains(row.id())) {
                found.add(fault(row, "a gate"));
            } else if (eval.samples() > 1) {
                clash(row.id(), ids).ifPresent(other -> found.add(fault(row, other)));
            }
        }
        return found;
    }

    private Optional<String> clash(String id, IdSet ids) {
        for (String open : List.of("][", " [")) {
            int split = id.lastIndexOf(open);
            if (split > 0) {
                String rest = id.substring(split + 2);
                String last = open.equals(" [") && rest.endsWith("]") ? rest.substring(0, rest.length() - 1) : rest;
                if ((last.equals("verdict") || isSample(last)) && ids.contains(id.substring(0, split))) {
                    return Optional.of("a node of case \"" + id.substring(0, split) + "\"");
                }
            }
        }
        return Optional.empty();
    }

    private boolean isSample(String text) {
        try {
            int number = Integer.parseInt(text);
            return number >= 1 && number <= samples && text.equals(Integer.toString(number));
        } catch (NumberFormatException notANumber) {
            return false;
        }
    }

    private static String fault(Row row, String other) {
        return row.position() + " the id \"" + row.id() + "\" makes a test of the same name as " + other
                + "; choose another id";
    }
}
