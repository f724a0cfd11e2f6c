package dev.faultline.compare;

import dev.faultline.analysis.Analysis;
import dev.faultline.analysis.Analyzer;
import dev.faultline.api.Internal;
import dev.faultline.cost.OperationCost;
import dev.faultline.hazard.RuleContext;
import dev.faultline.layout.Slot;
import dev.faultline.layout.StructLayout;
import dev.faultline.machine.Placement;
import dev.faultline.machine.PlacementCount;
import dev.faultline.source.Subject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Compares two layouts of a struct. Immutable and safe for use by several threads. */
@Internal
public final class StructComparer {

    private final Analyzer analyzer;

    public StructComparer(Analyzer analyzer) {
        this.analyzer = analyzer;
    }

    /**
     * Compares two layouts. When only one of them has a profile, it is used for both.
     *
     * @param before the old layout
     * @param after the new layout
     * @return the comparison
     * @throws dev.faultline.input.InputException when a profile names a field that neither layout has
     */
    public Comparison compare(Subject before, Subject after) {
        FieldMatcher matching = FieldMatcher.of(before.layout(), after.layout());
        ProfileUnification transfer = ProfileUnification.of(before, after, matching);
        BaseAlignments footing = BaseAlignments.of(transfer.before(), transfer.after(), matching);
        ComparedLayout old = side(footing.before(), matching::after, matching::before);
        ComparedLayout young = side(footing.after(), UnaryOperator.identity(), UnaryOperator.identity());
        List<FieldChange> fields = fields(matching, footing.common(), young.lineBytes(), after.layout());
        List<PaddingChange> padding = PaddingMatcher.changes(before.layout(), after.layout(), matching);
        List<HazardChange> hazards = HazardIndex.changes(old, young);
        List<OperationChange> operations = operations(old, young, footing);
        Set<String> inBoth = new HashSet<>();
        for (FieldMatcher.Pair pair : matching.pairs()) {
            if (pair.before().isPresent() && pair.after().isPresent()) {
                inBoth.add(pair.after().get().path());
            }
        }
        ChangeJudge.Ruling ruling = ChangeJudge.judge(
                old,
                young,
                footing,
                inBoth::contains,
                hazards,
                operations,
                fields,
                !fields.isEmpty() || !padding.isEmpty());
        return new Comparison(
                old.analysis(),
                young.analysis(),
                fields,
                padding,
                hazards,
                operations,
                ruling.verdict(),
                ruling.reason(),
                ruling.weight(),
                notes(transfer, footing));
    }

    private static List<String> notes(ProfileUnification transfer, BaseAlignments footing) {
        List<String> notes = new ArrayList<>();
        footing.note().ifPresent(notes::add);
        if (!transfer.leftOut().isEmpty()) {
            notes.add("the profile also names " + String.join(", ", transfer.leftOut())
                    + ", which only one of the two layouts has; it is left out for the other");
        }
        return notes;
    }

    private ComparedLayout side(Subject subject, UnaryOperator<String> names, UnaryOperator<String> paths) {
        RuleContext context = analyzer.context(subject);
        Analysis analysis = analyzer.analyze(subject, context);
        return new ComparedLayout(analysis, context, names, paths);
    }

    private static List<FieldChange> fields(
            FieldMatcher matching, Placement common, int lineBytes, StructLayout layout) {
        List<FieldChange> changes = new ArrayList<>();
        for (FieldMatcher.Pair pair : matching.pairs()) {
            Optional<Slot.Field> before = pair.before();
            Optional<Slot.Field> after = pair.after();
            Set<FieldChange.Kind> kinds = before.isEmpty()
                    ? EnumSet.of(FieldChange.Kind.ADDED)
                    : after.isEmpty()
                            ? EnumSet.of(FieldChange.Kind.REMOVED)
                            : FieldChange.kinds(before.get(), after.get());
            if (!kinds.isEmpty() && !PaddingMatcher.isPadding(pair, layout)) {
                changes.add(new FieldChange(
                        before,
                        after,
                        kinds,
                        line(before, lineBytes),
                        line(after, lineBytes),
                        before.isEmpty() || after.isEmpty()
                                ? Optional.empty()
                                : Optional.of(otherLine(before.get(), after.get(), common, lineBytes))));
            }
        }
        return changes;
    }

    private static OptionalLong line(Optional<Slot.Field> field, int lineBytes) {
        return field.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(field.get().bytes().start() / lineBytes);
    }

    private static PlacementCount otherLine(Slot.Field before, Slot.Field after, Placement common, int lineBytes) {
        return common.count(
                lineBytes,
                residue -> Placement.blockOf(before.bytes().start(), residue, lineBytes)
                        != Placement.blockOf(after.bytes().start(), residue, lineBytes));
    }

    private List<OperationChange> operations(ComparedLayout before, ComparedLayout after, BaseAlignments footing) {
        if (!before.isDeclared() || !after.isDeclared()) {
            return List.of(); // the operations of a guess have no names of their own
        }
        Map<String, OperationCost> old = costs(before.context());
        Map<String, OperationCost> young = costs(after.context());
        boolean gained = footing.common().equals(footing.after().placement());
        Map<String, OperationCost> fineOnCommon =
                before.placement().baseAlignment() == after.placement().baseAlignment()
                        ? Map.of()
                        : costs(analyzer.context(
                                (gained ? footing.before() : footing.after()).withPlacement(footing.common())));
        List<OperationChange> changes = new ArrayList<>();
        Map<String, OperationCost> all = new LinkedHashMap<>(young);
        old.forEach(all::putIfAbsent);
        for (String key : all.keySet()) {
            Optional<OperationCost> was = Optional.ofNullable(old.get(key));
            Optional<OperationCost> is = Optional.ofNullable(young.get(key));
            double delta = was.isEmpty() || is.isEmpty()
                    ? 0
                    : delta(added(was.get()), added(is.get()), Optional.ofNullable(fineOnCommon.get(key)), gained);
            changes.add(new OperationChange(was, is, delta));
        }
        changes.sort(Comparator.comparingDouble((OperationChange one) -> -Math.abs(one.cpusMore())));
        return changes;
    }

    private static Map<String, OperationCost> costs(RuleContext context) {
        Map<String, OperationCost> costs = new LinkedHashMap<>();
        if (!context.access().uses().isEmpty()) {
            for (OperationCost cost : context.whatIf().cost().operations()) {
                costs.putIfAbsent(cost.role() + ": " + cost.operation(), cost);
            }
        }
        return costs;
    }

    /** {@return what other CPUs and the lines touched add to an operation} */
    private static double added(OperationCost cost) {
        return cost.coherenceNanos() + cost.touchNanos();
    }

    /**
     * The difference, without a loss that is due only to fewer placements: with a higher alignment, fields may share
     * a line always that shared it in most placements before.
     */
    private static double delta(double before, double after, Optional<OperationCost> fineOnCommon, boolean gained) {
        if (fineOnCommon.isEmpty()) {
            return after - before;
        }
        double coarse = gained ? after : before;
        double fine = gained ? before : after;
        double more = coarse - fine;
        if (more > 0) {
            more = Math.max(0, Math.min(more, coarse - added(fineOnCommon.get())));
        }
        return gained ? more : -more;
    }
}
