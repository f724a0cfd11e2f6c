package dev.faultline.recorder.corpus;

import java.util.Random;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Makes classes of random methods, which touch their own fields and arrays and count that themselves. */
final class ClassGenerator {

    /** Fields, by name: the instance field of a type, and with an s before it the static one. */
    static final String[] TYPES = {"I", "J", "F", "D", "Z", "B", "C", "S", "Ljava/lang/Object;", "SELF", "[I", "[J"};

    private static final int METHODS = 5;

    private final Random random;
    private final String name;
    private final int version;

    ClassGenerator(long seed, String name, int version) {
        this.name = name;
        this.version = version;
        random = new Random(seed);
    }

    /** Computes stack maps without loading the generated classes. */
    private static final class Writer extends ClassWriter {
        Writer(int flags) {
            super(flags);
        }

        @Override
        protected String getCommonSuperClass(String one, String other) {
            return one.equals(other) ? one : "java/lang/Object";
        }
    }

    static String fieldName(int type) {
        return "f" + type;
    }

    String descriptor(int type) {
        return TYPES[type].equals("SELF") ? "L" + name + ";" : TYPES[type];
    }

    byte[] generate(int statements) {
        Writer out = new Writer(version < Opcodes.V1_6 ? ClassWriter.COMPUTE_MAXS : ClassWriter.COMPUTE_FRAMES);
        out.visit(
                version,
                Opcodes.ACC_PUBLIC | Opcodes.ACC_FINAL | Opcodes.ACC_SUPER,
                name,
                null,
                "java/lang/Object",
                null);
        for (int type = 0; type < TYPES.length; type++) {
            out.visitField(Opcodes.ACC_PUBLIC, fieldName(type), descriptor(type), null, null);
            out.visitField(
                    Opcodes.ACC_STATIC | Opcodes.ACC_VOLATILE, "s" + fieldName(type), descriptor(type), null, null);
        }
        constructor(out);
        initializer(out);
        run(out);
        for (int i = 0; i < METHODS; i++) {
            boolean isStatic = i % 2 == 1;
            int access = (isStatic ? Opcodes.ACC_STATIC : 0) | (i == 2 ? Opcodes.ACC_SYNCHRONIZED : 0);
            MethodVisitor method = out.visitMethod(access, "m" + i, "(IL" + name + ";)I", null, null);
            new MethodGenerator(method, random, this, version, i, METHODS, isStatic).generate(statements);
        }
        out.visitEnd();
        return out.toByteArray();
    }

    String name() {
        return name;
    }

    /** A constructor that stores fields before it calls that of its superclass, from a choice with a branch. */
    private void constructor(ClassWriter out) {
        MethodVisitor method = out.visitMethod(Opcodes.ACC_PUBLIC, "<init>", "(IL" + name + ";)V", null, null);
        method.visitCode();
        org.objectweb.asm.Label other = new org.objectweb.asm.Label();
        method.visitVarInsn(Opcodes.ALOAD, 0);
        method.visitVarInsn(Opcodes.ILOAD, 1);
        method.visitJumpInsn(Opcodes.IFLT, other);
        method.visitInsn(Opcodes.DUP);
        method.visitVarInsn(Opcodes.ILOAD, 1);
        method.visitFieldInsn(Opcodes.PUTFIELD, name, fieldName(0), "I");
        method.visitLabel(other);
        method.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
        method.visitVarInsn(Opcodes.ALOAD, 0);
        method.visitVarInsn(Opcodes.ALOAD, 2);
        method.visitFieldInsn(Opcodes.PUTFIELD, name, fieldName(9), "L" + name + ";");
        for (int type = 10; type < 12; type++) {
            method.visitVarInsn(Opcodes.ALOAD, 0);
            method.visitIntInsn(Opcodes.BIPUSH, 8);
            method.visitIntInsn(Opcodes.NEWARRAY, type == 10 ? Opcodes.T_INT : Opcodes.T_LONG);
            method.visitFieldInsn(Opcodes.PUTFIELD, name, fieldName(type), descriptor(type));
        }
        method.visitVarInsn(Opcodes.ALOAD, 0);
        method.visitFieldInsn(Opcodes.GETFIELD, name, fieldName(10), "[I");
        method.visitInsn(Opcodes.ICONST_3);
        method.visitInsn(Opcodes.ICONST_5);
        method.visitInsn(Opcodes.IASTORE);
        method.visitInsn(Opcodes.RETURN);
        method.visitMaxs(0, 0);
        method.visitEnd();
    }

    private void initializer(ClassWriter out) {
        MethodVisitor method = out.visitMethod(Opcodes.ACC_STATIC, "<clinit>", "()V", null, null);
        method.visitCode();
        for (int type = 10; type < 12; type++) {
            method.visitIntInsn(Opcodes.BIPUSH, 8);
            method.visitIntInsn(Opcodes.NEWARRAY, type == 10 ? Opcodes.T_INT : Opcodes.T_LONG);
            method.visitFieldInsn(Opcodes.PUTSTATIC, name, "s" + fieldName(type), descriptor(type));
        }
        method.visitInsn(Opcodes.RETURN);
        method.visitMaxs(0, 0);
        method.visitEnd();
    }

    /** {@code run(n)}: three objects that know each other, and the first method. */
    private void run(ClassWriter out) {
        MethodVisitor method = out.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, "run", "(I)I", null, null);
        method.visitCode();
        newSelf(method, () -> method.visitInsn(Opcodes.ACONST_NULL));
        method.visitVarInsn(Opcodes.ASTORE, 1);
        newSelf(method, () -> method.visitVarInsn(Opcodes.ALOAD, 1));
        method.visitVarInsn(Opcodes.ASTORE, 1);
        newSelf(method, () -> method.visitVarInsn(Opcodes.ALOAD, 1));
        method.visitVarInsn(Opcodes.ILOAD, 0);
        method.visitVarInsn(Opcodes.ALOAD, 1);
        method.visitMethodInsn(Opcodes.INVOKEVIRTUAL, name, "m0", "(IL" + name + ";)I", false);
        method.visitInsn(Opcodes.IRETURN);
        method.visitMaxs(0, 0);
        method.visitEnd();
    }

    private void newSelf(MethodVisitor method, Runnable other) {
        method.visitTypeInsn(Opcodes.NEW, name);
        method.visitInsn(Opcodes.DUP);
        method.visitVarInsn(Opcodes.ILOAD, 0);
        other.run();
        method.visitMethodInsn(Opcodes.INVOKESPECIAL, name, "<init>", "(IL" + name + ";)V", false);
    }
}
