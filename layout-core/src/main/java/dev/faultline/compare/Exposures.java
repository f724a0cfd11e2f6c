package dev.faultline.compare;

import dev.faultline.layout.ByteRange;
import dev.faultline.layout.FieldRef;
import dev.faultline.layout.Slot;
import dev.faultline.machine.Placement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Finds the written fields that share their lines with more fields on one side than on the other, for comparisons
 * without a profile. Without rates all readers count the same, so the number of fields on a writer's line is
 * compared, of the fields that both sides have. A field that only one side has counts only where it is the first on a
 * line that a writer had alone.
 */
final class Exposures {

    /** Smaller differences, in fields on average over the placements, are ignored. */
    private static final double HALF_A_FIELD = 0.5;
    /** Path of what the VM puts before the fields of an object. */
    private static final String HEADER = "(header)";

    private final ComparedLayout here;
    private final ComparedLayout there;
    private final Predicate<String> isThere;
    private final Placement common;

    /**
     * @param here the side on which more fields share lines
     * @param there the other side
     * @param common the placements that both sides allow
     * @param isThere whether the other side has a field, by its common name
     */
    Exposures(ComparedLayout here, ComparedLayout there, Placement common, Predicate<String> isThere) {
        this.here = here;
        this.there = there;
        this.common = common;
        this.isThere = isThere;
    }

    List<Exposure> find() {
        List<Exposure> found = new ArrayList<>();
        here.byCulprit()
                .forEach((culprit, pairs) -> compare(culprit, meant(pairs)).ifPresent(found::add));
        if (there.isAlone() && !here.isAlone() && here.layout().byteSize() > 0) {
            found.add(new Exposure(Exposure.Why.AMONG_OTHERS, "", "", List.of(), 0, 0));
        }
        return found;
    }

    private Optional<Exposure> compare(String culprit, List<LinePair> pairs) {
        if (here.tellsMoreThan(there, culprit)) {
            return Optional.empty(); // it may be written there too
        }
        return isThere.test(culprit) ? closer(culprit, pairs) : newcomer(culprit, pairs);
    }

    /** Leaves out fields that are side by side in the source of both, and that the VM placed apart there. */
    private List<LinePair> meant(List<LinePair> pairs) {
        return pairs.stream()
                .filter(pair -> !there.isApartByAccident(pair.culprit(), pair.victim())
                        || here.hasPaddingBetween(pair.culprit(), pair.victim()).orElse(true))
                .toList();
    }

    private Optional<Exposure> closer(String culprit, List<LinePair> pairs) {
        List<LinePair> other = there.pairsOf(culprit);
        int[] all = here.neighbours(pairs, here.placement(), any -> true);
        int[] lasting = here.neighbours(pairs, here.placement(), isThere);
        int[] before = there.neighbours(other, there.placement(), any -> true);
        if (max(before) == 0) {
            return alone(culprit, pairs, max(lasting) > 0, max(all));
        }
        // Where objects have fewer placements here than there, only those are compared.
        double now = mean(lasting);
        double then = mean(there.neighbours(other, common, any -> true));
        if (now - then < HALF_A_FIELD) {
            return Optional.empty();
        }
        if (max(lasting) > max(before)) {
            Set<String> known = new LinkedHashSet<>();
            other.forEach(pair -> known.add(pair.victim()));
            List<String> came = victims(pairs, name -> isThere.test(name) && !known.contains(name));
            return Optional.of(new Exposure(Exposure.Why.MORE, culprit, place(pairs), came, max(lasting), max(before)));
        }
        return now > 2 * then
                ? Optional.of(
                        new Exposure(Exposure.Why.OFTEN, culprit, place(pairs), victims(pairs, isThere), now, then))
                : Optional.empty();
    }

    /** A new field counts when it is at bytes that the other side has too. */
    private Optional<Exposure> alone(String culprit, List<LinePair> pairs, boolean withLasting, int most) {
        List<String> others = withLasting
                ? victims(pairs, isThere)
                : pairs.stream()
                        .filter(pair ->
                                pair.victimBytes().start() < there.layout().byteSize())
                        .map(LinePair::victim)
                        .filter(victim -> !there.isInsideUntold(victim))
                        .distinct()
                        .toList();
        return others.isEmpty()
                ? Optional.empty()
                : Optional.of(new Exposure(Exposure.Why.ALONE_THERE, culprit, place(pairs), others, most, 0));
    }

    private Optional<Exposure> newcomer(String culprit, List<LinePair> pairs) {
        if (there.isInsideUntold(culprit)) {
            return Optional.empty();
        }
        List<String> others =
                victims(pairs, name -> isThere.test(name) && !there.contended().contains(name));
        return others.isEmpty()
                ? Optional.empty()
                : Optional.of(new Exposure(Exposure.Why.NOT_THERE, culprit, place(pairs), others, others.size(), 0));
    }

    private static String place(List<LinePair> pairs) {
        return pairs.stream()
                .map(LinePair::place)
                .filter(place -> !place.isEmpty())
                .findFirst()
                .orElse("");
    }

    private List<String> victims(List<LinePair> pairs, Predicate<String> wanted) {
        return pairs.stream().map(LinePair::victim).filter(wanted).distinct().toList();
    }

    /**
     * Finds fields that padding keeps apart there and not here, whatever their types, since the padding is intended.
     *
     * @param named whether only what is there on purpose counts, or holes too
     * @return for each such padding the fields before and after it
     */
    List<Exposure> unguarded(boolean named) {
        List<Exposure> found = new ArrayList<>();
        Slot.Field last = null;
        long padding = 0;
        for (Slot slot : there.layout().slots()) {
            if (!(slot instanceof Slot.Field field) || field.isPadding()) {
                boolean counts = slot.bits().isEmpty() && (!named || isIntended(slot));
                padding += counts ? slot.byteSize() : 0;
            } else {
                if (last != null && !last.path().equals(HEADER) && padding >= DeclaredPadding.DELIBERATE_BYTES) {
                    unguarded(last, field).ifPresent(found::add);
                }
                last = field;
                padding = 0;
            }
        }
        return found;
    }

    private static boolean isIntended(Slot slot) {
        return slot instanceof Slot.Field || isReserved(slot);
    }

    private static boolean isReserved(Slot slot) {
        return slot instanceof Slot.Hole hole && !hole.purpose().isEmpty()
                || slot instanceof Slot.Padding padding && !padding.purpose().isEmpty();
    }

    /**
     * Finds fields that padding keeps off the header and the neighbours of the object there, and less so here.
     *
     * @return for each such field one entry
     */
    List<Exposure> outside() {
        List<Exposure> found = new ArrayList<>();
        for (Slot.Field field : there.layout().fields()) {
            if (!field.isPadding() && !field.path().startsWith("(")) {
                find(field)
                        .filter(own -> isOpener(own.bytes(), field))
                        .ifPresent(own -> found.add(
                                new Exposure(Exposure.Why.OUTSIDE, there.name(field.path()), "", List.of(), 0, 0)));
            }
        }
        return found;
    }

    private boolean isOpener(ByteRange own, Slot.Field field) {
        boolean atStart = there.isGuarded(field, true)
                && outsiders(here, own, true, false) > outsiders(there, field.bytes(), true, false);
        boolean atEnd = there.isGuarded(field, false)
                && outsiders(here, own, false, true) > outsiders(there, field.bytes(), false, true);
        return (atStart || atEnd) && outsiders(here, own, true, true) > outsiders(there, field.bytes(), true, true);
    }

    /** Counts the common placements in which a field is on a line with the header, or with other objects. */
    private int outsiders(ComparedLayout side, ByteRange bytes, boolean atStart, boolean atEnd) {
        int line = side.lineBytes();
        long headerEnd = side.layout()
                .resolve(HEADER)
                .map(header -> header.bytes().end())
                .orElse(0L);
        int met = 0;
        for (long residue = 0; residue < line; residue += common.baseAlignment()) {
            boolean before =
                    Placement.blockOf(headerEnd - 1, residue, line) >= Placement.blockOf(bytes.start(), residue, line);
            boolean after = Placement.blockOf(side.layout().byteSize(), residue, line)
                    <= Placement.blockOf(bytes.end() - 1, residue, line);
            met += before && atStart || after && atEnd ? 1 : 0;
        }
        return met;
    }

    private Optional<Exposure> unguarded(Slot.Field first, Slot.Field second) {
        Optional<FieldRef> one = find(first);
        Optional<FieldRef> two = find(second);
        if (one.isEmpty()
                || two.isEmpty()
                || there.isApartByAccident(there.name(first.path()), there.name(second.path()))
                || !never(there, first.bytes(), second.bytes())
                || never(here, one.get().bytes(), two.get().bytes())) {
            return Optional.empty();
        }
        String guest = there.name(second.path());
        return Optional.of(new Exposure(Exposure.Why.UNGUARDED, there.name(first.path()), "", List.of(guest), 1, 0));
    }

    /** {@return the field of this side for a field of the other} */
    private Optional<FieldRef> find(Slot.Field field) {
        return here.find(there.name(field.path()));
    }

    private static boolean never(ComparedLayout side, ByteRange one, ByteRange two) {
        return side.placement().meeting(one, two, side.lineBytes()).never();
    }

    /**
     * Finds fields that are on the line of a writer here and not there, where the number of fields on it is the same.
     *
     * @return one entry for each such writer
     */
    List<Exposure> exchanged() {
        List<Exposure> found = new ArrayList<>();
        here.byCulprit().forEach((culprit, pairs) -> {
            if (isThere.test(culprit)) {
                Map<String, Double> shares = shares(here, pairs);
                Map<String, Double> others = shares(there, there.pairsOf(culprit));
                List<String> came = shares.keySet().stream()
                        .filter(isThere)
                        .filter(name -> shares.get(name) - others.getOrDefault(name, 0.0) >= HALF_A_FIELD)
                        .toList();
                if (!came.isEmpty()) {
                    found.add(new Exposure(Exposure.Why.EXCHANGED, culprit, "", came, came.size(), came.size()));
                }
            }
        });
        return found;
    }

    /** {@return for each victim the share of the common placements in which it is on the culprit's line} */
    private Map<String, Double> shares(ComparedLayout side, List<LinePair> pairs) {
        Map<String, Double> shares = new LinkedHashMap<>();
        for (LinePair pair : pairs) {
            shares.put(pair.victim(), mean(side.neighbours(List.of(pair), common, any -> true)));
        }
        return shares;
    }

    private static int max(int[] counts) {
        return Arrays.stream(counts).max().orElse(0);
    }

    private static double mean(int[] counts) {
        return Arrays.stream(counts).average().orElse(0);
    }
}
