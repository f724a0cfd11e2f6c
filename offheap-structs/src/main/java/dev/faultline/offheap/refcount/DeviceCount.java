package dev.faultline.offheap.refcount;

import dev.faultline.offheap.memory.IntWords;
import dev.faultline.offheap.memory.StripeAreas;
import dev.faultline.offheap.rcu.Reader;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The references of a network device, an int for each stripe: held on one and put on another, so that a stripe may be below
 * zero. Nobody releases it with the last put; who unregisters the device waits until the sum says that nobody has it.
 *
 * <p>The sum is no snapshot. It can be trusted only once no new references are taken: one that is taken on a stripe which was
 * read already, and replaces one that is put on a stripe which was not, is missed.
 *
 * <p>A stripe is written by its owner alone, who reads, adds and stores with release order; see {@link PercpuRef}.
 */
public final class DeviceCount implements AutoCloseable {

    private static final long REBROADCAST_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long WARNING_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final int LONGEST_SLEEP_MILLIS = 250;

    /** How a device begins, and how it is waited for. */
    public enum Form {
        /** Since 2.6.37: begins with 0 and is waited for until 0, looking every 250 ms. */
        FROM_ZERO(0, LONGEST_SLEEP_MILLIS),
        /** Since 5.13: begins with 1, for its registration, and is waited for until 1; sleeps grow from 1 to 250 ms. */
        FROM_ONE(1, 0);

        private final int initial;
        private final int firstSleepMillis; // 0: no sleep, a barrier

        Form(int initial, int firstSleepMillis) {
            this.initial = initial;
            this.firstSleepMillis = firstSleepMillis;
        }
    }

    /** What sleeps. */
    @FunctionalInterface
    public interface Sleeper {

        /** Sleeps some milliseconds. */
        void sleep(long millis) throws InterruptedException;
    }

    /** What is to be done, and said, while somebody waits. */
    public interface Listener {

        /** Tells once more everybody who may have a reference that the device goes; after each second. */
        void rebroadcast(String device);

        /** Waits for callbacks that may put a reference; only {@link Form#FROM_ONE} asks for it. */
        void barrier();

        /** Warns that it is still held; every ten seconds. */
        void stillHeld(String device, int references);
    }

    private final String name;
    private final Form form;
    private final StripeAreas areas;
    private final StripeAreas.Slot slot;
    private IntWords counters; // null once closed

    DeviceCount(String name, Form form, IntWords counters, StripeAreas areas, StripeAreas.Slot slot) {
        this.name = name;
        this.form = form;
        this.counters = counters;
        this.areas = areas;
        this.slot = slot;
        counters.set(0, form.initial);
    }

    /**
     * Makes a device's count.
     *
     * @param name of the device, for warnings
     * @param form how it begins and is waited for
     * @param areas where its counters come from; as many stripes as there may be readers that hold
     * @return the count; to be closed
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
     * @param reader the calling thread's, inside; its slot is the stripe
     * @throws IllegalStateException when the reader is not inside, or after close
     * @throws IndexOutOfBoundsException when there is no such stripe
     */
    public void hold(Reader reader) {
        add(reader, 1);
    }

    /**
     * Gives a reference back, wherever it was taken.
     *
     * @param reader the calling thread's, inside; its slot is the stripe
     * @throws IllegalStateException when the reader is not inside, or after close
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

    /** {@return the sum over all stripes, one read after the other; see above for what it is worth} */
    public int read() {
        IntWords words = open();
        int sum = 0;
        for (int stripe = 0; stripe < words.count(); stripe++) {
            sum += words.getVolatile(stripe);
        }
        return sum;
    }

    /** {@return bytes its counters take, over all stripes} */
    public long byteSize() {
        return areas.bytesPerCounter(Integer.BYTES);
    }

    /**
     * Waits until nobody else has a reference, for as long as it takes.
     *
     * @param clock nanoseconds, as {@link System#nanoTime}
     * @param sleeper what sleeps between looks
     * @param listener what is to be done meanwhile
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

    /** Returns how long to sleep the next time. */
    private static int pause(int sleepMillis, Sleeper sleeper, Listener listener) throws InterruptedException {
        if (sleepMillis == 0) {
            listener.barrier();
            return 1;
        }
        sleeper.sleep(sleepMillis);
        return Math.min(2 * sleepMillis, LONGEST_SLEEP_MILLIS);
    }

    /** Frees its counters; nobody else may use it any more. Closing again does nothing. */
    @Override
    public void close() {
        if (counters != null) {
            counters = null;
            areas.free(slot);
        }
    }
}
