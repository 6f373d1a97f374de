package org.juniteval.engine.slice;

import java.util.Set;
import org.objectweb.asm.tree.AbstractInsnNode;

/** Instructions of a method that count together: all of them, or a part of an initialiser. */
final class Run {

    private final Set<String> fields;
    private final String place;
    private final AbstractInsnNode first;
    private final AbstractInsnNode last;
    private volatile Step[] steps;

    /**
     * @param fields the fields of the class that the run assigns, if assigning is all it does; empty: it belongs to
     *     every use of the class
     * @param place of a run that belongs to fields: how many runs that do not come before it, and which fields of the
     *     class it uses although later ones assign them
     * @param last included
     */
    Run(Set<String> fields, String place, AbstractInsnNode first, AbstractInsnNode last) {
        this.fields = fields;
        this.place = place;
        this.first = first;
        this.last = last;
    }

    Set<String> fields() {
        return fields;
    }

    String place() {
        return place;
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
