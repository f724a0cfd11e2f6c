package dev.faultline.hazard;

import dev.faultline.access.AccessMap;
import dev.faultline.access.Certainty;
import dev.faultline.access.FieldUse;
import java.util.List;
import java.util.Locale;

/**
 * How rates become severities, until a cost model does. One class, so that there is one place to replace.
 *
 * <p>The thresholds are our choice: 10,000 a second, since at 100 ns a transfer it is a tenth of a
 * percent of one CPU. Below 100 a second nothing is reported.
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

    /** {@return the severity of a pair: the rule's when both are hot, info otherwise; never more than info when guessed} */
    public static Severity severity(Severity ofRule, double writes, double victimRate, Certainty certainty) {
        if (certainty == Certainty.INFERRED) {
            return Severity.INFO;
        }
        if (certainty == Certainty.DECLARED_BY_TYPE) {
            return ofRule.compareTo(Severity.WARNING) < 0 ? ofRule : Severity.WARNING;
        }
        return writes >= HOT && victimRate >= HOT ? ofRule : Severity.INFO;
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
