package dev.faultline.layout;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What a source knows about the purposes of slots.
 *
 * @param padding paths of the fields that are padding; empty when names decide
 * @param reserved ranges whose unused bytes something keeps free
 */
record SlotPurposes(Optional<Set<String>> padding, List<Reserved> reserved) {

    /** Nothing is known but names. */
    static final SlotPurposes BY_NAME = new SlotPurposes(Optional.empty(), List.of());

    /**
     * A range whose unused bytes something keeps free.
     *
     * @param bytes the range
     * @param purpose what keeps them free
     */
    record Reserved(ByteRange bytes, String purpose) {
        Reserved {
            Objects.requireNonNull(bytes);
            Objects.requireNonNull(purpose);
        }
    }

    SlotPurposes {
        padding = padding.map(Set::copyOf);
        reserved = List.copyOf(reserved);
    }

    SlotPurposes withPadding(Set<String> paths) {
        return new SlotPurposes(Optional.of(paths), reserved);
    }

    SlotPurposes withReserved(List<ByteRange> bytes, String purpose) {
        List<Reserved> all = new ArrayList<>(reserved);
        bytes.forEach(range -> all.add(new Reserved(range, purpose)));
        return new SlotPurposes(padding, all);
    }

    /** {@return the slots with their purposes} */
    List<Slot> applied(List<Slot> slots) {
        List<Slot> marked = padding.isEmpty() ? PaddingSeries.marked(slots) : slots;
        return reserved.isEmpty() && padding.isEmpty()
                ? marked
                : marked.stream().map(this::applied).toList();
    }

    private Slot applied(Slot slot) {
        if (slot instanceof Slot.Field field) {
            return padding.map(paths -> (Slot) new Slot.Field(
                            field.path(),
                            field.type(),
                            field.byteOffset(),
                            field.bits(),
                            field.overlaps(),
                            paths.contains(field.path())))
                    .orElse(slot);
        }
        if (slot instanceof Slot.NotShown) {
            return slot;
        }
        Optional<String> purpose = reserved.stream()
                .filter(range -> range.bytes().overlaps(slot.bytes()))
                .map(Reserved::purpose)
                .findFirst();
        if (purpose.isEmpty()) {
            return slot;
        }
        return slot instanceof Slot.Hole hole
                ? new Slot.Hole(hole.owner(), hole.byteOffset(), hole.byteSize(), hole.bits(), purpose.get())
                : new Slot.Padding("", slot.byteOffset(), slot.byteSize(), slot.bits(), purpose.get());
    }
}
