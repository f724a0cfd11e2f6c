package dev.faultline.offheap.memory;

/**
 * 32-bit words that several threads read and write, by index: a field of each element of an array, or one word for each
 * stripe. Accesses are as those of {@link IntWord}; an index outside 0 to {@link #count} - 1 throws {@link
 * IndexOutOfBoundsException}.
 */
public abstract class IntWords {

    /** Lets tests replace memory by something else. */
    protected IntWords() {}

    /** {@return the number of words} */
    public abstract int count();

    /**
     * {@return a word, read plainly: the compiler may reuse an earlier read}
     *
     * @param index which word, from 0
     */
    public abstract int get(int index);

    /**
     * Writes a word plainly: other threads may see the write late, and in another order.
     *
     * @param index which word, from 0
     * @param value the new value
     */
    public abstract void set(int index, int value);

    /**
     * {@return a word, read as volatile: later reads and writes are not moved before it}
     *
     * @param index which word, from 0
     */
    public abstract int getVolatile(int index);

    /**
     * Writes a word as volatile: every thread sees the write before anything that this thread reads or writes later.
     *
     * @param index which word, from 0
     * @param value the new value
     */
    public abstract void setVolatile(int index, int value);

    /**
     * Writes a word with release order: earlier reads and writes are not moved after it.
     *
     * @param index which word, from 0
     * @param value the new value
     */
    public abstract void setOrdered(int index, int value);

    /**
     * {@return a word before a number was added to it atomically ({@code lock xadd} on x86)}
     *
     * @param index which word, from 0
     * @param delta the number; the sum wraps around
     */
    public abstract int getAndAdd(int index, int delta);

    /**
     * {@return whether a word had the expected value and was replaced, atomically}
     *
     * @param index which word, from 0
     * @param expected the expected value
     * @param value the new value
     */
    public abstract boolean compareAndSet(int index, int expected, int value);
}
