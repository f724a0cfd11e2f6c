package dev.faultline.compare;

import dev.faultline.access.Certainty;
import dev.faultline.access.ElementPath;
import dev.faultline.analysis.Analysis;
import dev.faultline.hazard.FieldPair;
import dev.faultline.hazard.RuleContext;
import dev.faultline.layout.AggregateKind;
import dev.faultline.layout.FieldRef;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.Slot;
import dev.faultline.layout.StructLayout;
import dev.faultline.machine.Placement;
import dev.faultline.source.Subject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * One of the two layouts of a comparison. Fields have common names on both sides: their paths in the new layout, or
 * in the old layout for removed fields.
 */
final class ComparedLayout {

    private final Analysis analysis;
    private final RuleContext context;
    private final UnaryOperator<String> names;
    private final UnaryOperator<String> paths;
    private final Map<String, List<LinePair>> byCulprit = new LinkedHashMap<>();
    private final Set<String> contended = new HashSet<>();
    private final DeclaredPadding declaredPadding;

    /**
     * @param analysis the analysis of the layout
     * @param context the input of the rules
     * @param names gives the common name of a path
     * @param paths gives the path of a common name
     */
    ComparedLayout(Analysis analysis, RuleContext context, UnaryOperator<String> names, UnaryOperator<String> paths) {
        this.analysis = analysis;
        this.context = context;
        this.names = names;
        this.paths = paths;
        this.declaredPadding = new DeclaredPadding(context.layout());
        for (FieldPair pair : context.pairs()) {
            add(LinePair.of(
                    pair,
                    name(pair.culprit().field().path()),
                    name(pair.victim().field().path())));
        }
    }

    private void add(LinePair pair) {
        byCulprit.computeIfAbsent(pair.culprit(), any -> new ArrayList<>()).add(pair);
        contended.add(pair.culprit());
        contended.add(pair.victim());
    }

    /**
     * Takes over what the other side tells of the uses of common fields, so that a new modifier or a rewritten method
     * is not taken for a change of the layout.
     */
    void adopt(ComparedLayout other) {
        List<LinePair> theirs =
                other.byCulprit.values().stream().flatMap(List::stream).toList();
        for (LinePair pair : theirs) {
            Optional<FieldRef> culprit = find(pair.culprit());
            Optional<FieldRef> victim = find(pair.victim());
            boolean isKnown = pairsOf(pair.culprit()).stream()
                    .anyMatch(own -> own.victim().equals(pair.victim()));
            if (!isKnown
                    && culprit.isPresent()
                    && victim.isPresent()
                    && !placement()
                            .meeting(culprit.get().bytes(), victim.get().bytes(), lineBytes())
                            .never()) {
                add(new LinePair(
                        pair.culprit(),
                        pair.victim(),
                        culprit.get().bytes(),
                        victim.get().bytes(),
                        pair.place()));
            }
        }
    }

    Analysis analysis() {
        return analysis;
    }

    RuleContext context() {
        return context;
    }

    Subject subject() {
        return analysis.subject();
    }

    StructLayout layout() {
        return context.layout();
    }

    Placement placement() {
        return context.placement();
    }

    int lineBytes() {
        return context.lineBytes();
    }

    boolean isDeclared() {
        return context.access().certainty().isOfProfile();
    }

    /** {@return whether only types tell what is written} */
    boolean isGuessed() {
        return context.access().certainty() == Certainty.INFERRED;
    }

    /** {@return whether a field is known, or by its type taken, to be written; by its common name} */
    boolean isKnownWritten(String name) {
        return find(name).stream()
                .anyMatch(field -> context.access().activities().stream()
                        .anyMatch(activity ->
                                activity.isWritten() && activity.field().bytes().overlaps(field.bytes())));
    }

    boolean isClass() {
        return layout().kind() == AggregateKind.CLASS;
    }

    /** {@return whether the source declares padding between two fields, by their common names} */
    Optional<Boolean> hasPaddingBetween(String one, String other) {
        return declaredPadding.isBetween(paths.apply(one), paths.apply(other));
    }

    /** {@return whether padding is meant to keep a field of this layout from what is before or after the object} */
    boolean isGuarded(Slot.Field field, boolean atStart) {
        boolean isReserved = layout().slots().stream()
                .anyMatch(slot -> slot instanceof Slot.Hole hole
                        && !hole.purpose().isEmpty()
                        && (atStart ? hole.byteOffset() < field.byteOffset() : hole.byteOffset() > field.byteOffset()));
        return isReserved || (atStart ? declaredPadding.isBefore(field.path()) : declaredPadding.isAfter(field.path()));
    }

    /** {@return whether only the VM placed padding between two fields, by their common names} */
    boolean isApartByAccident(String one, String other) {
        return declaredPadding.isByAccident(paths.apply(one), paths.apply(other));
    }

    /** {@return the common name of a path of this layout} */
    String name(String path) {
        return names.apply(path);
    }

    /** {@return the field of a common name, if this layout has it} */
    Optional<FieldRef> find(String name) {
        return ElementPath.field(layout(), paths.apply(name));
    }

    /** {@return whether a field is a struct, or an array of some, whose members only this layout tells} */
    boolean tellsMoreThan(ComparedLayout other, String name) {
        Optional<FieldRef> here = find(name);
        Optional<FieldRef> there = other.find(name);
        return here.isPresent()
                && there.isPresent()
                && element(here.get()) instanceof FieldType.Aggregate
                && element(there.get()) instanceof FieldType.Opaque;
    }

    private static FieldType element(FieldRef field) {
        FieldType type = field.type();
        while (type instanceof FieldType.Array array) {
            type = array.element();
        }
        return type;
    }

    /**
     * {@return whether this layout has the member that a field is in, without telling the members of that: the field
     * may be there} A text often leaves out the members of a struct that debug information tells.
     */
    boolean isInsideUntold(String name) {
        String path = paths.apply(name);
        for (int i = path.length() - 1; i > 0; i--) {
            if (path.charAt(i) == '.' || path.charAt(i) == '[') {
                Optional<FieldRef> outer = layout().resolve(path.substring(0, i));
                if (outer.isPresent()) {
                    return element(outer.get()) instanceof FieldType.Opaque;
                }
            }
        }
        return false;
    }

    /** {@return the pairs of each written field that can share its line with others, by common name} */
    Map<String, List<LinePair>> byCulprit() {
        return byCulprit;
    }

    /** {@return the pairs of a written field} */
    List<LinePair> pairsOf(String culprit) {
        return byCulprit.getOrDefault(culprit, List.of());
    }

    /** {@return the common names of all fields of pairs} */
    Set<String> contended() {
        return contended;
    }

    /** {@return whether objects share no line with their neighbours in memory} */
    boolean isAlone() {
        return placement().baseAlignment() >= lineBytes();
    }

    boolean isWritten() {
        return context.access().activities().stream().anyMatch(activity -> activity.isWritten());
    }

    /**
     * Counts the victims on a culprit's line.
     *
     * @param pairs the pairs of the culprit
     * @param placement the placements to count in
     * @param counted which victims count, by common name
     * @return the number in each placement
     */
    int[] neighbours(List<LinePair> pairs, Placement placement, Predicate<String> counted) {
        int[] neighbours = new int[placement.residues(lineBytes())];
        for (LinePair pair : pairs) {
            if (counted.test(pair.victim())) {
                for (int i = 0; i < neighbours.length; i++) {
                    neighbours[i] += meets(pair, i * placement.baseAlignment()) ? 1 : 0;
                }
            }
        }
        return neighbours;
    }

    private boolean meets(LinePair pair, long residue) {
        return Placement.meet(pair.culpritBytes(), pair.victimBytes(), residue, lineBytes());
    }
}
