package org.juniteval.engine.slice;

import java.util.List;
import java.util.Set;
import org.objectweb.asm.tree.MethodNode;

/** A method of a class of the project. What is the same in every slice is worked out once, when it is first asked for. */
final class ProjectMethod {

    final ClassFile owner;
    final MethodNode node;
    final MethodId id;

    /** Whether it has no place of its own: it is part of the method that mentions it. */
    final boolean isInlined;

    private volatile List<Run> runs;
    private volatile Set<String> types;
    private volatile Step[] declaration;

    ProjectMethod(ClassFile owner, MethodNode node) {
        this.owner = owner;
        this.node = node;
        this.id = new MethodId(owner.name(), node.name + node.desc);
        this.isInlined = NormalForm.isInlined(node);
    }

    String signature() {
        return id.signature();
    }

    boolean isConstructor() {
        return node.name.equals("<init>");
    }

    /** Whether the access flags have one of the given ones. */
    boolean is(int flags) {
        return ClassFile.is(node.access, flags);
    }

    /** Its instructions: those of an initialiser cut by the fields that they assign, those of another method as a whole. */
    List<Run> runs(Classes classes) {
        List<Run> known = runs;
        if (known == null) {
            known = node.instructions.size() == 0
                    ? List.of()
                    : id.isInitialiser()
                            ? Initialiser.runs(owner.node, node, classes)
                            : List.of(new Run(Set.of(), "", node.instructions.getFirst(), node.instructions.getLast()));
            runs = known;
        }
        return known;
    }

    /** What its annotations and those of its parameters ask of a walk. */
    Step[] declaration(StepReader reader) {
        Step[] known = declaration;
        if (known == null) {
            known = reader.declaration(this);
            declaration = known;
        }
        return known;
    }

    /** The types of its parameters and its result, with their arguments. */
    Set<String> types() {
        Set<String> known = types;
        if (known == null) {
            known = TypeNames.in(node.signature == null ? node.desc : node.signature);
            types = known;
        }
        return known;
    }

    /** There is one of a name in a class: this only makes it quick to find. */
    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }
}
