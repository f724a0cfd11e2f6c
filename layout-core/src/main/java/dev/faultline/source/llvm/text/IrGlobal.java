package dev.faultline.source.llvm.text;

import java.util.List;

/**
 * A global variable.
 *
 * @param name its name for the linker
 * @param type its type
 * @param isConstant whether it is never written
 * @param isThreadLocal whether each thread has its own
 * @param isInternal whether other modules cannot name it
 * @param section the section that the source asks for; empty when it does not
 * @param byteAlignment its alignment; 0 when the text does not state one
 * @param valueStart where its initial value starts in the text
 * @param valueEnd where the definition ends; the same as the start of a variable that another module defines
 * @param variables its {@code !dbg}, of which it may have several
 */
public record IrGlobal(
        String name,
        IrType type,
        boolean isConstant,
        boolean isThreadLocal,
        boolean isInternal,
        String section,
        long byteAlignment,
        int valueStart,
        int valueEnd,
        List<Integer> variables) {

    /** {@return whether the text defines it} */
    public boolean isDefined() {
        return valueEnd > valueStart;
    }
}
