package dev.faultline.hazard;

import dev.faultline.access.AccessMap;
import dev.faultline.access.FieldUse;
import dev.faultline.layout.FieldRef;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Which fields each operation uses, to decide without rates which uses of two fields disturb each other. */
final class OperationFields {

    private final Map<String, Set<FieldRef>> used = new HashMap<>();
    private final Map<String, Set<FieldRef>> written = new HashMap<>();

    OperationFields(AccessMap access) {
        for (FieldUse use : access.uses()) {
            used.computeIfAbsent(key(use), any -> new HashSet<>()).add(use.field());
            if (use.kind().writes()) {
                written.computeIfAbsent(key(use), any -> new HashSet<>()).add(use.field());
            }
        }
    }

    private static String key(FieldUse use) {
        return use.role().name() + ": " + use.operation();
    }

    private Set<FieldRef> written(FieldUse use) {
        return written.getOrDefault(key(use), Set.of());
    }

    private Set<FieldRef> used(FieldUse use) {
        return used.getOrDefault(key(use), Set.of());
    }

    /**
     * Whether a write makes a use of another field wait that would not wait otherwise. It does not when the operations
     * of the two share a field anyway: then the line of that field moves between their CPUs in any layout.
     *
     * @param write a write of one field
     * @param use a use of another field
     * @return whether the layout decides it
     */
    boolean disturbs(FieldUse write, FieldUse use) {
        if (key(write).equals(key(use)) || written(write).contains(use.field())) {
            return false;
        }
        if (use.kind().writes()) {
            return written.values().stream()
                    .noneMatch(fields -> fields.contains(write.field()) && fields.contains(use.field()));
        }
        return written(write).stream().noneMatch(used(use)::contains);
    }
}
