package dev.faultline.analysis;

import dev.faultline.access.AccessMap;
import dev.faultline.access.Inference;
import dev.faultline.access.Resolution;
import dev.faultline.cost.CostBreakdown;
import dev.faultline.cost.closedform.CostModel;
import dev.faultline.hazard.Finding;
import dev.faultline.hazard.HazardRule;
import dev.faultline.hazard.RuleContext;
import dev.faultline.hazard.Saving;
import dev.faultline.machine.Machine;
import dev.faultline.source.Subject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The façade: a subject in, an analysis out. Immutable and safe for use by several threads.
 *
 * <pre>{@code
 * Analyzer analyzer = new Analyzer(Machines.x86(), Catalog.RULES);
 * Analysis analysis = analyzer.analyze(Subject.of(layout));
 * }</pre>
 */
public final class Analyzer {

    private static final Comparator<Finding> WORST_FIRST = Comparator.comparing(Finding::severity)
            // As floats, for what differs in the last digits of a double differs by rounding: those go by name.
            .thenComparing(finding ->
                    finding.saving().map(Saving::cpusSaved).orElse(0.0).floatValue())
            .reversed()
            .thenComparing(Finding::rule)
            .thenComparing(finding -> String.join(",", finding.fields()));

    private final CostModel model;
    private final List<HazardRule> rules;

    /**
     * An analyzer for one machine.
     *
     * @param machine the hardware
     * @param rules the rules to apply; their order does not matter
     */
    public Analyzer(Machine machine, List<HazardRule> rules) {
        this.model = new CostModel(machine);
        this.rules = List.copyOf(rules);
    }

    /**
     * Applies every rule.
     *
     * @param subject what to analyse; its profile is used when it has one, else access is inferred from types
     * @return the analysis
     * @throws dev.faultline.input.InputException when the profile names a field the layout does not have
     */
    public Analysis analyze(Subject subject) {
        return analyze(subject, examine(subject));
    }

    /**
     * What the rules look at.
     *
     * @param subject as for {@link #analyze(Subject)}
     * @return its bytes and who touches them, on this machine
     * @throws dev.faultline.input.InputException as there
     */
    public RuleContext examine(Subject subject) {
        AccessMap access = subject.profile()
                .map(profile -> Resolution.resolve(subject.layout(), profile))
                .orElseGet(() -> Inference.infer(subject.layout()));
        return new RuleContext(subject.layout(), access, model, subject.placement());
    }

    /**
     * Applies every rule, for an access that is known already.
     *
     * @param subject what to analyse; its profile is not looked at
     * @param access who touches it
     * @return the analysis
     */
    public Analysis analyze(Subject subject, AccessMap access) {
        return analyze(subject, new RuleContext(subject.layout(), access, model, subject.placement()));
    }

    /**
     * Applies every rule to what was examined.
     *
     * @param subject what was examined
     * @param examination of that subject, by this analyzer
     * @return the analysis
     */
    public Analysis analyze(Subject subject, RuleContext examination) {
        AccessMap access = examination.access();
        List<Finding> findings = new ArrayList<>();
        for (HazardRule rule : rules) {
            findings.addAll(rule.examine(examination));
        }
        findings.sort(WORST_FIRST);
        Optional<CostBreakdown> bill = access.uses().isEmpty()
                ? Optional.empty()
                : Optional.of(examination.costing().bill());
        return new Analysis(subject, access, model.machine(), bill, findings);
    }
}
