package dev.faultline.recorder.code;

import org.objectweb.asm.Opcodes;

/** How many words of the stack each instruction takes and leaves, as far as its opcode alone tells it. */
final class StackEffects {

    private static final byte[] TAKEN = new byte[256];
    private static final byte[] LEFT = new byte[256];

    static {
        all(Opcodes.ACONST_NULL, Opcodes.SIPUSH, 0, 1);
        all(Opcodes.LCONST_0, Opcodes.LCONST_1, 0, 2);
        all(Opcodes.DCONST_0, Opcodes.DCONST_1, 0, 2);
        byType(Opcodes.ILOAD, 0, 1, 0, 2);
        one(Opcodes.ALOAD, 0, 1);
        byType(Opcodes.IALOAD, 2, 1, 2, 2);
        all(Opcodes.AALOAD, Opcodes.SALOAD, 2, 1);
        byType(Opcodes.ISTORE, 1, 0, 2, 0);
        one(Opcodes.ASTORE, 1, 0);
        byType(Opcodes.IASTORE, 3, 0, 4, 0);
        all(Opcodes.AASTORE, Opcodes.SASTORE, 3, 0);
        one(Opcodes.POP, 1, 0);
        one(Opcodes.POP2, 2, 0);
        for (int operation = Opcodes.IADD; operation <= Opcodes.IREM; operation += 4) {
            byType(operation, 2, 1, 4, 2);
        }
        byType(Opcodes.INEG, 1, 1, 2, 2);
        for (int shift = Opcodes.ISHL; shift <= Opcodes.IUSHR; shift += 2) {
            one(shift, 2, 1);
            one(shift + 1, 3, 2);
        }
        for (int bits = Opcodes.IAND; bits <= Opcodes.IXOR; bits += 2) {
            one(bits, 2, 1);
            one(bits + 1, 4, 2);
        }
        conversions();
        all(Opcodes.LCMP, Opcodes.DCMPG, 4, 1);
        all(Opcodes.FCMPL, Opcodes.FCMPG, 2, 1);
        all(Opcodes.IFEQ, Opcodes.IFLE, 1, 0);
        all(Opcodes.IF_ICMPEQ, Opcodes.IF_ACMPNE, 2, 0);
        all(Opcodes.IFNULL, Opcodes.IFNONNULL, 1, 0);
        all(Opcodes.TABLESWITCH, Opcodes.LOOKUPSWITCH, 1, 0);
        byType(Opcodes.IRETURN, 1, 0, 2, 0);
        one(Opcodes.ARETURN, 1, 0);
        one(Opcodes.NEW, 0, 1);
        all(Opcodes.NEWARRAY, Opcodes.ARRAYLENGTH, 1, 1);
        one(Opcodes.ATHROW, 1, 0);
        all(Opcodes.CHECKCAST, Opcodes.INSTANCEOF, 1, 1);
        all(Opcodes.MONITORENTER, Opcodes.MONITOREXIT, 1, 0);
    }

    private StackEffects() {}

    private static void conversions() {
        all(Opcodes.I2L, Opcodes.I2S, 1, 1);
        one(Opcodes.I2L, 1, 2);
        one(Opcodes.I2D, 1, 2);
        one(Opcodes.L2I, 2, 1);
        one(Opcodes.L2F, 2, 1);
        one(Opcodes.L2D, 2, 2);
        one(Opcodes.F2L, 1, 2);
        one(Opcodes.F2D, 1, 2);
        one(Opcodes.D2I, 2, 1);
        one(Opcodes.D2L, 2, 2);
        one(Opcodes.D2F, 2, 1);
    }

    private static void one(int opcode, int taken, int left) {
        TAKEN[opcode] = (byte) taken;
        LEFT[opcode] = (byte) left;
    }

    private static void all(int first, int last, int taken, int left) {
        for (int opcode = first; opcode <= last; opcode++) {
            one(opcode, taken, left);
        }
    }

    /** Sets four instructions that differ in their type: int, long, float and double. */
    private static void byType(int first, int taken, int left, int takenIfWide, int leftIfWide) {
        one(first, taken, left);
        one(first + 1, takenIfWide, leftIfWide);
        one(first + 2, taken, left);
        one(first + 3, takenIfWide, leftIfWide);
    }

    static int taken(int opcode) {
        return TAKEN[opcode];
    }

    static int left(int opcode) {
        return LEFT[opcode];
    }
}
