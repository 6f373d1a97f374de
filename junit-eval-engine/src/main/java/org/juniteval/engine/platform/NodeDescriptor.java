package org.juniteval.engine.platform;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.TestTag;
import org.junit.platform.engine.UniqueId;
import org.juniteval.engine.run.Tree;

/**
 * A node that is made while an eval runs: a variant, a case, a sample, a verdict, a gate or a fault. It knows its parent
 * and is unknown to it, so that it can be let go when it has ended (as Jupiter does since issue 1865); it has the method
 * source of its eval, because every other kind of source breaks a filter or a rerun in some tool.
 */
final class NodeDescriptor implements TestDescriptor, Tree.Node {

    private final UniqueId uniqueId;
    private final String displayName;
    private final String reportingName;
    private final TestSource source;
    private final boolean leaf;
    private final Set<TestTag> tags;
    private TestDescriptor parent;
    private String text;

    NodeDescriptor(
            TestDescriptor parent,
            String type,
            String value,
            String displayName,
            String reportingName,
            TestSource source,
            boolean leaf,
            Set<TestTag> tags) {
        this.uniqueId = parent.getUniqueId().append(type, value);
        this.displayName = displayName;
        this.reportingName = reportingName;
        this.source = source;
        this.leaf = leaf;
        this.tags = tags;
        this.parent = parent;
    }

    @Override
    public UniqueId getUniqueId() {
        return uniqueId;
    }

    /**
     * The same text as {@code UniqueId.toString()}, which the Platform would keep for as long as it keeps the test plan:
     * a third of all that a node costs.
     */
    @Override
    public String uniqueId() {
        if (text == null) {
            UniqueId.Segment last = uniqueId.getLastSegment();
            text = ((Tree.Node) parent).uniqueId() + "/[" + encode(last.getType()) + ":" + encode(last.getValue())
                    + "]";
        }
        return text;
    }

    /** As the Platform writes the characters that part an id. */
    private static String encode(String part) {
        StringBuilder encoded = null;
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            if ("%+/[:]".indexOf(c) >= 0) {
                encoded = encoded == null ? new StringBuilder(part.length() + 8).append(part, 0, i) : encoded;
                encoded.append('%').append(Integer.toHexString(c).toUpperCase(Locale.ROOT));
            } else if (encoded != null) {
                encoded.append(c);
            }
        }
        return encoded == null ? part : encoded.toString();
    }

    @Override
    public String getDisplayName() {
        return displayName;
    }

    @Override
    public String getLegacyReportingName() {
        return reportingName;
    }

    @Override
    public String reportingName() {
        return reportingName;
    }

    @Override
    public Set<TestTag> getTags() {
        return tags;
    }

    @Override
    public Optional<TestSource> getSource() {
        return Optional.of(source);
    }

    @Override
    public Type getType() {
        return leaf ? Type.TEST : Type.CONTAINER;
    }

    /** Its children are registered one by one; without this, filters that look for tests would prune it. */
    @Override
    public boolean mayRegisterTests() {
        return !leaf;
    }

    @Override
    public Optional<TestDescriptor> getParent() {
        return Optional.ofNullable(parent);
    }

    @Override
    public void setParent(TestDescriptor parent) {
        this.parent = parent;
    }

    @Override
    public Set<? extends TestDescriptor> getChildren() {
        return Set.of();
    }

    @Override
    public void addChild(TestDescriptor descriptor) {
        throw new IllegalStateException(uniqueId + " keeps no children");
    }

    @Override
    public void removeChild(TestDescriptor descriptor) {
        // it has none
    }

    @Override
    public void removeFromHierarchy() {
        parent = null;
    }

    @Override
    public Optional<? extends TestDescriptor> findByUniqueId(UniqueId id) {
        return uniqueId.equals(id) ? Optional.of(this) : Optional.empty();
    }

    @Override
    public String toString() {
        return "NodeDescriptor: " + uniqueId;
    }
}
