package dev.faultline.offheap.memory;

import dev.faultline.api.Internal;

/**
 * A bounded stack of longs for one thread, in memory. At its start are the number of elements (32 bits, and 32 unused),
 * and how many were popped and pushed one by one so far (64 bits each). The elements follow. Other threads may read the
 * counts. Each method takes constant time or time in proportion to the elements moved, allocates nothing, and throws
 * {@link IllegalStateException} when the block is closed.
 *
 * <p>A thread may take the stack over from another when it sees what the other did last, for example because that
 * thread has ended and was joined.
 */
@Internal
public abstract class LongStack {

    /** Bytes of the words before the elements. */
    public static final int HEADER_BYTES = 3 * Long.BYTES;

    static final int SIZE = 0;
    static final int POPPED = Long.BYTES;
    static final int PUSHED = 2 * Long.BYTES;

    /** Lets tests replace memory by something else. */
    protected LongStack() {}

    /**
     * Makes a stack in a part of a block, with the elements that the part has: none where it is zeroed.
     *
     * @param block the block
     * @param byteOffset offset of the first word, a multiple of 8
     * @param limit the largest number of elements, at least 1
     * @return the stack, of {@code HEADER_BYTES + 8 * limit} bytes
     * @throws IndexOutOfBoundsException when it is not within the block
     * @throws IllegalArgumentException when it is not aligned, or a number is out of range
     */
    public static LongStack bind(Block block, long byteOffset, int limit) {
        return new OffHeapLongStack(block, byteOffset, limit);
    }

    /** {@return the largest number of elements} */
    public abstract int limit();

    /** {@return the number of elements; for other threads, one of some moment} */
    public abstract int size();

    /** {@return how many elements were popped one by one; for other threads, as of some moment} */
    public abstract long popped();

    /** {@return how many elements were pushed one by one; for other threads, as of some moment} */
    public abstract long pushed();

    /**
     * Takes the element pushed last.
     *
     * @param ifEmpty the result when there is none; best a value that is never pushed
     * @return the element, or {@code ifEmpty}
     */
    public abstract long pop(long ifEmpty);

    /**
     * Puts an element on top.
     *
     * @param element the element
     * @return whether there was room
     */
    public abstract boolean push(long element);

    /**
     * Puts several elements on top, as many as there is room for, without counting them as pushed.
     *
     * @param from the array to read
     * @param offset index in {@code from} of the first element, the lowest
     * @param count number of elements, at least 0
     * @return how many
     * @throws IndexOutOfBoundsException when the array has fewer elements
     */
    public abstract int addAll(long[] from, int offset, int count);

    /**
     * Takes the elements pushed first, without counting them as popped; the others move down.
     *
     * @param to the array to write
     * @param offset index in {@code to} of the first element
     * @param most the largest number of elements to take, at least 0
     * @return how many
     * @throws IndexOutOfBoundsException when the array has less room
     */
    public abstract int takeOldest(long[] to, int offset, int most);
}
