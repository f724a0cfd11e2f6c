package dev.faultline.recorder.code;

import org.objectweb.asm.Label;

/** An instruction of a method, as far as it matters for what is counted. */
final class Instruction {

    private static final Label[] NOWHERE = {};

    final int opcode;
    /** The number of a local variable; 0 when it has none. */
    final int variable;
    /** How many words it takes from the stack, and how many it leaves there. */
    final int taken;

    final int left;
    /** Where it may jump to. */
    Label[] targets = NOWHERE;
    /** Of an access of a field. */
    String owner = "";

    String field = "";
    /** Of an access of a field: how many words lie above the object. */
    int wordsAboveObject;

    /** Whether it calls or locks, and so may wait. */
    boolean mayWait;
    /** Whether it may throw an exception. */
    boolean mayThrow;
    /** Whether it is the call of a constructor. */
    boolean isConstructorCall;
    /** Whether it is an access that is counted by itself: of a field, or an element of an array. */
    boolean isCounted;
    /** The number of the access in its method, from 0, calls included. */
    int accessNumber;

    Instruction(int opcode, int variable, int taken, int left) {
        this.opcode = opcode;
        this.variable = variable;
        this.taken = taken;
        this.left = left;
    }
}
