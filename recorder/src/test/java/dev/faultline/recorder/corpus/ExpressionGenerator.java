package dev.faultline.recorder.corpus;

import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Makes random expressions. After each access of a field or an element a variable of the method is increased, by one
 * instruction that cannot fail.
 */
class ExpressionGenerator {

    static final int INT_FIELD = 0;
    static final int LONG_FIELD = 1;
    static final int FLOAT_FIELD = 2;
    static final int DOUBLE_FIELD = 3;
    static final int BOOLEAN_FIELD = 4;
    static final int BYTE_FIELD = 5;
    static final int OBJECT_FIELD = 8;
    static final int SELF_FIELD = 9;
    static final int INTS_FIELD = 10;
    static final int LONGS_FIELD = 11;

    private static final int TYPES = ClassGenerator.TYPES.length;
    private static final int ELEMENTS = 4 * TYPES;
    private static final int ROWS = ELEMENTS + 4;

    final MethodVisitor to;
    final Random random;
    final String self;
    final boolean isStatic;
    /** Variables: the parameters, then own ones. */
    final int parameter;

    final int other;
    final int intVariable;
    final int longVariable;
    final int floatVariable;
    final int doubleVariable;
    final int selfVariable;
    int nextVariable;
    int depth;
    boolean isPure;

    private final ClassGenerator of;
    private final int version;
    private final int number;
    private final int methods;
    private final int truth;
    private final Set<Integer> rows = new TreeSet<>();

    ExpressionGenerator(
            MethodVisitor to,
            Random random,
            ClassGenerator of,
            int version,
            int number,
            int methods,
            boolean isStatic) {
        this.to = to;
        this.random = random;
        this.of = of;
        this.version = version;
        this.number = number;
        this.methods = methods;
        this.isStatic = isStatic;
        self = of.name();
        parameter = isStatic ? 0 : 1;
        other = parameter + 1;
        intVariable = other + 1 + random.nextInt(2) * 260;
        longVariable = intVariable + 1;
        floatVariable = longVariable + 2;
        doubleVariable = floatVariable + 1;
        selfVariable = doubleVariable + 2;
        truth = selfVariable + 1;
        nextVariable = truth + ROWS;
    }

    void initialise() {
        to.visitInsn(Opcodes.ICONST_4);
        to.visitVarInsn(Opcodes.ISTORE, intVariable);
        to.visitLdcInsn(123456789012L);
        to.visitVarInsn(Opcodes.LSTORE, longVariable);
        to.visitInsn(Opcodes.FCONST_2);
        to.visitVarInsn(Opcodes.FSTORE, floatVariable);
        to.visitLdcInsn(0.75);
        to.visitVarInsn(Opcodes.DSTORE, doubleVariable);
        to.visitVarInsn(Opcodes.ALOAD, other);
        to.visitVarInsn(Opcodes.ASTORE, selfVariable);
        for (int i = 0; i < ROWS; i++) {
            to.visitInsn(Opcodes.ICONST_0);
            to.visitVarInsn(Opcodes.ISTORE, truth + i);
        }
    }

    /** Tells how often each row was touched. */
    void tell() {
        for (int row : rows) {
            to.visitLdcInsn(what(row));
            to.visitVarInsn(Opcodes.ILOAD, truth + row);
            to.visitMethodInsn(Opcodes.INVOKESTATIC, "recorded/corpus/Truth", "add", "(Ljava/lang/String;I)V", false);
        }
    }

    private String what(int row) {
        String kind = row % 2 == 0 ? "read" : "write"; // of fields of objects, which are not volatile
        if (row >= ELEMENTS) {
            return (row - ELEMENTS < 2 ? "int[] " : "long[] ") + kind;
        }
        boolean isOfClass = row >= 2 * TYPES;
        return self.replace('/', '.') + (isOfClass ? ".class" : "") + " " + fieldName(row / 2 % TYPES, isOfClass) + " "
                + (isOfClass && kind.equals("write") ? "volatile-write" : kind);
    }

    private static String fieldName(int type, boolean isOfClass) {
        return (isOfClass ? "s" : "") + ClassGenerator.fieldName(type);
    }

    private void touched(int row) {
        rows.add(row);
        to.visitIincInsn(truth + row, 1);
    }

    void getField(int type) {
        to.visitFieldInsn(Opcodes.GETFIELD, self, fieldName(type, false), of.descriptor(type));
        touched(2 * type);
    }

    void putField(int type) {
        to.visitFieldInsn(Opcodes.PUTFIELD, self, fieldName(type, false), of.descriptor(type));
        touched(2 * type + 1);
    }

    void getStatic(int type) {
        to.visitFieldInsn(Opcodes.GETSTATIC, self, fieldName(type, true), of.descriptor(type));
        touched(2 * (TYPES + type));
    }

    void putStatic(int type) {
        to.visitFieldInsn(Opcodes.PUTSTATIC, self, fieldName(type, true), of.descriptor(type));
        touched(2 * (TYPES + type) + 1);
    }

    void element(int opcode) {
        to.visitInsn(opcode);
        boolean isWrite = opcode == Opcodes.IASTORE || opcode == Opcodes.LASTORE;
        boolean isLong = opcode == Opcodes.LALOAD || opcode == Opcodes.LASTORE;
        touched(ELEMENTS + (isLong ? 2 : 0) + (isWrite ? 1 : 0));
    }

    /** An object of the class, which may be null. */
    void pushSelf() {
        int choice = random.nextInt(isPure ? 6 : 9);
        if (choice < 3 && !isStatic) {
            to.visitVarInsn(Opcodes.ALOAD, 0);
        } else if (choice < 4) {
            to.visitVarInsn(Opcodes.ALOAD, selfVariable);
        } else if (choice == 6 && depth < 3) {
            getFieldOf(SELF_FIELD);
        } else if (choice == 7 && depth < 3) {
            newSelf();
        } else if (choice == 8 && depth < 3) {
            to.visitVarInsn(Opcodes.ALOAD, other);
            to.visitTypeInsn(Opcodes.CHECKCAST, self);
        } else {
            to.visitVarInsn(Opcodes.ALOAD, other);
        }
    }

    private void getFieldOf(int type) {
        depth++;
        pushSelf();
        depth--;
        getField(type);
    }

    /** A new object, uninitialised on the stack while its arguments are computed. */
    private void newSelf() {
        depth++;
        to.visitTypeInsn(Opcodes.NEW, self);
        to.visitInsn(Opcodes.DUP);
        pushInt();
        pushSelf();
        to.visitMethodInsn(Opcodes.INVOKESPECIAL, self, "<init>", "(IL" + self + ";)V", false);
        depth--;
    }

    void pushArray(int type) {
        if (random.nextInt(3) == 0) {
            getStatic(type);
        } else {
            getFieldOf(type);
        }
    }

    /** An index, most often within 8. */
    void pushIndex() {
        pushInt();
        if (random.nextInt(12) > 0) {
            to.visitIntInsn(Opcodes.BIPUSH, 7);
            to.visitInsn(Opcodes.IAND);
        }
    }

    void pushInt() {
        if (depth > 4) {
            simpleInt();
            return;
        }
        depth++;
        int choice = random.nextInt(isPure ? 14 : 22);
        if (choice < 4) {
            simpleInt();
        } else if (choice < 6) {
            getFieldOf(random.nextBoolean() ? INT_FIELD : 4 + random.nextInt(4));
        } else if (choice < 8) {
            arithmetic();
        } else if (choice < 10) {
            incrementField();
        } else if (choice < 11) {
            conversion();
        } else if (choice < 12) {
            choice();
        } else if (choice < 14) {
            elementOf();
        } else {
            costly(choice - 14);
        }
        depth--;
    }

    private void costly(int choice) {
        if (choice < 2) {
            call();
        } else if (choice == 2) {
            pushSelf();
            to.visitTypeInsn(Opcodes.INSTANCEOF, self);
        } else if (choice == 3) {
            pushArray(random.nextBoolean() ? INTS_FIELD : LONGS_FIELD);
            to.visitInsn(Opcodes.ARRAYLENGTH);
        } else if (choice == 4) {
            stackWords();
        } else if (choice == 5) {
            grid();
        } else if (choice == 6 && version >= Opcodes.V1_8) {
            lambda();
        } else {
            switched();
        }
    }

    private void simpleInt() {
        int choice = random.nextInt(6);
        if (choice == 0) {
            to.visitInsn(Opcodes.ICONST_M1 + random.nextInt(7));
        } else if (choice == 1) {
            to.visitLdcInsn(random.nextInt());
        } else if (choice == 2) {
            to.visitVarInsn(Opcodes.ILOAD, parameter);
        } else if (choice == 3) {
            getStatic(random.nextBoolean() ? INT_FIELD : BYTE_FIELD);
        } else if (choice == 4 && !isStatic) {
            to.visitVarInsn(Opcodes.ALOAD, 0);
            getField(INT_FIELD);
        } else {
            to.visitVarInsn(Opcodes.ILOAD, intVariable);
        }
    }

    private void arithmetic() {
        pushInt();
        pushInt();
        int[] operations = {
            Opcodes.IADD,
            Opcodes.ISUB,
            Opcodes.IMUL,
            Opcodes.IDIV,
            Opcodes.IREM,
            Opcodes.ISHL,
            Opcodes.ISHR,
            Opcodes.IUSHR,
            Opcodes.IAND,
            Opcodes.IOR,
            Opcodes.IXOR
        };
        to.visitInsn(operations[random.nextInt(operations.length)]);
        if (random.nextInt(4) == 0) {
            to.visitInsn(random.nextBoolean() ? Opcodes.INEG : Opcodes.I2B + random.nextInt(3));
        }
    }

    /** {@code f++} and {@code g++} of one and two words, of objects and of elements. */
    private void incrementField() {
        int choice = random.nextInt(4);
        if (choice == 0) {
            pushSelf();
            to.visitInsn(Opcodes.DUP);
            getField(INT_FIELD);
            to.visitInsn(Opcodes.DUP_X1);
            to.visitInsn(Opcodes.ICONST_1);
            to.visitInsn(Opcodes.IADD);
            putField(INT_FIELD);
        } else if (choice == 1) {
            pushSelf();
            to.visitInsn(Opcodes.DUP);
            getField(LONG_FIELD);
            to.visitInsn(Opcodes.DUP2_X1);
            to.visitInsn(Opcodes.LCONST_1);
            to.visitInsn(Opcodes.LADD);
            putField(LONG_FIELD);
            to.visitInsn(Opcodes.L2I);
        } else if (choice == 2) {
            pushArray(INTS_FIELD);
            pushIndex();
            to.visitInsn(Opcodes.DUP2);
            element(Opcodes.IALOAD);
            to.visitInsn(Opcodes.DUP_X2);
            to.visitInsn(Opcodes.ICONST_2);
            to.visitInsn(Opcodes.IADD);
            element(Opcodes.IASTORE);
        } else {
            pushArray(LONGS_FIELD);
            pushIndex();
            to.visitInsn(Opcodes.DUP2);
            element(Opcodes.LALOAD);
            to.visitInsn(Opcodes.DUP2_X2);
            to.visitInsn(Opcodes.LCONST_1);
            to.visitInsn(Opcodes.LSUB);
            element(Opcodes.LASTORE);
            to.visitInsn(Opcodes.L2I);
        }
    }

    private void elementOf() {
        boolean isLong = random.nextBoolean();
        pushArray(isLong ? LONGS_FIELD : INTS_FIELD);
        pushIndex();
        element(isLong ? Opcodes.LALOAD : Opcodes.IALOAD);
        if (isLong) {
            to.visitInsn(Opcodes.L2I);
        }
    }

    void pushLong() {
        if (depth > 4 || random.nextInt(3) == 0) {
            to.visitVarInsn(Opcodes.LLOAD, longVariable);
            return;
        }
        depth++;
        int choice = random.nextInt(6);
        if (choice == 0) {
            getFieldOf(LONG_FIELD);
        } else if (choice == 1) {
            pushInt();
            to.visitInsn(Opcodes.I2L);
        } else if (choice == 2) {
            getStatic(LONG_FIELD);
        } else if (choice == 3) {
            pushLong();
            pushInt();
            to.visitInsn(Opcodes.LSHL + 2 * random.nextInt(3));
        } else {
            pushLong();
            pushLong();
            int[] operations = {
                Opcodes.LADD,
                Opcodes.LSUB,
                Opcodes.LMUL,
                Opcodes.LDIV,
                Opcodes.LREM,
                Opcodes.LAND,
                Opcodes.LOR,
                Opcodes.LXOR
            };
            to.visitInsn(operations[random.nextInt(operations.length)]);
        }
        depth--;
    }

    void pushFloat() {
        if (random.nextBoolean()) {
            to.visitVarInsn(Opcodes.FLOAD, floatVariable);
        } else {
            getFieldOf(FLOAT_FIELD);
        }
        to.visitInsn(Opcodes.FCONST_1);
        to.visitInsn(Opcodes.FADD + 4 * random.nextInt(5));
    }

    void pushDouble() {
        if (random.nextBoolean()) {
            to.visitVarInsn(Opcodes.DLOAD, doubleVariable);
        } else {
            getStatic(DOUBLE_FIELD);
        }
        to.visitLdcInsn(1.5);
        to.visitInsn(Opcodes.DADD + 4 * random.nextInt(5));
        to.visitInsn(Opcodes.DNEG);
    }

    private void conversion() {
        int choice = random.nextInt(7);
        if (choice == 0) {
            pushLong();
            to.visitInsn(Opcodes.L2I);
        } else if (choice == 1) {
            pushFloat();
            to.visitInsn(Opcodes.F2D);
            to.visitInsn(Opcodes.D2L);
            to.visitInsn(Opcodes.L2F);
            to.visitInsn(Opcodes.F2I);
        } else if (choice == 2) {
            pushDouble();
            to.visitInsn(Opcodes.D2F);
            to.visitInsn(Opcodes.F2L);
            to.visitInsn(Opcodes.L2D);
            to.visitInsn(Opcodes.D2I);
        } else if (choice == 3) {
            pushLong();
            pushLong();
            to.visitInsn(Opcodes.LCMP);
        } else if (choice == 4) {
            pushFloat();
            pushFloat();
            to.visitInsn(random.nextBoolean() ? Opcodes.FCMPL : Opcodes.FCMPG);
        } else if (choice == 5) {
            pushDouble();
            pushDouble();
            to.visitInsn(random.nextBoolean() ? Opcodes.DCMPL : Opcodes.DCMPG);
        } else {
            pushInt();
            to.visitInsn(Opcodes.I2F);
            to.visitInsn(Opcodes.FNEG);
            to.visitInsn(Opcodes.F2I);
            to.visitInsn(Opcodes.I2D);
            to.visitInsn(Opcodes.D2I);
        }
    }

    /** Jumps when a random condition holds. */
    void jumpIf(Label label) {
        int choice = random.nextInt(5);
        if (choice == 0) {
            pushInt();
            pushInt();
            to.visitJumpInsn(Opcodes.IF_ICMPEQ + random.nextInt(6), label);
        } else if (choice == 1) {
            pushSelf();
            pushSelf();
            to.visitJumpInsn(Opcodes.IF_ACMPEQ + random.nextInt(2), label);
        } else if (choice == 2) {
            pushSelf();
            to.visitJumpInsn(Opcodes.IFNULL + random.nextInt(2), label);
        } else {
            pushInt();
            to.visitJumpInsn(Opcodes.IFEQ + random.nextInt(6), label);
        }
    }

    private void choice() {
        Label otherwise = new Label();
        Label end = new Label();
        jumpIf(otherwise);
        pushInt();
        to.visitJumpInsn(Opcodes.GOTO, end);
        to.visitLabel(otherwise);
        pushInt();
        to.visitLabel(end);
    }

    private void switched() {
        Label[] cases = {new Label(), new Label(), new Label()};
        Label end = new Label();
        pushInt();
        if (random.nextBoolean()) {
            to.visitInsn(Opcodes.ICONST_3);
            to.visitInsn(Opcodes.IAND);
            to.visitTableSwitchInsn(0, 2, cases[1], cases);
        } else {
            to.visitLookupSwitchInsn(cases[0], new int[] {-1, 4, 100}, cases);
        }
        for (Label one : cases) {
            to.visitLabel(one);
            pushInt();
            to.visitJumpInsn(Opcodes.GOTO, end);
        }
        to.visitLabel(end);
    }

    private void call() {
        int called = number + 1 + random.nextInt(2);
        if (called >= methods) {
            simpleInt();
            return;
        }
        boolean isOfClass = called % 2 == 1;
        if (!isOfClass) {
            pushSelf();
        }
        pushInt();
        pushSelf();
        to.visitMethodInsn(
                isOfClass ? Opcodes.INVOKESTATIC : Opcodes.INVOKEVIRTUAL,
                self,
                "m" + called,
                "(IL" + self + ";)I",
                false);
    }

    /** The instructions that copy and drop words, with accesses between. */
    private void stackWords() {
        pushInt();
        pushLong();
        to.visitInsn(Opcodes.DUP2_X1);
        to.visitInsn(Opcodes.POP2);
        to.visitInsn(Opcodes.POP);
        to.visitInsn(Opcodes.L2I);
        pushSelf();
        to.visitInsn(Opcodes.SWAP);
        to.visitInsn(Opcodes.DUP2);
        putField(INT_FIELD);
        to.visitInsn(Opcodes.SWAP);
        getField(INT_FIELD);
        to.visitInsn(Opcodes.NOP);
        to.visitInsn(Opcodes.IOR);
    }

    private void grid() {
        to.visitInsn(Opcodes.ICONST_2);
        to.visitInsn(Opcodes.ICONST_3);
        to.visitMultiANewArrayInsn("[[S", 2);
        to.visitInsn(Opcodes.ICONST_1);
        to.visitInsn(Opcodes.AALOAD);
        to.visitInsn(Opcodes.DUP);
        to.visitInsn(Opcodes.ICONST_2);
        pushInt();
        to.visitInsn(Opcodes.SASTORE);
        to.visitInsn(Opcodes.ICONST_2);
        to.visitInsn(Opcodes.SALOAD);
        int[][] others = {
            {Opcodes.T_BYTE, Opcodes.BASTORE, Opcodes.BALOAD},
            {Opcodes.T_CHAR, Opcodes.CASTORE, Opcodes.CALOAD},
            {Opcodes.T_BOOLEAN, Opcodes.BASTORE, Opcodes.BALOAD}
        };
        int[] one = others[random.nextInt(others.length)];
        to.visitInsn(Opcodes.ICONST_1);
        to.visitIntInsn(Opcodes.NEWARRAY, one[0]);
        to.visitInsn(Opcodes.DUP_X1);
        to.visitInsn(Opcodes.SWAP);
        to.visitInsn(Opcodes.ICONST_0);
        to.visitInsn(Opcodes.SWAP);
        to.visitInsn(one[1]);
        to.visitInsn(Opcodes.ICONST_0);
        to.visitInsn(one[2]);
        objectArray();
    }

    /** Changes the number on the stack by what comes out of small arrays. */
    private void objectArray() {
        to.visitInsn(Opcodes.ICONST_1);
        to.visitTypeInsn(Opcodes.ANEWARRAY, "java/lang/Object");
        to.visitInsn(Opcodes.DUP);
        to.visitInsn(Opcodes.ICONST_0);
        pushSelf();
        to.visitInsn(Opcodes.AASTORE);
        to.visitInsn(Opcodes.ICONST_0);
        to.visitInsn(Opcodes.AALOAD);
        getStatic(FLOAT_FIELD);
        to.visitInsn(Opcodes.POP);
        Label isNull = new Label();
        to.visitJumpInsn(Opcodes.IFNULL, isNull);
        to.visitInsn(Opcodes.ICONST_1);
        to.visitInsn(Opcodes.IXOR);
        to.visitLabel(isNull);
        pushTwoWordArray();
        to.visitInsn(Opcodes.IADD);
    }

    private void pushTwoWordArray() {
        to.visitInsn(Opcodes.ICONST_2);
        to.visitIntInsn(Opcodes.NEWARRAY, Opcodes.T_DOUBLE);
        to.visitInsn(Opcodes.DUP);
        to.visitInsn(Opcodes.ICONST_0);
        pushDouble();
        to.visitInsn(Opcodes.DASTORE);
        to.visitInsn(Opcodes.ICONST_0);
        to.visitInsn(Opcodes.DALOAD);
        to.visitInsn(Opcodes.D2I);
        to.visitInsn(Opcodes.ICONST_2);
        to.visitIntInsn(Opcodes.NEWARRAY, Opcodes.T_FLOAT);
        to.visitInsn(Opcodes.DUP);
        to.visitInsn(Opcodes.ICONST_1);
        pushFloat();
        to.visitInsn(Opcodes.FASTORE);
        to.visitInsn(Opcodes.ICONST_1);
        to.visitInsn(Opcodes.FALOAD);
        to.visitInsn(Opcodes.F2I);
        to.visitInsn(Opcodes.IXOR);
    }

    /** {@code Math::abs} as a lambda, which is an invokedynamic. */
    private void lambda() {
        Handle bootstrap = new Handle(
                Opcodes.H_INVOKESTATIC,
                "java/lang/invoke/LambdaMetafactory",
                "metafactory",
                "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/invoke/MethodType;"
                        + "Ljava/lang/invoke/MethodType;Ljava/lang/invoke/MethodHandle;Ljava/lang/invoke/MethodType;)"
                        + "Ljava/lang/invoke/CallSite;",
                false);
        Type type = Type.getMethodType("(I)I");
        Handle abs = new Handle(Opcodes.H_INVOKESTATIC, "java/lang/Math", "abs", "(I)I", false);
        to.visitInvokeDynamicInsn("applyAsInt", "()Ljava/util/function/IntUnaryOperator;", bootstrap, type, abs, type);
        pushInt();
        to.visitMethodInsn(Opcodes.INVOKEINTERFACE, "java/util/function/IntUnaryOperator", "applyAsInt", "(I)I", true);
    }
}
