package dev.faultline.hazard;

import dev.faultline.access.Certainty;
import java.util.Locale;
import java.util.Objects;

/**
 * What repairing one hazard alone would save: the cost of the layout less the cost of the layout so repaired, by the closed
 * form. Negative when the fields are better off as they are.
 *
 * @param role role of the operation that gains (or loses) most in all
 * @param operation that operation
 * @param nanosPerOp what it saves, in ns
 * @param ofNanosPerOp what it takes today, in ns
 * @param floorNanosPerOp what other CPUs cost it whatever the layout: true sharing, in ns
 * @param cpusSaved what all operations on all CPUs save, in CPUs' worth of time
 * @param cpus the CPUs that do any of this
 * @param assumedRates whether somebody had to assume how often things happen
 */
public record Saving(
        String role,
        String operation,
        double nanosPerOp,
        double ofNanosPerOp,
        double floorNanosPerOp,
        double cpusSaved,
        int cpus,
        boolean assumedRates) {

    /** From this share of the time of the CPUs concerned on, a hazard is an error: our choice. */
    public static final double ERROR_SHARE = 0.01;
    /** From this share on, it is a warning: our choice. */
    public static final double WARNING_SHARE = 0.001;

    private static final double NOTHING_NANOS = 0.005;
    /** Of the CPUs' time; an operation that is hardly ever done may gain much and yet nothing. */
    private static final double NOTHING_SHARE = 1e-6;

    /** Refuses what is no number. */
    public Saving {
        Objects.requireNonNull(role);
        Objects.requireNonNull(operation);
        if (!Double.isFinite(nanosPerOp) || !Double.isFinite(ofNanosPerOp) || !Double.isFinite(cpusSaved)) {
            throw new IllegalArgumentException("a saving must be a number: " + nanosPerOp + " of " + ofNanosPerOp);
        }
    }

    /** {@return the part of the operation that is saved; negative when it would be lost} */
    public double shareOfOperation() {
        return ofNanosPerOp == 0 ? 0 : nanosPerOp / ofNanosPerOp;
    }

    /** {@return the part of the time of the CPUs concerned that is saved} */
    public double shareOfCpus() {
        return cpus == 0 ? 0 : cpusSaved / cpus;
    }

    /**
     * How bad the hazard is.
     *
     * @param most what the rule allows at most
     * @param certainty how it is known who touches what; of a guess nothing is worse than info, of a type than a warning
     * @return the severity
     */
    public Severity severity(Severity most, Certainty certainty) {
        double share = shareOfCpus();
        Severity severity =
                share >= ERROR_SHARE ? Severity.ERROR : share >= WARNING_SHARE ? Severity.WARNING : Severity.INFO;
        Severity cap = certainty == Certainty.INFERRED
                ? Severity.INFO
                : certainty == Certainty.DECLARED_BY_TYPE ? Severity.WARNING : Severity.ERROR;
        Severity least = most.compareTo(cap) < 0 ? most : cap;
        return severity.compareTo(least) < 0 ? severity : least;
    }

    /** {@return whether it is too little to speak of: of one operation, or of the time of all CPUs} */
    public boolean isNothing() {
        return Math.abs(nanosPerOp) < NOTHING_NANOS || Math.abs(shareOfCpus()) < NOTHING_SHARE;
    }

    /** {@return one line for people: what is saved, of how much, and what no layout removes} */
    public String words() {
        String rates = assumedRates ? ", at assumed rates" : "";
        if (isNothing()) {
            return "repair saves nothing that counts" + rates;
        }
        String floor = floorNanosPerOp < NOTHING_NANOS ? "" : "; true sharing costs it " + nanos(floorNanosPerOp);
        if (nanosPerOp < 0) {
            return "apart would cost " + nanos(-nanosPerOp) + " more than the " + nanos(ofNanosPerOp) + " of `"
                    + operation + "`" + rates;
        }
        return "repair saves " + nanos(nanosPerOp) + " of the " + nanos(ofNanosPerOp) + " of `" + operation + "` ("
                + percent(shareOfOperation()) + ")" + rates + floor;
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, share < 0.01 ? "%.2f %%" : "%.0f %%", 100 * share);
    }

    /** {@return a time as people read it: {@code "0.02 ns"}, {@code "47 ns"}, {@code "12.5 us"}} */
    public static String nanos(double nanos) {
        if (nanos < 10) {
            return String.format(Locale.ROOT, nanos < 1 ? "%.2f ns" : "%.1f ns", nanos);
        }
        return nanos < 10_000
                ? String.format(Locale.ROOT, "%.0f ns", nanos)
                : String.format(Locale.ROOT, "%.1f us", nanos / 1000);
    }
}
