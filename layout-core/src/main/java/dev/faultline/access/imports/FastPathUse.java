package dev.faultline.access.imports;

import dev.faultline.access.AccessKind;
import java.util.List;
import java.util.Optional;

/** How a fast path uses a field, in the terms of the kernel's tables. */
public enum FastPathUse {
    /** Not at all, or too rarely to matter. */
    NONE("-", List.of()),
    /** Loads, rarely stores. */
    READ_MOSTLY("read_mostly", List.of(AccessKind.READ)),
    /** Loads and stores, such as {@code tp->segs_out += n}: plain accesses under the socket's lock. */
    READ_WRITE("read_write", List.of(AccessKind.READ, AccessKind.WRITE)),
    /** Stores, rarely loads. */
    WRITE_MOSTLY("write_mostly", List.of(AccessKind.WRITE));

    private final String word;
    private final List<AccessKind> kinds;

    FastPathUse(String word, List<AccessKind> kinds) {
        this.word = word;
        this.kinds = kinds;
    }

    /** {@return the word in the tables} */
    public String word() {
        return word;
    }

    /** {@return its accesses in order; none for {@link #NONE}} */
    public List<AccessKind> kinds() {
        return kinds;
    }

    /** {@return the use that a cell states; a blank cell is {@link #NONE}, an unknown word gives empty} */
    static Optional<FastPathUse> of(String cell) {
        if (cell.isEmpty()) {
            return Optional.of(NONE);
        }
        for (FastPathUse use : values()) {
            if (use.word.equals(cell)) {
                return Optional.of(use);
            }
        }
        return Optional.empty();
    }

    /** {@return all words, for messages} */
    static List<String> words() {
        return List.of(READ_MOSTLY.word, READ_WRITE.word, WRITE_MOSTLY.word, NONE.word);
    }
}
