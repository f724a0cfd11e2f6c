package dev.faultline.offheap.memory;

/**
 * 32-bit words that several threads work on, by index: a field of each element of an array, or one of each stripe. An index is checked at
 * each access; {@code IndexOutOfBoundsException} names one that is not there.
 */
public abstract class IntWords {

    /** For those who implement it. */
    protected IntWords() {}

    /** {@return how many there are} */
    public abstract int count();

    /** {@return the word, read plainly: the compiler may reuse what it read before} */
    public abstract int get(int index);

    /** Writes plainly. */
    public abstract void set(int index, int value);

    /** {@return the word; what is read or written later is not moved before this} */
    public abstract int getVolatile(int index);

    /** Writes; every thread sees it before anything this thread reads or writes later. */
    public abstract void setVolatile(int index, int value);

    /** Writes with release order: what was read or written before is not moved after this. */
    public abstract void setOrdered(int index, int value);

    /** {@return the word before {@code delta} was added, in one atomic step ({@code lock xadd} on x86); it wraps around} */
    public abstract int getAndAdd(int index, int delta);

    /** {@return whether the word was {@code expected} and is now {@code value}, in one atomic step} */
    public abstract boolean compareAndSet(int index, int expected, int value);
}
