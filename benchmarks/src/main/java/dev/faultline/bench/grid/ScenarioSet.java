package dev.faultline.bench.grid;

import dev.faultline.bench.cores.ComputeSteps;
import dev.faultline.bench.cores.CpuThreads;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Scenarios that two threads play in rounds; a round plays each once. */
public final class ScenarioSet implements AutoCloseable {

    private static final int WARM_UPS = 3;
    private static final long QUIET_MILLIS = 100;
    private static final long PATIENCE_MILLIS = 20_000;

    private final List<PlayedScenario> scenarios = new ArrayList<>();
    private final CpuThreads threads;
    private final List<Integer> indices;
    private final Map<SharingScenario, Map<String, List<Double>>> nanos = new LinkedHashMap<>();

    /**
     * Makes the loops and has the VM compile them, which takes some seconds when there are many.
     *
     * @param scenarios what to play
     * @param threads pinned threads
     * @param indices the two of them that play
     */
    public ScenarioSet(List<SharingScenario> scenarios, CpuThreads threads, List<Integer> indices) {
        this.threads = threads;
        this.indices = List.copyOf(indices);
        double stepsPerMicro = threads.on(indices.subList(0, 1), any -> ComputeSteps.perMicro())
                .get(0);
        scenarios.forEach(one -> this.scenarios.add(new PlayedScenario(one, stepsPerMicro)));
        for (int i = 0; i < WARM_UPS; i++) {
            this.scenarios.forEach(one -> one.warm(threads, this.indices));
            awaitCompiler();
        }
    }

    /** Waits until the compiler has done what it was asked for; otherwise it would run beside the measurement. */
    private static void awaitCompiler() {
        CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
        if (compiler == null || !compiler.isCompilationTimeMonitoringSupported()) {
            return;
        }
        try {
            long before = -1;
            for (long waited = 0; waited < PATIENCE_MILLIS; waited += QUIET_MILLIS) {
                long now = compiler.getTotalCompilationTime();
                if (now == before) {
                    return;
                }
                before = now;
                Thread.sleep(QUIET_MILLIS);
            }
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Plays each scenario once.
     *
     * @param first the number of the scenario to begin with, modulo their number, so that drift affects all alike
     * @param windowNanos how long each is played
     * @return the times of the round, one of each role; they count only when {@link #keep} is called
     */
    public List<SharingSeries> round(int first, long windowNanos) {
        List<SharingSeries> round = new ArrayList<>();
        for (int i = 0; i < scenarios.size(); i++) {
            PlayedScenario one = scenarios.get(Math.floorMod(first + i, scenarios.size()));
            one.scenario()
                    .byRole(one.play(threads, indices, windowNanos))
                    .forEach((role, time) -> round.add(new SharingSeries(one.scenario(), role, List.of(time))));
        }
        return round;
    }

    /** Counts a round. */
    public void keep(List<SharingSeries> round) {
        round.forEach(one -> nanos.computeIfAbsent(one.scenario(), any -> new LinkedHashMap<>())
                .computeIfAbsent(one.role(), any -> new ArrayList<>())
                .addAll(one.roundNanos()));
    }

    /** Forgets the rounds that were kept. */
    public void clear() {
        nanos.clear();
    }

    /** {@return the times of all rounds that were kept, in the order of the scenarios} */
    public List<SharingSeries> series() {
        List<SharingSeries> all = new ArrayList<>();
        for (PlayedScenario one : scenarios) {
            nanos.getOrDefault(one.scenario(), Map.of())
                    .forEach((role, rounds) -> all.add(new SharingSeries(one.scenario(), role, rounds)));
        }
        return all;
    }

    /** Frees the memory. The threads stay. */
    @Override
    public void close() {
        scenarios.forEach(PlayedScenario::close);
    }
}
