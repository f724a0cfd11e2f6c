package dev.faultline.offheap.bench;

import java.util.function.Supplier;

/**
 * Keeps what is allocated off the lines of other objects, whose readers would suffer from its writers: objects made one
 * after another stand one after another, and a collection of such an array copies them in that order.
 *
 * @param <T> what is kept
 */
public final class Apart<T> {

    private static final int PAD_BYTES = 512;

    /** The place of a number in {@link #counter()}. */
    public static final int AT = 32;

    private final Object[] row = new Object[3];
    private final T kept;

    /** Makes what is to be kept, with all that it allocates itself. */
    public Apart(Supplier<T> maker) {
        row[0] = new byte[PAD_BYTES];
        kept = maker.get();
        row[1] = kept;
        row[2] = new byte[PAD_BYTES];
    }

    /** {@return what is kept} */
    public T get() {
        return kept;
    }

    /** {@return an array in which only the number at {@link #AT} is used, 256 bytes from either end} */
    public static long[] counter() {
        return new long[2 * AT];
    }
}
