package dev.faultline.source.llvm.code;

import dev.faultline.source.llvm.text.IrBlock;
import dev.faultline.source.llvm.text.IrInstruction;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.ToIntFunction;

/** How many locks are held in each block of a function, on every way that leads there. */
final class LockRegions {

    private static final int UNKNOWN = Integer.MAX_VALUE;
    private static final int MOST = 8;

    private final int[] atStart;
    private final ToIntFunction<IrInstruction> change;
    private final List<IrBlock> blocks;
    private boolean any;

    /**
     * Finds them.
     *
     * @param blocks the blocks
     * @param loops their order
     * @param change how many locks an instruction takes, or less than 0 when it releases one
     */
    LockRegions(List<IrBlock> blocks, LoopBlocks loops, ToIntFunction<IrInstruction> change) {
        this.blocks = blocks;
        this.change = change;
        this.atStart = new int[blocks.size()];
        Arrays.fill(atStart, UNKNOWN);
        for (IrBlock block : blocks) {
            any |= block.instructions().stream().anyMatch(one -> change.applyAsInt(one) != 0);
        }
        if (any) {
            spread(loops);
        }
    }

    private void spread(LoopBlocks loops) {
        Deque<Integer> waiting = new ArrayDeque<>();
        atStart[0] = 0;
        waiting.add(0);
        while (!waiting.isEmpty()) {
            int block = waiting.remove();
            int held = atEnd(block);
            for (int next : loops.successors(block)) {
                if (held < atStart[next]) {
                    atStart[next] = held;
                    waiting.add(next);
                }
            }
        }
    }

    private int atEnd(int block) {
        int held = atStart[block];
        for (IrInstruction one : blocks.get(block).instructions()) {
            held = after(held, one);
        }
        return held;
    }

    /** {@return how many locks are held behind an instruction} */
    int after(int held, IrInstruction one) {
        return any ? Math.max(-1, Math.min(MOST, held + change.applyAsInt(one))) : 0;
    }

    /** {@return how many locks are held at the start of a block} */
    int atStart(int block) {
        return !any || atStart[block] == UNKNOWN ? 0 : atStart[block];
    }

    /** {@return how many more locks are held when the function returns than when it was called} */
    int net() {
        if (!any) {
            return 0;
        }
        int net = UNKNOWN;
        for (int i = 0; i < blocks.size(); i++) {
            if (atStart[i] != UNKNOWN
                    && !blocks.get(i).instructions().isEmpty()
                    && blocks.get(i).last().is("ret")) {
                int held = atEnd(i);
                net = net == UNKNOWN ? held : Math.max(net, held);
            }
        }
        return net == UNKNOWN ? 0 : net;
    }
}
