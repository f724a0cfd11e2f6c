package dev.faultline.offheap.bench;

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

/** Elements go through a queue. Scores mean nothing unless CPUs are free: {@link Bench} looks. */
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

        /** Elements of a bulk. */
        @Param("1")
        public int size;

        private QueueContestant queue;

        /** Makes the queue; it lives as long as the fork, since threads end in any order. */
        @Setup
        public void open() {
            queue = Making.contestant(contestant, QueueContestant.class);
            queue.open(CAPACITY);
        }
    }

    /** One thread. */
    @State(Scope.Thread)
    public static class Mine {
        private QueueContestant.Port port;
        private long operations;
        private final Tally tally = new Tally();

        /** Begins to use the queue. */
        @Setup(Level.Iteration)
        public void begin(Shared shared, Seat seat) {
            if (port == null) {
                port = shared.queue.port(shared.size);
            }
            operations = 0;
            tally.begin(port, seat);
        }

        /** Tells what was counted. */
        @TearDown(Level.Iteration)
        public void tell() {
            tally.tell(port, operations);
        }
    }

    /** In and out again. */
    @Benchmark
    public void pair(Mine mine) {
        if (!mine.port.offer() || !mine.port.poll()) {
            throw new IllegalStateException("an empty queue was full, or a full one empty");
        }
        mine.operations++;
    }

    /** Some in as one operation, and out again. */
    @Benchmark
    public void bulk(Shared shared, Mine mine) {
        int size = shared.size;
        if (mine.port.fill(size) != size || mine.port.drain(size) != size) {
            throw new IllegalStateException("an empty queue was full, or a full one empty");
        }
        mine.operations += size;
    }

    /** Some in one by one, and out again. */
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

    /** In, as soon as there is room. */
    @Benchmark
    @Group("oneToOne")
    public void producer(Mine mine, Control control) {
        while (!mine.port.offer() && !control.stopMeasurement) {
            Thread.onSpinWait();
        }
        mine.operations++;
    }

    /** Out, as soon as there is one. */
    @Benchmark
    @Group("oneToOne")
    public void consumer(Mine mine, Control control) {
        while (!mine.port.poll() && !control.stopMeasurement) {
            Thread.onSpinWait();
        }
        mine.operations++;
    }

    /** Some in, as soon as there is room for all. */
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

    /** As many out, as they come. */
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
