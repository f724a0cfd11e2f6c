package dev.faultline.offheap.cores;

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
 * Tells whether some CPUs are ours alone. A busy neighbour made a sixfold cost of sharing a line look like none.
 *
 * <p>Threads that share nothing must get as much done together as each does alone, none may lose its CPU meanwhile, nobody
 * else may use a CPU while it has nothing to do, and the hypervisor must not take time.
 */
public final class FreeCores implements AutoCloseable {

    /** Lost to others: more than the housekeeping of a quiet system takes, which is well below 1 %. */
    private static final double MOST_LOST = 0.05;

    private static final double MOST_STOLEN = 0.03;

    /** Slow cores of a mixed CPU do about half the work of fast ones. */
    private static final double LEAST_WORK = 0.4;

    private static final String WAY_OUT = "; end what else runs here and try again";

    private static final long WARM_NANOS = 100_000_000;
    private static final long COUNT_NANOS = 200_000_000;
    /** Of more CPUs these many, evenly spread, are also looked at one by one. */
    private static final int MOST_ALONE = 8;

    private final List<Integer> cpus;
    private final double leastRatio;
    private final double mostStolen;
    private final Crew crew;

    /**
     * Starts a thread for each CPU.
     *
     * @param cpus their numbers, at least one
     * @param leastRatio of what a CPU does beside the others to what it does alone, such as 0.9
     * @param mostStolen the largest share of the time that a hypervisor may take, such as 0.02
     */
    public FreeCores(List<Integer> cpus, double leastRatio, double mostStolen) {
        this.cpus = List.copyOf(cpus);
        this.leastRatio = leastRatio;
        this.mostStolen = mostStolen;
        this.crew = new Crew("free-cores", this.cpus);
    }

    /** {@return whether every thread stays on its CPU} */
    public boolean pinned() {
        return crew.pinned();
    }

    /** {@return the threads, one a CPU, idle until the next question} */
    public Crew crew() {
        return crew;
    }

    /** {@return why the CPUs are not free, without a full stop; nothing when they are. Takes about a second} */
    public Optional<String> problem() {
        together(WARM_NANOS);
        int count = Math.min(cpus.size(), MOST_ALONE);
        CpuTimes before = CpuTimes.now(cpus);
        List<Spin> alone = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int member = (int) ((long) i * cpus.size() / count);
            alone.addAll(crew.on(List.of(member), one -> Spin.watch(cpus.get(one), System.nanoTime(), COUNT_NANOS)));
        }
        CpuTimes between = CpuTimes.now(cpus);
        List<Spin> together = together(COUNT_NANOS);
        OptionalDouble stolen = before.stolenShare(CpuTimes.now(cpus));
        return judge(alone, together, before.idleShare(between), stolen);
    }

    private List<Spin> together(long nanos) {
        Start start = new Start(cpus.size());
        return crew.on(
                IntStream.range(0, cpus.size()).boxed().toList(),
                member -> Spin.watch(cpus.get(member), start.await(), nanos));
    }

    Optional<String> judge(List<Spin> alone, List<Spin> together, OptionalDouble idle, OptionalDouble stolen) {
        Map<Integer, Spin> beside = sums(together);
        double least = 1;
        for (Spin one : alone) {
            least = Math.min(least, beside.get(one.cpu()).rate() / one.rate());
        }
        // one CPU works and the others have nothing to do, unless somebody else is there
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
        List<Spin> all = new ArrayList<>(alone);
        all.addAll(together);
        return lost(sums(all).values());
    }

    /** Throws {@link InconclusiveException} naming the CPU when the spins, all made at the same times, say so. */
    public static void check(List<Spin> spins, OptionalDouble stolenShare) {
        Map<Integer, Spin> sums = sums(spins);
        lost(sums.values()).ifPresent(FreeCores::complain);
        if (stolenShare.isPresent() && stolenShare.getAsDouble() > MOST_STOLEN) {
            throw new InconclusiveException("inconclusive: the hypervisor gave "
                    + percent(stolenShare.getAsDouble())
                    + " of the CPUs' time to other machines; try again when they are quiet");
        }
        double[] rates = sums.values().stream().mapToDouble(Spin::rate).sorted().toArray();
        double usual = (rates[(rates.length - 1) / 2] + rates[rates.length / 2]) / 2;
        for (Spin spin : sums.values()) {
            if (spin.rate() < LEAST_WORK * usual) {
                complain("CPU " + spin.cpu() + " did only " + percent(spin.rate() / usual) + " of the work of others");
            }
        }
    }

    private static void complain(String problem) {
        throw new InconclusiveException("inconclusive: " + problem + WAY_OUT);
    }

    private static Optional<String> lost(Collection<Spin> spins) {
        return spins.stream()
                .filter(spin -> spin.lostShare() > MOST_LOST)
                .findFirst()
                .map(spin -> "CPU " + spin.cpu() + " was not free: others had it for " + percent(spin.lostShare())
                        + " of the time");
    }

    private static Map<Integer, Spin> sums(List<Spin> spins) {
        Map<Integer, Spin> sums = new TreeMap<>();
        spins.forEach(spin -> sums.merge(spin.cpu(), spin, Spin::plus));
        return sums;
    }

    private static String percent(double share) {
        double value = 100 * share;
        return String.format(Locale.ROOT, value >= 100 ? "%.0f %%" : value >= 10 ? "%.1f %%" : "%.2f %%", value);
    }

    /** Ends the threads. */
    @Override
    public void close() {
        crew.close();
    }
}
