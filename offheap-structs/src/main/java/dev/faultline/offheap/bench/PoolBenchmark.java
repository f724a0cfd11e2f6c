package dev.faultline.offheap.bench;

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

/** Records are allocated and freed. Scores mean nothing unless CPUs are free: {@link Bench} looks. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PoolBenchmark {

    /** Slots of each pair of threads: records on their way from producer to consumer, or of a burst, at most. */
    private static final int SLOTS = 256;

    /** The pool, and how far each pair of threads is; what is on its way lies in slots of the pair's own. */
    @State(Scope.Benchmark)
    public static class Shared {
        /** Name of the contestant's class. */
        @Param("unset")
        public String contestant;

        /** Records of a burst, at most {@link PoolBenchmark#SLOTS}. */
        @Param("1")
        public int size;

        private PoolContestant pool;
        private Positions[] positions;

        /** Makes the pool; it lives as long as the fork, since threads end in any order. */
        @Setup
        public void open(BenchmarkParams params) {
            positions = new Positions[Math.max(1, params.getThreads() / 2)];
            Arrays.setAll(positions, pair -> new Positions(SLOTS));
            pool = Making.contestant(contestant, PoolContestant.class);
            pool.open(params.getThreads(), positions.length * SLOTS);
        }
    }

    /** One thread. */
    @State(Scope.Thread)
    public static class Mine {
        private PoolContestant.User user;
        private long operations;
        private int firstSlot;
        private Positions positions;
        private final Tally tally = new Tally();

        /** Begins to use the pool; where records are handed over, one of each kind of thread makes a pair. */
        @Setup(Level.Iteration)
        public void begin(Shared shared, Seat seat, ThreadParams thread) {
            if (user == null) {
                user = shared.pool.user(seat.index());
                int pair = thread.getSubgroupThreadIndex() % shared.positions.length;
                positions = shared.positions[pair];
                firstSlot = pair * SLOTS;
            }
            operations = 0;
            tally.begin(user, seat);
        }

        /** Tells what was counted. */
        @TearDown(Level.Iteration)
        public void tell() {
            tally.tell(user, operations);
        }
    }

    /** One, and at once back. */
    @Benchmark
    public void instant(Mine mine) {
        mine.user.take(0);
        mine.user.free(0);
        mine.operations++;
    }

    /** Many, and then all back. */
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

    /** Allocates, when there is room. */
    @Benchmark
    @Group("handOver")
    public void producer(Mine mine, Control control) {
        Positions positions = mine.positions;
        while (!control.stopMeasurement) {
            if (positions.hasRoom()) {
                mine.user.take(mine.firstSlot + positions.place(positions.given()));
                positions.give();
                mine.operations++;
                return;
            }
            Thread.onSpinWait();
        }
    }

    /** Frees what was allocated. */
    @Benchmark
    @Group("handOver")
    public void consumer(Mine mine, Control control) {
        Positions positions = mine.positions;
        while (!control.stopMeasurement) {
            if (positions.has()) {
                mine.user.free(mine.firstSlot + positions.place(positions.taken()));
                positions.take();
                mine.operations++;
                return;
            }
            Thread.onSpinWait();
        }
    }
}
