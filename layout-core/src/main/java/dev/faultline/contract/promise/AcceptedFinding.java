package dev.faultline.contract.promise;

import dev.faultline.hazard.Finding;
import dev.faultline.hazard.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;

/**
 * A finding that a baseline accepts. It is identified by its rule and fields, not by offsets, so it is still
 * recognised when other fields move.
 *
 * @param rule id of the rule
 * @param fields the fields concerned: the culprit first, then the others sorted; empty when the finding is about the
 *     whole struct
 * @param severity severity when it was accepted; a more severe finding is new
 * @param reason why it is accepted, as written in the file; may be empty
 */
public record AcceptedFinding(String rule, List<String> fields, Severity severity, String reason)
        implements Comparable<AcceptedFinding> {

    private static final Comparator<AcceptedFinding> ORDER = Comparator.comparing(AcceptedFinding::rule)
            .thenComparing(one -> String.join("\n", one.fields))
            .thenComparing(AcceptedFinding::severity)
            .thenComparing(AcceptedFinding::reason);

    public AcceptedFinding {
        Objects.requireNonNull(rule);
        Objects.requireNonNull(severity);
        Objects.requireNonNull(reason);
        fields = List.copyOf(fields);
    }

    /** {@return the accepted form of a finding, without a reason} */
    public static AcceptedFinding of(Finding finding) {
        List<String> fields = new ArrayList<>(finding.fields());
        if (fields.size() > 2) {
            fields.subList(1, fields.size()).sort(Comparator.naturalOrder());
        }
        return new AcceptedFinding(finding.rule(), fields, finding.severity(), "");
    }

    /** {@return this finding with another reason} */
    public AcceptedFinding because(String other) {
        return new AcceptedFinding(rule, fields, severity, other);
    }

    /** {@return whether both have the same rule and culprit} */
    public boolean isAbout(AcceptedFinding found) {
        return rule.equals(found.rule) && culprit().equals(found.culprit());
    }

    /** {@return whether this covers a finding: it has no further field and is not more severe} */
    public boolean covers(AcceptedFinding found) {
        return isAbout(found)
                && severity.compareTo(found.severity) >= 0
                && new HashSet<>(fields).containsAll(found.fields);
    }

    /** {@return the accepted findings that are no longer found and did not grow into a new finding} */
    public static List<AcceptedFinding> stale(List<AcceptedFinding> accepted, List<AcceptedFinding> found) {
        List<AcceptedFinding> fresh = found.stream()
                .filter(one -> accepted.stream().noneMatch(known -> known.covers(one)))
                .toList();
        return accepted.stream()
                .filter(known -> found.stream().noneMatch(known::covers)
                        && fresh.stream().noneMatch(known::isAbout))
                .toList();
    }

    private String culprit() {
        return fields.isEmpty() ? "" : fields.get(0);
    }

    /** {@return {@code "WriterBesideReaders of a, b (error)"}} */
    public String words() {
        return rule + (fields.isEmpty() ? "" : " of " + String.join(", ", fields)) + " (" + severity.word() + ")";
    }

    @Override
    public int compareTo(AcceptedFinding other) {
        return ORDER.compare(this, other);
    }
}
