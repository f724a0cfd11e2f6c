package dev.faultline.bench.calibrate;

import dev.faultline.offheap.memory.LongWords;

/**
 * The loops that are timed. Each runs for a fixed number of steps, which the compiler sees, or until a deadline.
 */
final class TimedLoops {

    /** Steps between two readings of the clock, which cost about as much as ten steps. */
    static final int STEPS = 256;

    private static final int TRIES = 1024;
    private static final long OVER = -1;

    private TimedLoops() {}

    /** {@return the index reached by following words, each of which holds the index of the next} */
    static int chase(LongWords words, int from) {
        int at = from;
        for (int i = 0; i < STEPS; i++) {
            at = (int) words.get(at);
        }
        return at;
    }

    /** Adds one, {@link #STEPS} times. */
    static void add(LongWords words, int index) {
        for (int i = 0; i < STEPS; i++) {
            words.getAndAdd(index, 1);
        }
    }

    /** Adds one by compare-and-set, {@link #STEPS} times; returns how many attempts failed. */
    static long addByLoop(LongWords words, int index) {
        long failed = 0;
        for (int i = 0; i < STEPS; i++) {
            long seen = words.getVolatile(index);
            while (!words.compareAndSet(index, seen, seen + 1)) {
                failed++;
                seen = words.getVolatile(index);
            }
        }
        return failed;
    }

    /**
     * One side of a ping-pong of two threads: waits for its turn and passes it on by compare-and-set, which takes the
     * line at once. The first side ends it after {@code nanos}.
     *
     * @return the turns, and the ns from the first to the last
     */
    static Timed pingPong(LongWords words, int index, boolean first, long startNanos, long nanos) {
        long mine = first ? 0 : 1;
        long turns = 0;
        long giveUpNanos = startNanos + nanos + 1_000_000_000L;
        while (turn(words, index, mine, 1 - mine, giveUpNanos)) {
            turns++;
            boolean late = first && turns % (STEPS / 4) == 0 && System.nanoTime() - startNanos >= nanos;
            if (late) {
                break;
            }
        }
        long elapsed = System.nanoTime() - startNanos;
        if (first) {
            turn(words, index, mine, OVER, giveUpNanos);
        }
        return new Timed(turns, elapsed, 0);
    }

    private static boolean turn(LongWords words, int index, long mine, long next, long giveUpNanos) {
        while (true) {
            for (int i = 0; i < TRIES; i++) {
                if (words.compareAndSet(index, mine, next)) {
                    return true;
                }
            }
            if (words.getVolatile(index) == OVER || System.nanoTime() - giveUpNanos >= 0) {
                return false;
            }
        }
    }

    /** Some steps of a loop. */
    @FunctionalInterface
    interface Chunk {
        /** {@return failed attempts} */
        long run();
    }

    /** Runs chunks until the time is over. */
    static Timed chunks(long startNanos, long nanos, Chunk chunk) {
        long steps = 0;
        long failed = 0;
        long now;
        do {
            failed += chunk.run();
            steps += STEPS;
            now = System.nanoTime();
        } while (now - startNanos < nanos);
        return new Timed(steps, now - startNanos, failed);
    }

    /**
     * The result of a loop.
     *
     * @param steps how many steps were done
     * @param nanos ns they took
     * @param failed how many attempts failed
     */
    record Timed(long steps, long nanos, long failed) {}
}
