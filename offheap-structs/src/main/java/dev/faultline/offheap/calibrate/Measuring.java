package dev.faultline.offheap.calibrate;

import dev.faultline.machine.Topology;
import dev.faultline.offheap.cores.CpuTimes;
import dev.faultline.offheap.cores.Crew;
import dev.faultline.offheap.cores.InconclusiveException;
import dev.faultline.offheap.cores.Spin;
import dev.faultline.offheap.cores.Start;
import dev.faultline.offheap.memory.Block;
import dev.faultline.offheap.memory.LongWords;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Runs the loops on the machine at hand. Every word is alone on 256 bytes, two of the longest lines there are in pairs. */
public final class Measuring implements AutoCloseable {

    /** Is told how far a measurement is. */
    @FunctionalInterface
    public interface Steps {
        /** So many of so many rounds are done. */
        void done(int rounds, int of);
    }

    private static final int STRIDE_BYTES = 256;
    private static final int CONTENDED = 0;
    private static final int RING = 8; // these eight words name each other
    private static final int OWN = 32; // and from here each thread has one

    private final Plan plan;
    private final List<CpuPlace> cpus;
    private final List<Pair> pairs;
    private final Block block;
    private final LongWords words;
    private final Crew crew;
    private final long windowNanos;
    private final Series series = new Series();

    private Measuring(Plan plan) {
        this.plan = plan;
        this.crew = new Crew("calibrate", numbers(plan));
        // a thread that may be anywhere is no farther from one than from another
        this.cpus = crew.pinned()
                ? plan.cpus()
                : plan.cpus().stream()
                        .map(place -> new CpuPlace(place.cpu(), 0, 0))
                        .toList();
        this.pairs = Pair.sample(cpus);
        this.block = Block.allocate((long) (OWN + cpus.size()) * STRIDE_BYTES, 4096);
        this.words = block.int64s(0, OWN + cpus.size(), STRIDE_BYTES);
        int windows = 3 + pairs.size() + 2 * plan.crowds().size();
        this.windowNanos = plan.windowNanos(windows);
        for (int i = 0; i < RING; i++) {
            words.set(RING + i, RING + (i + 1) % RING);
        }
    }

    /**
     * Finds the CPUs that this process may use and where they are.
     *
     * @param topology stands in for what the system does not say
     * @return as many as take part in a measurement
     */
    public static List<CpuPlace> cpus(Topology topology) {
        return Plan.spread(CpuPlaces.read(Path.of("/sys"), Path.of("/proc/self/status"), topology));
    }

    /**
     * Measures.
     *
     * @param plan what, and for how long
     * @param steps is told after each round
     * @return what the loops gave
     * @throws InconclusiveException when there is one CPU only, or threads did not get to run
     */
    public static Measurements measure(Plan plan, Steps steps) {
        if (plan.cpus().size() < 2) {
            throw new InconclusiveException(
                    "inconclusive: this process may use one CPU only, and a line is fought over by"
                            + " two; give it more, or name a preset with --machine");
        }
        try (Measuring measuring = new Measuring(plan)) {
            return measuring.run(steps);
        }
    }

    private static List<Integer> numbers(Plan plan) {
        return plan.cpus().stream().map(CpuPlace::cpu).toList();
    }

    private Measurements run(Steps steps) {
        CpuTimes before = CpuTimes.now(numbers(plan));
        round(0);
        series.clear(); // the first is for the compiler
        for (int round = 0; round < plan.rounds(); round++) {
            round(round);
            steps.done(round + 1, plan.rounds());
        }
        spin();
        return series.measurements(cpus, crew.pinned(), before.stolenShare(CpuTimes.now(numbers(plan))));
    }

    private void round(int round) {
        spin();
        List<Integer> one = List.of(round % cpus.size());
        series.hit.add(nanosAStep(crew.on(one, member -> hit())));
        series.atomic.add(nanosAStep(crew.on(one, this::addAlone)));
        Map<Distance, List<Double>> transfers = new EnumMap<>(Distance.class);
        for (Pair pair : pairs) {
            transfers
                    .computeIfAbsent(pair.distance(), unseen -> new ArrayList<>())
                    .add(transfer(pair));
        }
        transfers.forEach((distance, nanos) -> series.transfer(distance, new Rounds(nanos).median()));
        for (int threads : plan.crowds()) {
            crowd(threads);
        }
    }

    private void spin() {
        Start start = new Start(cpus.size());
        series.spins.addAll(crew.on(
                everybody(cpus.size()), member -> Spin.watch(cpus.get(member).cpu(), start.await(), windowNanos)));
    }

    private Loops.Timed hit() {
        int[] at = {RING};
        Loops.Timed timed = Loops.chunks(System.nanoTime(), windowNanos, () -> {
            at[0] = Loops.chase(words, at[0]);
            return 0;
        });
        if (at[0] < RING) {
            throw new IllegalStateException("left the ring: " + at[0]); // and now no compiler drops the loop
        }
        return timed;
    }

    private Loops.Timed addAlone(int member) {
        return Loops.chunks(System.nanoTime(), windowNanos, () -> {
            Loops.add(words, OWN + member);
            return 0;
        });
    }

    private double transfer(Pair pair) {
        words.setVolatile(CONTENDED, 0);
        Start start = new Start(2);
        List<Loops.Timed> both = crew.on(
                List.of(pair.one(), pair.other()),
                member -> Loops.pingPong(words, CONTENDED, member == pair.one(), start.await(), windowNanos));
        Loops.Timed first = both.get(0);
        if (first.steps() == 0) {
            throw new InconclusiveException(
                    "inconclusive: CPU " + cpus.get(pair.other()).cpu() + " did not answer CPU "
                            + cpus.get(pair.one()).cpu() + "; end what else runs here and try again");
        }
        return first.nanos() / (2.0 * first.steps());
    }

    private void crowd(int threads) {
        Start adding = new Start(threads);
        series.adds(threads)
                .add(nanosAStep(crew.on(
                        everybody(threads),
                        member -> Loops.chunks(adding.await(), windowNanos, () -> {
                            Loops.add(words, CONTENDED);
                            return 0;
                        }))));
        Start looping = new Start(threads);
        List<Loops.Timed> loops = crew.on(
                everybody(threads),
                member -> Loops.chunks(looping.await(), windowNanos, () -> Loops.addByLoop(words, CONTENDED)));
        series.loops(threads).add(nanosAStep(loops));
        double failed = loops.stream().mapToLong(Loops.Timed::failed).sum();
        series.retries(threads)
                .add(failed / loops.stream().mapToLong(Loops.Timed::steps).sum());
    }

    /** {@return ns for each step of all threads together: they do not stop at the same time, so rates are summed} */
    private static double nanosAStep(List<Loops.Timed> all) {
        return 1
                / all.stream()
                        .mapToDouble(timed -> (double) timed.steps() / timed.nanos())
                        .sum();
    }

    private static List<Integer> everybody(int threads) {
        return IntStream.range(0, threads).boxed().toList();
    }

    /** Ends the threads, then frees the memory they used. */
    @Override
    public void close() {
        crew.close();
        block.close();
    }

    /** What the rounds gave so far. */
    private static final class Series {
        final List<Double> hit = new ArrayList<>();
        final List<Double> atomic = new ArrayList<>();
        final List<Spin> spins = new ArrayList<>();
        private final Map<Distance, List<Double>> transfers = new EnumMap<>(Distance.class);
        private final Map<Integer, List<Double>> adds = new LinkedHashMap<>();
        private final Map<Integer, List<Double>> loops = new LinkedHashMap<>();
        private final Map<Integer, List<Double>> retries = new LinkedHashMap<>();

        void transfer(Distance distance, double nanos) {
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

        Measurements measurements(List<CpuPlace> cpus, boolean pinned, java.util.OptionalDouble stolen) {
            Map<Distance, Rounds> nanos = new EnumMap<>(Distance.class);
            transfers.forEach((distance, rounds) -> nanos.put(distance, new Rounds(rounds)));
            List<Contention> contention = new ArrayList<>();
            adds.forEach((threads, rounds) -> contention.add(new Contention(
                    threads,
                    Pair.count(cpus.subList(0, threads)),
                    new Rounds(rounds),
                    new Rounds(loops(threads)),
                    new Rounds(retries(threads)))));
            return new Measurements(
                    cpus.size(), pinned, new Rounds(hit), new Rounds(atomic), nanos, contention, spins, stolen);
        }
    }
}
