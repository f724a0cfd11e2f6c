package dev.faultline.offheap.calibrate;

import dev.faultline.offheap.memory.LongWords;

/**
 * The loops that are timed, each for a number of steps or until a time, so that the compiler sees them as they are and
 * none runs for ever.
 */
final class Loops {

    /** Steps between two looks at the clock, which costs about as much as ten of them. */
    static final int STEPS = 256;

    private static final int TRIES = 1024;
    private static final long OVER = -1;

    private Loops() {}

    /** {@return where one is after following the words, each of which says which is next} */
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
     * One side of a game of two: waits for its turn and makes it the other's, by compare-and-set, which takes the line at
     * once. The one that is {@code first} ends the game after a deadline.
     *
     * @return turns taken, and the ns from the first to the last
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

    /** A chunk of steps of a loop. */
    @FunctionalInterface
    interface Chunk {
        /** {@return failed attempts} */
        long run();
    }

    /** {@return what came of running chunks until the time is over} */
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
     * What came of a loop.
     *
     * @param steps how many steps were done
     * @param nanos in how many ns
     * @param failed attempts that failed
     */
    record Timed(long steps, long nanos, long failed) {}
}
