package dev.faultline.access;

import dev.faultline.api.Internal;
import dev.faultline.input.Nearest;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What an access does to a field. */
@Internal
public enum AccessKind {
    /** Loads the field. */
    READ("read"),
    /** Stores the field. */
    WRITE("write"),
    /**
     * Stores the field and waits until the store has happened, as a store to a {@code volatile} field of Java or a
     * sequentially consistent store of C does. It costs what an {@link #RMW} costs.
     */
    VOLATILE_WRITE("volatile-write"),
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

    /** Words that people use for what profiles call otherwise. */
    private static final Map<String, List<AccessKind>> MEANT = Map.ofEntries(
            Map.entry("load", List.of(READ)),
            Map.entry("get", List.of(READ)),
            Map.entry("getand", List.of(RMW)),
            Map.entry("setvol", List.of(VOLATILE_WRITE)),
            Map.entry("rw", List.of(RMW)),
            Map.entry("store", List.of(WRITE)),
            Map.entry("set", List.of(WRITE)),
            Map.entry("release", List.of(WRITE)),
            Map.entry("ordered", List.of(WRITE)),
            Map.entry("lazy", List.of(WRITE)),
            Map.entry("volatile", List.of(VOLATILE_WRITE)),
            Map.entry("seq", List.of(VOLATILE_WRITE)),
            Map.entry("fence", List.of(VOLATILE_WRITE)),
            Map.entry("cas", List.of(CAS_LOOP, RMW)),
            Map.entry("compare", List.of(CAS_LOOP, RMW)),
            Map.entry("inc", List.of(RMW)),
            Map.entry("dec", List.of(RMW)),
            Map.entry("add", List.of(RMW)),
            Map.entry("atomic", List.of(RMW)),
            Map.entry("fetch", List.of(RMW)),
            Map.entry("swap", List.of(RMW)),
            Map.entry("xchg", List.of(RMW)),
            Map.entry("update", List.of(RMW)),
            Map.entry("lock", List.of(RMW)),
            Map.entry("wait", List.of(AWAIT)),
            Map.entry("poll", List.of(AWAIT)),
            Map.entry("spin", List.of(AWAIT)));

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

    /** {@return whether it is a store, which loads nothing} */
    public boolean isStore() {
        return this == WRITE || this == VOLATILE_WRITE;
    }

    /** {@return whether it is done when the line is held, and not before, as one instruction on one word} */
    public boolean isOfOneWord() {
        return isAtomicUpdate() || this == VOLATILE_WRITE;
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

    /**
     * {@return what a word that is no kind may mean: {@code " (did you mean write?)"}; empty when that is unknown}
     *
     * @param word the word, such as {@code "lazySet"} or {@code "increment"}
     */
    static String hint(String word) {
        String lower = word.toLowerCase(Locale.ROOT).replace('_', '-');
        Optional<AccessKind> same = of(lower);
        if (same.isPresent()) {
            return " (did you mean " + same.get().word + "?)";
        }
        return MEANT.keySet().stream()
                .filter(lower::startsWith)
                .max(Comparator.comparingInt(String::length))
                .map(part -> MEANT.get(part).stream().map(AccessKind::word).collect(Collectors.joining(" or ")))
                .map(meant -> " (did you mean " + meant + "?)")
                .orElseGet(() -> Nearest.hint(word, words()));
    }

    /** {@return the kind of that word} */
    public static Optional<AccessKind> of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
    }
}
