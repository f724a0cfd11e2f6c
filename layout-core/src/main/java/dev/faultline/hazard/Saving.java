package dev.faultline.hazard;

import dev.faultline.access.Certainty;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * What repairing one hazard alone would save: the cost of the layout less the cost of the repaired layout, by the
 * closed form. Negative when the repair would cost time.
 *
 * @param role role of the operation that gains (or loses) most in total
 * @param operation name of that operation
 * @param nanosPerOp what it saves, in ns
 * @param ofNanosPerOp what it takes today, in ns
 * @param floorNanosPerOp what other CPUs cost it in any layout: true sharing, in ns
 * @param cpusSaved what all operations on all CPUs save, in CPUs
 * @param cpus number of CPUs that run any of the operations
 * @param assumedRates whether some rates are assumed
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

    /** From this share of the time of the CPUs concerned on, a hazard is an error; a choice. */
    public static final double ERROR_SHARE = 0.01;
    /** From this share on, it is a warning; a choice. */
    public static final double WARNING_SHARE = 0.001;

    private static final double NOTHING_NANOS = 0.005;
    /** From this time on, times are shown in us. */
    private static final double MICROS_FROM_NANOS = 10_000;
    /** Of the CPUs' time: a rare operation may gain many ns per run and still save no time. */
    private static final double NOTHING_SHARE = 1e-6;

    public Saving {
        Objects.requireNonNull(role);
        Objects.requireNonNull(operation);
        if (!Double.isFinite(nanosPerOp) || !Double.isFinite(ofNanosPerOp) || !Double.isFinite(cpusSaved)) {
            throw new IllegalArgumentException("a saving must be a number: " + nanosPerOp + " of " + ofNanosPerOp);
        }
    }

    /** {@return the share of the operation that is saved; negative when the repair costs time} */
    public double shareOfOperation() {
        return ofNanosPerOp == 0 ? 0 : nanosPerOp / ofNanosPerOp;
    }

    /** {@return the share of the time of the CPUs concerned that is saved} */
    public double shareOfCpus() {
        return cpus == 0 ? 0 : cpusSaved / cpus;
    }

    /**
     * The severity of the hazard.
     *
     * @param most the highest severity that the rule allows
     * @param certainty how the accesses are known; a guess is at most an info, a declaration by type at most a warning
     * @return the severity
     */
    public Severity severity(Severity most, Certainty certainty) {
        double share = shareOfCpus();
        Severity severity =
                share >= ERROR_SHARE ? Severity.ERROR : share >= WARNING_SHARE ? Severity.WARNING : Severity.INFO;
        Severity cap = certainty == Certainty.INFERRED
                ? Severity.INFO
                : certainty.isOfProfile() ? Severity.ERROR : Severity.WARNING;
        Severity least = most.compareTo(cap) < 0 ? most : cap;
        return severity.compareTo(least) < 0 ? severity : least;
    }

    /** {@return whether it is negligible: for one operation, or for the time of all CPUs} */
    public boolean isNothing() {
        return Math.abs(nanosPerOp) < NOTHING_NANOS || Math.abs(shareOfCpus()) < NOTHING_SHARE;
    }

    /** {@return one line of text: the time saved, the time of the operation, and the time that no layout saves} */
    public String words() {
        String rates = assumedRates ? ", at assumed rates" : "";
        if (isNothing()) {
            return "fixing this saves almost no time" + rates;
        }
        String whole = nanos(ofNanosPerOp);
        if (nanosPerOp < 0) {
            return "moving the fields apart would add " + nanos(-nanosPerOp) + " to the " + whole + " of `" + operation
                    + "`" + rates;
        }
        String saved = nanos(nanosPerOp);
        String unit = whole.substring(whole.indexOf(' '));
        return "fixing this saves " + (saved.endsWith(unit) ? saved.substring(0, saved.indexOf(' ')) : saved) + " of "
                + whole + " per `" + operation
                + "` (" + percent(shareOfOperation()) + ")" + rates
                + (floorNanosPerOp < NOTHING_NANOS
                        ? ""
                        : "; " + nanos(floorNanosPerOp) + " are true sharing and remain");
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, share < 0.01 ? "%.2f %%" : "%.0f %%", 100 * share);
    }

    /**
     * {@return a time with a unit: {@code "0.02 ns"}, {@code "47 ns"}, {@code "12.5 us"}}
     *
     * @param nanos the time in ns, at least 0
     */
    public static String nanos(double nanos) {
        if (nanos < 10) {
            return String.format(Locale.ROOT, nanos < 1 ? "%.2f ns" : "%.1f ns", nanos);
        }
        return nanos < MICROS_FROM_NANOS
                ? String.format(Locale.ROOT, "%.0f ns", nanos)
                : String.format(Locale.ROOT, "%.1f us", nanos / 1000);
    }

    /**
     * {@return times with one unit for all of them, that of the longest: {@code "12.5 us"} beside {@code "0.05 us"}}
     *
     * @param nanos times in ns, each at least 0
     */
    public static List<String> nanosAlike(double... nanos) {
        double most = Arrays.stream(nanos).max().orElse(0);
        return Arrays.stream(nanos)
                .mapToObj(one -> most < MICROS_FROM_NANOS
                        ? nanos(one)
                        : String.format(Locale.ROOT, one < MICROS_FROM_NANOS ? "%.2f us" : "%.1f us", one / 1000))
                .toList();
    }
}
