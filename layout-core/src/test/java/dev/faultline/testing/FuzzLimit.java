package dev.faultline.testing;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * How long one input may take. On a busy machine a thread may stand still for seconds, so that time alone says little:
 * what is
 * counted is the time that threads of this VM have computed, and only who waits much longer is stuck as well.
 *
 * @param computedNanos how long threads may compute for one input
 * @param waitedNanos how long one input may take, whatever the threads do
 */
record FuzzLimit(long computedNanos, long waitedNanos) {

    private static final long LOOK_MILLIS = 50;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** {@return a limit of seconds to compute, and fifteen times as long to wait} */
    static FuzzLimit ofSeconds(int seconds) {
        return new FuzzLimit(TimeUnit.SECONDS.toNanos(seconds), TimeUnit.SECONDS.toNanos(15L * seconds));
    }

    /**
     * Watches a worker to its end.
     *
     * @return nothing when it has ended; else what its thread does with an input that takes too long
     */
    Optional<AssertionError> watch(FuzzWorker<?> worker) throws InterruptedException {
        long begun = -1;
        long since = 0;
        long computed = 0;
        while (worker.isAlive()) {
            worker.join(LOOK_MILLIS);
            if (worker.begun() != begun) {
                begun = worker.begun();
                since = System.nanoTime();
                computed = computedByAll();
                continue;
            }
            long took = System.nanoTime() - since;
            if (worker.isAlive()
                    && (took > waitedNanos || took > computedNanos && computedByAll() - computed > computedNanos)) {
                return Optional.of(stuck(worker, took));
            }
        }
        return Optional.empty();
    }

    private static AssertionError stuck(Thread worker, long tookNanos) {
        AssertionError stuck = new AssertionError(
                "does not end: after " + TimeUnit.NANOSECONDS.toMillis(tookNanos) + " ms it was here");
        stuck.setStackTrace(worker.getStackTrace());
        return stuck;
    }

    /** What all threads but the compiler's and the collector's have computed; a reader may use several. */
    private static long computedByAll() {
        long sum = 0;
        for (ThreadInfo thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
            if (thread != null) {
                sum += Math.max(0, THREADS.getThreadCpuTime(thread.getThreadId()));
            }
        }
        return sum;
    }
}
