package dev.faultline.bench.validation;

import dev.faultline.measure.RankInterval;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What one role of one case came out at.
 *
 * @param pair name of the case
 * @param role name of the role
 * @param before ns an operation, the median of each fork
 * @param after the same for the other layout
 * @param problem why this says nothing, when it does not
 */
record PairResult(String pair, String role, double[] before, double[] after, Optional<String> problem) {

    private static final List<String> HEADINGS =
            List.of("case", "role", "before, ns/op", "after, ns/op", "before/after", "95 % interval", "forks", "says");

    /** {@return the first lines of the table} */
    static String heading() {
        return "| " + String.join(" | ", HEADINGS) + " |\n|---|---|--:|--:|--:|--:|--:|---|\n";
    }

    /** {@return a line of the table} */
    String row() {
        Optional<RankInterval> ratio = RankInterval.ofRatios(before, after);
        return String.format(
                Locale.ROOT,
                "| %s | %s | %s | %s | %s | %s | %d + %d | %s |%n",
                pair,
                role,
                nanos(before),
                nanos(after),
                ratio.map(one -> String.format(Locale.ROOT, "%.2f", one.estimate()))
                        .orElse(""),
                ratio.map(one -> String.format(Locale.ROOT, "%.2f to %.2f", one.low(), one.high()))
                        .orElse(""),
                before.length,
                after.length,
                verdict(ratio));
    }

    private static String nanos(double[] forks) {
        return forks.length == 0 ? "" : String.format(Locale.ROOT, "%.1f", RankInterval.median(forks));
    }

    private String verdict(Optional<RankInterval> ratio) {
        if (problem.isPresent()) {
            return "inconclusive: " + problem.get();
        }
        if (ratio.isEmpty()) {
            return "inconclusive: too few forks for an interval";
        }
        if (ratio.get().low() > 1) {
            return "after is faster";
        }
        return ratio.get().high() < 1 ? "after is slower" : "no difference shown";
    }
}
