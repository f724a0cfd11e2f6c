package dev.faultline.access;

import dev.faultline.api.Internal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What an access does to a field. */
@Internal
public enum AccessKind {
    /** Loads the field. */
    READ("read"),
    /** Stores the field. */
    WRITE("write"),
    /** One atomic read-modify-write, such as a fetch-and-add. */
    RMW("rmw"),
    /** A compare-and-set that is tried again until it succeeds. */
    CAS_LOOP("cas-loop");

    private final String word;

    AccessKind(String word) {
        this.word = word;
    }

    /** {@return the word profiles and reports use} */
    public String word() {
        return word;
    }

    /** {@return whether it takes the line exclusively} */
    public boolean writes() {
        return this != READ;
    }

    /** {@return whether it is an atomic read-modify-write, which must not straddle a line} */
    public boolean isAtomicUpdate() {
        return this == RMW || this == CAS_LOOP;
    }

    /** {@return all words, for messages} */
    public static List<String> words() {
        return Arrays.stream(values()).map(AccessKind::word).toList();
    }

    /** {@return the kind of that word} */
    public static Optional<AccessKind> of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
    }
}
