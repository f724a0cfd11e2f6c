package dev.faultline.offheap.memory;

/**
 * 32-bit words that several threads read and write, by index: a field of each element of an array, or one word for each
 * stripe. Accesses are as those of {@link IntWord}; an index outside 0 to {@link #count} - 1 throws {@link
 * IndexOutOfBoundsException}.
 */
public abstract class IntWords {

    protected IntWords() {}

    /** {@return the number of words} */
    public abstract int count();

    /** {@return a word, read plainly: the compiler may reuse an earlier read} */
    public abstract int get(int index);

    /** Writes a word plainly: other threads may see the write late, and in another order. */
    public abstract void set(int index, int value);

    /** {@return a word, read as volatile: later reads and writes are not moved before it} */
    public abstract int getVolatile(int index);

    /**
     * Writes a word as volatile: every thread sees the write before anything that this thread reads or writes later.
     */
    public abstract void setVolatile(int index, int value);

    /** Writes a word with release order: earlier reads and writes are not moved after it. */
    public abstract void setOrdered(int index, int value);

    /** {@return a word before {@code delta} was added atomically ({@code lock xadd} on x86); wraps around} */
    public abstract int getAndAdd(int index, int delta);

    /** {@return whether a word was {@code expected} and was replaced by {@code value}, atomically} */
    public abstract boolean compareAndSet(int index, int expected, int value);
}
