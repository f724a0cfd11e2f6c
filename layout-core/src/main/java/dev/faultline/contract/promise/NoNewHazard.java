package dev.faultline.contract.promise;

import dev.faultline.hazard.Finding;
import java.util.List;
import java.util.Optional;

/** Every finding is accepted by the baseline. */
public record NoNewHazard() implements Promise {

    @Override
    public String name() {
        return "max-hazard";
    }

    @Override
    public String words() {
        return "max-hazard: baseline";
    }

    @Override
    public Optional<String> obstacle(PromiseContext context) {
        return context.accepted().isPresent()
                ? Optional.empty()
                : Optional.of("there is no baseline yet; `faultline check --update` records one");
    }

    @Override
    public Optional<Violation> violation(PromiseContext context) {
        List<AcceptedFinding> accepted = context.accepted().orElseThrow();
        List<Finding> fresh = context.analysis().findings().stream()
                .filter(finding -> accepted.stream().noneMatch(one -> one.covers(AcceptedFinding.of(finding))))
                .toList();
        return fresh.isEmpty() ? Optional.empty() : Optional.of(named(MaxHazard.of(fresh), accepted, fresh.get(0)));
    }

    private static Violation named(Violation violation, List<AcceptedFinding> accepted, Finding worst) {
        AcceptedFinding found = AcceptedFinding.of(worst);
        List<AcceptedFinding> known =
                accepted.stream().filter(one -> one.isAbout(found)).toList();
        List<String> fresh = found.fields().stream()
                .filter(field -> known.stream().noneMatch(one -> one.fields().contains(field)))
                .toList();
        String how = known.isEmpty()
                ? "new: "
                : fresh.isEmpty()
                        ? "accepted only as " + known.get(0).severity().word() + ": "
                        : "accepted without " + PromiseTexts.and(fresh) + ": ";
        return new Violation(how + violation.what(), violation.fields(), violation.placements());
    }
}
