package dev.faultline.bench.layout.loop;

import dev.faultline.access.AccessKind;
import dev.faultline.bench.cores.ComputeSteps;
import java.lang.constant.ConstantDescs;
import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.Optional;
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
 *
 * <p>An access that overlaps depends on the value from which the access before it began. What it loads and its gap are
 * in the value from which the next access that does not overlap begins.
 */
final class LoopAssembler {

    /** Accesses per method: the VM does not compile methods above 8000 bytes, and an access takes up to 33. */
    private static final int MOST_ACCESSES = 256;

    /** Local variables of a play, of two slots each. */
    private static final int VALUE = 0;

    private static final int NOTHING = 2;
    /** The value from which the last access began: what an access that overlaps depends on. */
    private static final int BEGIN = 4;

    private static final String NAME = Type.getInternalName(AccessLoop.class) + "s";
    private static final String STEPS = Type.getInternalName(ComputeSteps.class);
    private static final String OBJECT = Type.getDescriptor(Object.class);
    private static final String OBJECT_FIELD = "OBJECT";
    private static final String HANDLES = Type.getInternalName(MethodHandles.class);
    private static final String LOOKUP = Type.getDescriptor(MethodHandles.Lookup.class);
    private static final String LINK = "(JJ)J"; // takes value and nothing, returns value

    private final long base;
    private final double stepsPerMicro;
    private final String memory;
    /** The object whose fields are accessed; nothing when a block is. */
    private final Optional<HeapObject> object;

    private final ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS | ClassWriter.COMPUTE_FRAMES);

    private LoopAssembler(long base, double stepsPerMicro, Class<?> memory, Optional<HeapObject> object) {
        this.object = object;
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
        return load(new LoopAssembler(base, stepsPerMicro, memory, Optional.empty()).write(script.plays()), script);
    }

    /**
     * Assembles and loads a script that is played on an object.
     *
     * @param script a script of that object
     * @param object the object
     * @param stepsPerMicro steps of {@link ComputeSteps} that take a microsecond
     * @return the loop
     */
    static AccessLoop assemble(AccessScript script, Object object, double stepsPerMicro) {
        long base = -script.object().orElseThrow().base();
        LoopAssembler assembler = new LoopAssembler(base, stepsPerMicro, HeapAccesses.class, script.object());
        return load(assembler.write(script.plays()), object);
    }

    /** The data is what the class finds its object in. */
    private static AccessLoop load(byte[] bytes, Object data) {
        try {
            return (AccessLoop) MethodHandles.lookup()
                    .defineHiddenClassWithClassData(bytes, data, true)
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
        if (object.isPresent()) {
            holdObject();
        }
        dispatch(plays.size());
        for (int i = 0; i < plays.size(); i++) {
            play(i, 0, plays.get(i).accesses());
        }
        writer.visitEnd();
        return writer.toByteArray();
    }

    /** Declares the object as a constant of the class. */
    private void holdObject() {
        int flags = Opcodes.ACC_STATIC | Opcodes.ACC_PRIVATE | Opcodes.ACC_FINAL;
        writer.visitField(flags, OBJECT_FIELD, OBJECT, null, null).visitEnd();
        MethodVisitor made = writer.visitMethod(Opcodes.ACC_STATIC, "<clinit>", "()V", null, null);
        made.visitMethodInsn(Opcodes.INVOKESTATIC, HANDLES, "lookup", "()" + LOOKUP, false);
        made.visitLdcInsn(ConstantDescs.DEFAULT_NAME);
        made.visitLdcInsn(Type.getType(Object.class));
        made.visitMethodInsn(
                Opcodes.INVOKESTATIC,
                HANDLES,
                "classData",
                "(" + LOOKUP + "Ljava/lang/String;Ljava/lang/Class;)" + OBJECT,
                false);
        made.visitFieldInsn(Opcodes.PUTSTATIC, NAME, OBJECT_FIELD, OBJECT);
        made.visitInsn(Opcodes.RETURN);
        end(made);
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
        for (int i = from; i < to; i++) {
            ScriptedAccess access = accesses.get(i);
            int begin = access.overlaps() && i > from ? BEGIN : VALUE;
            gap(method, access.gapNanos(), begin);
            if (begin == VALUE && i + 1 < to && accesses.get(i + 1).overlaps()) {
                method.visitVarInsn(Opcodes.LLOAD, VALUE);
                method.visitVarInsn(Opcodes.LSTORE, BEGIN);
            }
            access(method, access, begin);
        }
        method.visitVarInsn(Opcodes.LLOAD, VALUE);
        if (to < accesses.size()) {
            method.visitVarInsn(Opcodes.LLOAD, NOTHING);
            method.visitMethodInsn(Opcodes.INVOKESTATIC, NAME, name(play, to), LINK, false);
        }
        method.visitInsn(Opcodes.LRETURN);
        end(method);
        if (to < accesses.size()) {
            play(play, to, accesses);
        }
    }

    /** Computes for a while, from the value in a variable to a new one there. */
    private void gap(MethodVisitor method, double nanos, int variable) {
        int steps = (int) Math.min(Integer.MAX_VALUE, Math.round(nanos * stepsPerMicro / 1000));
        if (steps > 0) {
            method.visitVarInsn(Opcodes.LLOAD, variable);
            method.visitLdcInsn(steps);
            method.visitMethodInsn(Opcodes.INVOKESTATIC, STEPS, "run", "(JI)J", false);
            method.visitVarInsn(Opcodes.LSTORE, variable);
        }
    }

    /** Makes an access that depends on the value in a variable. */
    private void access(MethodVisitor method, ScriptedAccess access, int begin) {
        if (object.isPresent()) {
            method.visitFieldInsn(Opcodes.GETSTATIC, NAME, OBJECT_FIELD, OBJECT);
        }
        method.visitLdcInsn(base + access.byteOffset());
        method.visitVarInsn(Opcodes.LLOAD, begin);
        method.visitVarInsn(Opcodes.LLOAD, NOTHING);
        method.visitInsn(Opcodes.LAND);
        method.visitInsn(Opcodes.LADD);
        if (access.kind() == AccessKind.WRITE) {
            method.visitVarInsn(Opcodes.LLOAD, begin);
            method.visitMethodInsn(Opcodes.INVOKESTATIC, memory, name(access), "(" + target() + "JJ)V", false);
            return;
        }
        method.visitMethodInsn(Opcodes.INVOKESTATIC, memory, name(access), "(" + target() + "J)J", false);
        method.visitVarInsn(Opcodes.LLOAD, VALUE);
        method.visitInsn(Opcodes.LXOR);
        method.visitVarInsn(Opcodes.LSTORE, VALUE);
    }

    /** {@return the descriptor of what an address is relative to} */
    private String target() {
        return object.isPresent() ? OBJECT : "";
    }

    /** {@return the method that accesses; references are left null} */
    private String name(ScriptedAccess access) {
        boolean isNull = access.kind() != AccessKind.READ
                && object.filter(one -> one.isReference(base + access.byteOffset()))
                        .isPresent();
        return word(access.kind()) + (isNull ? "Null" : "") + access.byteSize();
    }

    private static String word(AccessKind kind) {
        return kind == AccessKind.CAS_LOOP ? "loop" : kind.word();
    }

    private static void end(MethodVisitor method) {
        method.visitMaxs(0, 0);
        method.visitEnd();
    }
}
