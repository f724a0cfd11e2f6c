package dev.faultline.source.llvm.code;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** How many accesses to memory could be attributed; accesses to variables of a function itself do not count. */
public final class Coverage {

    private static final int MOST_NAMED = 3;

    private long fields;
    private long variables;
    private long plain;
    private long unknown;
    /** For functions, how many accesses in them are to unknown structs. */
    private final Map<String, Long> unknownIn = new HashMap<>();

    /** Makes one without accesses. */
    public Coverage() {}

    void field() {
        fields++;
    }

    void variable() {
        variables++;
    }

    void plain() {
        plain++;
    }

    void unknown(String function) {
        unknown++;
        unknownIn.merge(function, 1L, Long::sum);
    }

    void add(Coverage other) {
        fields += other.fields;
        variables += other.variables;
        plain += other.plain;
        unknown += other.unknown;
        other.unknownIn.forEach((function, count) -> unknownIn.merge(function, count, Long::sum));
    }

    /** {@return the accesses to structs and global variables, those included of which the struct is not known} */
    public long total() {
        return fields + variables + unknown;
    }

    /** {@return accesses whose struct is known, or whose global variable} */
    public long attributed() {
        return fields + variables;
    }

    /** {@return accesses through pointers that are declared to point to numbers, characters or pointers} */
    public long plainPointers() {
        return plain;
    }

    /** {@return accesses of which nothing is known} */
    public long unattributed() {
        return unknown;
    }

    /** {@return the share of accesses that were attributed, and what the others are} */
    public String words() {
        long share = total() == 0 ? 100 : 100 * attributed() / total();
        String most = unknownIn.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .limit(MOST_NAMED)
                .map(entry -> entry.getKey() + " (" + entry.getValue() + ")")
                .collect(Collectors.joining(", "));
        return String.format(
                        Locale.ROOT, "%d %% of %,d accesses attributed to a field or a global variable", share, total())
                + (unknown == 0
                        ? ""
                        : String.format(Locale.ROOT, "; of %,d the struct is not known, most in %s", unknown, most))
                + (plain == 0
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                "; %,d others go through pointers to plain values, such as char *",
                                plain));
    }
}
