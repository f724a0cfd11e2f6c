package dev.faultline.offheap.interleave;

import java.util.ArrayList;
import java.util.List;

/** What is run in one order: words, threads that use them, and checks. It is made anew for each order. */
public final class Scenario {

    private static final int MOST_THREADS = 8;

    /** The body of a thread. */
    @FunctionalInterface
    public interface Body {

        /** Runs; an exception fails the schedule. */
        void run() throws Exception;
    }

    record Part(String name, Body body) {}

    private final List<Part> parts = new ArrayList<>();
    private final List<Runnable> afterEachStep = new ArrayList<>();
    private final List<Runnable> atEnd = new ArrayList<>();

    Scenario() {}

    /** {@return a word with an initial value} */
    public SteppedInt int32(String name, int value) {
        return new SteppedInt(name, value);
    }

    /** {@return a word with an initial value} */
    public SteppedLong int64(String name, long value) {
        return new SteppedLong(name, value);
    }

    /** {@return words of value 0} */
    public SteppedInts int32s(String name, int count) {
        return new SteppedInts(name, count);
    }

    /** {@return words of value 0} */
    public SteppedLongs int64s(String name, int count) {
        return new SteppedLongs(name, count);
    }

    /** Adds a thread. It runs up to its first access before any choice is made. */
    public void thread(String name, Body body) {
        if (parts.size() == MOST_THREADS) {
            throw new IllegalStateException("more than " + MOST_THREADS + " threads");
        }
        parts.add(new Part(name, body));
    }

    /** Adds a check that is made after each step; its reads of words are not steps. */
    public void afterEachStep(Runnable check) {
        afterEachStep.add(check);
    }

    /** Adds a check that is made when all threads have ended. */
    public void atEnd(Runnable check) {
        atEnd.add(check);
    }

    List<Part> parts() {
        return parts;
    }

    void checkStep() {
        for (Runnable check : afterEachStep) {
            check.run();
        }
    }

    void checkEnd() {
        for (Runnable check : atEnd) {
            check.run();
        }
    }
}
