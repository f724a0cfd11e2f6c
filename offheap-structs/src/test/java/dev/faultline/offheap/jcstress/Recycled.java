package dev.faultline.offheap.jcstress;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/**
 * Off-heap things for states of jcstress tests. Millions of states are made and never closed, so the things are made
 * once, more than can be in use at the same time, and used in turn; a state that takes one resets it.
 *
 * @param <T> the type of the things
 */
public final class Recycled<T> {

    /** The number of things; {@link JcstressTest} keeps fewer than half as many states alive. */
    public static final int COUNT = 4096;

    private final Object[] things = new Object[COUNT];
    private final AtomicInteger taken = new AtomicInteger();

    /** Makes the things; the function gets their numbers. */
    public Recycled(IntFunction<T> made) {
        for (int i = 0; i < COUNT; i++) {
            things[i] = made.apply(i);
        }
    }

    /** {@return the thing that was not used for the longest time} */
    @SuppressWarnings("unchecked")
    public T next() {
        return (T) things[taken.getAndIncrement() & COUNT - 1];
    }
}
