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
    CAS_LOOP("cas-loop"),
    /** Loads the field, and stores it when the value differs. In a profile only: its uses are a read and a write. */
    WRITE_IF_CHANGED("write-if-changed"),
    /**
     * Loads the field again and again until another CPU has changed it. In a profile only: its use is a read that
     * {@link FieldUse.Manner#awaits awaits}.
     */
    AWAIT("await");

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
        return this != READ && this != AWAIT;
    }

    /** {@return whether it is an atomic read-modify-write, which must not straddle a line} */
    public boolean isAtomicUpdate() {
        return this == RMW || this == CAS_LOOP;
    }

    /** {@return whether it can be under way at the same time as other accesses of its operation} */
    public boolean mayOverlap() {
        return this == READ || this == WRITE || this == WRITE_IF_CHANGED;
    }

    /** {@return whether only profiles have it, and uses of fields other kinds} */
    public boolean isOfProfilesOnly() {
        return this == WRITE_IF_CHANGED || this == AWAIT;
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
