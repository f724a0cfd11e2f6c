package dev.faultline.compare;

import dev.faultline.layout.AggregateKind;
import dev.faultline.layout.InferredAlignment;
import dev.faultline.layout.Slot;
import dev.faultline.layout.StructLayout;
import dev.faultline.machine.Placement;
import dev.faultline.source.Subject;
import java.util.List;
import java.util.Optional;

/**
 * The placements of two layouts of a struct.
 *
 * <p>Sources that do not state an alignment (BTF, pahole's text of it) show it only by holes. When a change fills the
 * hole, the alignment is lost in the text, though not in the program. So an alignment that only the holes of one
 * layout show is assumed for the other too, unless the other contradicts it: by a size that is no multiple of it, or
 * by a field after such a hole that moved off a multiple. What an allocator promises for one layout is assumed for
 * the other too.
 *
 * @param before the old layout, placed
 * @param after the new layout, placed
 * @param note the assumption in words; empty when there is none
 */
record BaseAlignments(Subject before, Subject after, Optional<String> note) {

    static BaseAlignments of(Subject before, Subject after, FieldMatcher matching) {
        long old = before.placement().baseAlignment();
        long young = after.placement().baseAlignment();
        if (old == young) {
            return new BaseAlignments(before, after, Optional.empty());
        }
        if (isOfType(before) != isOfType(after)) {
            return promised(before, after);
        }
        if (!isOfType(before)) {
            return new BaseAlignments(before, after, Optional.empty());
        }
        boolean lost = old > young;
        Subject coarse = lost ? before : after;
        Subject fine = lost ? after : before;
        long alignment = Math.max(old, young);
        if (!isShown(coarse.layout(), alignment) || !fits(coarse.layout(), fine.layout(), alignment, matching, lost)) {
            return new BaseAlignments(before, after, Optional.empty());
        }
        String note = "the holes of " + (lost ? "the old" : "the new") + " layout show a " + alignment
                + "-byte alignment, which is assumed for the other layout too";
        Subject placed = fine.withPlacement(new Placement(alignment, "alignment shown by the other layout"));
        return new BaseAlignments(lost ? before : placed, lost ? placed : after, Optional.of(note));
    }

    /** The allocator promises the placement whatever the layout. */
    private static BaseAlignments promised(Subject before, Subject after) {
        boolean ofOld = !isOfType(before);
        Placement promise = (ofOld ? before : after).placement();
        Subject other = ofOld ? after : before;
        if (promise.baseAlignment() < other.placement().baseAlignment()) {
            return new BaseAlignments(before, after, Optional.empty());
        }
        String note = "the placement of the " + (ofOld ? "old" : "new") + " objects (" + promise.source()
                + ") is assumed for the " + (ofOld ? "new" : "old") + " ones too";
        return new BaseAlignments(
                ofOld ? before : before.withPlacement(promise),
                ofOld ? after.withPlacement(promise) : after,
                Optional.of(note));
    }

    /** {@return the placements that both layouts allow} */
    Placement common() {
        return before.placement().baseAlignment() >= after.placement().baseAlignment()
                ? before.placement()
                : after.placement();
    }

    private static boolean isOfType(Subject subject) {
        return subject.placement().equals(Subject.of(subject.layout()).placement());
    }

    private static boolean isShown(StructLayout layout, long alignment) {
        return InferredAlignment.of(layout.byteSize(), layout.kind() == AggregateKind.UNION, layout.members())
                >= alignment;
    }

    private static boolean fits(
            StructLayout coarse, StructLayout fine, long alignment, FieldMatcher matching, boolean lost) {
        if (fine.byteSize() == 0 || fine.byteSize() % alignment != 0) {
            return false;
        }
        List<Slot> slots = coarse.slots();
        for (int i = 1; i < slots.size(); i++) {
            if (slots.get(i) instanceof Slot.Field field
                    && slots.get(i - 1) instanceof Slot.Hole
                    && field.byteOffset() % alignment == 0) {
                String path = lost ? matching.after(field.path()) : matching.before(field.path());
                boolean moved = fine.resolve(path)
                        .filter(there -> there.bytes().start() % alignment != 0)
                        .isPresent();
                if (moved) {
                    return false;
                }
            }
        }
        return true;
    }
}
