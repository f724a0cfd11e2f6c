package dev.faultline.suggest.struct;

import dev.faultline.analysis.Analysis;
import dev.faultline.analysis.Analyzer;
import dev.faultline.cost.OperationCost;
import dev.faultline.cost.Workload;
import dev.faultline.input.InputException;
import dev.faultline.layout.CachelineGroup;
import dev.faultline.layout.FieldRef;
import dev.faultline.layout.Provenance;
import dev.faultline.layout.Slot;
import dev.faultline.layout.StructLayout;
import dev.faultline.source.Subject;
import dev.faultline.suggest.Candidate;
import dev.faultline.suggest.Certificate;
import dev.faultline.suggest.Constraints;
import dev.faultline.suggest.Figures;
import dev.faultline.suggest.OpeningPolicy;
import dev.faultline.suggest.Suggestion;
import dev.faultline.suggest.cost.LayoutCostEvaluator;
import dev.faultline.suggest.cost.RelaxedBound;
import dev.faultline.suggest.cost.SearchWorkload;
import dev.faultline.suggest.cost.SensitivityAnalysis;
import dev.faultline.suggest.packing.LowerBound;
import dev.faultline.suggest.packing.SearchEffort;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds better layouts of structs. Immutable and safe for use by several threads; the same input gives the same
 * result.
 */
public final class Suggester {

    /** Largest struct that is accepted, in lines: 256 KiB with lines of 64 bytes. */
    public static final int MOST_LINES = 4096;

    private final Analyzer analyzer;
    private final SearchEffort effort;

    /**
     * Creates a suggester.
     *
     * @param analyzer analyzer, with its machine and rules, for today's layout and every candidate
     * @param effort effort for each packing that is solved; a struct needs about ten of them
     */
    public Suggester(Analyzer analyzer, SearchEffort effort) {
        this.analyzer = Objects.requireNonNull(analyzer);
        this.effort = Objects.requireNonNull(effort);
    }

    /**
     * Searches for better layouts of a struct.
     *
     * @param subject the struct, its placement and its profile; without a profile, accesses are inferred from field
     *     types
     * @param constraints what every candidate must keep
     * @return today's costs and the candidates found, which may be none
     * @throws InputException when the subject is not a struct or is too large, when the constraints name an unknown
     *     field (the message names the nearest), or when they contradict the types, the size limit or each other
     */
    public Suggestion suggest(Subject subject, Constraints constraints) {
        StructLayout layout = subject.layout();
        if (!layout.kind().isStruct() || layout.byteSize() == 0) {
            throw new InputException(subject.reference(), "", refusal(layout));
        }
        Analysis before = analyzer.analyze(subject);
        return new Search(analyzer, effort, subject, before, constraints).suggest();
    }

    private static String refusal(StructLayout layout) {
        return switch (layout.kind()) {
            case UNION -> "all members of a union are at byte 0; there is nothing to reorder";
            case CLASS -> "the VM orders the fields of a class; only a struct can be reordered";
            case ARRAY ->
                "the VM places the elements of an array one after the other; leave elements unused between those that"
                        + " different threads write";
            case SECTION ->
                layout.provenance().origin() == Provenance.Origin.VM_MODEL
                        ? "the VM orders the static fields of a class; hold those that are written often in objects of"
                                + " their own"
                        : "the linker orders the variables of a section; align the ones that are written to a line of their own,"
                                + " or put those that belong together into one struct";
            case STRUCT, CXX_CLASS -> "has no bytes to reorder";
        };
    }

    /** The search for one struct. */
    private static final class Search {
        private final Analyzer analyzer;
        private final SearchEffort effort;
        private final Subject subject;
        private final Analysis before;
        private final SearchWorkload search;
        private final Constraints constraints;
        private final LayoutCostEvaluator evaluator;
        private final DecomposedStruct whole;
        private final Figures today;
        private final RelaxedBound relaxation;

        private Search(
                Analyzer analyzer, SearchEffort effort, Subject subject, Analysis before, Constraints constraints) {
            this.analyzer = analyzer;
            this.subject = subject;
            this.before = before;
            this.constraints = constraints;
            checkLines(subject, before.machine().lineBytes().value());
            this.search = SearchWorkload.of(before.access(), before.machine());
            Workload workload = search.workload();
            this.effort = effort.among(workload.tasks().size());
            this.evaluator = new LayoutCostEvaluator(workload, search.model());
            this.whole =
                    StructDecomposer.of(OpenedStruct.whole(subject.layout())).touchedBy(workload.fields());
            this.today = evaluator.figures(workload.fields(), subject.layout().byteSize(), subject.placement());
            this.relaxation = new RelaxedBound(
                    evaluator, subject.placement(), subject.layout().byteAlignment(), this.effort);
        }

        private Suggestion suggest() {
            CandidateGenerator generator =
                    new CandidateGenerator(evaluator, subject.placement(), constraints, effort, relaxation);
            List<LayoutProposal> proposals = new ArrayList<>();
            LowerBound least = null;
            List<ConstrainedStruct> variants = variants();
            checkSize(variants);
            for (ConstrainedStruct variant : variants) {
                CandidateGenerator.Result result = generator.generate(variant);
                proposals.addAll(result.proposals());
                least = least == null || result.least().value() < least.value() ? result.least() : least;
            }
            if (before.access().isPriced()) {
                for (ConstrainedStruct variant : variants) {
                    Optional<long[]> start =
                            isToday(variant) ? Optional.of(variant.struct().today()) : Optional.empty();
                    proposals.addAll(generator.repaired(variant, before.findings(), start, proposals));
                }
            }
            if (constraints.mayAlign()) {
                generator.todayAligned(new ConstrainedStruct(whole, Map.of())).ifPresent(proposals::add);
            }
            boolean allowed = isTodayAllowed(variants);
            List<LayoutProposal> chosen =
                    ParetoFilter.choose(proposals, allowed ? Optional.of(today) : Optional.empty());
            if (!before.access().isPriced()) {
                chosen = separated(generator, variants, chosen);
            }
            double saved = chosen.stream().mapToDouble(this::saved).max().orElse(0);
            RemainingFindings unrepaired =
                    new RemainingFindings(variants, evaluator.workload().fields(), constraints, today, proposals);
            return new Suggestion(
                    before,
                    today,
                    certificate(least),
                    allowed,
                    candidates(chosen),
                    unrepaired.among(before.findings(), saved));
        }

        /**
         * The choice where rates are not known. If none of what was chosen leaves fewer findings than today's layout,
         * what the findings advise comes first, and of the others stay those that need no more than today's.
         */
        private List<LayoutProposal> separated(
                CandidateGenerator generator, List<ConstrainedStruct> variants, List<LayoutProposal> chosen) {
            int findings = remaining(before);
            if (findings == 0 || chosen.stream().anyMatch(one -> remaining(analysis(one)) < findings)) {
                return chosen;
            }
            List<LayoutProposal> proposals = new ArrayList<>();
            for (ConstrainedStruct variant : variants) {
                if (isToday(variant)) {
                    proposals.addAll(generator.separated(
                            variant,
                            before.findings(),
                            variant.struct().today(),
                            proposal -> remaining(analysis(proposal))));
                }
            }
            List<LayoutProposal> best =
                    ParetoFilter.fewest(proposals, proposal -> remaining(analysis(proposal)), findings);
            if (best.isEmpty()) {
                return chosen;
            }
            return Stream.concat(
                            best.stream(),
                            chosen.stream()
                                    .filter(one -> !one.needsLineAlignment()
                                            && one.figures().byteSize() <= today.byteSize()))
                    .toList();
        }

        private static int remaining(Analysis analysis) {
            return (int) analysis.findings().stream()
                    .filter(finding -> !finding.isSuspicion())
                    .count();
        }

        /** What a proposal saves at the rates of today, as findings tell it, in CPUs. */
        private double saved(LayoutProposal proposal) {
            if (before.breakdown().isEmpty()) {
                return 0;
            }
            List<OperationCost> old = before.breakdown().get().cost().operations();
            List<OperationCost> young =
                    evaluator.cost(proposal.fields(), proposal.placement()).operations();
            double saved = 0;
            for (int i = 0; i < old.size(); i++) {
                OperationCost one = old.get(i);
                double nanos = one.totalNanos() - young.get(i).totalNanos();
                saved += nanos * one.cpus() * one.ratePerSecond() * 1e-9;
            }
            return saved;
        }

        private static void checkLines(Subject subject, int lineBytes) {
            long lines = subject.layout().byteSize() / lineBytes;
            if (lines > MOST_LINES) {
                throw new InputException(
                        subject.reference(),
                        "",
                        lines + " lines of " + lineBytes + " bytes; at most " + MOST_LINES
                                + " are supported: move its long arrays out of it");
            }
        }

        private void checkSize(List<ConstrainedStruct> variants) {
            long least = variants.stream()
                    .mapToLong(
                            variant -> variant.struct().sizeFor(variant.struct().unitBytes()))
                    .min()
                    .orElseThrow();
            if (constraints.mostBytes().isPresent() && constraints.mostBytes().getAsLong() < least) {
                throw new InputException(
                        subject.reference(),
                        "at most " + constraints.mostBytes().getAsLong() + " bytes",
                        "its members alone take " + least);
            }
        }

        /**
         * {@return the decompositions of the struct that the constraints allow; the constraints must be satisfiable
         * in at least one}
         */
        private List<ConstrainedStruct> variants() {
            List<OpenedStruct> opened =
                    OpenedStruct.opened(subject.layout(), before.access().uses());
            List<DecomposedStruct> structs = new ArrayList<>();
            if (constraints.openingPolicy() != OpeningPolicy.OPENED || opened.size() == 1) {
                structs.add(whole);
            }
            if (constraints.openingPolicy() != OpeningPolicy.WHOLE && opened.size() > 1) {
                structs.add(StructDecomposer.of(opened)
                        .touchedBy(evaluator.workload().fields()));
            }
            if (constraints.insideGroups()) {
                List.copyOf(structs).stream()
                        .filter(struct -> !CachelineGroup.of(struct.layout()).isEmpty())
                        .forEach(struct -> structs.add(GroupMemberOrder.of(struct, evaluator)));
            }
            return constrained(structs);
        }

        private List<ConstrainedStruct> constrained(List<DecomposedStruct> structs) {
            List<ConstrainedStruct> variants = new ArrayList<>();
            InputException refused = null;
            for (DecomposedStruct struct : structs) {
                try {
                    variants.add(ConstraintResolver.of(struct, constraints));
                } catch (InputException contradiction) {
                    refused = refused == null ? contradiction : refused;
                }
            }
            if (variants.isEmpty()) {
                throw refused;
            }
            return variants;
        }

        /** {@return whether today's layout satisfies the constraints} */
        private boolean isTodayAllowed(List<ConstrainedStruct> variants) {
            return constraints.mostBytes().orElse(Long.MAX_VALUE)
                            >= subject.layout().byteSize()
                    && variants.stream().anyMatch(Search::isToday);
        }

        private static boolean isToday(ConstrainedStruct variant) {
            for (int i = 0; i < variant.struct().units().size(); i++) {
                MoveUnit unit = variant.unit(i);
                boolean moved = variant.isFixed(i) && variant.fixed().get(i) != unit.todayOffset();
                boolean joined = unit.parts().stream()
                        .anyMatch(part -> part.todayOffset() - part.member().byteOffset() != unit.todayOffset());
                if (moved || joined) {
                    return false;
                }
            }
            return true;
        }

        private Certificate certificate(LowerBound least) {
            double cost = today.modelNanosPerSecond();
            return new Certificate(cost, Math.min(cost, least.value()), least.how(), "any size");
        }

        private List<Candidate> candidates(List<LayoutProposal> chosen) {
            if (chosen.isEmpty()) {
                return List.of();
            }
            SensitivityAnalysis whatIf = new SensitivityAnalysis(search, subject.placement());
            List<FieldRef> todayFields = evaluator.workload().fields();
            List<Double> todayCosts = whatIf.costs(todayFields, subject.placement());
            List<List<Double>> all = new ArrayList<>(List.of(todayCosts));
            chosen.forEach(proposal -> all.add(whatIf.costs(proposal.fields(), proposal.placement())));
            GainAttribution attribution = new GainAttribution(evaluator, todayFields, subject.placement());
            List<Candidate> candidates = new ArrayList<>();
            for (int i = 0; i < chosen.size(); i++) {
                LayoutProposal proposal = chosen.get(i);
                Analysis analysis = analysis(proposal);
                if (givesUpPadding(analysis)) {
                    continue;
                }
                candidates.add(new Candidate(
                        analysis,
                        proposal.figures(),
                        proposal.certificate(),
                        proposal.needsLineAlignment(),
                        proposal.rebuilt().changed(),
                        proposal.rebuilt().moves(),
                        attribution.gains(proposal),
                        attribution.contributions(proposal),
                        whatIf.compare(todayCosts, all.get(i + 1), all)));
            }
            return candidates;
        }

        /**
         * {@return whether a layout only saves bytes that an author left free on purpose} Without rates the code does
         * not show all that they keep apart.
         */
        private boolean givesUpPadding(Analysis then) {
            return !before.access().isPriced()
                    && !before.access().uses().isEmpty()
                    && hasReserved(subject.layout())
                    && then.subject().layout().byteSize() < subject.layout().byteSize()
                    && then.findings().size() >= before.findings().size();
        }

        private static boolean hasReserved(StructLayout layout) {
            return layout.slots().stream()
                    .anyMatch(slot ->
                            slot instanceof Slot.Hole hole && !hole.purpose().isEmpty()
                                    || slot instanceof Slot.Padding padding
                                            && !padding.purpose().isEmpty());
        }

        private Analysis analysis(LayoutProposal proposal) {
            return analyzer.analyze(new Subject(
                    proposal.rebuilt().layout(),
                    subject.version(),
                    proposal.placement(),
                    subject.profile().map(proposal.rebuilt()::profile),
                    subject.codeAt(proposal.rebuilt()::pathOf),
                    Optional.empty(),
                    subject.origins(),
                    subject.form()));
        }
    }
}
