package dev.faultline.offheap.memory;

/**
 * 64-bit words that several threads read and write, by index: the elements of an array, or one word for each stripe.
 * Accesses are as those of {@link LongWord}; an index outside 0 to {@link #count} - 1 throws {@link
 * IndexOutOfBoundsException}.
 */
public abstract class LongWords {

    /** Lets tests replace memory by something else. */
    protected LongWords() {}

    /** {@return the number of words} */
    public abstract int count();

    /**
     * {@return a word, read plainly: the compiler may reuse an earlier read}
     *
     * @param index which word, from 0
     */
    public abstract long get(int index);

    /**
     * Writes a word plainly: other threads may see the write late, and in another order.
     *
     * @param index which word, from 0
     * @param value the new value
     */
    public abstract void set(int index, long value);

    /**
     * {@return a word, read as volatile: later reads and writes are not moved before it}
     *
     * @param index which word, from 0
     */
    public abstract long getVolatile(int index);

    /**
     * Writes a word as volatile: every thread sees the write before anything that this thread reads or writes later.
     *
     * @param index which word, from 0
     * @param value the new value
     */
    public abstract void setVolatile(int index, long value);

    /**
     * Writes a word with release order: earlier reads and writes are not moved after it.
     *
     * @param index which word, from 0
     * @param value the new value
     */
    public abstract void setOrdered(int index, long value);

    /**
     * {@return a word before a number was added to it atomically ({@code lock xadd} on x86)}
     *
     * @param index which word, from 0
     * @param delta the number; the sum wraps around
     */
    public abstract long getAndAdd(int index, long delta);

    /**
     * {@return whether a word had the expected value and was replaced, atomically}
     *
     * @param index which word, from 0
     * @param expected the expected value
     * @param value the new value
     */
    public abstract boolean compareAndSet(int index, long expected, long value);

    /**
     * Writes consecutive words plainly, one after the other; bounds are checked once.
     *
     * @param index the first word
     * @param from the array to read
     * @param offset index in {@code from} of the first value
     * @param count number of words, at least 0
     * @throws IndexOutOfBoundsException when there are fewer words, or {@code from} has fewer values
     */
    public abstract void setAll(int index, long[] from, int offset, int count);

    /**
     * Reads consecutive words plainly, one after the other; bounds are checked once.
     *
     * @param index the first word
     * @param to the array to write
     * @param offset index in {@code to} of the first value
     * @param count number of words, at least 0
     * @throws IndexOutOfBoundsException when there are fewer words, or {@code to} has less room
     */
    public abstract void getAll(int index, long[] to, int offset, int count);
}
