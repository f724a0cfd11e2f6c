package dev.faultline.source.llvm.text;

import dev.faultline.access.code.MemoryOrder;
import java.util.List;

/** An instruction of a function. Made by {@link InstructionReader}, and not changed afterwards. */
public final class IrInstruction {

    String operation = "";
    String result = "";
    IrType type = IrType.OTHER;
    IrType source = IrType.OTHER;
    List<IrValue> operands = List.of();
    List<String> labels = List.of();
    MemoryOrder order = MemoryOrder.PLAIN;
    String word = "";
    String constraints = "";
    IrValue callee = IrValue.OTHER;
    int location = Metadata.NONE;
    int aliasTag = Metadata.NONE;
    int variable = Metadata.NONE;
    boolean isDereferenced;

    IrInstruction() {}

    /** {@return what it does, {@code load}; {@code dbg.value} and {@code dbg.declare} for debug records} */
    public String operation() {
        return operation;
    }

    /** {@return whether it does this} */
    public boolean is(String one) {
        return operation.equals(one);
    }

    /** {@return the name of its result; empty when it has none} */
    public String result() {
        return result;
    }

    /** {@return the type of its result; of an alloca that of the variable} */
    public IrType type() {
        return type;
    }

    /** {@return the type through which the indices of an address step} */
    public IrType source() {
        return source;
    }

    /** {@return its operands} */
    public List<IrValue> operands() {
        return operands;
    }

    /** {@return an operand; one that is nothing when there are fewer} */
    public IrValue operand(int index) {
        return index < operands.size() ? operands.get(index) : IrValue.OTHER;
    }

    /** {@return the blocks that it may jump to; of a phi, those that its operands come from} */
    public List<String> labels() {
        return labels;
    }

    /** {@return how an access is ordered} */
    public MemoryOrder order() {
        return order;
    }

    /** {@return the operation of an {@code atomicrmw} or comparison, or the text of inline assembly} */
    public String word() {
        return word;
    }

    /** {@return the constraints of inline assembly} */
    public String constraints() {
        return constraints;
    }

    /** {@return the function that is called} */
    public IrValue callee() {
        return callee;
    }

    /** {@return its {@code !dbg}} */
    public int location() {
        return location;
    }

    /** {@return its {@code !tbaa}} */
    public int aliasTag() {
        return aliasTag;
    }

    /** {@return the variable that a debug record is about} */
    public int variable() {
        return variable;
    }

    /** {@return whether a debug record says that the value is the address of the variable} */
    public boolean isDereferenced() {
        return isDereferenced;
    }
}
