package dev.faultline.offheap.memory;

/**
 * 64-bit words that several threads work on, by index: elements of an array, or one of each stripe. An index is checked at
 * each access; {@code IndexOutOfBoundsException} names one that is not there.
 */
public abstract class LongWords {

    /** For those who implement it. */
    protected LongWords() {}

    /** {@return how many there are} */
    public abstract int count();

    /** {@return the word, read plainly: the compiler may reuse what it read before} */
    public abstract long get(int index);

    /** Writes plainly. */
    public abstract void set(int index, long value);

    /** {@return the word; what is read or written later is not moved before this} */
    public abstract long getVolatile(int index);

    /** Writes; every thread sees it before anything this thread reads or writes later. */
    public abstract void setVolatile(int index, long value);

    /** Writes with release order: what was read or written before is not moved after this. */
    public abstract void setOrdered(int index, long value);

    /** {@return the word before {@code delta} was added, in one atomic step ({@code lock xadd} on x86); it wraps around} */
    public abstract long getAndAdd(int index, long delta);

    /** {@return whether the word was {@code expected} and is now {@code value}, in one atomic step} */
    public abstract boolean compareAndSet(int index, long expected, long value);

    /**
     * Writes some words plainly, one after the other; bounds are checked once.
     *
     * @param index the first word
     * @param from where they come from
     * @param offset the first of them
     * @param count how many, from 0
     * @throws IndexOutOfBoundsException when either has not as many
     */
    public abstract void setAll(int index, long[] from, int offset, int count);

    /** Reads some words plainly, as {@link #setAll} writes them. */
    public abstract void getAll(int index, long[] to, int offset, int count);
}
