package dev.faultline.bench.layout;

import dev.faultline.bench.harness.BenchRunner;
import dev.faultline.bench.harness.CounterSource;
import dev.faultline.bench.harness.IterationCounters;
import dev.faultline.bench.harness.PinnedThread;
import dev.faultline.bench.harness.RoleTime;
import dev.faultline.bench.layout.loop.AccessScript;
import dev.faultline.bench.layout.loop.ScriptPlayer;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Threads play a script on one struct. The scores are worth nothing unless the CPUs are free, which {@link BenchRunner}
 * checks.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LayoutBenchmark {

    /** Operations per call: enough that the cost of the call itself hardly counts. */
    static final int BATCH = 64;

    /** The struct. */
    @State(Scope.Benchmark)
    public static class Shared {
        /** The script. */
        @Param("unset")
        public String contestant;

        private ScriptPlayer.Stage stage;

        /** Makes the struct. It lives as long as the fork, because threads end in any order. */
        @Setup
        public void open() {
            stage = new ScriptPlayer.Stage(AccessScript.parse(contestant));
        }

        /** Refuses an iteration in which the struct was moved. */
        @TearDown(Level.Iteration)
        public void check() {
            stage.requireUnmoved();
        }
    }

    /** What one thread has. */
    @State(Scope.Thread)
    public static class Mine implements CounterSource {
        private ScriptPlayer player;
        private long before;
        private final IterationCounters counters = new IterationCounters();

        /** Begins an iteration. */
        @Setup(Level.Iteration)
        public void begin(Shared shared, PinnedThread thread) {
            if (player == null) {
                player = shared.stage.player(thread.index());
            }
            before = player.played();
            counters.begin(this, thread);
        }

        /** Passes on what was timed. */
        @TearDown(Level.Iteration)
        public void end() {
            counters.end(this, player.played() - before);
        }

        @Override
        public Map<Integer, RoleTime> roleTimes() {
            Map<Integer, RoleTime> times = new TreeMap<>();
            player.times()
                    .forEach(
                            (row, time) -> times.put(row, new RoleTime(time.count(), time.nanos(), time.clockNanos())));
            return times;
        }
    }

    /** Continues to play where the thread has stopped. */
    @Benchmark
    public void play(Mine mine) {
        mine.player.play(BATCH);
    }
}
