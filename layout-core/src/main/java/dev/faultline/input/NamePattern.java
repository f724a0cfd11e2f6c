package dev.faultline.input;

/**
 * A pattern over whole names: {@code *} is any run of letters, {@code ?} any one letter, {@code [a-z]} one of these,
 * {@code [!a-z]} one of the others. Everything else, dots included, stands for itself. A letter is a code point.
 */
public final class NamePattern {

    /** The longest pattern; longer ones are refused. */
    public static final int MOST_CHARACTERS = 1024;

    private final String text;
    private final GlobMatcher matcher;

    private NamePattern(String text, GlobMatcher matcher) {
        this.text = text;
        this.matcher = matcher;
    }

    /** {@return whether a word has a sign in it that makes it a pattern} */
    public static boolean isPattern(String word) {
        return word.chars().anyMatch(c -> "*?[".indexOf(c) >= 0);
    }

    /**
     * Reads a pattern.
     *
     * @param text the pattern, at most {@value #MOST_CHARACTERS} characters
     * @return it
     * @throws IllegalArgumentException when it is empty or too long, a bracket is not closed, or a range ends before it
     *     starts
     */
    public static NamePattern parse(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("expected a pattern such as '*_entry', got nothing");
        }
        if (text.length() > MOST_CHARACTERS) {
            throw new IllegalArgumentException(
                    "a pattern of " + text.length() + " characters; at most " + MOST_CHARACTERS + " are taken");
        }
        return new NamePattern(text, GlobReader.ofName(text));
    }

    /** {@return the pattern as written} */
    public String text() {
        return text;
    }

    /** {@return whether the whole name fits; in time linear in its length, whatever the pattern} */
    public boolean matches(String name) {
        return matcher.matches(name);
    }

    /** {@return whether every name fits} */
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
