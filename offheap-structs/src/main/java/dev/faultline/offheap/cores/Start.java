package dev.faultline.offheap.cores;

import java.util.concurrent.atomic.AtomicInteger;

/** Lets threads begin at the same time; sleeping until then would let them begin one by one. */
public final class Start {

    private static final long PATIENCE_NANOS = 5_000_000_000L;
    private static final int SPINS = 1 << 12;

    private final AtomicInteger missing;
    private volatile long startNanos;
    private volatile boolean gone;

    /** Waits for so many threads. */
    public Start(int threads) {
        this.missing = new AtomicInteger(threads);
    }

    /** {@return when all were here, by the clock of {@code System.nanoTime}} */
    public long await() {
        if (missing.decrementAndGet() == 0) {
            startNanos = System.nanoTime();
            gone = true;
        }
        long arrived = System.nanoTime();
        for (int spins = 1; !gone; spins++) {
            Thread.onSpinWait();
            if (spins % SPINS == 0) {
                Thread.yield(); // whom we wait for may need this CPU
                if (System.nanoTime() - arrived > PATIENCE_NANOS) {
                    throw new InconclusiveException(
                            "inconclusive: the threads did not get to run at the same time; end what else runs here");
                }
            }
        }
        return startNanos;
    }
}
