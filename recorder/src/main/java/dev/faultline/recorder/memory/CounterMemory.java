package dev.faultline.recorder.memory;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * How much memory counters take, about. Those of threads that are over are added up and let go by the thread that
 * writes the file; where it does not keep up, by the threads that begin.
 */
public final class CounterMemory {

    private static final long BYTES_OF_HEAP = Runtime.getRuntime().maxMemory();
    /** How much counters of threads that are over may take. */
    private static final long MOST_OVER = Math.min(Math.max(BYTES_OF_HEAP / 32, 1 << 20), 1 << 26);
    /** From here on, threads that begin share counters. */
    private static final long MOST_APART = BYTES_OF_HEAP / 8;
    /** From here on, there are no further counters. */
    private static final long MOST = BYTES_OF_HEAP / 4;
    /** How often a thread that begins looks whether another one has let counters go, and how long it waits between. */
    private static final int WAITS = 50;

    private static final int WAITS_WHEN_SCARCE = 2000;
    private static final long NANOS_A_WAIT = 1_000_000;

    private static final AtomicLong TAKEN = new AtomicLong();
    private static volatile long limit = MOST_OVER;
    /** What they took, when counters of threads that are over had been let go last. */
    private static volatile long ofLiving;

    private static volatile BooleanSupplier letGo = () -> true;

    private CounterMemory() {}

    /** Notes that counters take some more bytes, or less when that is negative. */
    public static void take(long bytes) {
        TAKEN.addAndGet(bytes);
    }

    /** {@return about how many bytes counters take} */
    public static long taken() {
        return TAKEN.get();
    }

    /** Notes what lets the counters of threads that are over go; it returns false when another thread does so now. */
    public static void setLetGo(BooleanSupplier action) {
        letGo = action;
    }

    /** Notes that they have been let go. */
    public static void haveGone() {
        ofLiving = TAKEN.get();
        limit = ofLiving + MOST_OVER;
    }

    /** {@return whether the thread that writes the file is to let some go} */
    public static boolean isMuch() {
        return TAKEN.get() > limit - MOST_OVER / 2;
    }

    /** Lets counters of threads that are over go when they take too much, or waits a little until they have gone. */
    public static void bound() {
        for (int i = 0; TAKEN.get() > limit && i < (TAKEN.get() > MOST_APART ? WAITS_WHEN_SCARCE : WAITS); i++) {
            if (letGo.getAsBoolean()) {
                return;
            }
            LockSupport.parkNanos(NANOS_A_WAIT);
        }
    }

    /** {@return whether the counters of living threads take so much that a new thread is to have none of its own} */
    public static boolean isScarce() {
        return ofLiving > MOST_APART;
    }

    /** {@return whether there is no memory for further counters} */
    public static boolean isUsedUp() {
        return TAKEN.get() > MOST;
    }
}
