package dev.faultline.recorder.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.recorder.ProgramRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import recorded.corpus.Main;

/** Classes that compilers of Java do not make: their methods use local variables as no source can say it. */
@Tag("slow")
class UnusualVariablesTest {

    private static final int READS = 100;
    private static final int RUNS = 3;
    private static final int MOST_VARIABLES = 65535;

    @TempDir
    Path directory;

    @Test
    void a_method_that_overwrites_the_variable_of_this_has_its_result_and_its_counts() throws Exception {
        write(
                "Number",
                writer -> overwriteThis(writer, "Number", method -> {
                    method.visitInsn(Opcodes.ICONST_5);
                    method.visitVarInsn(Opcodes.ISTORE, 0);
                }));
        write(
                "Text",
                writer -> overwriteThis(writer, "Text", method -> {
                    method.visitLdcInsn("another object");
                    method.visitVarInsn(Opcodes.ASTORE, 0);
                }));
        write(
                "Null",
                writer -> overwriteThis(writer, "Null", method -> {
                    method.visitInsn(Opcodes.ACONST_NULL);
                    method.visitVarInsn(Opcodes.ASTORE, 0);
                }));

        ProgramRun recorded = runs();

        Map<String, Long> counts = new HashMap<>();
        recorded.file().rows().forEach(row -> counts.merge(row.key().type(), row.count(), Long::sum));
        assertThat(counts)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "corpus.Number", (long) READS * RUNS,
                        "corpus.Text", (long) READS * RUNS,
                        "corpus.Null", (long) READS * RUNS));
    }

    @Test
    void a_method_with_nearly_all_variables_that_there_may_be_has_its_result() throws Exception {
        for (int fewer = 0; fewer < 4; fewer++) {
            int variables = MOST_VARIABLES - fewer;
            write("Most" + fewer, writer -> {
                writer.visitField(Opcodes.ACC_STATIC, "x", "I", null, null).visitEnd();
                MethodVisitor method = begin(writer, Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, "run");
                method.visitInsn(Opcodes.ICONST_1);
                method.visitVarInsn(Opcodes.ISTORE, variables - 1);
                method.visitVarInsn(Opcodes.ILOAD, variables - 1);
                method.visitFieldInsn(Opcodes.PUTSTATIC, "corpus/Most" + (MOST_VARIABLES - variables), "x", "I");
                end(method, Opcodes.ICONST_3);
            });
        }

        runs();
    }

    /** {@return the run with the agent, after one without that printed the same} */
    private ProgramRun runs() throws Exception {
        ProgramRun plain = ProgramRun.plain(directory, Main.class, directory.toString());
        ProgramRun recorded = ProgramRun.recorded(directory, "corpus.*", Main.class, directory.toString());
        assertThat(plain.status()).as(plain.out()).isZero();
        assertThat(plain.out()).doesNotContain("Error").doesNotContain("Exception");
        assertThat(recorded.out()).isEqualTo(plain.out());
        return recorded;
    }

    private void write(String name, Consumer<ClassWriter> members) throws Exception {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_FRAMES | ClassWriter.COMPUTE_MAXS);
        writer.visit(Opcodes.V11, Opcodes.ACC_PUBLIC, "corpus/" + name, null, "java/lang/Object", null);
        members.accept(writer);
        writer.visitEnd();
        Files.createDirectories(directory.resolve("corpus"));
        Files.write(directory.resolve("corpus/" + name + ".class"), writer.toByteArray());
    }

    /** Writes a method that reads a field of its object often, each time in a branch, from another variable. */
    private static void overwriteThis(ClassWriter writer, String name, Consumer<MethodVisitor> overwrite) {
        String type = "corpus/" + name;
        writer.visitField(0, "x", "I", null, null).visitEnd();
        MethodVisitor constructor = writer.visitMethod(Opcodes.ACC_PUBLIC, "<init>", "()V", null, null);
        constructor.visitCode();
        constructor.visitVarInsn(Opcodes.ALOAD, 0);
        constructor.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
        constructor.visitInsn(Opcodes.RETURN);
        constructor.visitMaxs(0, 0);
        constructor.visitEnd();

        MethodVisitor reads = begin(writer, Opcodes.ACC_PUBLIC, "reads");
        reads.visitVarInsn(Opcodes.ALOAD, 0);
        reads.visitVarInsn(Opcodes.ASTORE, 2);
        overwrite.accept(reads);
        for (int i = 0; i < READS; i++) {
            Label next = new Label();
            reads.visitVarInsn(Opcodes.ILOAD, 1);
            reads.visitJumpInsn(Opcodes.IFLT, next);
            reads.visitVarInsn(Opcodes.ALOAD, 2);
            reads.visitFieldInsn(Opcodes.GETFIELD, type, "x", "I");
            reads.visitInsn(Opcodes.POP);
            reads.visitLabel(next);
        }
        end(reads, Opcodes.ICONST_1);

        MethodVisitor run = begin(writer, Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, "run");
        run.visitTypeInsn(Opcodes.NEW, type);
        run.visitInsn(Opcodes.DUP);
        run.visitMethodInsn(Opcodes.INVOKESPECIAL, type, "<init>", "()V", false);
        run.visitVarInsn(Opcodes.ILOAD, 0);
        run.visitMethodInsn(Opcodes.INVOKEVIRTUAL, type, "reads", "(I)I", false);
        run.visitInsn(Opcodes.POP);
        end(run, Opcodes.ICONST_2);
    }

    private static MethodVisitor begin(ClassWriter writer, int access, String name) {
        MethodVisitor method = writer.visitMethod(access, name, "(I)I", null, null);
        method.visitCode();
        return method;
    }

    private static void end(MethodVisitor method, int result) {
        method.visitInsn(result);
        method.visitInsn(Opcodes.IRETURN);
        method.visitMaxs(0, 0);
        method.visitEnd();
    }
}
