package dev.faultline.recorder.corpus;

import java.util.Random;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Makes a random method: stores, loops, switches, handlers and monitors. */
final class MethodGenerator extends ExpressionGenerator {

    private static final int MOST_NESTED = 3;
    private static final int LONG_LOOP = 1500;

    private int nested;
    private boolean isInLongLoop;

    MethodGenerator(
            MethodVisitor to,
            Random random,
            ClassGenerator of,
            int version,
            int number,
            int methods,
            boolean isStatic) {
        super(to, random, of, version, number, methods, isStatic);
    }

    void generate(int statements) {
        Label start = new Label();
        Label end = new Label();
        Label handler = new Label();
        to.visitCode();
        to.visitMethodInsn(Opcodes.INVOKESTATIC, "recorded/corpus/Truth", "enter", "()V", false);
        initialise();
        to.visitLabel(start);
        for (int i = 0; i < statements; i++) {
            if (random.nextInt(3) == 0) {
                statement();
            } else {
                guarded();
            }
        }
        to.visitVarInsn(Opcodes.ILOAD, intVariable);
        to.visitVarInsn(Opcodes.LLOAD, longVariable);
        to.visitInsn(Opcodes.L2I);
        to.visitInsn(Opcodes.IXOR);
        to.visitVarInsn(Opcodes.ISTORE, intVariable);
        to.visitLabel(end);
        tell();
        to.visitVarInsn(Opcodes.ILOAD, intVariable);
        to.visitInsn(Opcodes.IRETURN);
        to.visitLabel(handler);
        tell();
        to.visitInsn(Opcodes.ATHROW);
        to.visitTryCatchBlock(start, end, handler, null);
        to.visitMaxs(0, 0);
        to.visitEnd();
    }

    private void statement() {
        int choice = random.nextInt(nested < MOST_NESTED ? 20 : 11);
        if (choice < 4) {
            store();
        } else if (choice < 7) {
            putToField();
        } else if (choice < 9) {
            putToElement();
        } else if (choice < 10) {
            to.visitIincInsn(intVariable, random.nextInt(2000) - 1000);
        } else if (choice < 11) {
            putToStatic();
        } else {
            nested++;
            compound(choice - 11);
            nested--;
        }
    }

    private void compound(int choice) {
        if (choice < 2) {
            when();
        } else if (choice < 4) {
            loop();
        } else if (choice == 4 && !isInLongLoop && nested == 1) {
            pureLoop(LONG_LOOP);
        } else if (choice < 6) {
            pureLoop(1 + random.nextInt(6));
        } else if (choice == 6) {
            walk();
        } else if (choice == 7 && !isPure) {
            locked();
        } else {
            guarded();
        }
    }

    private void store() {
        int choice = random.nextInt(6);
        if (choice < 2) {
            to.visitVarInsn(Opcodes.ILOAD, intVariable);
            pushInt();
            to.visitInsn(Opcodes.IADD);
            to.visitVarInsn(Opcodes.ISTORE, intVariable);
        } else if (choice == 2) {
            pushLong();
            to.visitVarInsn(Opcodes.LSTORE, longVariable);
        } else if (choice == 3) {
            pushFloat();
            to.visitVarInsn(Opcodes.FSTORE, floatVariable);
        } else if (choice == 4) {
            pushDouble();
            to.visitVarInsn(Opcodes.DSTORE, doubleVariable);
        } else {
            pushSelf();
            to.visitVarInsn(Opcodes.ASTORE, selfVariable);
        }
    }

    private void putToField() {
        pushSelf();
        int type = random.nextInt(LONGS_FIELD + 1);
        pushValue(type);
        putField(type);
    }

    private void putToStatic() {
        int type = random.nextInt(LONGS_FIELD + 1);
        pushValue(type);
        putStatic(type);
    }

    private void pushValue(int type) {
        if (type == LONG_FIELD) {
            pushLong();
        } else if (type == FLOAT_FIELD) {
            pushFloat();
        } else if (type == DOUBLE_FIELD) {
            pushDouble();
        } else if (type == OBJECT_FIELD || type == SELF_FIELD) {
            pushSelf();
        } else if (type >= INTS_FIELD) {
            pushArray(type);
        } else {
            pushInt();
            if (type == BOOLEAN_FIELD) {
                to.visitInsn(Opcodes.ICONST_1);
                to.visitInsn(Opcodes.IAND);
            }
        }
    }

    private void putToElement() {
        boolean isLong = random.nextBoolean();
        pushArray(isLong ? LONGS_FIELD : INTS_FIELD);
        pushIndex();
        if (isLong) {
            pushLong();
        } else {
            pushInt();
        }
        element(isLong ? Opcodes.LASTORE : Opcodes.IASTORE);
    }

    private void some() {
        for (int i = 1 + random.nextInt(2); i > 0; i--) {
            statement();
        }
    }

    private void when() {
        Label end = new Label();
        jumpIf(end);
        some();
        to.visitLabel(end);
    }

    /** A loop with whatever is in it. */
    private void loop() {
        turns(1 + random.nextInt(4), this::some);
    }

    /** A loop that calls nothing, so that it can be counted in variables. */
    private void pureLoop(int turns) {
        boolean before = isPure;
        boolean wasInLongLoop = isInLongLoop;
        isPure = true;
        isInLongLoop |= turns == LONG_LOOP;
        turns(turns, this::some);
        isPure = before;
        isInLongLoop = wasInLongLoop;
    }

    private void turns(int turns, Runnable body) {
        int variable = nextVariable++;
        Label start = new Label();
        Label end = new Label();
        Label next = new Label();
        boolean isTestedLast = random.nextBoolean();
        to.visitLdcInsn(turns);
        to.visitVarInsn(Opcodes.ISTORE, variable);
        to.visitLabel(start);
        if (!isTestedLast) {
            to.visitVarInsn(Opcodes.ILOAD, variable);
            to.visitJumpInsn(Opcodes.IFLE, end);
        }
        if (random.nextInt(3) == 0) {
            jumpIf(next);
        }
        body.run();
        if (random.nextInt(4) == 0) {
            jumpIf(end);
        }
        to.visitLabel(next);
        to.visitIincInsn(variable, -1);
        if (isTestedLast) {
            to.visitVarInsn(Opcodes.ILOAD, variable);
            to.visitJumpInsn(Opcodes.IFGT, start);
        } else {
            to.visitJumpInsn(Opcodes.GOTO, start);
        }
        to.visitLabel(end);
    }

    /** Goes along a list, so that the object changes each turn, with a loop in the turn. */
    private void walk() {
        boolean before = isPure;
        isPure = true;
        int variable = nextVariable++;
        to.visitVarInsn(Opcodes.ALOAD, other);
        to.visitVarInsn(Opcodes.ASTORE, variable);
        turns(3, () -> {
            Label isNull = new Label();
            to.visitVarInsn(Opcodes.ALOAD, variable);
            to.visitJumpInsn(Opcodes.IFNULL, isNull);
            increase(variable);
            turns(3, () -> increase(variable));
            to.visitVarInsn(Opcodes.ALOAD, variable);
            getField(SELF_FIELD);
            to.visitVarInsn(Opcodes.ASTORE, variable);
            int held = nextVariable++;
            to.visitVarInsn(Opcodes.ALOAD, other);
            getField(SELF_FIELD);
            to.visitVarInsn(Opcodes.ASTORE, held);
            turns(2, () -> increase(held));
            to.visitLabel(isNull);
        });
        isPure = before;
    }

    private void increase(int variable) {
        to.visitVarInsn(Opcodes.ALOAD, variable);
        to.visitInsn(Opcodes.DUP);
        getField(INT_FIELD);
        to.visitInsn(Opcodes.ICONST_3);
        to.visitInsn(Opcodes.IADD);
        putField(INT_FIELD);
    }

    private void guarded() {
        Label start = new Label();
        Label end = new Label();
        Label handler = new Label();
        Label after = new Label();
        to.visitLabel(start);
        some();
        to.visitLabel(end);
        to.visitJumpInsn(Opcodes.GOTO, after);
        to.visitLabel(handler);
        to.visitInsn(Opcodes.POP);
        to.visitIincInsn(intVariable, 77);
        some();
        to.visitLabel(after);
        to.visitTryCatchBlock(start, end, handler, random.nextBoolean() ? "java/lang/RuntimeException" : null);
    }

    private void locked() {
        Label start = new Label();
        Label end = new Label();
        Label handler = new Label();
        Label after = new Label();
        int variable = nextVariable++;
        to.visitVarInsn(Opcodes.ALOAD, other);
        to.visitInsn(Opcodes.DUP);
        to.visitVarInsn(Opcodes.ASTORE, variable);
        to.visitInsn(Opcodes.MONITORENTER);
        to.visitLabel(start);
        some();
        to.visitVarInsn(Opcodes.ALOAD, variable);
        to.visitInsn(Opcodes.MONITOREXIT);
        to.visitLabel(end);
        to.visitJumpInsn(Opcodes.GOTO, after);
        to.visitLabel(handler);
        to.visitVarInsn(Opcodes.ALOAD, variable);
        to.visitInsn(Opcodes.MONITOREXIT);
        to.visitInsn(Opcodes.ATHROW);
        to.visitTryCatchBlock(start, end, handler, null);
        to.visitLabel(after);
    }
}
