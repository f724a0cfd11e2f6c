package dev.faultline.input;

import dev.faultline.api.Internal;

/**
 * A pattern for whole names: {@code *} matches any characters, {@code ?} one character, {@code [a-z]} one of these,
 * {@code [!a-z]} one other than these. All other characters, dots included, match themselves. A character is a code
 * point.
 */
@Internal
public final class NamePattern {

    /** Most characters of a pattern. */
    public static final int MOST_CHARACTERS = 1024;

    private final String text;
    private final GlobMatcher matcher;

    private NamePattern(String text, GlobMatcher matcher) {
        this.text = text;
        this.matcher = matcher;
    }

    /** {@return whether a word contains a wildcard} */
    public static boolean isPattern(String word) {
        return word.chars().anyMatch(c -> "*?[".indexOf(c) >= 0);
    }

    /**
     * Reads a pattern.
     *
     * @param text the pattern, from 1 to {@value #MOST_CHARACTERS} characters
     * @return the pattern
     * @throws IllegalArgumentException when it is empty or too long, a bracket is not closed, or a range ends before it
     *     starts
     */
    public static NamePattern parse(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("expected a pattern such as '*_entry', got nothing");
        }
        if (text.length() > MOST_CHARACTERS) {
            throw new IllegalArgumentException(
                    "a pattern of " + text.length() + " characters; the limit is " + MOST_CHARACTERS);
        }
        return new NamePattern(text, GlobReader.ofName(text));
    }

    public String text() {
        return text;
    }

    /** {@return whether the whole name matches; in time linear in its length for any pattern} */
    public boolean matches(String name) {
        return matcher.matches(name);
    }

    public boolean matchesAll() {
        return text.equals("*");
    }

    @Override
    public boolean equals(Object object) {
        return object instanceof NamePattern other && text.equals(other.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
