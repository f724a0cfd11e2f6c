package dev.faultline.access.imports;

import dev.faultline.access.AccessKind;
import java.util.List;
import java.util.Optional;

/** What one path does to a field, in the words of the kernel's tables. */
public enum FastPathUse {
    /** Nothing that matters. */
    NONE("-", List.of()),
    /** Loads it; a store is rare. */
    READ_MOSTLY("read_mostly", List.of(AccessKind.READ)),
    /** Loads and stores it: {@code tp->segs_out += n}. Plain accesses under the socket's lock, no atomic update. */
    READ_WRITE("read_write", List.of(AccessKind.READ, AccessKind.WRITE)),
    /** Stores it; a load is rare. */
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

    /** {@return the accesses it stands for, in order; none for {@link #NONE}} */
    public List<AccessKind> kinds() {
        return kinds;
    }

    /** {@return the use a cell says; a blank cell is {@link #NONE}, a word never seen is nothing} */
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
