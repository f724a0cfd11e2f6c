package dev.faultline.layout.emit;

import dev.faultline.layout.Slot;
import dev.faultline.layout.StructLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What code that knows offsets by heart must change when fields move. */
final class MovedFields {

    /** Most fields that a note names. */
    private static final int MOST_NAMED = 8;

    private MovedFields() {}

    /** {@return for two layouts of a struct the fields that moved, and those that have another path, a note each} */
    static List<String> notes(StructLayout before, StructLayout after) {
        Map<String, Long> now = new HashMap<>();
        after.fields().forEach(field -> now.put(field.path(), field.byteOffset()));
        List<String> moved = new ArrayList<>();
        List<String> gone = new ArrayList<>();
        for (Slot.Field field : before.fields()) {
            Long to = now.get(field.path());
            if (to == null) {
                gone.add(field.path());
            } else if (to != field.byteOffset()) {
                moved.add(field.path() + " from byte " + field.byteOffset() + " to " + to);
            }
        }
        List<String> notes = new ArrayList<>();
        if (!moved.isEmpty()) {
            notes.add("moved: " + named(moved) + "; code that has these offsets as numbers, other processes and data"
                    + " that is stored must follow");
        }
        if (!gone.isEmpty()) {
            notes.add("paths that lead to " + named(gone) + " must follow: they are in another struct now");
        }
        return notes;
    }

    private static String named(List<String> names) {
        int more = names.size() - MOST_NAMED;
        return String.join(", ", names.subList(0, Math.min(names.size(), MOST_NAMED)))
                + (more > 0 ? " and " + more + " more" : "");
    }
}
