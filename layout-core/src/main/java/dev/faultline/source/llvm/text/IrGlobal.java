package dev.faultline.source.llvm.text;

import java.util.List;

/**
 * A global variable.
 *
 * @param name its name for the linker
 * @param type its type
 * @param isConstant whether it is never written
 * @param isThreadLocal whether each thread has its own
 * @param variables its {@code !dbg}, of which it may have several
 */
public record IrGlobal(String name, IrType type, boolean isConstant, boolean isThreadLocal, List<Integer> variables) {}
