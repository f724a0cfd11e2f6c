package dev.faultline.offheap.calibrate;

import static dev.faultline.offheap.calibrate.Rounds.number;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** Tells whether the measured CPUs were free. A busy neighbour made a sixfold cost of sharing a line look like none. */
final class FreeCores {

    /** Lost to others: more than the housekeeping of a quiet system takes, which is well below 1 %. */
    private static final double MOST_LOST = 0.05;

    private static final double MOST_STOLEN = 0.03;

    /** Slow cores of a mixed CPU do about half the work of fast ones. */
    private static final double LEAST_WORK = 0.4;

    private static final String WAY_OUT = "; end what else runs here and try again";

    private FreeCores() {}

    /** Throws {@link InconclusiveException} naming the CPU when they were not. */
    static void check(List<Spin> spins, OptionalDouble stolenShare) {
        Map<Integer, Spin> sums = new TreeMap<>();
        spins.forEach(spin -> sums.merge(spin.cpu(), spin, FreeCores::sum));
        for (Spin spin : sums.values()) {
            double lost = (double) spin.lostNanos() / spin.elapsedNanos();
            if (lost > MOST_LOST) {
                throw new InconclusiveException("inconclusive: CPU " + spin.cpu() + " was not free: others had it for "
                        + percent(lost) + " of the time" + WAY_OUT);
            }
        }
        if (stolenShare.isPresent() && stolenShare.getAsDouble() > MOST_STOLEN) {
            throw new InconclusiveException("inconclusive: the hypervisor gave "
                    + percent(stolenShare.getAsDouble())
                    + " of the CPUs' time to other machines; try again when they are quiet");
        }
        double usual = new Rounds(sums.values().stream().map(FreeCores::rate).toList()).median();
        for (Spin spin : sums.values()) {
            if (rate(spin) < LEAST_WORK * usual) {
                throw new InconclusiveException("inconclusive: CPU " + spin.cpu() + " did only "
                        + percent(rate(spin) / usual) + " of the work of others" + WAY_OUT);
            }
        }
    }

    private static Spin sum(Spin one, Spin other) {
        return new Spin(
                one.cpu(),
                one.steps() + other.steps(),
                one.lostNanos() + other.lostNanos(),
                one.elapsedNanos() + other.elapsedNanos());
    }

    private static double rate(Spin spin) {
        return (double) spin.steps() / spin.elapsedNanos();
    }

    private static String percent(double share) {
        return number(100 * share) + " %";
    }
}
