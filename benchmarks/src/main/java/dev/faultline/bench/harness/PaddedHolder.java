package dev.faultline.bench.harness;

import java.util.function.Supplier;

/**
 * Holds an object between paddings, so that it shares no line with other objects. Objects made one after another lie
 * one after another, and a garbage collection copies the elements of such an array in that order.
 *
 * @param <T> what is held
 */
public final class PaddedHolder<T> {

    private static final int PAD_BYTES = 512;

    /** The index of the one number used in {@link #counter()}. */
    public static final int AT = 32;

    private final Object[] row = new Object[3];
    private final T held;

    /** Makes what is held, with all that it allocates itself. */
    public PaddedHolder(Supplier<T> maker) {
        row[0] = new byte[PAD_BYTES];
        held = maker.get();
        row[1] = held;
        row[2] = new byte[PAD_BYTES];
    }

    /** {@return what is held} */
    public T get() {
        return held;
    }

    /** {@return an array in which only the number at {@link #AT} is used, 256 bytes from either end} */
    public static long[] counter() {
        return new long[2 * AT];
    }
}
