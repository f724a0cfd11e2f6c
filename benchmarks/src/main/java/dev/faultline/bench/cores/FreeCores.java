package dev.faultline.bench.cores;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Tells whether nothing else uses some CPUs. A busy neighbour once made a sixfold cost of sharing a line look like
 * none.
 *
 * <p>CPUs are free when threads that share nothing do as much work together as each does alone, no thread loses its
 * CPU, no CPU works while we give it nothing to do, and the hypervisor takes no time.
 */
public final class FreeCores implements AutoCloseable {

    /** The largest share of time lost to others. The housekeeping of a quiet system takes well below 1 %. */
    private static final double MOST_LOST = 0.05;

    private static final double MOST_STOLEN = 0.03;

    /** Slow cores of a mixed CPU do about half the work of fast ones. */
    private static final double LEAST_WORK = 0.4;

    private static final String WAY_OUT = "; end what else runs here and try again";

    private static final long WARM_NANOS = 100_000_000;
    private static final long COUNT_NANOS = 200_000_000;
    /** At most this many CPUs, evenly spread, are also checked one by one. */
    private static final int MOST_ALONE = 8;

    private final List<Integer> cpus;
    private final double leastRatio;
    private final double mostStolen;
    private final CpuThreads threads;

    /**
     * Starts a thread for each CPU.
     *
     * @param cpus their numbers, at least one
     * @param leastRatio the least ratio of the work a CPU does beside the others to its work alone, such as 0.9
     * @param mostStolen the largest share of time that a hypervisor may take, such as 0.02
     */
    public FreeCores(List<Integer> cpus, double leastRatio, double mostStolen) {
        this.cpus = List.copyOf(cpus);
        this.leastRatio = leastRatio;
        this.mostStolen = mostStolen;
        this.threads = new CpuThreads("free-cores", this.cpus);
    }

    /** {@return whether every thread stays on its CPU} */
    public boolean pinned() {
        return threads.pinned();
    }

    /** {@return the threads, one per CPU, idle until the next check} */
    public CpuThreads threads() {
        return threads;
    }

    /** {@return why the CPUs are not free, without a full stop; nothing when they are free. Takes about a second} */
    public Optional<String> problem() {
        together(WARM_NANOS);
        int count = Math.min(cpus.size(), MOST_ALONE);
        CpuTimes before = CpuTimes.now(cpus);
        List<SpinSample> alone = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int index = (int) ((long) i * cpus.size() / count);
            alone.addAll(
                    threads.on(List.of(index), one -> SpinSample.watch(cpus.get(one), System.nanoTime(), COUNT_NANOS)));
        }
        CpuTimes between = CpuTimes.now(cpus);
        List<SpinSample> together = together(COUNT_NANOS);
        OptionalDouble stolen = before.stolenShare(CpuTimes.now(cpus));
        return judge(alone, together, before.idleShare(between), stolen);
    }

    private List<SpinSample> together(long nanos) {
        StartBarrier start = new StartBarrier(cpus.size());
        return threads.on(
                IntStream.range(0, cpus.size()).boxed().toList(),
                index -> SpinSample.watch(cpus.get(index), start.await(), nanos));
    }

    Optional<String> judge(
            List<SpinSample> alone, List<SpinSample> together, OptionalDouble idle, OptionalDouble stolen) {
        Map<Integer, SpinSample> beside = sums(together);
        double least = 1;
        for (SpinSample one : alone) {
            least = Math.min(least, beside.get(one.cpu()).rate() / one.rate());
        }
        // one CPU works and the others are idle, unless something else runs
        double expectedIdle = (cpus.size() - 1.0) / cpus.size();
        boolean used = idle.isPresent() && idle.getAsDouble() < leastRatio * expectedIdle;
        if (least < leastRatio || used || stolen.orElse(0) > mostStolen) {
            return Optional.of(String.format(
                    Locale.ROOT,
                    "the CPUs were not free (working together each did %.0f %% of what it does alone, %.1f %% was"
                            + " stolen, %.0f %% idle of the expected %.0f %%)",
                    100 * least,
                    100 * stolen.orElse(0),
                    100 * idle.orElse(expectedIdle),
                    100 * expectedIdle));
        }
        List<SpinSample> all = new ArrayList<>(alone);
        all.addAll(together);
        return lost(sums(all).values());
    }

    /** Throws {@link InconclusiveException} when samples taken at the same times show that a CPU was not free. */
    public static void check(List<SpinSample> spins, OptionalDouble stolenShare) {
        Map<Integer, SpinSample> sums = sums(spins);
        lost(sums.values()).ifPresent(FreeCores::fail);
        if (stolenShare.isPresent() && stolenShare.getAsDouble() > MOST_STOLEN) {
            throw new InconclusiveException("inconclusive: the hypervisor gave "
                    + percent(stolenShare.getAsDouble())
                    + " of the CPUs' time to other machines; try again when they are quiet");
        }
        double[] rates =
                sums.values().stream().mapToDouble(SpinSample::rate).sorted().toArray();
        double usual = (rates[(rates.length - 1) / 2] + rates[rates.length / 2]) / 2;
        for (SpinSample spin : sums.values()) {
            if (spin.rate() < LEAST_WORK * usual) {
                fail("CPU " + spin.cpu() + " did only " + percent(spin.rate() / usual) + " of the work of others");
            }
        }
    }

    private static void fail(String problem) {
        throw new InconclusiveException("inconclusive: " + problem + WAY_OUT);
    }

    private static Optional<String> lost(Collection<SpinSample> spins) {
        return spins.stream()
                .filter(spin -> spin.lostShare() > MOST_LOST)
                .findFirst()
                .map(spin -> "CPU " + spin.cpu() + " was not free: others had it for " + percent(spin.lostShare())
                        + " of the time");
    }

    private static Map<Integer, SpinSample> sums(List<SpinSample> spins) {
        Map<Integer, SpinSample> sums = new TreeMap<>();
        spins.forEach(spin -> sums.merge(spin.cpu(), spin, SpinSample::plus));
        return sums;
    }

    private static String percent(double share) {
        double value = 100 * share;
        return String.format(Locale.ROOT, value >= 100 ? "%.0f %%" : value >= 10 ? "%.1f %%" : "%.2f %%", value);
    }

    /** Ends the threads. */
    @Override
    public void close() {
        threads.close();
    }
}
