package dev.faultline.analysis;

import dev.faultline.access.AccessMap;
import dev.faultline.access.Inference;
import dev.faultline.access.Resolution;
import dev.faultline.access.code.CodeInference;
import dev.faultline.api.Internal;
import dev.faultline.cost.CostBreakdown;
import dev.faultline.cost.closedform.CostModel;
import dev.faultline.hazard.Finding;
import dev.faultline.hazard.HazardRule;
import dev.faultline.hazard.PartingMemo;
import dev.faultline.hazard.RuleContext;
import dev.faultline.machine.Machine;
import dev.faultline.source.Subject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Analyses subjects. Immutable and safe for use by several threads.
 *
 * <pre>{@code
 * Analyzer analyzer = new Analyzer(Machines.x86(), Catalog.RULES);
 * Analysis analysis = analyzer.analyze(Subject.of(layout));
 * }</pre>
 */
@Internal
public final class Analyzer {

    static final Comparator<Finding> WORST_FIRST = Analyzer::compare;

    private final CostModel model;
    private final PartingMemo partings = new PartingMemo();
    private final List<HazardRule> rules;

    /** By hand, since comparators of the JDK are linked at run time, in every short run. */
    private static int compare(Finding one, Finding other) {
        int order = other.severity().compareTo(one.severity());
        order = order != 0 ? order : Float.compare(cpusSaved(other), cpusSaved(one));
        order = order != 0 ? order : one.rule().compareTo(other.rule());
        return order != 0 ? order : String.join(",", one.fields()).compareTo(String.join(",", other.fields()));
    }

    /** As a float, so that savings that differ only by rounding are ordered by name. */
    private static float cpusSaved(Finding finding) {
        return finding.saving().isPresent() ? (float) finding.saving().get().cpusSaved() : 0;
    }

    /**
     * An analyzer for one machine.
     *
     * @param machine the machine
     * @param rules the rules to apply; their order does not matter
     */
    public Analyzer(Machine machine, List<HazardRule> rules) {
        this.model = new CostModel(machine);
        this.rules = List.copyOf(rules);
    }

    /**
     * Applies every rule.
     *
     * @param subject what to analyse; without a profile, the accesses are taken from the code, else guessed from
     *     field types
     * @return the analysis
     * @throws dev.faultline.input.InputException when the profile names a field that the layout lacks
     */
    public Analysis analyze(Subject subject) {
        return analyze(subject, context(subject));
    }

    /**
     * Makes the input of the rules.
     *
     * @param subject as for {@link #analyze(Subject)}
     * @return its layout and accesses, on this machine
     * @throws dev.faultline.input.InputException as there
     */
    public RuleContext context(Subject subject) {
        AccessMap access = subject.profile()
                .map(profile -> Resolution.resolve(subject.layout(), profile))
                .or(() -> subject.code().flatMap(code -> CodeInference.infer(subject.layout(), code)))
                .orElseGet(() -> Inference.infer(subject.layout()));
        return context(subject, access);
    }

    /**
     * Applies every rule, for known accesses.
     *
     * @param subject what to analyse; its profile is ignored
     * @param access which roles use its fields
     * @return the analysis
     */
    public Analysis analyze(Subject subject, AccessMap access) {
        return analyze(subject, context(subject, access));
    }

    private RuleContext context(Subject subject, AccessMap access) {
        return new RuleContext(
                subject.layout(), access, model, partings, subject.placement(), subject.code(), subject.declaration());
    }

    /**
     * Applies every rule to its input.
     *
     * @param subject the subject
     * @param context of that subject, by this analyzer
     * @return the analysis
     */
    public Analysis analyze(Subject subject, RuleContext context) {
        AccessMap access = context.access();
        List<Finding> findings = new ArrayList<>();
        for (HazardRule rule : rules) {
            findings.addAll(rule.examine(context));
        }
        int made = findings.size();
        findings.removeIf(finding -> subject.origins().silence(finding.rule(), finding.fields()));
        findings.sort(WORST_FIRST);
        Optional<CostBreakdown> breakdown = access.uses().isEmpty() || !access.isPriced()
                ? Optional.empty()
                : Optional.of(context.whatIf().breakdown());
        HeldBack heldBack = new HeldBack(made - findings.size(), 0);
        return new Analysis(subject, access, model.machine(), breakdown, findings, heldBack);
    }
}
