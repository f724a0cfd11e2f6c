package dev.faultline.input;

import dev.faultline.api.Internal;
import java.util.ArrayList;
import java.util.List;

/**
 * A pattern for paths with {@code /} between names, like {@link NamePattern}, except that only {@code **} matches a
 * {@code /}. {@code {a,b}} matches one of the alternatives, and a backslash escapes the next character.
 */
@Internal
public final class PathPattern {

    private static final int MOST_CHARACTERS = 4096;
    private static final int MOST_ALTERNATIVES = 64;

    private final List<GlobMatcher> alternatives;

    private PathPattern(List<GlobMatcher> alternatives) {
        this.alternatives = alternatives;
    }

    /**
     * Reads a pattern.
     *
     * @param text the pattern, at most 4,096 characters and 64 alternatives
     * @return the pattern
     * @throws IllegalArgumentException when it has more, or a brace or bracket is not closed
     */
    public static PathPattern parse(String text) {
        if (text.length() > MOST_CHARACTERS) {
            throw new IllegalArgumentException(
                    "a pattern of " + text.length() + " characters; the limit is " + MOST_CHARACTERS);
        }
        List<String> spelt = new ArrayList<>(List.of(""));
        int at = 0;
        while (at < text.length()) {
            int open = brace(text, '{', at);
            append(spelt, List.of(text.substring(at, open < 0 ? text.length() : open)));
            if (open < 0) {
                break;
            }
            int close = brace(text, '}', open);
            if (close < 0) {
                throw new IllegalArgumentException("'{' without '}' in '" + text + "'");
            }
            append(spelt, List.of(text.substring(open + 1, close).split(",", -1)));
            at = close + 1;
        }
        return new PathPattern(spelt.stream().map(GlobReader::ofPath).toList());
    }

    /** {@return the next brace that is not escaped and not between square brackets} */
    private static int brace(String text, char wanted, int from) {
        boolean oneOf = false;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (oneOf) {
                oneOf = c != ']';
            } else if (c == wanted) {
                return i;
            } else {
                oneOf = c == '[';
            }
        }
        return -1;
    }

    private static void append(List<String> spelt, List<String> endings) {
        List<String> all = new ArrayList<>();
        for (String one : spelt) {
            for (String ending : endings) {
                if (all.size() == MOST_ALTERNATIVES) {
                    throw new IllegalArgumentException(
                            "a pattern of more than " + MOST_ALTERNATIVES + " alternatives in braces");
                }
                all.add(one + ending);
            }
        }
        spelt.clear();
        spelt.addAll(all);
    }

    public boolean matches(String path) {
        return alternatives.stream().anyMatch(one -> one.matches(path));
    }
}
