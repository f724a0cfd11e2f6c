package dev.faultline.offheap.memory;

import java.util.Objects;
import net.openhft.chronicle.core.Memory;

/**
 * 64-bit words of a block, each at the start of a stretch of its own, so that words share a line only when the stretch
 * is shorter than one. Made for loops that are timed: an index is checked at each access, nothing is allocated, and
 * {@code getAndAdd} is one atomic add ({@code lock xadd} on x86), not a loop.
 *
 * <p>All methods but {@link #stride} throw {@code IndexOutOfBoundsException} for a word that is not there and
 * {@code IllegalStateException} once the block is closed.
 */
public final class Words {

    private static final Memory MEMORY = Block.MEMORY;

    private final Block block;
    private final int count;
    private final int shift;

    private Words(Block block, int count, int shift) {
        this.block = block;
        this.count = count;
        this.shift = shift;
    }

    /**
     * The words of a block.
     *
     * @param block a block aligned to at least 8 bytes
     * @param strideBytes bytes from one word to the next, a power of two from 8 to the block's alignment
     * @return as many words as the block has room for
     * @throws IllegalArgumentException when the stride is no such number or no word fits
     */
    public static Words of(Block block, int strideBytes) {
        if (Integer.bitCount(strideBytes) != 1 || strideBytes < 8 || strideBytes > block.byteAlignment()) {
            throw new IllegalArgumentException("strideBytes=" + strideBytes
                    + ", expected a power of two from 8 to the block's alignment, " + block.byteAlignment());
        }
        long count = Math.min(Integer.MAX_VALUE, block.byteSize() / strideBytes);
        if (count < 1) {
            throw new IllegalArgumentException(
                    "a block of " + block.byteSize() + " bytes has no room for a stretch of " + strideBytes);
        }
        return new Words(block, (int) count, Integer.numberOfTrailingZeros(strideBytes));
    }

    /** {@return how many words there are} */
    public int count() {
        return count;
    }

    /** {@return bytes from one word to the next} */
    public int stride() {
        return 1 << shift;
    }

    private long address(int index) {
        return block.address() + ((long) Objects.checkIndex(index, count) << shift);
    }

    /** {@return a word, read plainly} */
    public long get(int index) {
        return MEMORY.readLong(address(index));
    }

    /** Writes a word plainly. */
    public void set(int index, long value) {
        MEMORY.writeLong(address(index), value);
    }

    /** {@return a word, read as volatile} */
    public long getVolatile(int index) {
        return MEMORY.readVolatileLong(address(index));
    }

    /** Writes a word as volatile. */
    public void setVolatile(int index, long value) {
        MEMORY.writeVolatileLong(address(index), value);
    }

    /** {@return the word before {@code delta} was added to it, atomically; it wraps around} */
    public long getAndAdd(int index, long delta) {
        return MEMORY.addLong(address(index), delta) - delta;
    }

    /** {@return whether the word was {@code expected} and is now {@code value}} */
    public boolean compareAndSet(int index, long expected, long value) {
        return MEMORY.compareAndSwapLong(address(index), expected, value);
    }
}
