package org.juniteval.engine.run;

import java.util.Set;
import org.juniteval.engine.dataset.Row;

/**
 * Makes the nodes below an eval and names them: from ids that the user chose, never from position, score or bound, and
 * unique in the suite, because build tools tell tests apart by their names alone.
 */
final class NodeNames {

    /** Stands between the parts of a display name that would not be unique without them. */
    static final String BETWEEN = " · ";

    private final Tree tree;
    private final Tree.Node parent;
    private final String reporting;
    private final String display;
    private final boolean caseIsLeaf;

    /**
     * @param parent the eval's node, or the variant's
     * @param evalInDisplay what the display name begins with where the suite has several evals; else empty
     */
    NodeNames(Tree tree, Tree.Node parent, String eval, String evalInDisplay, String variant, boolean caseIsLeaf) {
        this.tree = tree;
        this.parent = parent;
        this.reporting = eval + (variant.isEmpty() ? "" : "[" + variant + "]");
        this.display = before(evalInDisplay) + before(variant);
        this.caseIsLeaf = caseIsLeaf;
    }

    /** @param evalInDisplay as for what stands below it */
    static Tree.Node variantNode(Tree tree, Tree.Node eval, String evalName, String evalInDisplay, String variant) {
        return tree.child(
                eval,
                "variant",
                variant,
                before(evalInDisplay) + variant,
                evalName + "[" + variant + "]",
                false,
                Set.of());
    }

    private static String before(String part) {
        return part.isEmpty() ? "" : part + BETWEEN;
    }

    Tree.Node caseNode(Row row) {
        return tree.child(parent, "case", row.id(), display(row), reporting(row), caseIsLeaf, row.tags());
    }

    Tree.Node sampleNode(Tree.Node caseNode, Row row, int sample) {
        return tree.child(
                caseNode,
                "sample",
                Integer.toString(sample),
                display + row.id() + " [" + sample + "]",
                reporting(row) + "[" + sample + "]",
                true,
                row.tags());
    }

    Tree.Node verdictNode(Tree.Node caseNode, Row row) {
        return tree.child(
                caseNode,
                "verdict",
                "case",
                display + row.id() + " [verdict]",
                reporting(row) + "[verdict]",
                true,
                row.tags());
    }

    Tree.Node gateNode(String gate) {
        return tree.child(parent, "gate", gate, display + gate, reporting + "[gate: " + gate + "]", true, Set.of());
    }

    /** The id itself where it will do: it is kept as long as the test plan, and need not be there twice. */
    private String display(Row row) {
        return display.isEmpty() ? row.id() : display + row.id();
    }

    private String reporting(Row row) {
        return reporting + "[" + row.id() + "]";
    }
}
