package dev.faultline.source.jvm.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.access.code.CodeIndex;
import dev.faultline.access.code.CodeSignature;
import dev.faultline.input.InputException;
import dev.faultline.source.jvm.classfile.ClassLimits;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Methods of 64 KB, with as many jumps, loops and handlers as fit, and circles of superclasses. */
class HugeCodeTest {

    private static final int JUMPS = 9_000;

    private static byte[] classWith(String name, String superName, int methods, Consumer<MethodVisitor> code) {
        ClassWriter out = new ClassWriter(0);
        out.visit(Opcodes.V11, Opcodes.ACC_PUBLIC, name, null, superName, null);
        out.visitField(0, "x", "I", null, null).visitEnd();
        for (int i = 0; i < methods; i++) {
            MethodVisitor method = out.visitMethod(Opcodes.ACC_PUBLIC, "m" + i, "()V", null, null);
            method.visitCode();
            code.accept(method);
            method.visitInsn(Opcodes.RETURN);
            method.visitMaxs(200, 200);
            method.visitEnd();
        }
        out.visitEnd();
        return out.toByteArray();
    }

    private static CodeIndex linked(byte[]... files) {
        return CodeLinker.link(
                Arrays.stream(files)
                        .map(bytes -> ClassCodeReader.read("huge.class", bytes))
                        .toList(),
                List.of(),
                List.of());
    }

    private static void read(MethodVisitor method) {
        method.visitVarInsn(Opcodes.ALOAD, 0);
        method.visitFieldInsn(Opcodes.GETFIELD, "a/A", "x", "I");
    }

    @Test
    void loops_inside_of_loops_are_read_once() {
        CodeIndex index = linked(classWith("a/A", "java/lang/Object", 1, method -> {
            Label[] starts = new Label[JUMPS];
            for (int i = 0; i < starts.length; i++) {
                starts[i] = new Label();
                method.visitLabel(starts[i]);
                method.visitInsn(Opcodes.ICONST_0);
                method.visitVarInsn(Opcodes.ISTORE, 4 + i % 100);
            }
            for (int i = starts.length - 1; i >= JUMPS / 2; i--) {
                read(method);
                method.visitJumpInsn(Opcodes.IFEQ, starts[i]);
            }
        }));

        assertThat(EffectWords.effects(index, "a.A", "m0")).hasSize(JUMPS / 2).containsOnly("read x loop");
    }

    @Test
    void each_instruction_may_have_a_handler_and_a_switch_many_cases() {
        CodeIndex index = linked(classWith("a/A", "java/lang/Object", 2, method -> {
            Label[] cases = new Label[5_000];
            for (int i = 0; i < cases.length; i++) {
                cases[i] = new Label();
            }
            Label end = new Label();
            read(method);
            method.visitTableSwitchInsn(0, cases.length - 1, end, cases);
            for (Label each : cases) {
                method.visitLabel(each);
                read(method);
                method.visitInsn(Opcodes.POP);
            }
            method.visitLabel(end);
            for (int i = 0; i + 1 < cases.length; i++) {
                method.visitTryCatchBlock(cases[i], cases[i + 1], end, null);
            }
        }));

        assertThat(EffectWords.method(index, "a.A", "m1").effects()).hasSize(5_001);
    }

    @Test
    void code_that_does_too_much_is_refused() {
        byte[] bytes = classWith("a/A", "java/lang/Object", 1 + ClassLimits.MOST_CODE_EFFECTS / 12_000, method -> {
            for (int i = 0; i < 12_000; i++) {
                read(method);
                method.visitInsn(Opcodes.POP);
            }
        });

        assertThatThrownBy(() -> ClassCodeReader.read("huge.class", bytes))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("more than " + ClassLimits.MOST_CODE_EFFECTS + " accesses and calls");
    }

    @Test
    void superclasses_may_go_in_circles() {
        CodeIndex index = linked(
                classWith("a/A", "a/B", 1, method -> {
                    method.visitVarInsn(Opcodes.ALOAD, 0);
                    method.visitFieldInsn(Opcodes.GETFIELD, "a/A", "missing", "I");
                    method.visitInsn(Opcodes.POP);
                    method.visitVarInsn(Opcodes.ALOAD, 0);
                    method.visitMethodInsn(Opcodes.INVOKEVIRTUAL, "a/A", "missing", "()V", false);
                }),
                classWith("a/B", "a/A", 0, method -> {}));

        assertThat(EffectWords.method(index, "a.A", "m0").effects()).isEmpty();
        assertThat(index.method("a.A", new CodeSignature("missing", "()V"))).isEmpty();
    }
}
