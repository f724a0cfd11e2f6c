package dev.faultline.suggest;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * What a suggested layout must keep. Immutable; the methods return changed copies.
 *
 * @param pins byte offsets, in the whole struct, that fields must have, by field path
 * @param firstStays whether the member at byte 0 stays there, so that a pointer to it remains a pointer to the struct
 * @param together lists of field paths; the fields of a list are kept adjacent, in the order they have today
 * @param mostBytes largest size allowed, in bytes; empty when any size is
 * @param openingPolicy whether the structs embedded at byte 0 may be changed
 * @param insideGroups whether members of a cache-line group may change places within their group
 * @param mayAlign whether a candidate may require objects to be allocated at the start of a cache line
 */
public record Constraints(
        Map<String, Long> pins,
        boolean firstStays,
        List<List<String>> together,
        OptionalLong mostBytes,
        OpeningPolicy openingPolicy,
        boolean insideGroups,
        boolean mayAlign) {

    public Constraints {
        pins = Collections.unmodifiableMap(new LinkedHashMap<>(pins));
        together = together.stream().map(List::copyOf).toList();
        Objects.requireNonNull(mostBytes);
        Objects.requireNonNull(openingPolicy);
        pins.forEach((field, offset) -> {
            if (offset < 0) {
                throw new IllegalArgumentException("pin " + field + "=" + offset + ": the offset is negative");
            }
        });
        if (mostBytes.isPresent() && mostBytes.getAsLong() < 1) {
            throw new IllegalArgumentException(
                    "size limit of " + mostBytes.getAsLong() + " bytes: a struct has at least 1");
        }
    }

    /** {@return the default: the first member stays, cache-line groups keep their order, everything else is free} */
    public static Constraints usual() {
        return new Constraints(Map.of(), true, List.of(), OptionalLong.empty(), OpeningPolicy.EITHER, false, true);
    }

    /**
     * {@return these constraints and a pin}
     *
     * @param field path of a field
     * @param byteOffset its offset in the whole struct, not negative
     */
    public Constraints pinning(String field, long byteOffset) {
        Map<String, Long> more = new LinkedHashMap<>(pins);
        more.put(field, byteOffset);
        return new Constraints(more, firstStays, together, mostBytes, openingPolicy, insideGroups, mayAlign);
    }

    /**
     * {@return these constraints and fields to be kept adjacent}
     *
     * @param fields paths of fields, in the order they have today
     */
    public Constraints keepingTogether(List<String> fields) {
        List<List<String>> more = new ArrayList<>(together);
        more.add(fields);
        return new Constraints(pins, firstStays, more, mostBytes, openingPolicy, insideGroups, mayAlign);
    }

    /**
     * {@return these constraints with another size limit}
     *
     * @param bytes largest size allowed, at least 1
     */
    public Constraints withMostBytes(long bytes) {
        return new Constraints(
                pins, firstStays, together, OptionalLong.of(bytes), openingPolicy, insideGroups, mayAlign);
    }

    /**
     * {@return these constraints with another opening policy}
     *
     * @param other whether the structs embedded at byte 0 may be changed
     */
    public Constraints withOpening(OpeningPolicy other) {
        return new Constraints(pins, firstStays, together, mostBytes, other, insideGroups, mayAlign);
    }

    /**
     * {@return these constraints with the first member fixed or free}
     *
     * @param stays whether the member at byte 0 stays there
     */
    public Constraints withFirstStays(boolean stays) {
        return new Constraints(pins, stays, together, mostBytes, openingPolicy, insideGroups, mayAlign);
    }

    /**
     * {@return these constraints with the order within cache-line groups fixed or free}
     *
     * @param free whether members may change places within their group
     */
    public Constraints withInsideGroups(boolean free) {
        return new Constraints(pins, firstStays, together, mostBytes, openingPolicy, free, mayAlign);
    }

    /**
     * {@return these constraints with candidates that need line-aligned objects allowed or not}
     *
     * @param may whether such candidates are allowed
     */
    public Constraints withMayAlign(boolean may) {
        return new Constraints(pins, firstStays, together, mostBytes, openingPolicy, insideGroups, may);
    }
}
