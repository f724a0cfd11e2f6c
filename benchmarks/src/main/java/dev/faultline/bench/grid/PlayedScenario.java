package dev.faultline.bench.grid;

import dev.faultline.bench.cores.CpuThreads;
import dev.faultline.bench.cores.StartBarrier;
import dev.faultline.bench.layout.loop.AccessScript;
import dev.faultline.bench.layout.loop.ScriptPlayer;
import java.util.List;
import java.util.stream.IntStream;

/** A scenario with its memory and its compiled loop, ready to be played again and again. */
final class PlayedScenario implements AutoCloseable {

    /** Accesses that are unrolled: enough that calling an operation hardly counts. */
    private static final int MOST_ACCESSES = 64;
    /** An operation of about this many ns is long enough. */
    private static final double ENOUGH_NANOS = 256;

    private static final double QUICKEST_NANOS = 3;
    private static final double CHUNK_NANOS = 30_000;
    /** The VM optimises a method after 5000 calls. */
    private static final int WARM_TURNS = 3000;

    private final SharingScenario scenario;
    private final int times;
    private final int chunk;
    private final ScriptPlayer.Stage stage;
    private final List<ScriptPlayer> players;

    /**
     * Allocates memory and assembles the loop.
     *
     * @param scenario what to play
     * @param stepsPerMicro steps of computing that take a microsecond
     */
    PlayedScenario(SharingScenario scenario, double stepsPerMicro) {
        this.scenario = scenario;
        AccessScript script = scenario.script();
        int accesses = script.plays().stream()
                .mapToInt(play -> play.accesses().size())
                .max()
                .orElseThrow();
        double quickest = scenario.gapNanos() + QUICKEST_NANOS * accesses;
        int fit = MOST_ACCESSES / accesses;
        this.times = Math.max(1, Math.min(fit, (int) Math.ceil(ENOUGH_NANOS / quickest)));
        this.chunk = (int) Math.ceil(CHUNK_NANOS / (times * quickest));
        this.stage = new ScriptPlayer.Stage(script.unrolled(times), stepsPerMicro);
        this.players = IntStream.range(0, script.parts().size())
                .mapToObj(stage::player)
                .toList();
    }

    /** {@return what is played} */
    SharingScenario scenario() {
        return scenario;
    }

    /** Plays a little, so that the VM compiles the loop. */
    void warm(CpuThreads threads, List<Integer> indices) {
        threads.on(indices.subList(0, players.size()), index -> {
            players.get(indices.indexOf(index)).play(WARM_TURNS);
            return 0;
        });
    }

    /**
     * Plays for some time.
     *
     * @param threads the threads
     * @param indices which of them play, in order; of a lone thread only the first
     * @param nanos how long
     * @return ns per operation of each thread that plays
     */
    List<Double> play(CpuThreads threads, List<Integer> indices, long nanos) {
        List<Integer> used = indices.subList(0, players.size());
        StartBarrier start = new StartBarrier(used.size());
        return threads.on(used, index -> play(players.get(used.indexOf(index)), start.await(), nanos));
    }

    private double play(ScriptPlayer player, long startNanos, long nanos) {
        long turns = 0;
        long begun = System.nanoTime();
        long now;
        do {
            player.play(chunk);
            turns += chunk;
            now = System.nanoTime();
        } while (now - startNanos < nanos);
        return (double) (now - begun) / (turns * times);
    }

    /** Frees the memory. No thread may be playing. */
    @Override
    public void close() {
        stage.close();
    }
}
