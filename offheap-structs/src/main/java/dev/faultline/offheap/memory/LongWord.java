package dev.faultline.offheap.memory;

/**
 * A 64-bit word that several threads read and write. Structures built on words run on off-heap memory ({@link
 * StructView#int64}); tests run the same code on words that stop before each step, to try every order of steps. Each
 * method takes constant time, and throws {@link IllegalStateException} when the word's block is closed.
 *
 * <p>This is an abstract class and not an interface: when only one implementation is loaded, the VM calls its methods
 * without a type check.
 */
public abstract class LongWord {

    /** Lets tests replace memory by something else. */
    protected LongWord() {}

    /** {@return the value, read plainly: the compiler may reuse an earlier read} */
    public abstract long get();

    /**
     * Writes plainly: other threads may see the write late, and in another order.
     *
     * @param value the new value
     */
    public abstract void set(long value);

    /** {@return the value, read as volatile: later reads and writes are not moved before it} */
    public abstract long getVolatile();

    /**
     * Writes as volatile: every thread sees the write before anything that this thread reads or writes later.
     *
     * @param value the new value
     */
    public abstract void setVolatile(long value);

    /**
     * Writes with release order: earlier reads and writes are not moved after it.
     *
     * @param value the new value
     */
    public abstract void setOrdered(long value);

    /**
     * Adds atomically ({@code lock xadd} on x86), with the ordering of a volatile access; wraps around.
     *
     * @param delta the number to add
     * @return the value before the addition
     */
    public abstract long getAndAdd(long delta);

    /**
     * Replaces the value atomically if it is as expected, with the ordering of a volatile access.
     *
     * @param expected the value to be replaced
     * @param value the new value
     * @return whether it was replaced
     */
    public abstract boolean compareAndSet(long expected, long value);

    /**
     * Detaches the word from its memory: every later access throws {@link IllegalStateException}; other words at the
     * same bytes are not affected. For a structure that is closed before its block. Does nothing by default.
     */
    public void detach() {}
}
