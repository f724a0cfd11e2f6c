package dev.faultline.bench.contestants.refcount;

import dev.faultline.offheap.memory.Block;
import dev.faultline.offheap.memory.IntWord;
import dev.faultline.offheap.rcu.GracePeriods;
import dev.faultline.offheap.rcu.Reader;

/** Base of the off-heap counts: a word on lines of its own, and readers of grace periods. */
abstract class OffHeapCount implements CountContestant {

    private static final int PAIR_BYTES = 128;
    private static final int BYTES =
            22 * PAIR_BYTES; // an unused pair of lines, a record of at most 2,560 bytes, an unused pair

    private Block block;
    private GracePeriods periods;

    @Override
    public void open(int threads) {
        block = Block.allocate(BYTES, PAIR_BYTES);
        periods = GracePeriods.forReaders(threads);
        open(block, PAIR_BYTES, threads);
    }

    /** Makes the count in a block, from an offset on. The neighbouring lines are unused. */
    abstract void open(Block memory, long byteOffset, int threads);

    final GracePeriods periods() {
        return periods;
    }

    /**
     * {@return a reader of the calling thread that has entered; it must report a quiescent state after each operation}
     */
    final Reader inside() {
        Reader reader = periods.register();
        reader.enter();
        return reader;
    }

    static final IntWord word(Block memory, long byteOffset) {
        return memory.int32(byteOffset);
    }
}
