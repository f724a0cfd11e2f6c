package dev.faultline.offheap.refcount;

import dev.faultline.offheap.memory.IntWords;
import dev.faultline.offheap.memory.StripeAreas;
import dev.faultline.offheap.rcu.Reader;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The reference count of a network device, one int for each stripe. A reference may be held on one stripe and put on
 * another, so a stripe may be below zero. No put releases the device; the thread that unregisters it waits until the
 * sum shows that no references are left.
 *
 * <p>The sum is not a snapshot. It is reliable only when no new references are taken: otherwise it misses one taken on
 * a stripe that was read already in exchange for one put on a stripe that was not read yet.
 *
 * <p>Only the owner of a stripe writes it: a plain read, an addition and a store with release order; see {@link
 * PercpuRef}.
 */
public final class DeviceCount implements AutoCloseable {

    private static final long REBROADCAST_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long WARNING_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final int LONGEST_SLEEP_MILLIS = 250;

    /** The initial count of a device, and how {@link #awaitAllReferences} waits. */
    public enum Form {
        /** Since Linux 2.6.37: starts at 0; waits for 0, and looks every 250 ms. */
        FROM_ZERO(0, LONGEST_SLEEP_MILLIS),
        /**
         * Since Linux 5.13: starts at 1, for the registration; waits for 1, and sleeps from 1 ms, doubling up to 250
         * ms.
         */
        FROM_ONE(1, 0);

        private final int initial;
        private final int firstSleepMillis; // 0: a barrier instead of a sleep

        Form(int initial, int firstSleepMillis) {
            this.initial = initial;
            this.firstSleepMillis = firstSleepMillis;
        }
    }

    /** A replaceable {@link Thread#sleep}. */
    @FunctionalInterface
    public interface Sleeper {

        /**
         * Sleeps.
         *
         * @param millis how long, in milliseconds
         * @throws InterruptedException when the thread is interrupted
         */
        void sleep(long millis) throws InterruptedException;
    }

    /** What a waiting thread calls. */
    public interface Listener {

        /**
         * Tells all holders of references again that the device is being unregistered; called after each second.
         *
         * @param device the name of the device
         */
        void rebroadcast(String device);

        /** Waits for callbacks that may put a reference; only called for {@link Form#FROM_ONE}. */
        void barrier();

        /**
         * Warns that the device still has references; called every ten seconds.
         *
         * @param device the name of the device
         * @param references the sum over all stripes
         */
        void stillHeld(String device, int references);
    }

    private final String name;
    private final Form form;
    private final StripeAreas areas;
    private final StripeAreas.Slot slot;
    private IntWords counters; // null when closed

    DeviceCount(String name, Form form, IntWords counters, StripeAreas areas, StripeAreas.Slot slot) {
        this.name = name;
        this.form = form;
        this.counters = counters;
        this.areas = areas;
        this.slot = slot;
        counters.set(0, form.initial);
    }

    /**
     * Opens the count of a device.
     *
     * @param name the name of the device, for warnings
     * @param form the initial count and the way of waiting
     * @param areas where the stripes are allocated; at least one stripe for each reader that holds
     * @return the count; close it
     * @throws StripeAreas.Exhausted when the areas are full
     */
    public static DeviceCount open(String name, Form form, StripeAreas areas) {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(form, "form");
        StripeAreas.Slot slot = areas.allocate(Integer.BYTES);
        return new DeviceCount(name, form, slot.int32s(), areas, slot);
    }

    /**
     * Takes a reference.
     *
     * @param reader the calling thread's reader, inside; its slot is the stripe
     * @throws IllegalStateException when the reader is not inside, or the count is closed
     * @throws IndexOutOfBoundsException when there is no such stripe
     */
    public void hold(Reader reader) {
        add(reader, 1);
    }

    /**
     * Gives a reference back; it may have been taken on another stripe.
     *
     * @param reader the calling thread's reader, inside; its slot is the stripe
     * @throws IllegalStateException when the reader is not inside, or the count is closed
     * @throws IndexOutOfBoundsException when there is no such stripe
     */
    public void put(Reader reader) {
        add(reader, -1);
    }

    private void add(Reader reader, int references) {
        reader.expectInside();
        IntWords words = open();
        int stripe = reader.slot();
        words.setOrdered(stripe, words.get(stripe) + references);
    }

    private IntWords open() {
        IntWords words = counters;
        if (words == null) {
            throw new IllegalStateException("the count of " + name + " is closed");
        }
        return words;
    }

    /**
     * {@return the sum over all stripes, which are read one after the other; the class comment says when it is
     * reliable}
     */
    public int read() {
        IntWords words = open();
        int sum = 0;
        for (int stripe = 0; stripe < words.count(); stripe++) {
            sum += words.getVolatile(stripe);
        }
        return sum;
    }

    /** {@return bytes that the counters take, over all stripes} */
    public long byteSize() {
        return areas.bytesPerCounter(Integer.BYTES);
    }

    /**
     * Waits without a time limit until only the initial count is left.
     *
     * @param clock the time in nanoseconds, as {@link System#nanoTime}
     * @param sleeper called to sleep between two looks
     * @param listener called while the thread waits
     * @throws InterruptedException when the sleeper is interrupted
     */
    public void awaitAllReferences(LongSupplier clock, Sleeper sleeper, Listener listener) throws InterruptedException {
        long rebroadcast = clock.getAsLong();
        long warned = rebroadcast;
        int sleepMillis = form.firstSleepMillis;
        int held = read();
        while (held != form.initial) {
            if (clock.getAsLong() - rebroadcast >= REBROADCAST_NANOS) {
                listener.rebroadcast(name);
                if (form == Form.FROM_ONE) {
                    listener.barrier();
                }
                rebroadcast = clock.getAsLong();
            }
            sleepMillis = pause(sleepMillis, sleeper, listener);
            held = read();
            if (held != form.initial && clock.getAsLong() - warned >= WARNING_NANOS) {
                listener.stillHeld(name, held);
                warned = clock.getAsLong();
            }
        }
    }

    /** Sleeps, or waits for callbacks; returns how long to sleep the next time. */
    private static int pause(int sleepMillis, Sleeper sleeper, Listener listener) throws InterruptedException {
        if (sleepMillis == 0) {
            listener.barrier();
            return 1;
        }
        sleeper.sleep(sleepMillis);
        return Math.min(2 * sleepMillis, LONGEST_SLEEP_MILLIS);
    }

    /** Frees the counters; no other thread may use the count any more. Closing again does nothing. */
    @Override
    public void close() {
        if (counters != null) {
            counters = null;
            areas.free(slot);
        }
    }
}
