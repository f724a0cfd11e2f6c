package dev.faultline.report.document;

import java.util.List;
import java.util.Objects;

/**
 * A finding as it is shown.
 *
 * @param level how severe it is: 0 for info, 1 for a warning, 2 for an error
 * @param severity the same in a word
 * @param rule id of the rule
 * @param fields paths of the fields it is about, the cause first
 * @param message the fact
 * @param details further sentences, such as what fixing it saves
 * @param advice what to do
 * @param certainty how the accesses are known, in a word
 * @param saving what fixing it saves, for a table of many findings
 */
public record FindingEntry(
        int level,
        String severity,
        String rule,
        List<String> fields,
        String message,
        List<String> details,
        String advice,
        String certainty,
        SavingFigures saving) {

    public FindingEntry {
        fields = List.copyOf(fields);
        details = List.copyOf(details);
        Objects.requireNonNull(saving);
    }

    /**
     * What fixing a finding saves.
     *
     * @param perOperation ns of the operation that gains most, in words; {@code "-"} for nothing
     * @param cpuTime CPU time, in words; {@code "-"} for nothing
     * @param cpus the same in CPUs
     */
    public record SavingFigures(String perOperation, String cpuTime, double cpus) {}
}
