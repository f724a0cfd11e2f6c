package dev.faultline.compare;

import dev.faultline.hazard.FieldPair;
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
 * Finds the written fields that are better kept apart on one side than on the other, where nobody said who uses what how
 * often. Then one reader is as good as another, and what counts is how many of them are on a writer's line: of the fields that
 * both sides have, all that the writer meets here against all that it meets there. A field that only one side has is its own
 * affair, except where it is the first to come into bytes that kept a writer alone.
 */
final class Exposures {

    /** Differences below this, in fields on average over the placements, say nothing. */
    private static final double HALF_A_FIELD = 0.5;
    /** Padding from here on is no accident of alignment. */
    private static final long DELIBERATE_BYTES = 16;

    private final ComparedLayout here;
    private final ComparedLayout there;
    private final Predicate<String> isThere;
    private final Placement common;

    /**
     * Looks for what is worse here than there.
     *
     * @param here one side
     * @param there the other
     * @param common the placements that both allow
     * @param isThere whether the other side has a field, by the name both know it by
     */
    Exposures(ComparedLayout here, ComparedLayout there, Placement common, Predicate<String> isThere) {
        this.here = here;
        this.there = there;
        this.common = common;
        this.isThere = isThere;
    }

    List<Exposure> find() {
        List<Exposure> found = new ArrayList<>();
        here.crowds()
                .forEach((culprit, crowd) -> (isThere.test(culprit) ? closer(culprit, crowd) : newcomer(culprit, crowd))
                        .ifPresent(found::add));
        if (there.isAlone() && !here.isAlone() && here.layout().byteSize() > 0) {
            found.add(new Exposure(Exposure.Why.AMONG_OTHERS, "", List.of(), 0, 0));
        }
        return found;
    }

    private Optional<Exposure> closer(String culprit, List<FieldPair> crowd) {
        List<FieldPair> other = there.crowd(culprit);
        int[] all = here.company(crowd, here.placement(), any -> true);
        int[] lasting = here.company(crowd, here.placement(), isThere);
        int[] before = there.company(other, there.placement(), any -> true);
        if (max(before) == 0) {
            return alone(culprit, crowd, max(lasting) > 0, max(all));
        }
        // Where objects start on fewer places than there, those are compared: on the others nothing stands any longer.
        double now = mean(lasting);
        double then = mean(there.company(other, common, any -> true));
        if (now - then < HALF_A_FIELD) {
            return Optional.empty();
        }
        if (max(lasting) > max(before)) {
            Set<String> known = new LinkedHashSet<>();
            other.forEach(meeting -> known.add(there.victim(meeting)));
            List<String> came = victims(crowd, name -> isThere.test(name) && !known.contains(name));
            return Optional.of(new Exposure(Exposure.Why.MORE, culprit, came, max(lasting), max(before)));
        }
        return now > 2 * then
                ? Optional.of(new Exposure(Exposure.Why.OFTEN, culprit, victims(crowd, isThere), now, then))
                : Optional.empty();
    }

    /** A newcomer counts when it stands where there was nothing; behind the end, nothing kept the writer alone. */
    private Optional<Exposure> alone(String culprit, List<FieldPair> crowd, boolean withLasting, int most) {
        List<String> others = withLasting
                ? victims(crowd, isThere)
                : crowd.stream()
                        .filter(meeting -> meeting.victim().field().bytes().start()
                                < there.layout().byteSize())
                        .map(here::victim)
                        .distinct()
                        .toList();
        return others.isEmpty()
                ? Optional.empty()
                : Optional.of(new Exposure(Exposure.Why.ALONE_THERE, culprit, others, most, 0));
    }

    private Optional<Exposure> newcomer(String culprit, List<FieldPair> crowd) {
        List<String> others =
                victims(crowd, name -> isThere.test(name) && !there.fought().contains(name));
        return others.isEmpty()
                ? Optional.empty()
                : Optional.of(new Exposure(Exposure.Why.NOT_THERE, culprit, others, others.size(), 0));
    }

    private List<String> victims(List<FieldPair> crowd, Predicate<String> wanted) {
        return crowd.stream().map(here::victim).filter(wanted).distinct().toList();
    }

    /**
     * Fields that padding keeps apart there and not here, whatever they are: whoever put it there knew more than the types say.
     *
     * @param named whether padding with a name is meant, which is there for nothing else, or holes too
     * @return for each such padding the fields before and behind it
     */
    List<Exposure> unguarded(boolean named) {
        List<Exposure> found = new ArrayList<>();
        Slot.Field last = null;
        long padding = 0;
        for (Slot slot : there.layout().slots()) {
            if (!(slot instanceof Slot.Field field) || field.isPadding()) {
                boolean counts = slot.bits().isEmpty() && (!named || slot instanceof Slot.Field);
                padding += counts ? slot.byteSize() : 0;
            } else {
                if (last != null && padding >= DELIBERATE_BYTES) {
                    unguarded(last, field).ifPresent(found::add);
                }
                last = field;
                padding = 0;
            }
        }
        return found;
    }

    private Optional<Exposure> unguarded(Slot.Field first, Slot.Field second) {
        Optional<FieldRef> one = find(first);
        Optional<FieldRef> two = find(second);
        if (one.isEmpty()
                || two.isEmpty()
                || !never(there, first.bytes(), second.bytes())
                || never(here, one.get().bytes(), two.get().bytes())) {
            return Optional.empty();
        }
        String guest = there.name(second.path());
        return Optional.of(new Exposure(Exposure.Why.UNGUARDED, there.name(first.path()), List.of(guest), 1, 0));
    }

    /** {@return the field of the other side on this one} */
    private Optional<FieldRef> find(Slot.Field field) {
        return here.find(there.name(field.path()));
    }

    private static boolean never(ComparedLayout side, ByteRange one, ByteRange two) {
        return side.placement().meeting(one, two, side.lineBytes()).never();
    }

    /**
     * Fields that changed places on the line of a writer that has as much company as before.
     *
     * @return for each such writer who came, here against there; and who left, the other way round
     */
    List<Exposure> exchanged() {
        List<Exposure> found = new ArrayList<>();
        here.crowds().forEach((culprit, crowd) -> {
            if (isThere.test(culprit)) {
                Map<String, Double> shares = shares(here, crowd);
                Map<String, Double> others = shares(there, there.crowd(culprit));
                List<String> came = shares.keySet().stream()
                        .filter(isThere)
                        .filter(name -> shares.get(name) - others.getOrDefault(name, 0.0) >= HALF_A_FIELD)
                        .toList();
                if (!came.isEmpty()) {
                    found.add(new Exposure(Exposure.Why.EXCHANGED, culprit, came, came.size(), came.size()));
                }
            }
        });
        return found;
    }

    /** {@return by victim, in which part of the placements that both sides allow it is on the culprit's line} */
    private Map<String, Double> shares(ComparedLayout side, List<FieldPair> crowd) {
        Map<String, Double> shares = new LinkedHashMap<>();
        for (FieldPair meeting : crowd) {
            String victim = side.victim(meeting);
            shares.put(victim, mean(side.company(List.of(meeting), common, any -> true)));
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
