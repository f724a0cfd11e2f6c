package dev.faultline.contract.promise;

import java.util.List;
import java.util.Optional;

/**
 * A field starts at a given byte offset; a bit-field starts at the first byte that holds its bits.
 *
 * @param field the field
 * @param byteOffset its offset, not negative
 */
public record FixedOffset(String field, long byteOffset) implements Promise {
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
    public Optional<Violation> violation(PromiseContext context) {
        long found = context.field(field).bytes().start();
        return found == byteOffset
                ? Optional.empty()
                : Optional.of(Violation.of(field + " starts at byte " + found, List.of(field)));
    }
}
