package dev.faultline.compare;

import dev.faultline.layout.Slot;
import dev.faultline.machine.PlacementCount;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A change of a field.
 *
 * @param before the field in the old layout; empty when it was added
 * @param after the field in the new layout; empty when it was removed
 * @param kinds the kinds of change, at least one
 * @param lineBefore the line of its first byte in the old layout, when byte 0 is at a line start
 * @param lineAfter the line of its first byte in the new layout
 * @param placements the number of common placements in which its first byte is on another line than before; of a
 *     field that is in both layouts
 */
public record FieldChange(
        Optional<Slot.Field> before,
        Optional<Slot.Field> after,
        Set<Kind> kinds,
        OptionalLong lineBefore,
        OptionalLong lineAfter,
        Optional<PlacementCount> placements) {

    /** Kinds of changes. */
    public enum Kind {
        /** The field is new. */
        ADDED,
        /** The field was removed. */
        REMOVED,
        /** The field starts at another byte or bit. */
        MOVED,
        /** The field has another size. */
        RESIZED,
        /** The field has another type. */
        RETYPED,
        /** The field belongs to another embedded struct. */
        REHOUSED;

        /** {@return the word used in reports} */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    public FieldChange {
        Objects.requireNonNull(before);
        Objects.requireNonNull(after);
        Objects.requireNonNull(lineBefore);
        Objects.requireNonNull(lineAfter);
        Objects.requireNonNull(placements);
        if (before.isEmpty() && after.isEmpty() || kinds.isEmpty()) {
            throw new IllegalArgumentException("a change of nothing");
        }
        kinds = java.util.Collections.unmodifiableSet(EnumSet.copyOf(kinds));
    }

    /** {@return the new path; the old one of a removed field} */
    public String path() {
        return after.or(() -> before).orElseThrow().path();
    }

    /** {@return the kinds of change of a field that is in both layouts; empty when it is unchanged} */
    static Set<Kind> kinds(Slot.Field before, Slot.Field after) {
        Set<Kind> kinds = EnumSet.noneOf(Kind.class);
        if (firstBit(before) != firstBit(after)) {
            kinds.add(Kind.MOVED);
        }
        if (bitSize(before) != bitSize(after)) {
            kinds.add(Kind.RESIZED);
        }
        if (!before.type().spelling().equals(after.type().spelling())) {
            kinds.add(Kind.RETYPED);
        }
        if (!before.path().equals(after.path())) {
            kinds.add(Kind.REHOUSED);
        }
        return kinds;
    }

    private static long firstBit(Slot.Field field) {
        return 8 * field.byteOffset()
                + field.bits().map(bits -> bits.bitOffset()).orElse(0);
    }

    private static long bitSize(Slot.Field field) {
        return field.bits().map(bits -> (long) bits.bitSize()).orElse(8 * field.byteSize());
    }
}
