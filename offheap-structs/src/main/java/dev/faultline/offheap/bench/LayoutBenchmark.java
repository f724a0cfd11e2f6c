package dev.faultline.offheap.bench;

import dev.faultline.offheap.bench.layout.Player;
import dev.faultline.offheap.bench.layout.Script;
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

/** Threads play a script on one struct. Scores mean nothing unless CPUs are free: {@link Bench} looks. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LayoutBenchmark {

    /** Operations in a call: what the harness does between calls is then next to nothing. */
    static final int BATCH = 64;

    /** The struct. */
    @State(Scope.Benchmark)
    public static class Shared {
        /** The script. */
        @Param("unset")
        public String contestant;

        private Player.Stage stage;

        /** Lays the struct out; it lives as long as the fork, since threads end in any order. */
        @Setup
        public void open() {
            stage = new Player.Stage(Script.parse(contestant));
        }
    }

    /** One thread. */
    @State(Scope.Thread)
    public static class Mine implements Counted {
        private Player player;
        private long before;
        private final Tally tally = new Tally();

        /** Takes the thread's part. */
        @Setup(Level.Iteration)
        public void begin(Shared shared, Seat seat) {
            if (player == null) {
                player = shared.stage.player(seat.index());
            }
            before = player.played();
            tally.begin(this, seat);
        }

        /** Tells what was timed. */
        @TearDown(Level.Iteration)
        public void tell() {
            tally.tell(this, player.played() - before);
        }

        @Override
        public Map<String, Long> counts() {
            Map<String, Long> counts = new TreeMap<>();
            player.timed().forEach((row, times) -> counts.put(Shape.times(row), times));
            player.nanos().forEach((row, nanos) -> counts.put(Shape.nanos(row), nanos));
            return counts;
        }
    }

    /** Plays on where the thread has left off. */
    @Benchmark
    public void play(Mine mine) {
        mine.player.play(BATCH);
    }
}
