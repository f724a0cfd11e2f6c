package dev.faultline.recorder.code;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** The instructions of a method, noted while it is surveyed. */
final class MethodCode extends MethodVisitor {

    /** The instructions from a start to before an end, whose exceptions go to a handler. */
    static final class Protection {
        final Label start;
        final Label end;
        final Label handler;

        Protection(Label start, Label end, Label handler) {
            this.start = start;
            this.end = end;
            this.handler = handler;
        }
    }

    final String owner;
    final boolean isStatic;
    final String descriptor;
    final List<Instruction> instructions = new ArrayList<>();
    final List<Protection> protections = new ArrayList<>();
    private final Map<Label, Integer> places = new HashMap<>();
    private final MethodSurvey survey;
    private int maxStack;
    private boolean hasSubroutines;

    MethodCode(String owner, int access, String descriptor, MethodSurvey survey) {
        super(Opcodes.ASM9, survey);
        this.owner = owner;
        this.descriptor = descriptor;
        this.survey = survey;
        isStatic = (access & Opcodes.ACC_STATIC) != 0;
    }

    MethodSurvey survey() {
        return survey;
    }

    /** {@return whether it calls nothing that may run other code of the program} */
    boolean isLeaf() {
        return instructions.stream().noneMatch(one -> one.mayWait);
    }

    /** {@return whether it has no jumps and handles no exceptions} */
    boolean isStraight() {
        return protections.isEmpty() && instructions.stream().allMatch(one -> one.targets.length == 0);
    }

    /** {@return whether anything is stored in a variable} */
    boolean isStored(int slot) {
        return instructions.stream()
                .anyMatch(one -> one.opcode >= Opcodes.ISTORE
                        && one.opcode <= Opcodes.ASTORE
                        && (one.variable == slot || one.variable + 1 == slot));
    }

    int maxStack() {
        return maxStack;
    }

    /** {@return whether it has subroutines, as compilers wrote them before Java 6} */
    boolean hasSubroutines() {
        return hasSubroutines;
    }

    /** {@return the number of the instruction that a label stands before} */
    int place(Label label) {
        return places.get(label);
    }

    private Instruction add(Instruction instruction) {
        instructions.add(instruction);
        return instruction;
    }

    private Instruction add(int opcode) {
        return add(opcode, 0);
    }

    private Instruction add(int opcode, int variable) {
        Instruction added =
                add(new Instruction(opcode, variable, StackEffects.taken(opcode), StackEffects.left(opcode)));
        added.mayWait = opcode == Opcodes.MONITORENTER;
        added.mayThrow = mayThrow(opcode);
        return added;
    }

    private static boolean mayThrow(int opcode) {
        boolean divides =
                opcode == Opcodes.IDIV || opcode == Opcodes.LDIV || opcode == Opcodes.IREM || opcode == Opcodes.LREM;
        return divides || isElement(opcode) || opcode >= Opcodes.NEW && opcode <= Opcodes.MULTIANEWARRAY;
    }

    static boolean isElement(int opcode) {
        return opcode >= Opcodes.IALOAD && opcode <= Opcodes.SALOAD
                || opcode >= Opcodes.IASTORE && opcode <= Opcodes.SASTORE;
    }

    @Override
    public void visitLabel(Label label) {
        places.put(label, instructions.size());
        super.visitLabel(label);
    }

    @Override
    public void visitTryCatchBlock(Label start, Label end, Label handler, String type) {
        protections.add(new Protection(start, end, handler));
        super.visitTryCatchBlock(start, end, handler, type);
    }

    @Override
    public void visitInsn(int opcode) {
        Instruction added = add(opcode);
        added.isCounted = isElement(opcode);
        added.wordsAboveObject = added.isCounted ? added.taken - 1 : 0;
        added.accessNumber = survey.accesses();
        super.visitInsn(opcode);
    }

    @Override
    public void visitIntInsn(int opcode, int operand) {
        add(opcode);
        super.visitIntInsn(opcode, operand);
    }

    @Override
    public void visitVarInsn(int opcode, int variable) {
        hasSubroutines |= opcode == Opcodes.RET;
        add(opcode, variable);
        super.visitVarInsn(opcode, variable);
    }

    @Override
    public void visitIincInsn(int variable, int increment) {
        add(Opcodes.IINC, variable);
        super.visitIincInsn(variable, increment);
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
        add(opcode);
        super.visitTypeInsn(opcode, type);
    }

    @Override
    public void visitFieldInsn(int opcode, String of, String field, String type) {
        boolean isOfClass = opcode == Opcodes.GETSTATIC || opcode == Opcodes.PUTSTATIC;
        boolean isRead = opcode == Opcodes.GETFIELD || opcode == Opcodes.GETSTATIC;
        int size = Type.getType(type).getSize();
        int object = isOfClass ? 0 : 1;
        Instruction added = add(new Instruction(opcode, 0, isRead ? object : object + size, isRead ? size : 0));
        added.owner = of;
        added.field = field;
        added.wordsAboveObject = isRead ? 0 : size;
        added.mayThrow = true;
        added.isCounted = !(isOfClass && (ClassSurvey.isOfJdk(of) || isRead && FieldCalls.isToolOfAccess(type)));
        added.accessNumber = survey.accesses();
        super.visitFieldInsn(opcode, of, field, type);
    }

    @Override
    public void visitMethodInsn(int opcode, String of, String name, String type, boolean isInterface) {
        Instruction added = addCall(opcode, type);
        added.isConstructorCall = name.equals("<init>");
        added.mayWait = !FieldCalls.isShort(of, name, type);
        super.visitMethodInsn(opcode, of, name, type, isInterface);
    }

    @Override
    public void visitInvokeDynamicInsn(String name, String type, Handle bootstrap, Object... arguments) {
        addCall(Opcodes.INVOKEDYNAMIC, type);
        super.visitInvokeDynamicInsn(name, type, bootstrap, arguments);
    }

    private Instruction addCall(int opcode, String type) {
        int object = opcode == Opcodes.INVOKESTATIC || opcode == Opcodes.INVOKEDYNAMIC ? 0 : 1;
        int taken = object;
        for (Type argument : Type.getArgumentTypes(type)) {
            taken += argument.getSize();
        }
        Instruction added =
                add(new Instruction(opcode, 0, taken, Type.getReturnType(type).getSize()));
        added.wordsAboveObject = taken - object;
        added.mayWait = true;
        added.mayThrow = true;
        return added;
    }

    @Override
    public void visitJumpInsn(int opcode, Label label) {
        hasSubroutines |= opcode == Opcodes.JSR;
        add(opcode).targets = new Label[] {label};
        super.visitJumpInsn(opcode, label);
    }

    @Override
    public void visitLdcInsn(Object value) {
        boolean isDynamic = value instanceof ConstantDynamic;
        int size = isDynamic
                ? ((ConstantDynamic) value).getSize()
                : value instanceof Long || value instanceof Double ? 2 : 1;
        Instruction added = add(new Instruction(Opcodes.LDC, 0, 0, size));
        added.mayWait = isDynamic;
        added.mayThrow = isDynamic || value instanceof Type || value instanceof Handle;
        super.visitLdcInsn(value);
    }

    @Override
    public void visitTableSwitchInsn(int min, int max, Label dflt, Label... cases) {
        addSwitch(Opcodes.TABLESWITCH, dflt, cases);
        super.visitTableSwitchInsn(min, max, dflt, cases);
    }

    @Override
    public void visitLookupSwitchInsn(Label dflt, int[] keys, Label[] cases) {
        addSwitch(Opcodes.LOOKUPSWITCH, dflt, cases);
        super.visitLookupSwitchInsn(dflt, keys, cases);
    }

    private void addSwitch(int opcode, Label dflt, Label[] cases) {
        Label[] targets = new Label[cases.length + 1];
        System.arraycopy(cases, 0, targets, 0, cases.length);
        targets[cases.length] = dflt;
        add(opcode).targets = targets;
    }

    @Override
    public void visitMultiANewArrayInsn(String type, int dimensions) {
        Instruction added = add(new Instruction(Opcodes.MULTIANEWARRAY, 0, dimensions, 1));
        added.mayThrow = true;
        super.visitMultiANewArrayInsn(type, dimensions);
    }

    @Override
    public void visitEnd() {
        super.visitEnd();
        survey.plan(this);
    }

    @Override
    public void visitMaxs(int stack, int locals) {
        maxStack = stack;
        super.visitMaxs(stack, locals);
    }
}
