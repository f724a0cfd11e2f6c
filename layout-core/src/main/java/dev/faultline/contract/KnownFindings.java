package dev.faultline.contract;

import dev.faultline.analysis.Analysis;
import dev.faultline.api.Internal;
import dev.faultline.contract.promise.AcceptedFinding;
import dev.faultline.hazard.Finding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The findings that a baseline accepts. A finding is known by its struct, rule and cause, so that it stays known when
 * fields move or more of them come to its line. A finding that is more severe than in the baseline is new.
 */
@Internal
public final class KnownFindings {

    private final Baseline before;
    private final Map<String, List<AcceptedFinding>> found = new LinkedHashMap<>();

    /** The findings of a baseline. */
    public KnownFindings(Baseline baseline) {
        this.before = baseline;
    }

    /** {@return the analysis without the findings that are known} */
    public Analysis rest(Analysis analysis) {
        String struct = analysis.subject().reference();
        return analysis.without(finding -> accepted(struct, finding)
                .filter(known -> known.severity().compareTo(finding.severity()) >= 0)
                .isPresent());
    }

    /** The most severe one. */
    private Optional<AcceptedFinding> accepted(String struct, Finding finding) {
        AcceptedFinding cause = cause(finding);
        return before.of(struct).orElse(List.of()).stream()
                .filter(known -> known.isAbout(cause))
                .max(Comparator.comparing(AcceptedFinding::severity));
    }

    private static AcceptedFinding cause(Finding finding) {
        return new AcceptedFinding(
                finding.rule(), finding.fields().stream().limit(1).toList(), finding.severity(), "");
    }

    /**
     * Accepts the findings of an analysis, for {@link #update}.
     *
     * @param analysis with the findings that are known already
     * @param accepts which of them are accepted; of the others, those that are known stay so
     */
    public void accept(Analysis analysis, Predicate<Finding> accepts) {
        String struct = analysis.subject().reference();
        List<AcceptedFinding> all = found.computeIfAbsent(struct, any -> new ArrayList<>());
        for (Finding finding : analysis.findings()) {
            Optional<AcceptedFinding> known = accepted(struct, finding);
            if (accepts.test(finding)) {
                AcceptedFinding cause = cause(finding);
                String reason = known.map(AcceptedFinding::reason).orElse("");
                boolean isGraver = all.stream()
                        .noneMatch(one -> one.isAbout(cause) && one.severity().compareTo(cause.severity()) >= 0);
                if (isGraver) {
                    all.removeIf(one -> one.isAbout(cause));
                    all.add(cause.because(reason));
                }
            } else {
                known.filter(one -> !all.contains(one)).ifPresent(all::add);
            }
        }
    }

    /**
     * {@return the baseline of the findings accepted since}
     *
     * @param isWhole whether all structs were analysed; if not, the baseline keeps what it says of the others
     */
    public Baseline update(boolean isWhole) {
        Map<String, List<AcceptedFinding>> structs = new LinkedHashMap<>();
        if (!isWhole) {
            structs.putAll(before.structs());
        }
        structs.putAll(found);
        structs.values().removeIf(List::isEmpty);
        return new Baseline(structs);
    }

    /** {@return how many findings of the old baseline a new one has no more} */
    public int gone(Baseline after) {
        int gone = 0;
        for (Map.Entry<String, List<AcceptedFinding>> struct : before.structs().entrySet()) {
            List<AcceptedFinding> left = after.of(struct.getKey()).orElse(List.of());
            gone += (int) struct.getValue().stream()
                    .filter(known -> left.stream().noneMatch(known::isAbout))
                    .count();
        }
        return gone;
    }
}
