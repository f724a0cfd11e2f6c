package dev.faultline.source.llvm.code;

import dev.faultline.input.InputException;
import dev.faultline.source.llvm.text.IrBlock;
import dev.faultline.source.llvm.text.IrFunction;
import dev.faultline.source.llvm.text.IrInstruction;
import dev.faultline.source.llvm.text.IrModule;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How many locks a call takes or releases: of known functions, and of those of the module that wrap them. */
final class LockTable {

    private static final int MOST_INSTRUCTIONS = 400;
    private static final int MOST_CHARACTERS = 32_000;

    /** What the names of all functions that take or release locks have in them, but a few of Windows. */
    private static final List<String> LOCK = List.of("lock", "mutex", "Mutex", "Guard", "CriticalSection");

    private final IrModule module;
    private final Map<String, Integer> wrappers = new HashMap<>();

    LockTable(IrModule module) {
        this.module = module;
    }

    /** {@return how many locks an instruction takes; less than 0 when it releases one} */
    int change(IrInstruction one) {
        if (!one.is("call") || !one.callee().isGlobal()) {
            return 0;
        }
        String name = one.callee().name();
        if (KnownFunctions.takesLock(name)) {
            return 1;
        }
        if (KnownFunctions.releasesLock(name)) {
            return -1;
        }
        IrFunction function = module.functions().get(name);
        return function == null || !function.isDefined() ? 0 : net(function);
    }

    private int net(IrFunction function) {
        Integer known = wrappers.get(function.name());
        if (known == null) {
            wrappers.put(function.name(), 0); // while it is looked at
            known = module.isShort(function, MOST_CHARACTERS) && module.mentions(function, LOCK)
                    ? measured(function)
                    : 0;
            wrappers.put(function.name(), known);
        }
        return known;
    }

    private int measured(IrFunction function) {
        try {
            List<IrBlock> blocks = module.blocks(function);
            int size = blocks.stream()
                    .mapToInt(block -> block.instructions().size())
                    .sum();
            return size > MOST_INSTRUCTIONS
                    ? 0
                    : Integer.signum(new LockRegions(blocks, new LoopBlocks(blocks), this::change).net());
        } catch (InputException broken) {
            return 0;
        }
    }
}
