package dev.faultline.suggest.struct;

import dev.faultline.hazard.Finding;
import dev.faultline.layout.FieldRef;
import dev.faultline.machine.Placement;
import dev.faultline.suggest.Certificate;
import dev.faultline.suggest.Constraints;
import dev.faultline.suggest.Figures;
import dev.faultline.suggest.cost.LayoutCostEvaluator;
import dev.faultline.suggest.cost.RelaxedBound;
import dev.faultline.suggest.packing.LowerBound;
import dev.faultline.suggest.packing.SearchEffort;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * Generates layout proposals from the arrangements of one decomposition of a struct.
 *
 * @param placement where byte 0 may be on a line today
 * @param effort effort for each packing
 * @param relaxation lower bound for any layout in any placement
 */
record CandidateGenerator(
        LayoutCostEvaluator evaluator,
        Placement placement,
        Constraints constraints,
        SearchEffort effort,
        RelaxedBound relaxation) {

    private static final String ALIGNED = "allocated at the start of a line";
    private static final String NO_STRADDLING = "no touched member that fits on one line straddles two";

    /** What a byte counts beside a finding: of all bytes of a struct together, less than one finding. */
    private static final double SMALLER = 1e-9;

    /** Smallest line size of a machine, in bytes. */
    private static final int SMALLEST_BLOCK = 16;

    /** The proposals of one decomposition, and a lower bound for its layouts of any size. */
    record Result(List<LayoutProposal> proposals, LowerBound least) {}

    Result generate(ConstrainedStruct constrained) {
        long most = constraints.mostBytes().orElse(FreeSpace.END);
        List<ArrangementSearch.Arrangement> arrangements =
                new ArrangementSearch(constrained, evaluator, effort, most).all();
        boolean onLine = placement.residues(evaluator.lineBytes()) == 1;
        List<LayoutProposal> proposals = new ArrayList<>();
        for (ArrangementSearch.Arrangement one : arrangements) {
            if (onLine || constraints.mayAlign()) {
                Placement aligned = onLine ? placement : new Placement(evaluator.lineBytes(), ALIGNED);
                propose(one.constrained(), one.offsets(), aligned, !onLine, Optional.of(one))
                        .ifPresent(proposals::add);
            }
        }
        if (!onLine) {
            addUnaligned(arrangements, most, proposals);
            long block = placement.baseAlignment();
            if (block >= SMALLEST_BLOCK && block < evaluator.lineBytes()) {
                addUnaligned(
                        new ArrangementSearch(constrained, evaluator.inBlocksOf((int) block), effort, most).all(),
                        most,
                        proposals);
            }
        }
        return new Result(proposals, least(constrained, arrangements, onLine));
    }

    /** Proposes arrangements on lines, or on blocks of lines, for objects that may start anywhere on a line. */
    private void addUnaligned(
            List<ArrangementSearch.Arrangement> arrangements, long most, List<LayoutProposal> proposals) {
        for (ArrangementSearch.Arrangement one : arrangements) {
            propose(one.constrained(), one.offsets(), placement, false, Optional.empty())
                    .ifPresent(proposals::add);
            long[] spread = UnalignedArranger.of(one, evaluator, placement.baseAlignment());
            propose(one.constrained(), spread, placement, false, Optional.empty())
                    .filter(proposal -> proposal.figures().byteSize() <= most)
                    .ifPresent(proposals::add);
        }
    }

    /**
     * Proposes what findings advise, from today's layout and from the cheapest proposal on.
     *
     * @param constrained the units
     * @param findings the findings of today's layout
     * @param today today's offsets; empty when the constraints do not allow them
     * @param known the proposals so far, of this struct and others
     */
    List<LayoutProposal> repaired(
            ConstrainedStruct constrained, List<Finding> findings, Optional<long[]> today, List<LayoutProposal> known) {
        List<LayoutProposal> proposals = new ArrayList<>();
        boolean onLine = placement.residues(evaluator.lineBytes()) == 1;
        addRepaired(constrained, findings, starts(constrained, today, known, false), placement, false, proposals);
        if (!onLine && constraints.mayAlign()) {
            Placement aligned = new Placement(evaluator.lineBytes(), ALIGNED);
            addRepaired(constrained, findings, starts(constrained, today, known, true), aligned, true, proposals);
        }
        return proposals;
    }

    /**
     * Proposes what findings advise, whatever it costs by the model, as long as fewer findings remain: where rates are
     * not known, the model does not know what sharing a line costs.
     *
     * @param constrained the units
     * @param findings the findings of today's layout
     * @param today today's offsets
     * @param remaining how many findings a proposal has
     */
    List<LayoutProposal> separated(
            ConstrainedStruct constrained,
            List<Finding> findings,
            long[] today,
            ToIntFunction<LayoutProposal> remaining) {
        List<LayoutProposal> proposals =
                new ArrayList<>(separated(constrained, findings, today, remaining, placement, false));
        if (placement.residues(evaluator.lineBytes()) > 1 && constraints.mayAlign()) {
            Placement aligned = new Placement(evaluator.lineBytes(), ALIGNED);
            proposals.addAll(separated(constrained, findings, today, remaining, aligned, true));
        }
        return proposals;
    }

    private List<LayoutProposal> separated(
            ConstrainedStruct constrained,
            List<Finding> findings,
            long[] today,
            ToIntFunction<LayoutProposal> remaining,
            Placement where,
            boolean needsLineAlignment) {
        long most = constraints.mostBytes().orElse(FreeSpace.END);
        Function<long[], Optional<LayoutProposal>> proposed =
                offsets -> propose(constrained, offsets, where, needsLineAlignment, Optional.empty())
                        .filter(proposal -> proposal.figures().byteSize() <= most);
        RepairSearch search = new RepairSearch(constrained, evaluator, where, effort);
        List<long[]> layouts = search.separate(
                today,
                findings,
                offsets -> proposed.apply(offsets)
                        .map(proposal -> remaining.applyAsInt(proposal)
                                + SMALLER * proposal.figures().byteSize())
                        .orElse(Double.MAX_VALUE));
        return layouts.stream().map(proposed).flatMap(Optional::stream).toList();
    }

    private static List<long[]> starts(
            ConstrainedStruct constrained, Optional<long[]> today, List<LayoutProposal> known, boolean aligned) {
        List<long[]> starts = new ArrayList<>();
        today.ifPresent(starts::add);
        known.stream()
                .filter(one ->
                        one.constrained().struct().equals(constrained.struct()) && one.needsLineAlignment() == aligned)
                .min(Comparator.comparingDouble(one -> one.figures().nanosPerSecond()))
                .ifPresent(one -> starts.add(one.offsets()));
        return starts;
    }

    private void addRepaired(
            ConstrainedStruct constrained,
            List<Finding> findings,
            List<long[]> starts,
            Placement where,
            boolean needsLineAlignment,
            List<LayoutProposal> proposals) {
        long most = constraints.mostBytes().orElse(FreeSpace.END);
        RepairSearch search = new RepairSearch(constrained, evaluator, where, effort);
        List<long[]> layouts = new ArrayList<>();
        for (long[] start : starts) {
            layouts.addAll(search.improve(start, findings));
        }
        if (where.residues(evaluator.lineBytes()) == 1) {
            List.copyOf(layouts).forEach(layout -> layouts.add(search.compact(layout)));
        }
        for (long[] layout : layouts) {
            propose(constrained, layout, where, needsLineAlignment, Optional.empty())
                    .filter(proposal -> proposal.figures().byteSize() <= most)
                    .ifPresent(proposals::add);
        }
    }

    /** Proposes today's layout on objects that start on a line, if they do not yet. */
    Optional<LayoutProposal> todayAligned(ConstrainedStruct today) {
        if (placement.residues(evaluator.lineBytes()) == 1) {
            return Optional.empty();
        }
        return propose(
                today, today.struct().today(), new Placement(evaluator.lineBytes(), ALIGNED), true, Optional.empty());
    }

    /**
     * {@return the lower bound of the arrangement of any size; where large fields could be placed elsewhere, the
     * bound for any layout}
     */
    private LowerBound least(
            ConstrainedStruct constrained, List<ArrangementSearch.Arrangement> arrangements, boolean onLine) {
        boolean largeFixed = arrangements.stream()
                .anyMatch(one ->
                        one.constrained().fixed().size() != constrained.fixed().size());
        if (!onLine || arrangements.isEmpty() || largeFixed) {
            return relaxation.bound();
        }
        ArrangementSearch.Arrangement any = arrangements.get(arrangements.size() - 1);
        if (any.mostBytes() < constraints.mostBytes().orElse(FreeSpace.END)) {
            return relaxation.bound();
        }
        List<FieldRef> fields = MoveUnit.moved(
                evaluator.workload().fields(), any.constrained().struct().units(), any.offsets());
        double cost = evaluator.figures(fields, any.byteSize(), placement).modelNanosPerSecond();
        double value = Math.max(0, cost - any.gapNanos());
        return new LowerBound(value, any.packed().bound().how() + "; " + NO_STRADDLING, List.of());
    }

    private Optional<LayoutProposal> propose(
            ConstrainedStruct constrained,
            long[] offsets,
            Placement where,
            boolean needsLineAlignment,
            Optional<ArrangementSearch.Arrangement> packed) {
        DecomposedStruct struct = constrained.struct();
        Optional<RebuiltLayout> rebuilt = LayoutBuilder.of(struct, offsets, evaluator.lineBytes());
        if (rebuilt.isEmpty()) {
            return Optional.empty();
        }
        List<FieldRef> fields = MoveUnit.moved(evaluator.workload().fields(), struct.units(), offsets);
        long byteSize = rebuilt.get().layout().byteSize();
        Figures figures = evaluator.figures(fields, byteSize, where);
        Certificate certificate =
                packed.map(arrangement -> packed(arrangement, figures)).orElseGet(() -> relaxed(figures));
        return Optional.of(new LayoutProposal(
                constrained, offsets, rebuilt.get(), fields, where, figures, certificate, needsLineAlignment));
    }

    private Certificate relaxed(Figures figures) {
        double cost = figures.modelNanosPerSecond();
        LowerBound relaxed = relaxation.bound();
        return new Certificate(
                cost, Math.min(relaxed.value(), cost), relaxed.how(), "any order, any size, wherever it starts");
    }

    private Certificate packed(ArrangementSearch.Arrangement arrangement, Figures figures) {
        double cost = figures.modelNanosPerSecond();
        double bound = Math.max(0, cost - arrangement.gapNanos());
        return new Certificate(
                cost,
                bound,
                arrangement.packed().bound().how(),
                conditions(arrangement.constrained(), arrangement.mostBytes()));
    }

    private String conditions(ConstrainedStruct constrained, long mostBytes) {
        List<String> words = new ArrayList<>();
        words.add("starts on a line");
        if (mostBytes < FreeSpace.END) {
            words.add("at most " + mostBytes + " bytes");
        }
        List<OpenedStruct> openedStructs = constrained.struct().openedStructs();
        words.add(
                openedStructs.size() == 1
                        ? "embedded structs whole"
                        : openedStructs.get(openedStructs.size() - 1).path() + " opened");
        words.add(NO_STRADDLING);
        if (!constrained.fixed().isEmpty()) {
            words.add(
                    constrained.fixed().size() == 1
                            ? "one member fixed"
                            : constrained.fixed().size() + " members fixed");
        }
        return String.join(", ", words);
    }
}
