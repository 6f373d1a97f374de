package org.juniteval.engine.fingerprint;

import java.util.Set;
import org.objectweb.asm.tree.AbstractInsnNode;

/** Instructions of a method that count together: all of them, or a part of an initialiser. */
final class Run {

    private final Set<String> fields;
    private final Set<String> early;
    private final AbstractInsnNode first;
    private final AbstractInsnNode last;
    private volatile Step[] steps;

    /**
     * @param fields the fields of the class that the run assigns, if assigning is all it does; empty: it belongs to
     *     every use of the class
     * @param early the fields of the class that the run uses although a later one assigns them
     * @param last included
     */
    Run(Set<String> fields, Set<String> early, AbstractInsnNode first, AbstractInsnNode last) {
        this.fields = fields;
        this.early = early;
        this.first = first;
        this.last = last;
    }

    Set<String> fields() {
        return fields;
    }

    Set<String> early() {
        return early;
    }

    boolean belongsToFields() {
        return !fields.isEmpty();
    }

    AbstractInsnNode first() {
        return first;
    }

    AbstractInsnNode last() {
        return last;
    }

    /** What the instructions ask of a walk: the same in every slice, so it is read once. */
    Step[] steps(StepReader reader, ProjectMethod of) {
        Step[] known = steps;
        if (known == null) {
            known = reader.steps(of, this);
            steps = known;
        }
        return known;
    }
}
