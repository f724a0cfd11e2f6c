package dev.faultline.cli.command;

import dev.faultline.analysis.Analysis;
import dev.faultline.hazard.Severity;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Structs by their findings: most errors first, then most warnings, most info, and by name. */
final class WorstStructs {

    /** Compares by findings alone. */
    static final Comparator<Analysis> FIRST = Comparator.comparing(
                    (Analysis analysis) -> -count(analysis, Severity.ERROR))
            .thenComparing(analysis -> -count(analysis, Severity.WARNING))
            .thenComparing(analysis -> -count(analysis, Severity.INFO));

    private WorstStructs() {}

    /** {@return the first of these, by findings and then by name; O(n log n)} */
    static List<Analysis> of(List<Analysis> analyses, int most) {
        return analyses.stream()
                .sorted(FIRST.thenComparing(analysis -> analysis.subject().reference()))
                .limit(most)
                .toList();
    }

    /** {@return how many findings have a severity and are no suspicions} */
    static long count(Analysis analysis, Severity severity) {
        return analysis.findings().stream()
                .filter(finding -> finding.severity() == severity && !finding.isSuspicion())
                .count();
    }

    /** {@return what says that structs are missing from a report: {@code "2 of 9,748 structs shown (--top)"}} */
    static String note(int shown, int all) {
        return String.format(Locale.ROOT, "%,d of %,d structs shown (--top)", shown, all);
    }
}
