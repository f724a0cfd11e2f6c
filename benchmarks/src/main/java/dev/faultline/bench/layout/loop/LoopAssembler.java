package dev.faultline.bench.layout.loop;

import dev.faultline.access.AccessKind;
import dev.faultline.bench.cores.ComputeSteps;
import java.lang.invoke.MethodHandles;
import java.util.List;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Assembles a script to bytecode: a method for each operation, in which addresses and gaps are constants.
 *
 * <p>Accesses happen in the order and with the gaps that the profile states. A gap is computed from the value of the
 * access before it, and an address depends on the gap before it. Otherwise the processor would load ahead during a
 * gap, and a miss would cost nothing. This takes two instructions per access, as in a loop written by hand.
 */
final class LoopAssembler {

    /** Accesses per method: the VM does not compile methods above 8000 bytes, and an access takes up to 20. */
    private static final int MOST_ACCESSES = 256;

    private static final String NAME = Type.getInternalName(AccessLoop.class) + "s";
    private static final String STEPS = Type.getInternalName(ComputeSteps.class);
    private static final String LINK = "(JJ)J"; // takes value and nothing, returns value

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
     * @param script a script whose accesses lie in the block
     * @param base address of the block's first byte
     * @param stepsPerMicro steps of {@link ComputeSteps} that take a microsecond
     * @param memory a class with the methods of {@link MemoryAccesses}
     * @return the loop
     */
    static AccessLoop assemble(AccessScript script, long base, double stepsPerMicro, Class<?> memory) {
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

    private byte[] write(List<AccessScript.Play> plays) {
        String parent = Type.getInternalName(AccessLoop.class);
        writer.visit(Opcodes.V17, Opcodes.ACC_FINAL | Opcodes.ACC_SUPER, NAME, null, parent, null);
        MethodVisitor made = writer.visitMethod(0, "<init>", "()V", null, null);
        made.visitVarInsn(Opcodes.ALOAD, 0);
        made.visitMethodInsn(Opcodes.INVOKESPECIAL, parent, "<init>", "()V", false);
        made.visitInsn(Opcodes.RETURN);
        end(made);
        dispatch(plays.size());
        for (int i = 0; i < plays.size(); i++) {
            play(i, 0, plays.get(i).accesses());
        }
        writer.visitEnd();
        return writer.toByteArray();
    }

    /** Calls the method of an operation by its number. */
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

    /** Writes the accesses of an operation from one of them on; those that exceed a method go to another method. */
    private void play(int play, int from, List<ScriptedAccess> accesses) {
        MethodVisitor method =
                writer.visitMethod(Opcodes.ACC_STATIC | Opcodes.ACC_PRIVATE, name(play, from), LINK, null, null);
        int to = Math.min(accesses.size(), from + MOST_ACCESSES);
        for (ScriptedAccess access : accesses.subList(from, to)) {
            access(method, access);
        }
        method.visitVarInsn(Opcodes.LLOAD, 0);
        if (to < accesses.size()) {
            method.visitVarInsn(Opcodes.LLOAD, 2);
            method.visitMethodInsn(Opcodes.INVOKESTATIC, NAME, name(play, to), LINK, false);
        }
        method.visitInsn(Opcodes.LRETURN);
        end(method);
        if (to < accesses.size()) {
            play(play, to, accesses);
        }
    }

    private void access(MethodVisitor method, ScriptedAccess access) {
        int steps = (int) Math.min(Integer.MAX_VALUE, Math.round(access.gapNanos() * stepsPerMicro / 1000));
        if (steps > 0) {
            method.visitVarInsn(Opcodes.LLOAD, 0);
            method.visitLdcInsn(steps);
            method.visitMethodInsn(Opcodes.INVOKESTATIC, STEPS, "run", "(JI)J", false);
            method.visitVarInsn(Opcodes.LSTORE, 0);
        }
        method.visitLdcInsn(base + access.byteOffset());
        method.visitVarInsn(Opcodes.LLOAD, 0);
        method.visitVarInsn(Opcodes.LLOAD, 2);
        method.visitInsn(Opcodes.LAND);
        method.visitInsn(Opcodes.LADD);
        if (access.kind() == AccessKind.WRITE) {
            method.visitVarInsn(Opcodes.LLOAD, 0);
            method.visitMethodInsn(Opcodes.INVOKESTATIC, memory, "write" + access.byteSize(), "(JJ)V", false);
            return;
        }
        method.visitMethodInsn(Opcodes.INVOKESTATIC, memory, word(access.kind()) + access.byteSize(), "(J)J", false);
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
