package dev.faultline.source;

import dev.faultline.api.Internal;
import java.util.List;

/** The keywords that people write before the name of a struct, as compilers and pahole do. */
@Internal
public final class StructKeyword {

    private static final List<String> KEYWORDS = List.of("struct ", "union ", "class ");

    private StructKeyword() {}

    /**
     * {@return the names that a word may mean, the most literal first} Names of a damaged file may begin with a keyword
     * or with spaces.
     */
    public static List<String> meanings(String word) {
        return List.of(word, without(word), removedFrom(word));
    }

    /** {@return a name without {@code struct}, {@code union} or {@code class} before it, and without spaces around it} */
    public static String removedFrom(String name) {
        return without(name.strip()).strip();
    }

    private static String without(String name) {
        return KEYWORDS.stream()
                .filter(name::startsWith)
                .findFirst()
                .map(keyword -> name.substring(keyword.length()))
                .orElse(name);
    }
}
