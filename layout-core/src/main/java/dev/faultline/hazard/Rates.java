package dev.faultline.hazard;

import dev.faultline.access.AccessMap;
import dev.faultline.access.FieldUse;
import dev.faultline.api.Internal;
import java.util.List;
import java.util.Locale;

/**
 * Thresholds of access rates. They only separate rare from frequent accesses; the severity of a hazard follows from its
 * cost ({@link Saving}).
 *
 * <p>The thresholds are a choice: at 100 ns per transfer, 10,000 per second are 0.1 % of one CPU.
 */
@Internal
public final class Rates {

    /** Accesses per second from which a field is hot. */
    public static final double HOT = 1e4;
    /** Accesses per second below which an access is not reported. */
    public static final double COLD = 1e2;

    private Rates() {}

    /**
     * {@return writes per second to a field by all CPUs that can run at the same time as a use of another field; NaN
     * when the rate is unknown}
     */
    public static double disturbing(AccessMap access, List<FieldUse> writes, FieldUse victim, int machineCpus) {
        double total = 0;
        for (FieldUse write : writes) {
            if (access.meet(write, victim, machineCpus)) {
                int cpus = write.role().cpus().count(machineCpus);
                int others = write.role().equals(victim.role()) ? cpus - 1 : cpus;
                total += write.ratePerSecond() * others;
            }
        }
        return total;
    }

    /** {@return whether both fields of a pair are used frequently} */
    public static boolean isHot(double writesPerSecond, double victimPerSecond) {
        return writesPerSecond >= HOT && victimPerSecond >= HOT;
    }

    /** {@return whether a rate is too low to report; false for an unknown rate} */
    public static boolean isCold(double ratePerSecond) {
        return ratePerSecond < COLD;
    }

    /** {@return {@link #words(double) words} of a rate of a use; of one at full rate, that it is} */
    public static String words(FieldUse use, double ratePerSecond) {
        return use.manner().isAtFullRate() ? ", as fast as it can" : words(ratePerSecond);
    }

    /** {@return {@code ", 5e6/s"}, or nothing when the rate is unknown} */
    public static String words(double ratePerSecond) {
        if (Double.isNaN(ratePerSecond)) {
            return "";
        }
        if (ratePerSecond < 10_000) {
            return String.format(Locale.ROOT, ", %.0f/s", ratePerSecond);
        }
        return String.format(Locale.ROOT, ", %.1e/s", ratePerSecond)
                .replace(".0e", "e")
                .replace("e+0", "e");
    }
}
