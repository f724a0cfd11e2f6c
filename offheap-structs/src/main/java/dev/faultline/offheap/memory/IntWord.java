package dev.faultline.offheap.memory;

/**
 * A 32-bit word that several threads work on. What is built on words can be run on off-heap memory, which is what
 * {@link StructView#int32} gives, and in tests on words that stop before each step, so that every order of steps is tried.
 *
 * <p>It is a class, not an interface, because where one implementation is loaded its methods cost no check of the type.
 */
public abstract class IntWord {

    /** For those who implement it. */
    protected IntWord() {}

    /** {@return the value, read plainly: the compiler may reuse what it read before} */
    public abstract int get();

    /** Writes plainly. */
    public abstract void set(int value);

    /** {@return the value; what is read or written later is not moved before this} */
    public abstract int getVolatile();

    /** Writes; every thread sees it before anything this thread reads or writes later. */
    public abstract void setVolatile(int value);

    /** Writes with release order: what was read or written before is not moved after this. */
    public abstract void setOrdered(int value);

    /** {@return the value before {@code delta} was added, in one atomic step ({@code lock xadd} on x86); it wraps around} */
    public abstract int getAndAdd(int delta);

    /** {@return whether the value was {@code expected} and is now {@code value}, in one atomic step} */
    public abstract boolean compareAndSet(int expected, int value);

    /**
     * Takes the word away from its place: every later access throws {@link IllegalStateException}. What else is at the
     * place
     * is not touched. For a structure that is closed while its block goes on. Does nothing where words have no place.
     */
    public void detach() {}
}
