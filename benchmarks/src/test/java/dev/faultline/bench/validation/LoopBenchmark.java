package dev.faultline.bench.validation;

import dev.faultline.access.AccessKind;
import dev.faultline.bench.cores.ComputeSteps;
import dev.faultline.bench.layout.loop.AccessScript;
import dev.faultline.bench.layout.loop.AccessScript.Play;
import dev.faultline.bench.layout.loop.AccessScript.Turn;
import dev.faultline.bench.layout.loop.ScriptPlayer;
import dev.faultline.bench.layout.loop.ScriptedAccess;
import dev.faultline.offheap.memory.Block;
import dev.faultline.offheap.memory.RawMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a generated loop costs beside one written by hand: the same accesses with the same gaps, on one undisturbed
 * thread, so that nothing hides the difference. A route is taken, read twice and put back, with gaps; eleven reads
 * follow each other without gaps; and the two take turns, five to one.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(LoopBenchmark.BATCH)
@Fork(
        value = 5,
        jvmArgsAppend = {
            "-XX:+UseSerialGC",
            "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
            "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED"
        })
@Warmup(iterations = 4, time = 250, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 3, time = 250, timeUnit = TimeUnit.MILLISECONDS)
public class LoopBenchmark {

    /** Operations of a call: five of six are the route in the mix. */
    static final int BATCH = 96;

    private static final int COUNT = 64;
    private static final int FIRST = 128;
    private static final int SECOND = 136;
    private static final int READS = 192;
    private static final int BYTES = 512;

    private static final Play ROUTE = new Play(
            1,
            List.of(
                    new ScriptedAccess(AccessKind.CAS_LOOP, 4, COUNT, 0),
                    new ScriptedAccess(AccessKind.READ, 8, FIRST, 20),
                    new ScriptedAccess(AccessKind.READ, 4, SECOND, 20),
                    new ScriptedAccess(AccessKind.RMW, 4, COUNT, 40)));

    private ScriptPlayer route;
    private ScriptPlayer reads;
    private ScriptPlayer mix;
    private final List<ScriptPlayer.Stage> stages = new ArrayList<>();

    private Block block;
    private long base;
    private int short20;
    private int long40;
    private long nothing;
    private long value = 1;

    /** Makes both kinds of loops. */
    @Setup
    public void open() {
        List<ScriptedAccess> eleven = new ArrayList<>();
        for (int i = 0; i < 11; i++) {
            eleven.add(new ScriptedAccess(AccessKind.READ, 8, READS + 8L * i, 0));
        }
        Play play = new Play(1, eleven);
        route = player(List.of(ROUTE), List.of(new Turn(0, 1)));
        reads = player(List.of(play), List.of(new Turn(0, 1)));
        mix = player(List.of(ROUTE, play), List.of(new Turn(0, 5), new Turn(1, 1)));
        block = Block.allocate(BYTES, 4096);
        base = RawMemory.address(block);
        double perMicro = ComputeSteps.perMicro();
        short20 = (int) Math.round(20 * perMicro / 1000);
        long40 = (int) Math.round(40 * perMicro / 1000);
        nothing = System.nanoTime() == Long.MIN_VALUE ? 1 : 0;
    }

    private ScriptPlayer player(List<Play> plays, List<Turn> part) {
        ScriptPlayer.Stage stage = new ScriptPlayer.Stage(new AccessScript(BYTES, plays, List.of(part)));
        stages.add(stage);
        return stage.player(0);
    }

    /** Frees the memory. */
    @TearDown
    public void close() {
        stages.forEach(ScriptPlayer.Stage::close);
        block.close();
    }

    /** As bench plays it. */
    @Benchmark
    public void generatedRoute() {
        route.play(BATCH);
    }

    /** By hand. */
    @Benchmark
    public void writtenRoute() {
        long v = value;
        for (int i = 0; i < BATCH; i++) {
            v = route(v);
        }
        value = v;
    }

    private long route(long seen) {
        long at = base;
        long none = nothing;
        long v = seen;
        v ^= RawMemory.incrementByCas(at + COUNT + (v & none));
        v = ComputeSteps.run(v, short20);
        v ^= RawMemory.readLong(at + FIRST + (v & none));
        v = ComputeSteps.run(v, short20);
        v ^= RawMemory.readInt(at + SECOND + (v & none));
        v = ComputeSteps.run(v, long40);
        v ^= RawMemory.getAndAddOne(at + COUNT + (v & none));
        return v;
    }

    /** As bench plays it. */
    @Benchmark
    public void generatedReads() {
        reads.play(BATCH);
    }

    /** By hand. */
    @Benchmark
    public void writtenReads() {
        long v = value;
        for (int i = 0; i < BATCH; i++) {
            v = reads(v);
        }
        value = v;
    }

    private long reads(long seen) {
        long at = base + READS;
        long none = nothing;
        long v = seen;
        v ^= RawMemory.readLong(at + (v & none));
        v ^= RawMemory.readLong(at + 8 + (v & none));
        v ^= RawMemory.readLong(at + 16 + (v & none));
        v ^= RawMemory.readLong(at + 24 + (v & none));
        v ^= RawMemory.readLong(at + 32 + (v & none));
        v ^= RawMemory.readLong(at + 40 + (v & none));
        v ^= RawMemory.readLong(at + 48 + (v & none));
        v ^= RawMemory.readLong(at + 56 + (v & none));
        v ^= RawMemory.readLong(at + 64 + (v & none));
        v ^= RawMemory.readLong(at + 72 + (v & none));
        v ^= RawMemory.readLong(at + 80 + (v & none));
        return v;
    }

    /** As bench plays it. */
    @Benchmark
    public void generatedMix() {
        mix.play(BATCH);
    }

    /** By hand. */
    @Benchmark
    public void writtenMix() {
        long v = value;
        for (int i = 0; i < BATCH; i += 6) {
            v = route(v);
            v = route(v);
            v = route(v);
            v = reads(v);
            v = route(v);
            v = route(v);
        }
        value = v;
    }
}
