package dev.faultline.access;

import dev.faultline.api.Internal;
import dev.faultline.layout.FieldRef;
import java.util.List;

/**
 * All uses of one field.
 *
 * @param field the field
 * @param reads uses that only read it
 * @param writes uses that take its line exclusively
 */
@Internal
public record FieldActivity(FieldRef field, List<FieldUse> reads, List<FieldUse> writes) {
    public FieldActivity {
        reads = List.copyOf(reads);
        writes = List.copyOf(writes);
    }

    /** {@return whether the field is written} */
    public boolean isWritten() {
        return !writes.isEmpty();
    }
}
