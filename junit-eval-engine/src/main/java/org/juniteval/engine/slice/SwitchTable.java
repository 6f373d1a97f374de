package org.juniteval.engine.slice;

import java.util.HashMap;
import java.util.Map;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * The table by which javac switches over an enum: a synthetic class numbers the constants that any switch of the class
 * mentions, in the order in which they come. An unrelated switch renumbers them, so cases are told by name.
 */
final class SwitchTable {

    private static final String PREFIX = "$SwitchMap$";

    private SwitchTable() {}

    static boolean isTable(FieldInsnNode field) {
        return field.name.startsWith(PREFIX);
    }

    /** The constants' names by the number that the given switch uses; empty for a switch over something else. */
    static Map<Integer, String> namesFor(AbstractInsnNode choice, Classes classes) {
        AbstractInsnNode before = previous(choice);
        if (before == null || before.getOpcode() != Opcodes.IALOAD) {
            return Map.of();
        }
        for (; before != null; before = before.getPrevious()) {
            if (before instanceof FieldInsnNode field && isTable(field)) {
                ClassFile holder = classes.get(field.owner);
                ProjectMethod initialiser = holder == null ? null : holder.staticInitialiser();
                return initialiser == null ? Map.of() : numbers(initialiser.node, field.name);
            }
        }
        return Map.of();
    }

    private static AbstractInsnNode previous(AbstractInsnNode instruction) {
        AbstractInsnNode before = instruction.getPrevious();
        while (before != null && before.getOpcode() < 0) {
            before = before.getPrevious();
        }
        return before;
    }

    /** Reads {@code table[Color.RED.ordinal()] = 1} and its like. */
    private static Map<Integer, String> numbers(MethodNode initialiser, String table) {
        Map<Integer, String> names = new HashMap<>();
        String current = "";
        String constant = null;
        AbstractInsnNode last = null;
        for (AbstractInsnNode instruction = initialiser.instructions.getFirst();
                instruction != null;
                instruction = instruction.getNext()) {
            if (instruction.getOpcode() < 0) {
                continue;
            }
            if (instruction instanceof FieldInsnNode field && field.getOpcode() == Opcodes.GETSTATIC) {
                if (isTable(field)) {
                    current = field.name;
                } else {
                    constant = field.name;
                }
            } else if (instruction.getOpcode() == Opcodes.IASTORE && current.equals(table) && constant != null) {
                names.put(number(last), constant);
                constant = null;
            } else if (instruction instanceof MethodInsnNode call && !call.name.equals("ordinal")) {
                constant = null;
            }
            last = instruction;
        }
        return names;
    }

    private static int number(AbstractInsnNode instruction) {
        if (instruction instanceof IntInsnNode small) {
            return small.operand;
        }
        if (instruction instanceof LdcInsnNode constant && constant.cst instanceof Integer number) {
            return number;
        }
        return instruction instanceof InsnNode ? instruction.getOpcode() - Opcodes.ICONST_0 : -1;
    }
}
