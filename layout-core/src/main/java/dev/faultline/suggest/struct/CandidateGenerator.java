package dev.faultline.suggest.struct;

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
import java.util.List;
import java.util.Optional;

/** Makes offers of the arrangements of one way of taking a struct apart. */
final class CandidateGenerator {

    private static final String ALIGNED = "allocated at the start of a line";

    /** The smallest line a machine can have. */
    private static final int SMALLEST_BLOCK = 16;

    private final LayoutCostEvaluator evaluator;
    private final Placement placement;
    private final Constraints constraints;
    private final SearchEffort effort;

    /** What no layout undercuts in any placement. */
    private final RelaxedBound relaxation;

    CandidateGenerator(
            LayoutCostEvaluator evaluator,
            Placement placement,
            Constraints constraints,
            SearchEffort effort,
            RelaxedBound relaxation) {
        this.evaluator = evaluator;
        this.placement = placement;
        this.constraints = constraints;
        this.effort = effort;
        this.relaxation = relaxation;
    }

    /**
     * What one way of taking a struct apart leads to.
     *
     * @param proposals layouts
     * @param least what no layout of any size, so taken apart, undercuts
     */
    record Drafts(List<LayoutProposal> proposals, LowerBound least) {}

    Drafts of(ConstrainedStruct constrained) {
        long most = constraints.mostBytes().orElse(FreeSpace.END);
        List<ArrangementSearch.Arranged> arranged = ArrangementSearch.all(constrained, evaluator, effort, most);
        boolean onLine = placement.residues(evaluator.lineBytes()) == 1;
        List<LayoutProposal> proposals = new ArrayList<>();
        for (ArrangementSearch.Arranged one : arranged) {
            if (onLine || constraints.mayAlign()) {
                Placement aligned = onLine ? placement : new Placement(evaluator.lineBytes(), ALIGNED);
                offer(one.constrained(), one.offsets(), aligned, !onLine, Optional.of(one))
                        .ifPresent(proposals::add);
            }
        }
        if (!onLine) {
            anywhere(arranged, most, proposals);
            long block = placement.baseAlignment();
            if (block >= SMALLEST_BLOCK && block < evaluator.lineBytes()) {
                anywhere(ArrangementSearch.all(constrained, evaluator.inBlocksOf((int) block), effort, most), most, proposals);
            }
        }
        return new Drafts(proposals, least(constrained, arranged, onLine));
    }

    /** Arrangements on lines, or on blocks of lines, where nobody promises that the struct starts on one. */
    private void anywhere(List<ArrangementSearch.Arranged> arranged, long most, List<LayoutProposal> proposals) {
        for (ArrangementSearch.Arranged one : arranged) {
            offer(one.constrained(), one.offsets(), placement, false, Optional.empty())
                    .ifPresent(proposals::add);
            long[] spread = UnalignedArranger.of(one, evaluator, placement.baseAlignment());
            offer(one.constrained(), spread, placement, false, Optional.empty())
                    .filter(proposal -> proposal.figures().byteSize() <= most)
                    .ifPresent(proposals::add);
        }
    }

    /** Today's layout, if it does not yet start on a line. */
    Optional<LayoutProposal> todayAligned(ConstrainedStruct today) {
        if (placement.residues(evaluator.lineBytes()) == 1) {
            return Optional.empty();
        }
        return offer(
                today, today.struct().today(), new Placement(evaluator.lineBytes(), ALIGNED), true, Optional.empty());
    }

    /** Of the arrangement of any size; where large fields could stand elsewhere, only what holds for all. */
    private LowerBound least(ConstrainedStruct constrained, List<ArrangementSearch.Arranged> arranged, boolean onLine) {
        boolean largeFixed = arranged.stream()
                .anyMatch(one -> one.constrained().fixed().size() != constrained.fixed().size());
        if (!onLine || arranged.isEmpty() || largeFixed) {
            return relaxation.bound();
        }
        ArrangementSearch.Arranged any = arranged.get(arranged.size() - 1);
        if (any.mostBytes() < constraints.mostBytes().orElse(FreeSpace.END)) {
            return relaxation.bound();
        }
        List<FieldRef> fields = MoveUnit.moved(
                evaluator.workload().fields(), any.constrained().struct().units(), any.offsets());
        double cost = evaluator.figures(fields, any.byteSize(), placement).modelNanosPerSecond();
        double value = Math.max(0, cost - any.open());
        return new LowerBound(
                value, any.packed().bound().how() + "; no touched member that fits a line across two", List.of());
    }

    private Optional<LayoutProposal> offer(
            ConstrainedStruct constrained,
            long[] offsets,
            Placement where,
            boolean needsLineAlignment,
            Optional<ArrangementSearch.Arranged> packed) {
        DecomposedStruct struct = constrained.struct();
        Optional<RebuiltLayout> rebuilt = LayoutBuilder.of(struct, offsets, evaluator.lineBytes());
        if (rebuilt.isEmpty()) {
            return Optional.empty();
        }
        List<FieldRef> fields = MoveUnit.moved(evaluator.workload().fields(), struct.units(), offsets);
        long byteSize = rebuilt.get().layout().byteSize();
        Figures figures = evaluator.figures(fields, byteSize, where);
        Certificate certificate =
                packed.map(arranged -> packed(arranged, figures)).orElseGet(() -> relaxed(figures));
        return Optional.of(new LayoutProposal(
                constrained, offsets, rebuilt.get(), fields, where, figures, certificate, needsLineAlignment));
    }

    private Certificate relaxed(Figures figures) {
        double cost = figures.modelNanosPerSecond();
        LowerBound relaxed = relaxation.bound();
        return new Certificate(
                cost, Math.min(relaxed.value(), cost), relaxed.how(), "any order, any size, wherever it starts");
    }

    private Certificate packed(ArrangementSearch.Arranged arranged, Figures figures) {
        double cost = figures.modelNanosPerSecond();
        double bound = Math.max(0, cost - arranged.open());
        return new Certificate(
                cost, bound, arranged.packed().bound().how(), conditions(arranged.constrained(), arranged.mostBytes()));
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
        words.add("no touched member that fits a line across two");
        if (!constrained.fixed().isEmpty()) {
            words.add(
                    constrained.fixed().size() == 1
                            ? "one member fixed"
                            : constrained.fixed().size() + " members fixed");
        }
        return String.join(", ", words);
    }
}
