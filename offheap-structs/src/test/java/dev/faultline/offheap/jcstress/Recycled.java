package dev.faultline.offheap.jcstress;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/**
 * Things off heap for states of jcstress tests. States are made by the million and never closed, so things are made
 * once, as many as states can be alive at a time and more, and used in turn; who takes one resets it.
 *
 * @param <T> what a state works on
 */
public final class Recycled<T> {

    /** How many things there are; {@link JcstressTest} keeps fewer than half as many states alive. */
    public static final int COUNT = 4096;

    private final Object[] things = new Object[COUNT];
    private final AtomicInteger taken = new AtomicInteger();

    /** Makes the things; the function is given their numbers. */
    public Recycled(IntFunction<T> made) {
        for (int i = 0; i < COUNT; i++) {
            things[i] = made.apply(i);
        }
    }

    /** {@return the one that was not used for longest} */
    @SuppressWarnings("unchecked")
    public T next() {
        return (T) things[taken.getAndIncrement() & COUNT - 1];
    }
}
