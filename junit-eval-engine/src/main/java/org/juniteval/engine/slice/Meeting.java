package org.juniteval.engine.slice;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;

/** A label that knows its jumps: where branches meet, each may have put another value on the stack. */
final class Meeting extends LabelNode {

    /** Empty where the label only stands for a line. */
    final List<JumpInsnNode> jumps = new ArrayList<>(0);
}
