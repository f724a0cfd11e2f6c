package dev.faultline.bench.cores;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** A thread for each CPU, pinned to it where that is possible. Threads without work sleep. */
public final class CpuThreads implements AutoCloseable {

    private final List<ExecutorService> threads = new ArrayList<>();
    private final boolean pinned;

    /**
     * Starts a thread for each CPU.
     *
     * @param name the first part of the threads' names; the number of the CPU follows
     * @param cpus numbers of CPUs
     */
    public CpuThreads(String name, List<Integer> cpus) {
        for (int cpu : cpus) {
            threads.add(Executors.newSingleThreadExecutor(work -> {
                Thread thread = new Thread(work, name + "-" + cpu);
                thread.setDaemon(true); // so that interrupting the program does not wait for it
                return thread;
            }));
        }
        boolean all = true;
        for (int i = 0; i < cpus.size(); i++) {
            int cpu = cpus.get(i);
            all &= on(List.of(i), index -> CpuAffinity.pin(cpu)).get(0);
        }
        this.pinned = all;
    }

    /**
     * Work of one thread.
     *
     * @param <T> the result
     */
    @FunctionalInterface
    public interface Work<T> {
        /** {@return the result of the thread with that index} */
        T by(int index);
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
     * Runs work on some of the threads.
     *
     * @param indices which threads
     * @param work what each of them does
     * @param <T> the result of one thread
     * @return the results in the order of the indices; all threads work at the same time, and all are done on return
     */
    public <T> List<T> on(List<Integer> indices, Work<T> work) {
        List<Future<T>> futures = new ArrayList<>();
        for (int index : indices) {
            Callable<T> task = () -> work.by(index);
            futures.add(threads.get(index).submit(task));
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

    /** Ends the threads; waits until none accesses memory any more. */
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
