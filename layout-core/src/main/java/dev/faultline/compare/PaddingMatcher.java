package dev.faultline.compare;

import dev.faultline.layout.AggregateKind;
import dev.faultline.layout.Slot;
import dev.faultline.layout.StructLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Compares the padding of two classes by the fields that it stands before. */
final class PaddingMatcher {

    private static final String END = "";

    private PaddingMatcher() {}

    /** {@return whether a change of a field is told as a change of padding} */
    static boolean isPadding(FieldMatcher.Pair pair, StructLayout layout) {
        return layout.kind() == AggregateKind.CLASS
                && pair.before().map(Slot.Field::isPadding).orElse(true)
                && pair.after().map(Slot.Field::isPadding).orElse(true);
    }

    /** {@return the changes, in order of the new layout} */
    static List<PaddingChange> changes(StructLayout before, StructLayout after, FieldMatcher matching) {
        List<PaddingChange> changes = new ArrayList<>();
        if (before.kind() != AggregateKind.CLASS || after.kind() != AggregateKind.CLASS) {
            return changes;
        }
        Map<String, Long> old = byField(before);
        Map<String, Long> young = byField(after);
        for (FieldMatcher.Pair pair : matching.pairs()) {
            if (pair.before().isPresent() && pair.after().isPresent() && !isPadding(pair, after)) {
                String path = pair.after().get().path();
                add(Optional.of(path), old.get(pair.before().get().path()), young.get(path), changes);
            }
        }
        add(Optional.empty(), old.get(END), young.get(END), changes);
        return changes;
    }

    private static void add(Optional<String> field, Long before, Long after, List<PaddingChange> changes) {
        long old = before == null ? 0 : before;
        long young = after == null ? 0 : after;
        if (old != young) {
            changes.add(new PaddingChange(field, old, young));
        }
    }

    /** {@return for each field the bytes of padding since the field before it; alignment holes do not count} */
    private static Map<String, Long> byField(StructLayout layout) {
        Map<String, Long> bytes = new HashMap<>();
        long since = 0;
        for (Slot slot : layout.slots()) {
            if (slot instanceof Slot.Field field && !field.isPadding()) {
                bytes.put(field.path(), since);
                since = 0;
            } else if (slot instanceof Slot.Field
                    || slot instanceof Slot.Hole hole && !hole.purpose().isEmpty()
                    || slot instanceof Slot.Padding tail && !tail.purpose().isEmpty()) {
                since += slot.byteSize();
            }
        }
        bytes.put(END, since);
        return bytes;
    }
}
