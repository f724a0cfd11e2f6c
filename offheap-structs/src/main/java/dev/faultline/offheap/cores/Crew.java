package dev.faultline.offheap.cores;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** One thread a CPU, pinned once where that is possible; threads without work sleep. */
public final class Crew implements AutoCloseable {

    private final List<ExecutorService> threads = new ArrayList<>();
    private final boolean pinned;

    /**
     * Starts a thread for each CPU.
     *
     * @param name what threads are called, with the number of their CPU
     * @param cpus numbers of CPUs
     */
    public Crew(String name, List<Integer> cpus) {
        for (int cpu : cpus) {
            threads.add(Executors.newSingleThreadExecutor(work -> {
                Thread thread = new Thread(work, name + "-" + cpu);
                thread.setDaemon(true); // a user who interrupts the program does not wait
                return thread;
            }));
        }
        boolean all = true;
        for (int i = 0; i < cpus.size(); i++) {
            int cpu = cpus.get(i);
            all &= on(List.of(i), member -> Pinning.pin(cpu)).get(0);
        }
        this.pinned = all;
    }

    /**
     * What a thread does.
     *
     * @param <T> what comes of it
     */
    @FunctionalInterface
    public interface Work<T> {
        /** {@return what comes of it, done by the thread at that place in the crew} */
        T by(int member);
    }

    /** {@return whether every thread stays on its CPU} */
    public boolean pinned() {
        return pinned;
    }

    /** {@return how many threads there are} */
    public int size() {
        return threads.size();
    }

    /**
     * Works.
     *
     * @param members places in the crew
     * @param work what each of them does
     * @param <T> what comes of it
     * @return what each of these threads gives; all work at the same time, and all have ended when this returns
     */
    public <T> List<T> on(List<Integer> members, Work<T> work) {
        List<Future<T>> futures = new ArrayList<>();
        for (int member : members) {
            Callable<T> task = () -> work.by(member);
            futures.add(threads.get(member).submit(task));
        }
        List<T> results = new ArrayList<>();
        InconclusiveException failed = null;
        for (Future<T> future : futures) {
            try {
                results.add(future.get());
            } catch (InterruptedException asked) {
                Thread.currentThread().interrupt();
                failed = new InconclusiveException("inconclusive: interrupted");
            } catch (ExecutionException thrown) {
                failed = failure(thrown);
            }
        }
        if (failed != null) {
            throw failed;
        }
        return results;
    }

    private static InconclusiveException failure(ExecutionException thrown) {
        if (thrown.getCause() instanceof InconclusiveException reason) {
            return reason;
        }
        throw new IllegalStateException("a measuring thread failed", thrown.getCause());
    }

    /** Ends the threads; waits until none touches memory any more. */
    @Override
    public void close() {
        threads.forEach(ExecutorService::shutdown);
        boolean interrupted = false;
        for (ExecutorService thread : threads) {
            boolean ended = false;
            while (!ended) {
                try {
                    ended = thread.awaitTermination(1, TimeUnit.SECONDS); // every loop has a deadline
                } catch (InterruptedException asked) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
