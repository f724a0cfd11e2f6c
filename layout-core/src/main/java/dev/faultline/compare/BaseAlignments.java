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
 * Where two layouts of a struct may stand.
 *
 * <p>Sources that do not state an alignment (BTF, pahole's text of it) betray it by holes. Fill the hole, and the alignment is
 * gone from the text, though not from the program. So an alignment that only the holes of one layout tell of is taken to hold
 * for the other too while nothing there speaks against it: the size is a multiple of it, and the fields that stood behind such
 * holes still stand at a multiple. What an allocator promises of one layout holds for the other likewise.
 *
 * @param before the old layout, placed
 * @param after the new layout, placed
 * @param note what was assumed, in words; empty when nothing was
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
        if (!isTold(coarse.layout(), alignment) || !fits(coarse.layout(), fine.layout(), alignment, matching, lost)) {
            return new BaseAlignments(before, after, Optional.empty());
        }
        String note = "the " + alignment + "-byte alignment that the holes of " + (lost ? "the old" : "the new")
                + " layout tell of is taken to hold for the other too: nothing there speaks against it";
        Subject placed = fine.withPlacement(new Placement(alignment, "alignment told by the other layout"));
        return new BaseAlignments(lost ? before : placed, lost ? placed : after, Optional.of(note));
    }

    /** Who allocates the objects promises where they stand, whatever is in them. */
    private static BaseAlignments promised(Subject before, Subject after) {
        boolean ofOld = !isOfType(before);
        Placement promise = (ofOld ? before : after).placement();
        Subject other = ofOld ? after : before;
        if (promise.baseAlignment() < other.placement().baseAlignment()) {
            return new BaseAlignments(before, after, Optional.empty());
        }
        String note = "where the " + (ofOld ? "old" : "new") + " objects stand (" + promise.source()
                + ") is taken to hold for" + " the " + (ofOld ? "new" : "old") + " ones too";
        return new BaseAlignments(
                ofOld ? before : before.withPlacement(promise),
                ofOld ? after.withPlacement(promise) : after,
                Optional.of(note));
    }

    /** {@return the fewer placements: those that both allow} */
    Placement common() {
        return before.placement().baseAlignment() >= after.placement().baseAlignment()
                ? before.placement()
                : after.placement();
    }

    private static boolean isOfType(Subject subject) {
        return subject.placement().equals(Subject.of(subject.layout()).placement());
    }

    private static boolean isTold(StructLayout layout, long alignment) {
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
