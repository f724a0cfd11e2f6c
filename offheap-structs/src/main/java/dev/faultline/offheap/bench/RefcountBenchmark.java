package dev.faultline.offheap.bench;

import dev.faultline.offheap.cores.Steps;
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

/** Threads use a shared record under its reference count. Scores mean nothing unless CPUs are free: {@link Bench} looks. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RefcountBenchmark {

    /** The record: its count is alone on its line, so that this compares counts and not layouts. */
    @State(Scope.Benchmark)
    public static class Shared {
        /** Name of the contestant's class. */
        @Param("unset")
        public String contestant;

        private CountContestant count;
        private volatile long first = 1;
        private volatile long second = 2;

        /** Makes the count; it lives as long as the fork, since threads end in any order. */
        @Setup
        public void open(BenchmarkParams params) {
            count = Making.contestant(contestant, CountContestant.class);
            count.open(params.getThreads());
        }
    }

    /** One thread. */
    @State(Scope.Thread)
    public static class Mine {
        private CountContestant.User user;
        private long operations;
        private final Tally tally = new Tally();

        /** Begins to use the count. */
        @Setup(Level.Iteration)
        public void begin(Shared shared, Seat seat) {
            if (user == null) {
                user = shared.count.user(seat.index());
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

    /** {@return what was read} */
    @Benchmark
    public long getUsePut(Shared shared, Mine mine) {
        if (!mine.user.get()) {
            throw new IllegalStateException("refused, though the record is alive");
        }
        long read = shared.first + shared.second;
        mine.user.put();
        mine.operations++;
        return read;
    }

    /** {@return what was read of the route itself, whose fields stand where its layout puts them} */
    @Benchmark
    public long route(Mine mine) {
        RouteCount.RouteUser user = (RouteCount.RouteUser) mine.user;
        if (!user.get()) {
            throw new IllegalStateException("refused, though the route is alive");
        }
        long read = user.use();
        user.put();
        mine.operations++;
        return read;
    }

    /** {@return what was read of a route whose count others use} */
    @Benchmark
    @Group("besideReader")
    public long sender(Mine mine) {
        return route(mine);
    }

    /** {@return what was read of a route under no count of its own, as packets that are received do} */
    @Benchmark
    @Group("besideReader")
    public long receiver(Mine mine) {
        mine.operations++;
        return ((RouteCount.RouteUser) mine.user).use();
    }

    /** {@return what came of a frame of a microsecond during which the device is held} */
    @Benchmark
    public long frame(Mine mine, Work work) {
        if (!mine.user.get()) {
            throw new IllegalStateException("refused, though the device is there");
        }
        long done = work.microsecond();
        mine.user.put();
        mine.operations++;
        return done;
    }

    /** What a frame costs apart from the device. */
    @State(Scope.Thread)
    public static class Work {
        private int steps;
        private long value;

        /** Finds out how much a microsecond is. */
        @Setup
        public void begin() {
            steps = (int) Steps.perMicro();
        }

        long microsecond() {
            value = Steps.run(value, steps);
            return value;
        }
    }
}
