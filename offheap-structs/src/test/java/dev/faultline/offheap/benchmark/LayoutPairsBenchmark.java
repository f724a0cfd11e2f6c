package dev.faultline.offheap.benchmark;

import dev.faultline.access.Cpus;
import dev.faultline.access.StructProfile;
import dev.faultline.layout.StructLayout;
import dev.faultline.offheap.cores.Pinning;
import dev.faultline.offheap.cores.Steps;
import dev.faultline.offheap.memory.Block;
import dev.faultline.offheap.memory.RawMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Group;
import org.openjdk.jmh.annotations.GroupThreads;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.infra.ThreadParams;
import org.openjdk.jmh.runner.IterationType;

/**
 * Two threads play the two roles of a {@link LayoutPair}, an operation an invocation. What is compared is the time of an
 * operation between the variants of a case, role by role; the time itself holds the profile's gaps.
 *
 * <p>Scores mean nothing when the two CPUs were not free: {@link LayoutPairs} looks, this does not.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 3,
        jvmArgsAppend = {
            "-XX:+UseSerialGC",
            "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
            "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED"
        })
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class LayoutPairsBenchmark {

    /** Steps of a spin in a microsecond; the same in every fork of a comparison when the runner says it. */
    static final String STEPS = "faultline.pairs.stepsPerMicro";
    /** A file that gets a line a role and measured iteration: role, whether pinned, ns waited for the CPU, ns passed. */
    static final String NOTES = "faultline.pairs.notes";

    /** Page size: the same place in all caches in every fork. */
    private static final long BASE_ALIGNMENT = 4096;
    /** Nobody else's bytes on the last line of the struct, or on the line beside it. */
    private static final long ROOM_BEHIND = 256;

    /** The struct both threads work on. */
    @State(Scope.Group)
    public static class Shared {
        /** Name of the case. */
        @Param({
            "seed-route",
            "locks-beside-readers",
            "ring-indices",
            "counter-beside-pointers",
            "one-writes-one-reads",
            "own-counters",
            "lock-with-its-data",
            "shared-counter",
            "scattered-reads",
            "adjacent-lines"
        })
        public String pair;

        /** Which layout. */
        @Param({"before", "after"})
        public String variant;

        private StructLayout layout;
        private StructProfile profile;
        private Block block;

        /** Reads the case and allocates the struct. */
        @Setup
        public void allocate() {
            LayoutPair loaded = LayoutPair.load(pair);
            layout = loaded.variant(variant);
            profile = loaded.profile();
            block = Block.allocate(layout.byteSize() + ROOM_BEHIND, BASE_ALIGNMENT);
        }

        /** Frees it. */
        @TearDown
        public void free() {
            block.close();
        }
    }

    /** One role, on the CPU its profile names. */
    @State(Scope.Thread)
    public static class Player {
        private RolePlayer player;
        private Thread pinnedThread;
        private boolean pinned;
        private long waitedBefore;
        private long started;

        /** Compiles the role of this thread. */
        @Setup
        public void compile(Shared shared, ThreadParams thread) {
            pin(shared, thread);
            String given = System.getProperty(STEPS);
            double stepsPerMicro = given == null ? Steps.perMicro() : Double.parseDouble(given);
            player = new RolePlayer(RoleScript.compile(
                    shared.layout,
                    shared.profile,
                    thread.getSubgroupIndex(),
                    RawMemory.address(shared.block),
                    stepsPerMicro));
        }

        /** Notes when the iteration begins; pins again should the harness have changed the thread. */
        @Setup(Level.Iteration)
        public void begin(Shared shared, ThreadParams thread) {
            if (Thread.currentThread() != pinnedThread) {
                pin(shared, thread);
            }
            waitedBefore = Pinning.waitedNanos();
            started = System.nanoTime();
        }

        /** Leaves a line for the runner. */
        @TearDown(Level.Iteration)
        public void end(ThreadParams thread, IterationParams iteration) throws IOException {
            String notes = System.getProperty(NOTES);
            if (notes == null || iteration.getType() != IterationType.MEASUREMENT) {
                return;
            }
            long waited = waitedBefore < 0 ? 0 : Pinning.waitedNanos() - waitedBefore;
            String line = thread.getSubgroupIndex() + " " + pinned + " " + waited + " " + (System.nanoTime() - started)
                    + "\n";
            Files.writeString(Path.of(notes), line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }

        private void pin(Shared shared, ThreadParams thread) {
            Cpus cpus = shared.profile.roles().get(thread.getSubgroupIndex()).cpus();
            pinned = cpus instanceof Cpus.Listed listed
                    && Pinning.pin(listed.ids().get(0));
            pinnedThread = Thread.currentThread();
        }
    }

    /** {@return what the first role read} */
    @Benchmark
    @Group("pair")
    @GroupThreads(1)
    public long role0(Player player) {
        return player.player.play();
    }

    /** {@return what the second role read} */
    @Benchmark
    @Group("pair")
    @GroupThreads(1)
    public long role1(Player player) {
        return player.player.play();
    }
}
