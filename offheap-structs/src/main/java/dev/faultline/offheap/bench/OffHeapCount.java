package dev.faultline.offheap.bench;

import dev.faultline.offheap.memory.Block;
import dev.faultline.offheap.memory.IntWord;
import dev.faultline.offheap.rcu.GracePeriods;
import dev.faultline.offheap.rcu.Reader;

/** What our counts share: a word on lines of its own, and readers. */
abstract class OffHeapCount implements CountContestant {

    private static final int PAIR_BYTES = 128;
    private static final int BYTES = 4 * PAIR_BYTES; // a free pair, a record of 176 bytes at most, a free pair

    private Block block;
    private GracePeriods periods;

    @Override
    public void open(int threads) {
        block = Block.allocate(BYTES, PAIR_BYTES);
        periods = GracePeriods.forReaders(threads);
        open(block, PAIR_BYTES, threads);
    }

    /** Makes the count in a block, from an offset on, with the neighbouring lines free. */
    abstract void open(Block memory, long byteOffset, int threads);

    final GracePeriods periods() {
        return periods;
    }

    /** {@return a reader of the calling thread, inside; it has to say between operations that it holds nothing} */
    final Reader inside() {
        Reader reader = periods.register();
        reader.enter();
        return reader;
    }

    static final IntWord word(Block memory, long byteOffset) {
        return memory.int32(byteOffset);
    }
}
