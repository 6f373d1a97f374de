package org.juniteval.engine.slice;

import java.util.Set;
import org.objectweb.asm.tree.FieldNode;

/** A field of a class of the project. What is the same in every slice is worked out once, when it is first asked for. */
final class ProjectField implements Comparable<ProjectField> {

    final ClassFile owner;
    final FieldNode node;

    private final int hash;
    private volatile Set<String> types;
    private volatile Step[] declaration;

    ProjectField(ClassFile owner, FieldNode node) {
        this.owner = owner;
        this.node = node;
        this.hash = 31 * owner.name().hashCode() + node.name.hashCode();
    }

    String name() {
        return node.name;
    }

    /** Whether the access flags have one of the given ones. */
    boolean is(int flags) {
        return ClassFile.is(node.access, flags);
    }

    /** What its annotations and its constant value ask of a walk. */
    Step[] declaration(StepReader reader) {
        Step[] known = declaration;
        if (known == null) {
            known = reader.declaration(this);
            declaration = known;
        }
        return known;
    }

    /** Its type with its arguments. */
    Set<String> types() {
        Set<String> known = types;
        if (known == null) {
            known = TypeNames.in(node.signature == null ? node.desc : node.signature);
            types = known;
        }
        return known;
    }

    /** By class and name. */
    @Override
    public int compareTo(ProjectField other) {
        int byOwner = owner.name().compareTo(other.owner.name());
        return byOwner != 0 ? byOwner : name().compareTo(other.name());
    }

    /** There is one of a name in a class: this only makes it quick to find. */
    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }
}
