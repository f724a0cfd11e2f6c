package dev.faultline.suggest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * What a suggestion must leave as it is.
 *
 * @param pins paths of fields and the byte offsets they must stand at, in the struct as a whole
 * @param firstStays whether the member at byte 0 stays there, so that a pointer to it is still one to the struct
 * @param together paths of fields to be kept adjacent, each list in the order the fields have today
 * @param mostBytes the largest size allowed; empty when any is
 * @param openingPolicy what may be done with the structs it begins with
 * @param insideGroups whether members of a cache-line group may change places within their group
 * @param mayAlign whether candidates may ask for objects to be allocated at the start of a line
 */
public record Constraints(
        Map<String, Long> pins,
        boolean firstStays,
        List<List<String>> together,
        OptionalLong mostBytes,
        OpeningPolicy openingPolicy,
        boolean insideGroups,
        boolean mayAlign) {

    /** Copies the collections and refuses what no layout can satisfy: {@code IllegalArgumentException} naming the value. */
    public Constraints {
        pins = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(pins));
        together = together.stream().map(List::copyOf).toList();
        Objects.requireNonNull(mostBytes);
        Objects.requireNonNull(openingPolicy);
        pins.forEach((field, offset) -> {
            if (offset < 0) {
                throw new IllegalArgumentException("pin " + field + "=" + offset + ": an offset is not negative");
            }
        });
        if (mostBytes.isPresent() && mostBytes.getAsLong() < 1) {
            throw new IllegalArgumentException("at most " + mostBytes.getAsLong() + " bytes: a struct has at least 1");
        }
    }

    /** {@return the first member stays, groups keep their order, all else is free} */
    public static Constraints usual() {
        return new Constraints(Map.of(), true, List.of(), OptionalLong.empty(), OpeningPolicy.EITHER, false, true);
    }

    /** {@return these constraints with a field at an offset besides} */
    public Constraints pinning(String field, long byteOffset) {
        Map<String, Long> more = new LinkedHashMap<>(pins);
        more.put(field, byteOffset);
        return new Constraints(more, firstStays, together, mostBytes, openingPolicy, insideGroups, mayAlign);
    }

    /** {@return these constraints with some fields kept adjacent besides} */
    public Constraints keepingTogether(List<String> fields) {
        List<List<String>> more = new ArrayList<>(together);
        more.add(fields);
        return new Constraints(pins, firstStays, more, mostBytes, openingPolicy, insideGroups, mayAlign);
    }

    /** {@return these constraints with another size bound} */
    public Constraints withMostBytes(long bytes) {
        return new Constraints(pins, firstStays, together, OptionalLong.of(bytes), openingPolicy, insideGroups, mayAlign);
    }

    /** {@return these constraints with another opening} */
    public Constraints withOpening(OpeningPolicy other) {
        return new Constraints(pins, firstStays, together, mostBytes, other, insideGroups, mayAlign);
    }

    /** {@return these constraints with the first member staying or free} */
    public Constraints withFirstStays(boolean stays) {
        return new Constraints(pins, stays, together, mostBytes, openingPolicy, insideGroups, mayAlign);
    }

    /** {@return these constraints with the order within cache-line groups free or not} */
    public Constraints withInsideGroups(boolean free) {
        return new Constraints(pins, firstStays, together, mostBytes, openingPolicy, free, mayAlign);
    }

    /** {@return these constraints with candidates that ask for an alignment allowed or not} */
    public Constraints withMayAlign(boolean may) {
        return new Constraints(pins, firstStays, together, mostBytes, openingPolicy, insideGroups, may);
    }
}
