package dev.faultline.contract.promise;

import java.util.List;
import java.util.Optional;

/**
 * A field starts at a byte and nowhere else; a bit-field counts from the first byte it has bits in.
 *
 * @param field the field
 * @param byteOffset where, not negative
 */
public record FixedOffset(String field, long byteOffset) implements Promise {
    /** Refuses a negative offset. */
    public FixedOffset {
        PromiseTexts.distinct(List.of(field), 1);
        if (byteOffset < 0) {
            throw new IllegalArgumentException("expected an offset of 0 or more, found " + byteOffset);
        }
    }

    @Override
    public String name() {
        return "offset";
    }

    @Override
    public String words() {
        return "offset: {" + field + ": " + byteOffset + "}";
    }

    @Override
    public List<String> fields() {
        return List.of(field);
    }

    @Override
    public boolean isAboutLines() {
        return false;
    }

    @Override
    public Optional<Violation> breach(PromiseContext context) {
        long found = context.field(field).bytes().start();
        return found == byteOffset
                ? Optional.empty()
                : Optional.of(Violation.of(field + " starts at byte " + found, List.of(field)));
    }
}
