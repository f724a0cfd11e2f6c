package dev.faultline.contract.promise;

import java.util.List;
import java.util.Optional;

/**
 * The struct has at most so many bytes.
 *
 * @param bytes at least 1
 */
public record MaxSize(long bytes) implements Promise {
    /** Refuses a size below 1. */
    public MaxSize {
        if (bytes < 1) {
            throw new IllegalArgumentException("expected a size of at least 1 byte, found " + bytes);
        }
    }

    @Override
    public String name() {
        return "max-size";
    }

    @Override
    public String words() {
        return "max-size: " + bytes;
    }

    @Override
    public List<String> fields() {
        return List.of();
    }

    @Override
    public boolean isAboutLines() {
        return false;
    }

    @Override
    public Optional<Violation> breach(PromiseContext context) {
        long size = context.layout().byteSize();
        return size <= bytes
                ? Optional.empty()
                : Optional.of(Violation.of("it has " + size + " bytes, " + (size - bytes) + " more", List.of()));
    }
}
