package dev.faultline.bench.contestants.queue;

import dev.faultline.bench.harness.BenchRunner;
import dev.faultline.bench.harness.ContestantFactory;
import dev.faultline.bench.harness.IterationCounters;
import dev.faultline.bench.harness.PinnedThread;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Group;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Control;

/**
 * Threads pass elements through a queue. The scores are worth nothing unless the CPUs are free, which {@link
 * BenchRunner} checks.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class QueueBenchmark {

    private static final int CAPACITY = 512;

    /** The queue. */
    @State(Scope.Benchmark)
    public static class Shared {
        /** Name of the contestant's class. */
        @Param("unset")
        public String contestant;

        /** How many elements a bulk has. */
        @Param("1")
        public int size;

        private QueueContestant queue;

        /** Makes the queue. It lives as long as the fork, because threads end in any order. */
        @Setup
        public void open() {
            queue = ContestantFactory.create(contestant, QueueContestant.class);
            queue.open(CAPACITY);
        }
    }

    /** What one thread has. */
    @State(Scope.Thread)
    public static class Mine {
        private QueueContestant.Port port;
        private long operations;
        private final IterationCounters counters = new IterationCounters();

        /** Begins an iteration. */
        @Setup(Level.Iteration)
        public void begin(Shared shared, PinnedThread thread) {
            if (port == null) {
                port = shared.queue.port(shared.size);
            }
            operations = 0;
            counters.begin(port, thread);
        }

        /** Passes on what was counted. */
        @TearDown(Level.Iteration)
        public void end() {
            counters.end(port, operations);
        }
    }

    /** Enqueues an element and dequeues it. */
    @Benchmark
    public void pair(Mine mine) {
        if (!mine.port.offer() || !mine.port.poll()) {
            throw new IllegalStateException("an empty queue was full, or a full one empty");
        }
        mine.operations++;
    }

    /** Enqueues a bulk in one operation and dequeues it in another. */
    @Benchmark
    public void bulk(Shared shared, Mine mine) {
        int size = shared.size;
        if (mine.port.fill(size) != size || mine.port.drain(size) != size) {
            throw new IllegalStateException("an empty queue was full, or a full one empty");
        }
        mine.operations += size;
    }

    /** Enqueues elements one by one, then dequeues them one by one. */
    @Benchmark
    public void multi(Shared shared, Mine mine) {
        int size = shared.size;
        int done = 0;
        for (int i = 0; i < size; i++) {
            done += mine.port.offer() ? 1 : 0;
        }
        for (int i = 0; i < size; i++) {
            done += mine.port.poll() ? 1 : 0;
        }
        if (done != 2 * size) {
            throw new IllegalStateException("an empty queue was full, or a full one empty");
        }
        mine.operations += size;
    }

    /** Enqueues an element as soon as there is room. */
    @Benchmark
    @Group("oneToOne")
    public void producer(Mine mine, Control control) {
        while (!mine.port.offer() && !control.stopMeasurement) {
            Thread.onSpinWait();
        }
        mine.operations++;
    }

    /** Dequeues an element as soon as there is one. */
    @Benchmark
    @Group("oneToOne")
    public void consumer(Mine mine, Control control) {
        while (!mine.port.poll() && !control.stopMeasurement) {
            Thread.onSpinWait();
        }
        mine.operations++;
    }

    /** Enqueues a bulk, in parts when there is not room for all. */
    @Benchmark
    @Group("stream")
    public void filler(Shared shared, Mine mine, Control control) {
        int left = shared.size;
        while (left > 0 && !control.stopMeasurement) {
            int filled = mine.port.fill(left);
            left -= filled;
            if (filled == 0) {
                Thread.onSpinWait();
            }
        }
        mine.operations += shared.size;
    }

    /** Dequeues as many elements, in parts as they come. */
    @Benchmark
    @Group("stream")
    public void drainer(Shared shared, Mine mine, Control control) {
        int left = shared.size;
        while (left > 0 && !control.stopMeasurement) {
            int drained = mine.port.drain(left);
            left -= drained;
            if (drained == 0) {
                Thread.onSpinWait();
            }
        }
        mine.operations += shared.size;
    }
}
