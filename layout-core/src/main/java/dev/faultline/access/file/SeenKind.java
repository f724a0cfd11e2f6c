package dev.faultline.access.file;

import dev.faultline.access.AccessKind;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What was seen to be done to a field. */
public enum SeenKind {
    /** A load. */
    READ("read", AccessKind.READ),
    /** A store. */
    WRITE("write", AccessKind.WRITE),
    /** A store that waits until it has happened, as one to a {@code volatile} field of Java does. */
    VOLATILE_WRITE("volatile-write", AccessKind.VOLATILE_WRITE),
    /** One atomic read-modify-write, such as a locked add. */
    RMW("rmw", AccessKind.RMW),
    /** A compare-and-set that is tried again until it succeeds. */
    CAS_LOOP("cas-loop", AccessKind.CAS_LOOP),
    /** A load or a store: the tool does not tell which. In a profile it is a read. */
    ACCESS("access", AccessKind.READ);

    private final String word;
    private final AccessKind kind;

    SeenKind(String word, AccessKind kind) {
        this.word = word;
        this.kind = kind;
    }

    /** {@return the word in files} */
    public String word() {
        return word;
    }

    /** {@return the kind in a profile} */
    public AccessKind kind() {
        return kind;
    }

    /** {@return all words, for messages} */
    static List<String> words() {
        return Arrays.stream(values()).map(SeenKind::word).toList();
    }

    /** {@return the kind of that word} */
    public static Optional<SeenKind> of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
    }
}
