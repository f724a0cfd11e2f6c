package dev.faultline.offheap.memory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import net.openhft.chronicle.core.Memory;

/**
 * Slots in off-heap memory. Each method asks its block for the address once, for all its accesses; {@link Reclaimer}
 * says why it may.
 */
final class OffHeapKeyedSlots extends KeyedSlots implements Block.Holder {

    private static final Memory MEMORY = Block.MEMORY;

    private static final VarHandle ADDRESS = Block.addressOf(MethodHandles.lookup(), OffHeapKeyedSlots.class);

    private final Block block;
    private final int count;
    private final long slotBytes;
    private final int words;
    private final Mismatch mismatch;

    private long address; // only accessed through ADDRESS; 0 when closed

    OffHeapKeyedSlots(Block block, int count, int slotBytes, int words, Mismatch mismatch) {
        if (slotBytes < Long.BYTES || slotBytes % Long.BYTES != 0) {
            throw new IllegalArgumentException("slotBytes=" + slotBytes + ", expected a multiple of 8");
        }
        if (words < 0 || words > slotBytes / Long.BYTES - 1) {
            throw new IllegalArgumentException("words=" + words + " of slots of " + slotBytes + " bytes");
        }
        if (count < 1) {
            throw new IllegalArgumentException("count=" + count + ", expected at least 1");
        }
        block.checkPlace(0, (long) count * slotBytes, Long.BYTES);
        this.block = block;
        this.count = count;
        this.slotBytes = slotBytes;
        this.words = words;
        this.mismatch = mismatch;
        block.hold(this);
    }

    /** {@return the address of the first byte} As {@link Block#address}. */
    private long start() {
        long first = (long) ADDRESS.getOpaque(this);
        if (first == 0) {
            throw block.closed();
        }
        return first;
    }

    @Override
    public void keep(long first) {
        ADDRESS.setVolatile(this, first);
    }

    /** {@return the address behind the slot of a key, whose guard is the word before it} Does not look at the guard. */
    private long end(long key) {
        int number = (int) key;
        if (Integer.compareUnsigned(number - 1, count) >= 0) {
            throw mismatch.of(key);
        }
        return start() + number * slotBytes;
    }

    private static boolean fits(long key, long guard) {
        return (key ^ guard) >>> 32 == 0;
    }

    @Override
    public long guard(long key) {
        long guard = MEMORY.readLong(end(key) - Long.BYTES);
        if (!fits(key, guard)) {
            throw mismatch.of(key);
        }
        return guard;
    }

    @Override
    public void invert(long key, long bits) {
        long at = end(key) - Long.BYTES;
        long guard = MEMORY.readLong(at);
        if (!fits(key, guard)) {
            throw mismatch.of(key);
        }
        MEMORY.writeLong(at, guard ^ bits);
    }

    @Override
    public long get(long key, int word) {
        return MEMORY.readLong(at(key, word));
    }

    @Override
    public void set(long key, int word, long value) {
        MEMORY.writeLong(at(key, word), value);
    }

    /** {@return the address of a word of a slot whose guard fits} */
    private long at(long key, int word) {
        long end = end(key);
        if (!fits(key, MEMORY.readLong(end - Long.BYTES))) {
            throw mismatch.of(key);
        }
        if (Integer.compareUnsigned(word, words) >= 0) {
            throw new IndexOutOfBoundsException("word " + word + " of " + words);
        }
        return end - slotBytes + ((long) word << 3);
    }
}
