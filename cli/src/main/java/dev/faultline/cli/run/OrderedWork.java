package dev.faultline.cli.run;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Computes a result for each of many inputs on every CPU, and hands on the results in the order of the inputs. The
 * largest inputs are begun first, so that no thread is left with one when the others have finished. The thread that
 * takes the results computes too, while the next one is not there.
 *
 * @param <T> the inputs
 * @param <R> the results
 */
final class OrderedWork<T, R> {

    /** How many of the largest inputs are begun first. */
    private static final int FIRST = 16;

    /** The most inputs that are begun and whose results are not taken yet: few, so that few results are kept. */
    private static final int MOST_BEGUN = 1024;

    /** Takes the results. */
    interface Taker<R> {
        void take(R result) throws IOException;
    }

    private final List<T> inputs;
    private final Function<T, R> function;
    private final List<CompletableFuture<R>> results;
    /** The numbers of the inputs in the order in which they are begun. */
    private final int[] order;

    private final AtomicInteger begun = new AtomicInteger();
    private final Semaphore mayBegin = new Semaphore(MOST_BEGUN);
    private volatile boolean stopped;

    /**
     * @param inputs the inputs
     * @param size about how long each takes, in any unit
     * @param function computes a result; called by several threads at once
     */
    OrderedWork(List<T> inputs, ToLongFunction<T> size, Function<T, R> function) {
        this.inputs = inputs;
        this.function = function;
        this.results = new ArrayList<>(inputs.size());
        inputs.forEach(any -> results.add(new CompletableFuture<>()));
        List<Integer> largest = IntStream.range(0, inputs.size())
                .boxed()
                .sorted(Comparator.comparingLong(i -> -size.applyAsLong(inputs.get(i))))
                .limit(FIRST)
                .toList();
        this.order = Stream.concat(
                        largest.stream(),
                        IntStream.range(0, inputs.size()).boxed().filter(i -> !largest.contains(i)))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /**
     * Computes and hands on every result; called once.
     *
     * @param taker takes the results, one after the other, on this thread
     * @throws IOException when the taker does; what the function throws for an input is thrown when it is its turn
     */
    void run(Taker<R> taker) throws IOException {
        int helpers = Math.min(ForkJoinPool.getCommonPoolParallelism(), inputs.size() - 1);
        for (int i = 0; i < helpers; i++) {
            Thread helper = new Thread(this::help, "faultline-analysis-" + i);
            helper.setDaemon(true);
            helper.start();
        }
        try {
            for (int i = 0; i < inputs.size(); i++) {
                CompletableFuture<R> next = results.get(i);
                while (!next.isDone() && mayBegin.tryAcquire() && computeOne()) {}
                taker.take(ParallelAnalysis.result(next));
                results.set(i, null); // so that its result is not kept
                mayBegin.release();
            }
        } finally {
            stopped = true;
            mayBegin.release(Integer.MAX_VALUE / 2);
        }
    }

    private void help() {
        do {
            mayBegin.acquireUninterruptibly();
        } while (!stopped && computeOne());
    }

    /** {@return whether there was an input that nothing had begun; it is computed now} */
    private boolean computeOne() {
        int position = begun.getAndIncrement();
        if (position >= order.length) {
            return false;
        }
        int input = order[position];
        try {
            results.get(input).complete(function.apply(inputs.get(input)));
        } catch (RuntimeException | Error thrown) {
            results.get(input).completeExceptionally(thrown);
        }
        return true;
    }
}
