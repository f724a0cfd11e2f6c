package dev.faultline.compare;

import dev.faultline.layout.Slot;
import dev.faultline.machine.PlacementCount;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A field that is not what or where it was.
 *
 * @param before the field in the old layout; empty when it was added
 * @param after the field in the new layout; empty when it was removed
 * @param kinds what happened to it, at least one thing
 * @param lineBefore the line its first byte was on, counted from byte 0 as if that stood on a line start
 * @param lineAfter likewise, after
 * @param placements in how many of the placements that both layouts allow its first byte is on another line than before; of
 *     a field that is in both
 */
public record FieldChange(
        Optional<Slot.Field> before,
        Optional<Slot.Field> after,
        Set<Kind> kinds,
        OptionalLong lineBefore,
        OptionalLong lineAfter,
        Optional<PlacementCount> placements) {

    /** What can happen to a field. */
    public enum Kind {
        /** It is new. */
        ADDED,
        /** It is gone. */
        REMOVED,
        /** It starts at another byte or bit. */
        MOVED,
        /** It has more or fewer bytes or bits. */
        RESIZED,
        /** Its type is spelt otherwise. */
        RETYPED,
        /** It belongs to another struct inside. */
        REHOUSED;

        /** {@return the word reports use} */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** Refuses a change of nothing. */
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

    /** {@return the path after the change, or before it when the field is gone} */
    public String path() {
        return after.or(() -> before).orElseThrow().path();
    }

    /** {@return what happened to a field that is in both layouts; nothing when it is as it was} */
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
