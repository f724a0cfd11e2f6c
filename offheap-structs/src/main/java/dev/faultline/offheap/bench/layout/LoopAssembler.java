package dev.faultline.offheap.bench.layout;

import dev.faultline.access.AccessKind;
import dev.faultline.offheap.cores.Steps;
import java.lang.invoke.MethodHandles;
import java.util.List;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Makes a script into bytecode: a method for what is done at once, in which addresses and gaps are constants.
 *
 * <p>Accesses happen in the order and at the distance the profile states: every gap is computed from the value the access
 * before it delivered, and every address depends on the gap before it. Otherwise the processor would load ahead while it
 * computes, and a miss would cost nothing. That costs two instructions an access, which a loop written by hand has as well.
 */
final class LoopAssembler {

    /** Touches of a method: the VM compiles no methods of more than 8000 bytes, and these take up to 20 each. */
    private static final int MOST_TOUCHES = 256;

    private static final String NAME = Type.getInternalName(AccessLoop.class) + "s";
    private static final String STEPS = Type.getInternalName(Steps.class);
    private static final String LINK = "(JJ)J"; // value and nothing in, value out

    private final long base;
    private final double stepsPerMicro;
    private final String memory;
    private final ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS | ClassWriter.COMPUTE_FRAMES);

    private LoopAssembler(long base, double stepsPerMicro, Class<?> memory) {
        this.base = base;
        this.stepsPerMicro = stepsPerMicro;
        this.memory = Type.getInternalName(memory);
    }

    /**
     * Assembles and loads a script.
     *
     * @param script its touches lie within the block
     * @param base address of the block's first byte
     * @param stepsPerMicro steps of {@link Steps} that take a microsecond
     * @param memory a class with the methods of {@link Accesses}
     * @return the loop
     */
    static AccessLoop assemble(Script script, long base, double stepsPerMicro, Class<?> memory) {
        byte[] bytes = new LoopAssembler(base, stepsPerMicro, memory).write(script.plays());
        try {
            return (AccessLoop) MethodHandles.lookup()
                    .defineHiddenClass(bytes, true)
                    .lookupClass()
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException broken) {
            throw new IllegalStateException("the loop does not load", broken);
        }
    }

    private byte[] write(List<Script.Play> plays) {
        String parent = Type.getInternalName(AccessLoop.class);
        writer.visit(Opcodes.V17, Opcodes.ACC_FINAL | Opcodes.ACC_SUPER, NAME, null, parent, null);
        MethodVisitor made = writer.visitMethod(0, "<init>", "()V", null, null);
        made.visitVarInsn(Opcodes.ALOAD, 0);
        made.visitMethodInsn(Opcodes.INVOKESPECIAL, parent, "<init>", "()V", false);
        made.visitInsn(Opcodes.RETURN);
        end(made);
        dispatch(plays.size());
        for (int i = 0; i < plays.size(); i++) {
            play(i, 0, plays.get(i).touches());
        }
        writer.visitEnd();
        return writer.toByteArray();
    }

    /** From the number of a play to its method. */
    private void dispatch(int plays) {
        MethodVisitor method = writer.visitMethod(0, "play", "(IJJ)J", null, null);
        Label[] labels = new Label[plays];
        for (int i = 0; i < plays; i++) {
            labels[i] = new Label();
        }
        method.visitVarInsn(Opcodes.ILOAD, 1);
        method.visitTableSwitchInsn(0, plays - 1, labels[0], labels);
        for (int i = 0; i < plays; i++) {
            method.visitLabel(labels[i]);
            method.visitVarInsn(Opcodes.LLOAD, 2);
            method.visitVarInsn(Opcodes.LLOAD, 4);
            method.visitMethodInsn(Opcodes.INVOKESTATIC, NAME, name(i, 0), LINK, false);
            method.visitInsn(Opcodes.LRETURN);
        }
        end(method);
    }

    private static String name(int play, int from) {
        return "play" + play + "from" + from;
    }

    /** The touches of a play from one of them on; what is too long for a method goes on in another. */
    private void play(int play, int from, List<Touch> touches) {
        MethodVisitor method =
                writer.visitMethod(Opcodes.ACC_STATIC | Opcodes.ACC_PRIVATE, name(play, from), LINK, null, null);
        int to = Math.min(touches.size(), from + MOST_TOUCHES);
        for (Touch touch : touches.subList(from, to)) {
            touch(method, touch);
        }
        method.visitVarInsn(Opcodes.LLOAD, 0);
        if (to < touches.size()) {
            method.visitVarInsn(Opcodes.LLOAD, 2);
            method.visitMethodInsn(Opcodes.INVOKESTATIC, NAME, name(play, to), LINK, false);
        }
        method.visitInsn(Opcodes.LRETURN);
        end(method);
        if (to < touches.size()) {
            play(play, to, touches);
        }
    }

    private void touch(MethodVisitor method, Touch touch) {
        int steps = (int) Math.min(Integer.MAX_VALUE, Math.round(touch.gapNanos() * stepsPerMicro / 1000));
        if (steps > 0) {
            method.visitVarInsn(Opcodes.LLOAD, 0);
            method.visitLdcInsn(steps);
            method.visitMethodInsn(Opcodes.INVOKESTATIC, STEPS, "run", "(JI)J", false);
            method.visitVarInsn(Opcodes.LSTORE, 0);
        }
        method.visitLdcInsn(base + touch.byteOffset());
        method.visitVarInsn(Opcodes.LLOAD, 0);
        method.visitVarInsn(Opcodes.LLOAD, 2);
        method.visitInsn(Opcodes.LAND);
        method.visitInsn(Opcodes.LADD);
        if (touch.kind() == AccessKind.WRITE) {
            method.visitVarInsn(Opcodes.LLOAD, 0);
            method.visitMethodInsn(Opcodes.INVOKESTATIC, memory, "write" + touch.byteSize(), "(JJ)V", false);
            return;
        }
        method.visitMethodInsn(Opcodes.INVOKESTATIC, memory, word(touch.kind()) + touch.byteSize(), "(J)J", false);
        method.visitVarInsn(Opcodes.LLOAD, 0);
        method.visitInsn(Opcodes.LXOR);
        method.visitVarInsn(Opcodes.LSTORE, 0);
    }

    private static String word(AccessKind kind) {
        return kind == AccessKind.CAS_LOOP ? "loop" : kind.word();
    }

    private static void end(MethodVisitor method) {
        method.visitMaxs(0, 0);
        method.visitEnd();
    }
}
