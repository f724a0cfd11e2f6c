package dev.faultline.bench.contestants.pool;

import dev.faultline.bench.harness.BenchRunner;
import dev.faultline.bench.harness.ContestantFactory;
import dev.faultline.bench.harness.HandoverPositions;
import dev.faultline.bench.harness.IterationCounters;
import dev.faultline.bench.harness.PinnedThread;
import java.util.Arrays;
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
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.Control;
import org.openjdk.jmh.infra.ThreadParams;

/**
 * Threads allocate and free records. The scores are worth nothing unless the CPUs are free, which {@link
 * BenchRunner} checks.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PoolBenchmark {

    /** The most records of a pair of threads on their way from producer to consumer, or of a burst. */
    private static final int SLOTS = 256;

    /** The pool, and the positions of each pair of threads. Records on their way lie in the pair's own slots. */
    @State(Scope.Benchmark)
    public static class Shared {
        /** Name of the contestant's class. */
        @Param("unset")
        public String contestant;

        /** How many records a burst has, at most {@link PoolBenchmark#SLOTS}. */
        @Param("1")
        public int size;

        private PoolContestant pool;
        private HandoverPositions[] positions;

        /** Makes the pool. It lives as long as the fork, because threads end in any order. */
        @Setup
        public void open(BenchmarkParams params) {
            positions = new HandoverPositions[Math.max(1, params.getThreads() / 2)];
            Arrays.setAll(positions, pair -> new HandoverPositions(SLOTS));
            pool = ContestantFactory.create(contestant, PoolContestant.class);
            pool.open(params.getThreads(), positions.length * SLOTS);
        }
    }

    /** What one thread has. */
    @State(Scope.Thread)
    public static class Mine {
        private PoolContestant.User user;
        private long operations;
        private int firstSlot;
        private HandoverPositions positions;
        private final IterationCounters counters = new IterationCounters();

        /** Begins an iteration. Where records are handed over, a producer and a consumer make a pair. */
        @Setup(Level.Iteration)
        public void begin(Shared shared, PinnedThread thread, ThreadParams params) {
            if (user == null) {
                user = shared.pool.user(thread.index());
                int pair = params.getSubgroupThreadIndex() % shared.positions.length;
                positions = shared.positions[pair];
                firstSlot = pair * SLOTS;
            }
            operations = 0;
            counters.begin(user, thread);
        }

        /** Passes on what was counted. */
        @TearDown(Level.Iteration)
        public void end() {
            counters.end(user, operations);
        }
    }

    /** Allocates a record and frees it at once. */
    @Benchmark
    public void instant(Mine mine) {
        mine.user.take(0);
        mine.user.free(0);
        mine.operations++;
    }

    /** Allocates many records, then frees them all. */
    @Benchmark
    public void burst(Shared shared, Mine mine) {
        int size = shared.size;
        for (int slot = 0; slot < size; slot++) {
            mine.user.take(slot);
        }
        for (int slot = 0; slot < size; slot++) {
            mine.user.free(slot);
        }
        mine.operations += size;
    }

    /** Allocates a record as soon as there is room. */
    @Benchmark
    @Group("handOver")
    public void producer(Mine mine, Control control) {
        HandoverPositions positions = mine.positions;
        while (!control.stopMeasurement) {
            if (positions.hasRoom()) {
                mine.user.take(mine.firstSlot + positions.index(positions.given()));
                positions.give();
                mine.operations++;
                return;
            }
            Thread.onSpinWait();
        }
    }

    /** Frees a record as soon as there is one. */
    @Benchmark
    @Group("handOver")
    public void consumer(Mine mine, Control control) {
        HandoverPositions positions = mine.positions;
        while (!control.stopMeasurement) {
            if (positions.hasNext()) {
                mine.user.free(mine.firstSlot + positions.index(positions.taken()));
                positions.take();
                mine.operations++;
                return;
            }
            Thread.onSpinWait();
        }
    }
}
