package dev.faultline.recorder.code;

import java.util.Arrays;
import java.util.BitSet;
import java.util.PriorityQueue;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Tells which objects are surely the same: follows values through variables and the stack of a method. A value is a
 * parameter, the result of an instruction, or what paths bring together at the start of a block.
 */
final class ReceiverFlow {

    /** No value, or one that is not followed. */
    static final int UNKNOWN = 0;

    /** Sees each instruction of a block with what is on the stack and in variables before it. */
    interface Step {
        void at(int place, int[] state);
    }

    private static final int MOST_STATES = 1 << 20;

    private final MethodCode code;
    private final int locals;
    private final int size;
    private final int[][] starts;
    /** The number of the block that starts at an instruction, from 1; 0 where none starts. */
    private final int[] blocks;

    private final PriorityQueue<Integer> todo = new PriorityQueue<>();
    private final BitSet isToDo = new BitSet();
    /** The protected stretches: where each starts, ends and is handled. */
    private final int[][] protections;

    private ReceiverFlow(MethodCode code) {
        this.code = code;
        locals = code.survey().maxLocals();
        size = 1 + locals + code.maxStack();
        starts = new int[code.instructions.size()][];
        blocks = new int[starts.length + 1];
        protections = new int[code.protections.size()][];
    }

    /** {@return the flow in a method; null when it is too large or of a compiler before Java 6} */
    static ReceiverFlow of(MethodCode code) {
        ReceiverFlow flow = new ReceiverFlow(code);
        if (code.hasSubroutines() || code.instructions.isEmpty()) {
            return null;
        }
        if ((long) flow.findBlocks() * flow.size > MOST_STATES) {
            return null;
        }
        flow.merge(0, flow.first());
        while (!flow.todo.isEmpty()) {
            int block = flow.todo.poll();
            flow.isToDo.clear(block);
            flow.walk(block, null);
        }
        return flow;
    }

    /** {@return how many blocks there are} Finds where they start. */
    private int findBlocks() {
        blocks[0] = 1;
        for (int i = 0; i < starts.length; i++) {
            Instruction one = code.instructions.get(i);
            for (Label target : one.targets) {
                blocks[code.place(target)] = 1;
            }
            if (one.targets.length > 0) {
                blocks[i + 1] = 1;
            }
        }
        for (int i = 0; i < protections.length; i++) {
            MethodCode.Protection one = code.protections.get(i);
            protections[i] = new int[] {code.place(one.start), code.place(one.end), code.place(one.handler)};
            for (int place : protections[i]) {
                blocks[place] = 1;
            }
        }
        int count = 0;
        for (int i = 0; i < blocks.length; i++) {
            blocks[i] = blocks[i] == 0 ? 0 : ++count;
        }
        return count;
    }

    private int[] first() {
        int[] state = new int[size];
        int slot = code.isStatic ? 0 : 1;
        if (slot == 1) {
            state[1] = parameter(0);
        }
        for (Type type : Type.getArgumentTypes(code.descriptor)) {
            state[1 + slot] = parameter(slot);
            slot += type.getSize();
        }
        return state;
    }

    static int parameter(int slot) {
        return 1 + slot;
    }

    /** {@return the variable that a parameter is in; -1 when the value is none} */
    int slotOfParameter(int value) {
        return value <= locals ? value - 1 : -1;
    }

    /** {@return the instruction that a value is the result of; -1 when it is none} */
    int instructionOf(int value) {
        int place = value - 1 - locals;
        return place >= 0 && place < starts.length ? place : -1;
    }

    private int result(int place) {
        return 1 + locals + place;
    }

    private int merged(int block, int slot) {
        return 1 + locals + starts.length + blocks[block] * size + slot;
    }

    private void merge(int block, int[] state) {
        int[] known = starts[block];
        if (known == null) {
            starts[block] = state.clone();
            toDo(block);
            return;
        }
        boolean isChanged = false;
        for (int i = 1; i < size; i++) {
            isChanged |= merge(block, i, state[i]);
        }
        if (isChanged) {
            toDo(block);
        }
    }

    private void toDo(int block) {
        if (!isToDo.get(block)) {
            isToDo.set(block);
            todo.add(block);
        }
    }

    private boolean merge(int block, int slot, int value) {
        int known = starts[block][slot];
        if (known == value || known == UNKNOWN) {
            return false;
        }
        int now = value == UNKNOWN ? UNKNOWN : merged(block, slot);
        starts[block][slot] = now;
        return now != known;
    }

    /** Shows each instruction that can be reached, block by block. */
    void walk(Runnable atBlock, Step step) {
        for (int block = 0; block < starts.length; block++) {
            if (starts[block] != null) {
                atBlock.run();
                walk(block, step);
            }
        }
    }

    private void walk(int block, Step step) {
        int[] state = starts[block].clone();
        for (int i = block; i < starts.length; i++) {
            if (i > block && blocks[i] > 0) {
                mergeIf(step, i, state);
                return;
            }
            Instruction one = code.instructions.get(i);
            if (step != null) {
                step.at(i, state);
            }
            if (step == null && i == block) {
                mergeHandlers(i, state);
            }
            apply(i, one, state);
            if (step == null && one.isConstructorCall) {
                mergeHandlers(i, state);
            } else if (step == null && isStore(one.opcode)) {
                mergeStore(i, one.variable, state);
            }
            for (Label target : one.targets) {
                mergeIf(step, code.place(target), state);
            }
            if (ends(one.opcode)) {
                return;
            }
        }
    }

    private void mergeIf(Step step, int block, int[] state) {
        if (step == null) {
            merge(block, state);
        }
    }

    static boolean ends(int opcode) {
        return opcode == Opcodes.GOTO
                || opcode == Opcodes.ATHROW
                || opcode == Opcodes.TABLESWITCH
                || opcode == Opcodes.LOOKUPSWITCH
                || opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN;
    }

    private static boolean isStore(int opcode) {
        return opcode >= Opcodes.ISTORE && opcode <= Opcodes.ASTORE;
    }

    /** Tells handlers what was stored in a variable. */
    private void mergeStore(int place, int variable, int[] state) {
        for (int[] one : protections) {
            if (place >= one[0] && place < one[1]) {
                boolean isChanged = merge(one[2], 1 + variable, state[1 + variable]);
                if (variable + 1 < locals) {
                    isChanged |= merge(one[2], 2 + variable, state[2 + variable]);
                }
                if (isChanged) {
                    toDo(one[2]);
                }
            }
        }
    }

    private void mergeHandlers(int place, int[] state) {
        for (int[] one : protections) {
            if (place >= one[0] && place < one[1]) {
                int[] caught = Arrays.copyOf(state, size);
                Arrays.fill(caught, 1 + locals, size, UNKNOWN);
                caught[0] = 1;
                if (size > 1 + locals) {
                    caught[1 + locals] = merged(one[2], 1 + locals);
                }
                merge(one[2], caught);
            }
        }
    }

    /** {@return a value on the stack: 0 is the topmost word} */
    int onStack(int[] state, int below) {
        return state[locals + state[0] - below];
    }

    private void push(int[] state, int value) {
        state[1 + locals + state[0]++] = value;
    }

    private int pop(int[] state) {
        int at = locals + state[0]--;
        int value = state[at];
        state[at] = UNKNOWN;
        return value;
    }

    private void apply(int place, Instruction one, int[] state) {
        int opcode = one.opcode;
        if (opcode == Opcodes.ALOAD) {
            push(state, state[1 + one.variable]);
        } else if (opcode >= Opcodes.ISTORE && opcode <= Opcodes.ASTORE) {
            store(one, state);
        } else if (opcode >= Opcodes.DUP && opcode <= Opcodes.SWAP) {
            copy(opcode, state);
        } else if (opcode != Opcodes.CHECKCAST) {
            int made = one.isConstructorCall ? onStack(state, one.wordsAboveObject) : UNKNOWN;
            for (int i = 0; i < one.taken; i++) {
                pop(state);
            }
            for (int i = 0; i < one.left; i++) {
                push(state, one.left == 1 ? result(place) : UNKNOWN);
            }
            if (made != UNKNOWN) {
                for (int i = 1; i <= locals + state[0]; i++) {
                    state[i] = state[i] == made ? result(place) : state[i];
                }
            }
        }
    }

    private void store(Instruction one, int[] state) {
        boolean isWide = one.opcode == Opcodes.LSTORE || one.opcode == Opcodes.DSTORE;
        if (isWide) {
            pop(state);
            state[2 + one.variable] = UNKNOWN;
        }
        int value = pop(state);
        state[1 + one.variable] = one.opcode == Opcodes.ASTORE ? value : UNKNOWN;
    }

    /** Copies words of the stack below others, as the seven instructions between DUP and SWAP do. */
    private void copy(int opcode, int[] state) {
        int a = pop(state);
        if (opcode == Opcodes.DUP) {
            pushAll(state, a, a);
            return;
        }
        int b = pop(state);
        if (opcode == Opcodes.SWAP) {
            pushAll(state, a, b);
        } else if (opcode == Opcodes.DUP_X1) {
            pushAll(state, a, b, a);
        } else if (opcode == Opcodes.DUP2) {
            pushAll(state, b, a, b, a);
        } else if (opcode == Opcodes.DUP_X2) {
            pushAll(state, a, pop(state), b, a);
        } else if (opcode == Opcodes.DUP2_X1) {
            pushAll(state, b, a, pop(state), b, a);
        } else {
            int c = pop(state);
            pushAll(state, b, a, pop(state), c, b, a);
        }
    }

    private void pushAll(int[] state, int... values) {
        for (int value : values) {
            push(state, value);
        }
    }
}
