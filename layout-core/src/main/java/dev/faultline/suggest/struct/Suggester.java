package dev.faultline.suggest.struct;

import dev.faultline.analysis.Analysis;
import dev.faultline.analysis.Analyzer;
import dev.faultline.cost.Workload;
import dev.faultline.cost.closedform.CostModel;
import dev.faultline.input.InputException;
import dev.faultline.layout.AggregateKind;
import dev.faultline.layout.CachelineGroup;
import dev.faultline.layout.FieldRef;
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
import dev.faultline.suggest.cost.SensitivityAnalysis;
import dev.faultline.suggest.packing.LowerBound;
import dev.faultline.suggest.packing.SearchEffort;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Finds better layouts. Immutable and safe for use by several threads; the same question has the same answer. */
public final class Suggester {

    /** The most lines of a struct that is rearranged: 256 KiB in lines of 64 bytes. */
    public static final int MOST_LINES = 4096;

    private final Analyzer analyzer;
    private final SearchEffort effort;

    /**
     * A suggester for the machine and the rules of an analyzer.
     *
     * @param analyzer what today's layout and every candidate are judged by
     * @param effort how long to look, for each packing that is solved; a struct takes some ten of them
     */
    public Suggester(Analyzer analyzer, SearchEffort effort) {
        this.analyzer = Objects.requireNonNull(analyzer);
        this.effort = Objects.requireNonNull(effort);
    }

    /**
     * Looks for better layouts of a struct.
     *
     * @param subject the struct, where it stands and who uses it; without a profile, access is inferred from types
     * @param constraints what must stay as it is
     * @return what was found
     * @throws InputException when it is no struct, or the constraints name what it does not have or cannot do; names the nearest
     *     field, or what a pin collides with
     */
    public Suggestion suggest(Subject subject, Constraints constraints) {
        StructLayout layout = subject.layout();
        if (layout.kind() != AggregateKind.STRUCT || layout.byteSize() == 0) {
            throw new InputException(subject.reference(), "", refusal(layout));
        }
        Analysis before = analyzer.analyze(subject);
        return new Suggesting(analyzer, effort, subject, before, constraints).suggest();
    }

    private static String refusal(StructLayout layout) {
        return switch (layout.kind()) {
            case UNION -> "members of a union all stand at byte 0; there is nothing to reorder";
            case CLASS -> "the VM orders the fields of a class; only a struct can be reordered";
            case STRUCT -> "has no bytes to reorder";
        };
    }

    /** One question. */
    private static final class Suggesting {
        private final Analyzer analyzer;
        private final SearchEffort effort;
        private final Subject subject;
        private final Analysis before;
        private final Constraints constraints;
        private final LayoutCostEvaluator evaluator;
        private final DecomposedStruct whole;
        private final List<FieldRef> todayFields;
        private final Figures today;
        private final RelaxedBound relaxation;

        private Suggesting(
                Analyzer analyzer, SearchEffort effort, Subject subject, Analysis before, Constraints constraints) {
            this.analyzer = analyzer;
            this.subject = subject;
            this.before = before;
            this.constraints = constraints;
            checkLines(subject, before.machine().lineBytes().value());
            Workload workload =
                    Workload.of(before.access(), before.machine().cpus().value());
            this.effort = effort.among(workload.tasks().size());
            this.evaluator = new LayoutCostEvaluator(workload, new CostModel(before.machine()));
            this.whole =
                    StructDecomposer.of(OpenedStruct.whole(subject.layout())).touchedBy(workload.fields());
            this.todayFields = workload.fields();
            this.today = evaluator.figures(todayFields, subject.layout().byteSize(), subject.placement());
            this.relaxation = new RelaxedBound(
                    evaluator, subject.placement(), subject.layout().byteAlignment(), this.effort);
        }

        private Suggestion suggest() {
            CandidateGenerator generator =
                    new CandidateGenerator(evaluator, subject.placement(), constraints, effort, relaxation);
            List<LayoutProposal> proposals = new ArrayList<>();
            LowerBound least = null;
            List<ConstrainedStruct> variants = ways();
            checkSize(variants);
            for (ConstrainedStruct variant : variants) {
                CandidateGenerator.Drafts drafts = generator.of(variant);
                proposals.addAll(drafts.proposals());
                least = least == null || drafts.least().value() < least.value() ? drafts.least() : least;
            }
            if (constraints.mayAlign()) {
                generator.todayAligned(new ConstrainedStruct(whole, java.util.Map.of()))
                        .ifPresent(proposals::add);
            }
            List<LayoutProposal> chosen =
                    ParetoFilter.choose(proposals, fits(variants) ? Optional.of(today) : Optional.empty());
            return new Suggestion(before, today, certificate(least), fits(variants), complete(chosen));
        }

        private static void checkLines(Subject subject, int lineBytes) {
            long lines = subject.layout().byteSize() / lineBytes;
            if (lines > MOST_LINES) {
                throw new InputException(
                        subject.reference(),
                        "",
                        lines + " lines of " + lineBytes + " bytes; structs of at most " + MOST_LINES
                                + " are rearranged, so move its long arrays out of it");
            }
        }

        private void checkSize(List<ConstrainedStruct> variants) {
            long least = variants.stream()
                    .mapToLong(variant -> variant.struct().sizeFor(variant.struct().atomBytes()))
                    .min()
                    .orElseThrow();
            if (constraints.mostBytes().isPresent() && constraints.mostBytes().getAsLong() < least) {
                throw new InputException(
                        subject.reference(),
                        "at most " + constraints.mostBytes().getAsLong() + " bytes",
                        "its members alone take " + least);
            }
        }

        /** The ways of taking the struct apart that the constraints allow; what they say must make sense in one of them. */
        private List<ConstrainedStruct> ways() {
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

        /** Whether today's layout is one that the constraints allow. */
        private boolean fits(List<ConstrainedStruct> variants) {
            return constraints.mostBytes().orElse(Long.MAX_VALUE)
                            >= subject.layout().byteSize()
                    && variants.stream().anyMatch(Suggesting::isToday);
        }

        private static boolean isToday(ConstrainedStruct variant) {
            for (int i = 0; i < variant.struct().units().size(); i++) {
                MoveUnit unit = variant.atom(i);
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

        private List<Candidate> complete(List<LayoutProposal> chosen) {
            if (chosen.isEmpty()) {
                return List.of();
            }
            SensitivityAnalysis whatIf =
                    new SensitivityAnalysis(before.access(), before.machine(), subject.placement());
            List<Double> todayCosts = whatIf.costs(todayFields, subject.placement());
            List<List<Double>> all = new ArrayList<>(List.of(todayCosts));
            chosen.forEach(proposal -> all.add(whatIf.costs(proposal.fields(), proposal.placement())));
            GainAttribution accounting = new GainAttribution(evaluator, todayFields, subject.placement());
            List<Candidate> candidates = new ArrayList<>();
            for (int i = 0; i < chosen.size(); i++) {
                LayoutProposal proposal = chosen.get(i);
                candidates.add(new Candidate(
                        analysis(proposal),
                        proposal.figures(),
                        proposal.certificate(),
                        proposal.needsLineAlignment(),
                        proposal.rebuilt().changed(),
                        proposal.rebuilt().moves(),
                        accounting.gains(proposal),
                        accounting.contributions(proposal),
                        whatIf.robustness(todayCosts, all.get(i + 1), all)));
            }
            return candidates;
        }

        private Analysis analysis(LayoutProposal proposal) {
            return analyzer.analyze(new Subject(
                    proposal.rebuilt().layout(),
                    subject.version(),
                    proposal.placement(),
                    subject.profile().map(proposal.rebuilt()::profile)));
        }
    }
}
