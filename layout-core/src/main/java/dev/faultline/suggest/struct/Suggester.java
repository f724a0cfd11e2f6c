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
        private final LayoutCostEvaluator weighing;
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
            this.weighing = new LayoutCostEvaluator(workload, new CostModel(before.machine()));
            this.whole =
                    StructDecomposer.of(OpenedStruct.whole(subject.layout())).touchedBy(workload.fields());
            this.todayFields = workload.fields();
            this.today = weighing.figures(todayFields, subject.layout().byteSize(), subject.placement());
            this.relaxation = new RelaxedBound(
                    weighing, subject.placement(), subject.layout().byteAlignment(), this.effort);
        }

        private Suggestion suggest() {
            CandidateGenerator drafting =
                    new CandidateGenerator(weighing, subject.placement(), constraints, effort, relaxation);
            List<LayoutProposal> offers = new ArrayList<>();
            LowerBound least = null;
            List<ConstrainedStruct> ways = ways();
            checkSize(ways);
            for (ConstrainedStruct way : ways) {
                CandidateGenerator.Drafts drafts = drafting.of(way);
                offers.addAll(drafts.offers());
                least = least == null || drafts.least().value() < least.value() ? drafts.least() : least;
            }
            if (constraints.mayAlign()) {
                drafting.todayAligned(new ConstrainedStruct(whole, java.util.Map.of()))
                        .ifPresent(offers::add);
            }
            List<LayoutProposal> chosen =
                    ParetoFilter.choose(offers, fits(ways) ? Optional.of(today) : Optional.empty());
            return new Suggestion(before, today, certificate(least), fits(ways), complete(chosen));
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

        private void checkSize(List<ConstrainedStruct> ways) {
            long least = ways.stream()
                    .mapToLong(way -> way.struct().sizeFor(way.struct().atomBytes()))
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
            if (constraints.opening() != OpeningPolicy.OPENED || opened.size() == 1) {
                structs.add(whole);
            }
            if (constraints.opening() != OpeningPolicy.WHOLE && opened.size() > 1) {
                structs.add(StructDecomposer.of(opened)
                        .touchedBy(weighing.workload().fields()));
            }
            if (constraints.insideGroups()) {
                List.copyOf(structs).stream()
                        .filter(struct -> !CachelineGroup.of(struct.layout()).isEmpty())
                        .forEach(struct -> structs.add(GroupMemberOrder.of(struct, weighing)));
            }
            List<ConstrainedStruct> ways = new ArrayList<>();
            InputException refused = null;
            for (DecomposedStruct struct : structs) {
                try {
                    ways.add(ConstraintResolver.of(struct, constraints));
                } catch (InputException contradiction) {
                    refused = refused == null ? contradiction : refused;
                }
            }
            if (ways.isEmpty()) {
                throw refused;
            }
            return ways;
        }

        /** Whether today's layout is one that the constraints allow. */
        private boolean fits(List<ConstrainedStruct> ways) {
            return constraints.mostBytes().orElse(Long.MAX_VALUE)
                            >= subject.layout().byteSize()
                    && ways.stream().anyMatch(Suggesting::isToday);
        }

        private static boolean isToday(ConstrainedStruct way) {
            for (int i = 0; i < way.struct().atoms().size(); i++) {
                MoveUnit atom = way.atom(i);
                boolean moved = way.isFixed(i) && way.fixed().get(i) != atom.todayOffset();
                boolean joined = atom.parts().stream()
                        .anyMatch(part -> part.todayOffset() - part.member().byteOffset() != atom.todayOffset());
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
            SensitivityAnalysis worlds =
                    new SensitivityAnalysis(before.access(), before.machine(), subject.placement());
            List<Double> todayCosts = worlds.costs(todayFields, subject.placement());
            List<List<Double>> all = new ArrayList<>(List.of(todayCosts));
            chosen.forEach(offer -> all.add(worlds.costs(offer.fields(), offer.placement())));
            GainAttribution accounting = new GainAttribution(weighing, todayFields, subject.placement());
            List<Candidate> candidates = new ArrayList<>();
            for (int i = 0; i < chosen.size(); i++) {
                LayoutProposal offer = chosen.get(i);
                candidates.add(new Candidate(
                        analysis(offer),
                        offer.figures(),
                        offer.certificate(),
                        offer.needsLineAlignment(),
                        offer.made().changed(),
                        offer.made().moves(),
                        accounting.gains(offer),
                        accounting.contributions(offer),
                        worlds.robustness(todayCosts, all.get(i + 1), all)));
            }
            return candidates;
        }

        private Analysis analysis(LayoutProposal offer) {
            return analyzer.analyze(new Subject(
                    offer.made().layout(),
                    subject.version(),
                    offer.placement(),
                    subject.profile().map(offer.made()::profile)));
        }
    }
}
