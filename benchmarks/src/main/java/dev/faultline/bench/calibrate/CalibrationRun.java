package dev.faultline.bench.calibrate;

import dev.faultline.bench.cores.CpuDistance;
import dev.faultline.bench.cores.CpuPlace;
import dev.faultline.bench.cores.CpuThreads;
import dev.faultline.bench.cores.CpuTimes;
import dev.faultline.bench.cores.InconclusiveException;
import dev.faultline.bench.cores.SpinSample;
import dev.faultline.bench.cores.StartBarrier;
import dev.faultline.bench.grid.ScenarioSet;
import dev.faultline.bench.grid.SharingScenario;
import dev.faultline.bench.grid.SharingSeries;
import dev.faultline.bench.harness.HostDescription;
import dev.faultline.measure.Environment;
import dev.faultline.offheap.memory.Block;
import dev.faultline.offheap.memory.LongWords;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Runs the loops on the machine at hand. Every word has 256 bytes of its own: a pair of the longest lines there are.
 */
public final class CalibrationRun implements AutoCloseable {

    /** Is told how far a measurement is. */
    @FunctionalInterface
    public interface Listener {
        /** {@code rounds} of {@code of} rounds are done. */
        void done(int rounds, int of);
    }

    private static final int STRIDE_BYTES = 256;
    private static final int CONTENDED = 0;
    private static final int RING = 8; // eight words that form a ring: each holds the index of the next
    private static final int OWN = 32; // from here on, a word for each thread

    private final CalibrationPlan plan;
    private final List<CpuPlace> cpus;
    private final List<CpuPair> pairs;
    private final Block block;
    private final LongWords words;
    private final CpuThreads cpuThreads;
    private final ScenarioSet sharing;
    private final long windowNanos;
    private final Series series = new Series();

    private CalibrationRun(CalibrationPlan plan) {
        this.plan = plan;
        this.cpuThreads = new CpuThreads("calibrate", numbers(plan));
        // without pinning, all threads count as equally far apart
        this.cpus = cpuThreads.pinned()
                ? plan.cpus()
                : plan.cpus().stream()
                        .map(place -> new CpuPlace(place.cpu(), 0, 0))
                        .toList();
        this.pairs = CpuPair.sample(cpus);
        this.block = Block.allocate((long) (OWN + cpus.size()) * STRIDE_BYTES, 4096);
        this.words = block.int64s(0, OWN + cpus.size(), STRIDE_BYTES);
        List<SharingScenario> scenarios = SharingScenario.all(SharingScenario.CALIBRATED_GAPS);
        int windows = 3 + pairs.size() + 2 * plan.threadCounts().size() + scenarios.size();
        this.windowNanos = plan.windowNanos(windows);
        for (int i = 0; i < RING; i++) {
            words.set(RING + i, RING + (i + 1) % RING);
        }
        this.sharing = new ScenarioSet(scenarios, cpuThreads, nearest());
    }

    /** {@return the indices of two CPUs that are near one another; models put their first two CPUs there, too} */
    private List<Integer> nearest() {
        CpuPair nearest =
                pairs.stream().min(Comparator.comparing(CpuPair::distance)).orElseThrow();
        return List.of(nearest.one(), nearest.other());
    }

    /**
     * Measures.
     *
     * @param plan what to measure, and for how long
     * @param listener is told after each round
     * @return the raw figures
     * @throws InconclusiveException when there is only one CPU, or threads did not get to run
     */
    public static Measurements measure(CalibrationPlan plan, Listener listener) {
        if (plan.cpus().size() < 2) {
            throw new InconclusiveException(
                    "inconclusive: this process may use only one CPU, and contention needs two; allow it more,"
                            + " or name a preset with --machine");
        }
        try (CalibrationRun run = new CalibrationRun(plan)) {
            return run.run(listener);
        }
    }

    private static List<Integer> numbers(CalibrationPlan plan) {
        return plan.cpus().stream().map(CpuPlace::cpu).toList();
    }

    private Measurements run(Listener listener) {
        CpuTimes before = CpuTimes.now(numbers(plan));
        round(0);
        series.clear(); // the first round is for the compiler
        sharing.clear();
        for (int round = 0; round < plan.rounds(); round++) {
            round(round);
            listener.done(round + 1, plan.rounds());
        }
        spin();
        return series.measurements(
                cpus,
                HostDescription.environment(numbers(plan), cpuThreads.pinned()),
                sharing.series(),
                before.stolenShare(CpuTimes.now(numbers(plan))));
    }

    private void round(int round) {
        spin();
        List<Integer> one = List.of(round % cpus.size());
        series.hit.add(nanosPerStep(cpuThreads.on(one, index -> hit())));
        series.atomic.add(nanosPerStep(cpuThreads.on(one, this::addAlone)));
        Map<CpuDistance, List<Double>> transfers = new EnumMap<>(CpuDistance.class);
        for (CpuPair pair : pairs) {
            transfers
                    .computeIfAbsent(pair.distance(), unseen -> new ArrayList<>())
                    .add(transfer(pair));
        }
        transfers.forEach((distance, nanos) -> series.transfer(distance, new RoundValues(nanos).median()));
        for (int threads : plan.threadCounts()) {
            contend(threads);
        }
        sharing.keep(sharing.round(round, windowNanos));
    }

    private void spin() {
        StartBarrier start = new StartBarrier(cpus.size());
        series.spins.addAll(cpuThreads.on(
                indices(cpus.size()), index -> SpinSample.watch(cpus.get(index).cpu(), start.await(), windowNanos)));
    }

    private TimedLoops.Timed hit() {
        int[] at = {RING};
        TimedLoops.Timed timed = TimedLoops.chunks(System.nanoTime(), windowNanos, () -> {
            at[0] = TimedLoops.chase(words, at[0]);
            return 0;
        });
        if (at[0] < RING) {
            throw new IllegalStateException("left the ring: " + at[0]); // uses the result, or the loop would be dropped
        }
        return timed;
    }

    private TimedLoops.Timed addAlone(int index) {
        return TimedLoops.chunks(System.nanoTime(), windowNanos, () -> {
            TimedLoops.add(words, OWN + index);
            return 0;
        });
    }

    private double transfer(CpuPair pair) {
        words.setVolatile(CONTENDED, 0);
        StartBarrier start = new StartBarrier(2);
        List<TimedLoops.Timed> both = cpuThreads.on(
                List.of(pair.one(), pair.other()),
                index -> TimedLoops.pingPong(words, CONTENDED, index == pair.one(), start.await(), windowNanos));
        TimedLoops.Timed first = both.get(0);
        if (first.steps() == 0) {
            throw new InconclusiveException(
                    "inconclusive: CPU " + cpus.get(pair.other()).cpu() + " did not answer CPU "
                            + cpus.get(pair.one()).cpu() + "; end what else runs here and try again");
        }
        return first.nanos() / (2.0 * first.steps());
    }

    private void contend(int threads) {
        StartBarrier adding = new StartBarrier(threads);
        series.adds(threads)
                .add(nanosPerStep(cpuThreads.on(
                        indices(threads),
                        index -> TimedLoops.chunks(adding.await(), windowNanos, () -> {
                            TimedLoops.add(words, CONTENDED);
                            return 0;
                        }))));
        StartBarrier looping = new StartBarrier(threads);
        List<TimedLoops.Timed> loops = cpuThreads.on(
                indices(threads),
                index -> TimedLoops.chunks(looping.await(), windowNanos, () -> TimedLoops.addByLoop(words, CONTENDED)));
        series.loops(threads).add(nanosPerStep(loops));
        double failed = loops.stream().mapToLong(TimedLoops.Timed::failed).sum();
        series.retries(threads)
                .add(failed / loops.stream().mapToLong(TimedLoops.Timed::steps).sum());
    }

    /** {@return ns per step of all threads together: they do not stop at the same time, so rates are added} */
    private static double nanosPerStep(List<TimedLoops.Timed> all) {
        return 1
                / all.stream()
                        .mapToDouble(timed -> (double) timed.steps() / timed.nanos())
                        .sum();
    }

    private static List<Integer> indices(int threads) {
        return IntStream.range(0, threads).boxed().toList();
    }

    /** Ends the threads, then frees the memory they used. */
    @Override
    public void close() {
        cpuThreads.close();
        sharing.close();
        block.close();
    }

    /** The figures of the rounds so far. */
    private static final class Series {
        final List<Double> hit = new ArrayList<>();
        final List<Double> atomic = new ArrayList<>();
        final List<SpinSample> spins = new ArrayList<>();
        private final Map<CpuDistance, List<Double>> transfers = new EnumMap<>(CpuDistance.class);
        private final Map<Integer, List<Double>> adds = new LinkedHashMap<>();
        private final Map<Integer, List<Double>> loops = new LinkedHashMap<>();
        private final Map<Integer, List<Double>> retries = new LinkedHashMap<>();

        void transfer(CpuDistance distance, double nanos) {
            transfers.computeIfAbsent(distance, unseen -> new ArrayList<>()).add(nanos);
        }

        List<Double> adds(int threads) {
            return adds.computeIfAbsent(threads, unseen -> new ArrayList<>());
        }

        List<Double> loops(int threads) {
            return loops.computeIfAbsent(threads, unseen -> new ArrayList<>());
        }

        List<Double> retries(int threads) {
            return retries.computeIfAbsent(threads, unseen -> new ArrayList<>());
        }

        void clear() {
            List.of(hit, atomic, spins).forEach(List::clear);
            List.of(transfers, adds, loops, retries).forEach(Map::clear);
        }

        Measurements measurements(
                List<CpuPlace> cpus, Environment environment, List<SharingSeries> sharing, OptionalDouble stolen) {
            Map<CpuDistance, RoundValues> nanos = new EnumMap<>(CpuDistance.class);
            transfers.forEach((distance, rounds) -> nanos.put(distance, new RoundValues(rounds)));
            List<Contention> contention = new ArrayList<>();
            adds.forEach((threads, rounds) -> contention.add(new Contention(
                    threads,
                    CpuPair.count(cpus.subList(0, threads)),
                    new RoundValues(rounds),
                    new RoundValues(loops(threads)),
                    new RoundValues(retries(threads)))));
            return new Measurements(
                    cpus.size(),
                    environment,
                    new RoundValues(hit),
                    new RoundValues(atomic),
                    nanos,
                    contention,
                    sharing,
                    spins,
                    stolen);
        }
    }
}
