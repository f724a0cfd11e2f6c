package dev.faultline.bench.contestants.refcount;

import dev.faultline.bench.cores.ComputeSteps;
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
import org.openjdk.jmh.infra.BenchmarkParams;

/**
 * Threads use a shared record under its reference count. The scores are worth nothing unless the CPUs are free, which
 * {@link BenchRunner} checks.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RefcountBenchmark {

    /** The record. Its count shares no line with its fields, so that this compares counts and not layouts. */
    @State(Scope.Benchmark)
    public static class Shared {
        /** Name of the contestant's class. */
        @Param("unset")
        public String contestant;

        private CountContestant count;
        private volatile long first = 1;
        private volatile long second = 2;

        /** Makes the count. It lives as long as the fork, because threads end in any order. */
        @Setup
        public void open(BenchmarkParams params) {
            count = ContestantFactory.create(contestant, CountContestant.class);
            count.open(params.getThreads());
        }
    }

    /** What one thread has. */
    @State(Scope.Thread)
    public static class Mine {
        private CountContestant.User user;
        private long operations;
        private final IterationCounters counters = new IterationCounters();

        /** Begins an iteration. */
        @Setup(Level.Iteration)
        public void begin(Shared shared, PinnedThread thread) {
            if (user == null) {
                user = shared.count.user(thread.index());
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

    /** {@return the sum of two fields of the record, read under its count} */
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

    /** {@return the sum of two fields of a route, read under its count, all of them where the layout puts them} */
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

    /** {@return the same, beside threads that only read} */
    @Benchmark
    @Group("besideReader")
    public long sender(Mine mine) {
        return route(mine);
    }

    /** {@return the sum of the two fields, read without the count, as for packets that are received} */
    @Benchmark
    @Group("besideReader")
    public long receiver(Mine mine) {
        mine.operations++;
        return ((RouteCount.RouteUser) mine.user).use();
    }

    /** {@return the result of work on a frame, during which the device is held} */
    @Benchmark
    public long frame(Mine mine, Work work) {
        DeviceUser user = (DeviceUser) mine.user;
        if (!user.get()) {
            throw new IllegalStateException("refused, though the device is there");
        }
        long done = work.on(user);
        user.put();
        mine.operations++;
        return done;
    }

    /** What the work on a frame needs, and so cannot begin before. */
    public enum Needs {
        /** Nothing of the device. */
        NOTHING,
        /** Fields of the device. */
        FIELDS,
        /** The count. */
        COUNT
    }

    /** The work on a frame. */
    @State(Scope.Thread)
    public static class Work {
        /** Time that the work takes, in nanoseconds. */
        @Param("1000")
        public int frameNanos;

        /** What the work begins with. */
        @Param("FIELDS")
        public Needs needs;

        private int steps;
        private long value;

        /** Measures how many steps take that time. */
        @Setup
        public void begin() {
            steps = (int) Math.round(ComputeSteps.perMicro() * frameNanos / 1000);
        }

        long on(DeviceUser device) {
            value = ComputeSteps.run(value + needed(device), steps);
            return value;
        }

        private long needed(DeviceUser device) {
            return switch (needs) {
                case NOTHING -> 0;
                case FIELDS -> device.fields();
                case COUNT -> device.count();
            };
        }
    }
}
