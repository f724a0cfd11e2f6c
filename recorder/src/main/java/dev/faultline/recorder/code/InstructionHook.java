package dev.faultline.recorder.code;

import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Tells the number of each instruction of a method before and after it, and lets each target of a jump be replaced. */
abstract class InstructionHook extends MethodVisitor {

    private int next;

    InstructionHook(MethodVisitor to) {
        super(Opcodes.ASM9, to);
    }

    /** Comes before an instruction. */
    abstract void before(int place);

    /** Comes after an instruction. */
    abstract void after(int place);

    /**
     * {@return where a jump is to go instead} The number is that among the targets; the default of a switch is last.
     */
    abstract Label target(int place, int number, Label label);

    private void pass(Runnable instruction) {
        int place = next++;
        before(place);
        instruction.run();
        after(place);
    }

    @Override
    public final void visitInsn(int opcode) {
        pass(() -> super.visitInsn(opcode));
    }

    @Override
    public final void visitIntInsn(int opcode, int operand) {
        pass(() -> super.visitIntInsn(opcode, operand));
    }

    @Override
    public final void visitVarInsn(int opcode, int variable) {
        pass(() -> super.visitVarInsn(opcode, variable));
    }

    @Override
    public final void visitTypeInsn(int opcode, String type) {
        pass(() -> super.visitTypeInsn(opcode, type));
    }

    @Override
    public final void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
        pass(() -> super.visitFieldInsn(opcode, owner, name, descriptor));
    }

    @Override
    public final void visitMethodInsn(int opcode, String of, String name, String descriptor, boolean isInterface) {
        pass(() -> super.visitMethodInsn(opcode, of, name, descriptor, isInterface));
    }

    @Override
    public final void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
        pass(() -> super.visitInvokeDynamicInsn(name, descriptor, bootstrap, arguments));
    }

    @Override
    public final void visitLdcInsn(Object value) {
        pass(() -> super.visitLdcInsn(value));
    }

    @Override
    public final void visitIincInsn(int variable, int increment) {
        pass(() -> super.visitIincInsn(variable, increment));
    }

    @Override
    public final void visitMultiANewArrayInsn(String descriptor, int dimensions) {
        pass(() -> super.visitMultiANewArrayInsn(descriptor, dimensions));
    }

    @Override
    public final void visitJumpInsn(int opcode, Label label) {
        int place = next;
        pass(() -> super.visitJumpInsn(opcode, target(place, 0, label)));
    }

    @Override
    public final void visitTableSwitchInsn(int min, int max, Label dflt, Label... labels) {
        int place = next;
        pass(() -> super.visitTableSwitchInsn(min, max, target(place, labels.length, dflt), targets(place, labels)));
    }

    @Override
    public final void visitLookupSwitchInsn(Label dflt, int[] keys, Label[] labels) {
        int place = next;
        pass(() -> super.visitLookupSwitchInsn(target(place, labels.length, dflt), keys, targets(place, labels)));
    }

    private Label[] targets(int place, Label[] labels) {
        Label[] targets = new Label[labels.length];
        for (int i = 0; i < labels.length; i++) {
            targets[i] = target(place, i, labels[i]);
        }
        return targets;
    }
}
