package dev.faultline.source.llvm.text;

import java.util.List;

/**
 * A basic block.
 *
 * @param label its name
 * @param instructions in the order of the text
 */
public record IrBlock(String label, List<IrInstruction> instructions) {

    /** {@return the blocks that it may jump to} */
    public List<String> successors() {
        return instructions.isEmpty() ? List.of() : last().labels();
    }

    /** {@return its last instruction} */
    public IrInstruction last() {
        return instructions.get(instructions.size() - 1);
    }
}
