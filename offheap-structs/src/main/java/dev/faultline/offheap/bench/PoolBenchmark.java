package dev.faultline.offheap.bench;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
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

    /** Records of a socket on their way from producer to consumer, at most. */
    private static final int IN_FLIGHT = 256;

    /** The pool, and the rings of records on their way: a ring for each socket, whose slots hold the records. */
    @State(Scope.Benchmark)
    public static class Shared {
        /** Name of the contestant's class. */
        @Param("unset")
        public String contestant;

        /** How many sockets there are; at least one for each pair of threads is made. */
        @Param("1")
        public int sockets;

        /** Records of a burst, at most as many as a ring has slots. */
        @Param("1")
        public int size;

        private PoolContestant pool;
        private int rings;
        private Rings taken;
        private Rings freed;

        /** Makes the pool; it lives as long as the fork, since threads end in any order. */
        @Setup
        public void open(BenchmarkParams params) {
            int pairs = Math.max(1, params.getThreads() / 2);
            rings = (sockets + pairs - 1) / pairs * pairs;
            taken = new Rings(rings);
            freed = new Rings(rings);
            pool = Making.contestant(contestant, PoolContestant.class);
            pool.open(params.getThreads(), rings, IN_FLIGHT);
        }
    }

    /** How far each ring is; each number is alone on its lines. */
    private static final class Rings {
        private static final int STRIDE = 32;
        private final AtomicLongArray reached;

        Rings(int count) {
            reached = new AtomicLongArray((count + 2) * STRIDE);
        }

        long get(int ring) {
            return reached.getAcquire((ring + 1) * STRIDE);
        }

        void set(int ring, long value) {
            reached.setRelease((ring + 1) * STRIDE, value);
        }
    }

    /** One thread. */
    @State(Scope.Thread)
    public static class Mine {
        private PoolContestant.User user;
        private long operations;
        private int first;
        private int step;
        private int ring;
        private final Tally tally = new Tally();

        /** Begins to use the pool; of each kind of thread, every one has sockets of its own. */
        @Setup(Level.Iteration)
        public void begin(Shared shared, Seat seat, ThreadParams thread) {
            if (user == null) {
                user = shared.pool.user(seat.index());
                first = thread.getSubgroupThreadIndex();
                step = Math.max(1, thread.getSubgroupThreadCount());
                ring = first;
            }
            operations = 0;
            tally.begin(user, seat);
        }

        /** Tells what was counted. */
        @TearDown(Level.Iteration)
        public void tell() {
            tally.tell(user, operations);
        }

        private int next(int rings) {
            int at = ring;
            ring = at + step < rings ? at + step : first;
            return at;
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

    /** Allocates for the next socket that has room. */
    @Benchmark
    @Group("handOver")
    public void producer(Shared shared, Mine mine, Control control) {
        while (!control.stopMeasurement) {
            int ring = mine.next(shared.rings);
            long position = shared.taken.get(ring);
            if (position - shared.freed.get(ring) < IN_FLIGHT) {
                mine.user.take(slot(ring, position));
                shared.taken.set(ring, position + 1);
                mine.operations++;
                return;
            }
            Thread.onSpinWait();
        }
    }

    /** Frees what the next socket that has something was sent. */
    @Benchmark
    @Group("handOver")
    public void consumer(Shared shared, Mine mine, Control control) {
        while (!control.stopMeasurement) {
            int ring = mine.next(shared.rings);
            long position = shared.freed.get(ring);
            if (position < shared.taken.get(ring)) {
                mine.user.free(slot(ring, position));
                shared.freed.set(ring, position + 1);
                mine.operations++;
                return;
            }
            Thread.onSpinWait();
        }
    }

    private static int slot(int ring, long position) {
        return ring * IN_FLIGHT + (int) (position % IN_FLIGHT);
    }
}
