package dev.faultline.layout;

import dev.faultline.api.Internal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names that count: {@code p1, p2, p3}, {@code b000 … b177}, {@code p1a, p2a}, {@code pad0_000}, {@code q0 … qf}, or
 * letters in a row. People name padding so, because nothing ever uses the names.
 */
@Internal
public final class NameSeries {

    /** Possessive quantifiers, and counters of bounded length: no name takes long. */
    private static final Pattern COUNTED =
            Pattern.compile("([^0-9]*+)([0-9][0-9a-f]{0,4}(?:_[0-9a-f]{1,4})?[a-z]?_*+)");

    /** The stem of names that are a single letter. */
    private static final String LETTER = "";

    private NameSeries() {}

    /** {@return what stands before the counter of a name: {@code "pad"} of {@code pad0_000}; empty when it has none} */
    public static Optional<String> stem(String name) {
        if (isLetter(name)) {
            return Optional.of(LETTER);
        }
        Matcher matcher = COUNTED.matcher(name);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /**
     * {@return whether a name goes on with the series that another one is in}
     *
     * @param stem the stem of the series
     * @param last the name before
     * @param name the name
     */
    public static boolean continues(String stem, String last, String name) {
        if (isLetter(last) || isLetter(name)) {
            return isLetter(last) && isLetter(name) && name.charAt(0) == last.charAt(0) + 1;
        }
        return stem(name).filter(stem::equals).isPresent() || isHexDigit(stem, name);
    }

    /** {@return whether the counter is a letter, as in {@code pa} behind {@code p9}} */
    private static boolean isHexDigit(String stem, String name) {
        return !stem.isEmpty()
                && name.length() == stem.length() + 1
                && name.startsWith(stem)
                && "abcdef".indexOf(name.charAt(stem.length())) >= 0;
    }

    private static boolean isLetter(String name) {
        return name.length() == 1 && Character.isLetter(name.charAt(0));
    }
}
