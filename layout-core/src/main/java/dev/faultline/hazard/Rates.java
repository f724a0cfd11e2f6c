package dev.faultline.hazard;

import dev.faultline.access.AccessMap;
import dev.faultline.access.FieldUse;
import java.util.List;
import java.util.Locale;

/**
 * Which rates are worth a word. How bad a hazard is follows from what it costs ({@link Saving}), not from here: these
 * only keep what is rare apart from what is not.
 *
 * <p>The thresholds are our choice: at 100 ns a transfer, 10,000 a second is a tenth of a percent of one CPU.
 */
public final class Rates {

    /** Accesses per second from which a field is hot. */
    public static final double HOT = 1e4;
    /** Accesses per second below which an access is not worth a word. */
    public static final double COLD = 1e2;

    private Rates() {}

    /** {@return how often the field is changed by CPUs that can disturb {@code victim}, in all; NaN when nobody said} */
    public static double disturbing(AccessMap access, List<FieldUse> writes, FieldUse victim, int machineCpus) {
        double total = 0;
        boolean any = false;
        for (FieldUse write : writes) {
            if (access.meet(write, victim, machineCpus)) {
                int cpus = write.role().cpus().count(machineCpus);
                int others = write.role().equals(victim.role()) ? cpus - 1 : cpus;
                total += write.ratePerSecond() * others;
                any = true;
            }
        }
        return any ? total : 0;
    }

    /** {@return whether both sides of a pair are used often enough to be told apart from what is rare} */
    public static boolean isHot(double writesPerSecond, double victimPerSecond) {
        return writesPerSecond >= HOT && victimPerSecond >= HOT;
    }

    /** {@return whether a rate is too low to report; an unknown one never is} */
    public static boolean isCold(double ratePerSecond) {
        return ratePerSecond < COLD;
    }

    /** {@return {@code ", 5e6/s"}, or nothing when nobody said how often} */
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
