package dev.faultline.hazard;

import dev.faultline.access.AccessMap;
import dev.faultline.access.FieldUse;
import dev.faultline.layout.FieldRef;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Which fields each operation uses, to decide without rates which uses of two fields disturb each other. */
final class OperationFields {

    private record Numbered(int operation, int field) {}

    /** By identity: the uses of one access map. */
    private final Map<FieldUse, Numbered> numbers = new IdentityHashMap<>();
    /** For each operation the fields that it uses, and that it writes. */
    private final List<BitSet> used = new ArrayList<>();

    private final List<BitSet> written = new ArrayList<>();
    /** For each field the operations that write it. */
    private final List<BitSet> writers = new ArrayList<>();

    OperationFields(AccessMap access) {
        Map<String, Integer> operations = new HashMap<>();
        Map<FieldRef, Integer> fields = new HashMap<>();
        for (FieldUse use : access.uses()) {
            int operation =
                    operations.computeIfAbsent(use.role().name() + ": " + use.operation(), any -> added(used, written));
            int field = fields.computeIfAbsent(use.field(), any -> added(writers));
            numbers.put(use, new Numbered(operation, field));
            used.get(operation).set(field);
            if (use.kind().writes()) {
                written.get(operation).set(field);
                writers.get(field).set(operation);
            }
        }
    }

    @SafeVarargs
    private static int added(List<BitSet>... lists) {
        for (List<BitSet> list : lists) {
            list.add(new BitSet());
        }
        return lists[0].size() - 1;
    }

    /**
     * Whether a write makes a use of another field wait that would not wait otherwise. It does not when the operations
     * of the two share a field anyway: then the line of that field moves between their CPUs in any layout.
     *
     * @param write a write of one field, of the access map
     * @param use a use of another field, of the access map
     * @return whether the layout decides it
     */
    boolean disturbs(FieldUse write, FieldUse use) {
        Numbered one = numbers.get(write);
        Numbered other = numbers.get(use);
        if (one.operation() == other.operation() || written.get(one.operation()).get(other.field())) {
            return false;
        }
        if (use.kind().writes()) {
            return !writers.get(one.field()).intersects(writers.get(other.field()));
        }
        return !written.get(one.operation()).intersects(used.get(other.operation()));
    }
}
