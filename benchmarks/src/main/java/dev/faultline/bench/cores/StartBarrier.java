package dev.faultline.bench.cores;

import java.util.concurrent.atomic.AtomicInteger;

/** Lets threads begin at the same time. They spin until all are there: sleeping threads would wake one by one. */
public final class StartBarrier {

    private static final long PATIENCE_NANOS = 5_000_000_000L;
    private static final int SPINS = 1 << 12;

    private final AtomicInteger missing;
    private volatile long startNanos;
    private volatile boolean gone;

    /** Makes a barrier for this many threads. */
    public StartBarrier(int threads) {
        this.missing = new AtomicInteger(threads);
    }

    /** {@return the time by {@code System.nanoTime} at which all threads were there} */
    public long await() {
        if (missing.decrementAndGet() == 0) {
            startNanos = System.nanoTime();
            gone = true;
        }
        long arrived = System.nanoTime();
        for (int spins = 1; !gone; spins++) {
            Thread.onSpinWait();
            if (spins % SPINS == 0) {
                Thread.yield(); // a missing thread may need this CPU
                if (System.nanoTime() - arrived > PATIENCE_NANOS) {
                    throw new InconclusiveException(
                            "inconclusive: the threads did not get to run at the same time; end what else runs here");
                }
            }
        }
        return startNanos;
    }
}
