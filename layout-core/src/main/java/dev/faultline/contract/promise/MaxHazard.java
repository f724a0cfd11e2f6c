package dev.faultline.contract.promise;

import dev.faultline.hazard.Finding;
import dev.faultline.hazard.Severity;
import dev.faultline.hazard.rules.Catalog;
import dev.faultline.input.Nearest;
import java.util.List;
import java.util.Optional;

/**
 * No finding is more severe than a limit.
 *
 * @param most the most severe findings allowed; empty when none are. An error is the highest severity, so allowing it
 *     would promise nothing.
 * @param ignored ids of rules that are ignored
 */
public record MaxHazard(Optional<Severity> most, List<String> ignored) implements Promise {
    public MaxHazard {
        ignored = List.copyOf(ignored);
        if (most.isPresent() && most.get() == Severity.ERROR) {
            throw new IllegalArgumentException("error would allow everything; expected none, info or warning");
        }
        for (String id : ignored) {
            if (Catalog.byId(id).isEmpty()) {
                throw new IllegalArgumentException("there is no rule " + id + Nearest.hint(id, Catalog.ids())
                        + "; `faultline explain` lists them");
            }
        }
    }

    @Override
    public String name() {
        return "max-hazard";
    }

    @Override
    public String words() {
        String level = most.map(Severity::word).orElse("none");
        return "max-hazard: "
                + (ignored.isEmpty() ? level : "{at-most: " + level + ", ignore: " + PromiseTexts.names(ignored) + "}");
    }

    /** Without a profile no finding is more severe than info, so a higher limit would always be kept. */
    @Override
    public Optional<String> obstacle(PromiseContext context) {
        return most.isEmpty() || context.isDeclared()
                ? Optional.empty()
                : Optional.of("no profile says which roles use the fields of "
                        + context.layout().spelling() + ", so no finding could be worse than info; name a profile");
    }

    @Override
    public Optional<Violation> violation(PromiseContext context) {
        List<Finding> worse = context.analysis().findings().stream()
                .filter(finding -> !ignored.contains(finding.rule()))
                .filter(finding -> most.isEmpty() || finding.severity().compareTo(most.get()) > 0)
                .toList();
        return worse.isEmpty() ? Optional.empty() : Optional.of(of(worse));
    }

    /** The first finding in full, and the number of the others and the command that shows them. */
    static Violation of(List<Finding> findings) {
        Finding worst = findings.get(0);
        String more =
                findings.size() > 1 ? "; and " + (findings.size() - 1) + " more, which `faultline inspect` shows" : "";
        return Violation.of(
                worst.severity().word() + " " + worst.rule() + ": " + worst.message() + more,
                findings.stream()
                        .flatMap(finding -> finding.fields().stream())
                        .distinct()
                        .toList());
    }
}
