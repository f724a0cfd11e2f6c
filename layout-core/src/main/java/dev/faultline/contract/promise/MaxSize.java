package dev.faultline.contract.promise;

import java.util.List;
import java.util.Optional;

/**
 * The struct has at most a given number of bytes.
 *
 * @param bytes at least 1
 */
public record MaxSize(long bytes) implements Promise {
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
    public boolean isAboutLines() {
        return false;
    }

    @Override
    public Optional<Violation> violation(PromiseContext context) {
        long size = context.layout().byteSize();
        return size <= bytes
                ? Optional.empty()
                : Optional.of(Violation.of(tooLarge("the struct", size, bytes), List.of()));
    }

    static String tooLarge(String what, long bytes, long limit) {
        return what + " has " + bytes + " bytes, " + (bytes - limit) + " more than allowed";
    }
}
