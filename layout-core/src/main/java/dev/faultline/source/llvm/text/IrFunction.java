package dev.faultline.source.llvm.text;

import java.util.List;

/**
 * A function that the text defines or declares.
 *
 * @param name its name for the linker
 * @param isInternal whether other modules cannot name it
 * @param parameters the names of its parameters
 * @param subprogram its {@code !dbg}
 * @param bodyStart where its instructions start in the text; -1 of a declaration
 * @param bodyEnd where they end
 */
public record IrFunction(
        String name, boolean isInternal, List<IrValue> parameters, int subprogram, int bodyStart, int bodyEnd) {

    /** {@return whether the text has its instructions} */
    public boolean isDefined() {
        return bodyStart >= 0;
    }
}
