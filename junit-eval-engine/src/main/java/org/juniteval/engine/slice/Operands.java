package org.juniteval.engine.slice;

import static org.objectweb.asm.Opcodes.*;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MultiANewArrayInsnNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;

/** What an instruction takes from the operand stack and puts on it, in slots (a long or double has two). */
final class Operands {

    /** For each opcode from NOP to MONITOREXIT two digits: slots taken, slots put; a dot where the operands tell. */
    private static final String[] SLOTS = slots();

    private Operands() {}

    private static String[] slots() {
        String[] slots = new String[IFNONNULL + 1];
        fill(slots, "00", NOP, GOTO, RET, RETURN, IINC);
        range(slots, "01", ACONST_NULL, ICONST_5);
        fill(slots, "02", LCONST_0, LCONST_1, DCONST_0, DCONST_1, LLOAD, DLOAD);
        fill(slots, "01", FCONST_0, FCONST_1, FCONST_2, BIPUSH, SIPUSH, ILOAD, FLOAD, ALOAD, NEW, JSR);
        fill(slots, "21", IALOAD, FALOAD, AALOAD, BALOAD, CALOAD, SALOAD);
        fill(slots, "22", LALOAD, DALOAD);
        fill(slots, "10", ISTORE, FSTORE, ASTORE, POP, IRETURN, FRETURN, ARETURN, ATHROW, MONITORENTER, MONITOREXIT);
        fill(slots, "20", LSTORE, DSTORE, POP2, LRETURN, DRETURN);
        fill(slots, "30", IASTORE, FASTORE, AASTORE, BASTORE, CASTORE, SASTORE);
        fill(slots, "40", LASTORE, DASTORE);
        fill(slots, "12", DUP, I2L, I2D, F2L, F2D);
        fill(slots, "23", DUP_X1);
        fill(slots, "34", DUP_X2);
        fill(slots, "24", DUP2);
        fill(slots, "35", DUP2_X1);
        fill(slots, "46", DUP2_X2);
        fill(slots, "22", SWAP, LNEG, DNEG, L2D, D2L);
        fill(slots, "21", IADD, FADD, ISUB, FSUB, IMUL, FMUL, IDIV, FDIV, IREM, FREM, ISHL, ISHR, IUSHR);
        fill(slots, "21", IAND, IOR, IXOR, FCMPL, FCMPG, L2I, L2F, D2I, D2F);
        fill(slots, "42", LADD, DADD, LSUB, DSUB, LMUL, DMUL, LDIV, DDIV, LREM, DREM, LAND, LOR, LXOR);
        fill(slots, "32", LSHL, LSHR, LUSHR);
        fill(slots, "11", INEG, FNEG, I2F, F2I, I2B, I2C, I2S, NEWARRAY, ANEWARRAY, ARRAYLENGTH, CHECKCAST, INSTANCEOF);
        fill(slots, "41", LCMP, DCMPL, DCMPG);
        range(slots, "10", IFEQ, IFLE);
        range(slots, "20", IF_ICMPEQ, IF_ACMPNE);
        fill(slots, "10", TABLESWITCH, LOOKUPSWITCH, IFNULL, IFNONNULL);
        return slots;
    }

    private static void fill(String[] slots, String value, int... opcodes) {
        for (int opcode : opcodes) {
            slots[opcode] = value;
        }
    }

    private static void range(String[] slots, String value, int first, int last) {
        for (int opcode = first; opcode <= last; opcode++) {
            slots[opcode] = value;
        }
    }

    static int taken(AbstractInsnNode instruction) {
        int opcode = instruction.getOpcode();
        if (opcode < 0) {
            return 0;
        }
        if (instruction instanceof MethodInsnNode call) {
            int arguments = Type.getArgumentsAndReturnSizes(call.desc) >> 2; // counts a receiver
            return opcode == INVOKESTATIC ? arguments - 1 : arguments;
        }
        if (instruction instanceof InvokeDynamicInsnNode call) {
            return (Type.getArgumentsAndReturnSizes(call.desc) >> 2) - 1;
        }
        if (instruction instanceof FieldInsnNode field) {
            int size = Type.getType(field.desc).getSize();
            return switch (opcode) {
                case GETSTATIC -> 0;
                case GETFIELD -> 1;
                case PUTSTATIC -> size;
                default -> size + 1;
            };
        }
        if (instruction instanceof MultiANewArrayInsnNode array) {
            return array.dims;
        }
        return instruction instanceof LdcInsnNode ? 0 : SLOTS[opcode].charAt(0) - '0';
    }

    static int put(AbstractInsnNode instruction) {
        int opcode = instruction.getOpcode();
        if (opcode < 0) {
            return 0;
        }
        if (instruction instanceof MethodInsnNode call) {
            return Type.getArgumentsAndReturnSizes(call.desc) & 3;
        }
        if (instruction instanceof InvokeDynamicInsnNode call) {
            return Type.getArgumentsAndReturnSizes(call.desc) & 3;
        }
        if (instruction instanceof FieldInsnNode field) {
            return opcode == GETSTATIC || opcode == GETFIELD
                    ? Type.getType(field.desc).getSize()
                    : 0;
        }
        if (instruction instanceof LdcInsnNode constant) {
            Object value = constant.cst;
            return value instanceof Long
                            || value instanceof Double
                            || value instanceof ConstantDynamic dynamic && dynamic.getSize() == 2
                    ? 2
                    : 1;
        }
        return instruction instanceof MultiANewArrayInsnNode ? 1 : SLOTS[opcode].charAt(1) - '0';
    }

    /** The instruction that takes the one value that the given instruction puts, or null where control flow hides it. */
    static AbstractInsnNode consumerOf(AbstractInsnNode producer) {
        int above = 0;
        for (AbstractInsnNode next = producer.getNext(); next != null; next = next.getNext()) {
            if (next instanceof JumpInsnNode
                    || next instanceof TableSwitchInsnNode
                    || next instanceof LookupSwitchInsnNode) {
                return null;
            }
            if (taken(next) > above) {
                return next;
            }
            above += put(next) - taken(next);
        }
        return null;
    }

    /**
     * The instruction that put the value that lies so many slots below the top of the stack before the given one; the
     * {@link Meeting} of the branches that put it; null where control flow hides it.
     */
    static AbstractInsnNode producerOf(AbstractInsnNode consumer, int slotsAbove) {
        int wanted = slotsAbove;
        for (AbstractInsnNode before = consumer.getPrevious(); before != null; before = before.getPrevious()) {
            if (before instanceof JumpInsnNode
                    || before instanceof TableSwitchInsnNode
                    || before instanceof LookupSwitchInsnNode) {
                return null;
            }
            if (before instanceof Meeting meeting && !meeting.jumps.isEmpty()) {
                return wanted == 0 ? meeting : null;
            }
            if (put(before) > wanted) {
                return before;
            }
            wanted += taken(before) - put(before);
        }
        return null;
    }

    /** What each branch put on top of the stack before they meet; null where that is hidden. */
    static List<AbstractInsnNode> producersBefore(Meeting meeting) {
        List<AbstractInsnNode> producers = new ArrayList<>();
        producers.add(producerOf(meeting, 0));
        for (JumpInsnNode jump : meeting.jumps) {
            producers.add(producerOf(jump, taken(jump)));
        }
        return producers;
    }

    /** What put the elements of the array that is created for the last argument of a call; null where that is hidden. */
    static List<AbstractInsnNode> elementsOf(AbstractInsnNode consumer) {
        List<AbstractInsnNode> elements = new ArrayList<>();
        AbstractInsnNode array = producerOf(consumer, 0);
        if (array != null && array.getOpcode() != DUP && array.getOpcode() != ANEWARRAY) {
            elements.add(null); // it was made elsewhere
            return elements;
        }
        AbstractInsnNode before = consumer.getPrevious();
        for (; before != null; before = before.getPrevious()) {
            if (before.getOpcode() == AASTORE) {
                elements.add(producerOf(before, 0));
            } else if (before.getOpcode() == ANEWARRAY) {
                return elements;
            }
        }
        elements.add(null);
        return elements;
    }
}
