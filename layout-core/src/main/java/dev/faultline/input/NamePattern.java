package dev.faultline.input;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A pattern over whole names: {@code *} is any run of letters, {@code ?} any one letter, {@code [a-z]} one of these,
 * {@code [!a-z]} one of the others. Everything else, dots included, stands for itself.
 *
 * @param text the pattern as written
 * @param pattern the same as a regular expression
 */
public record NamePattern(String text, Pattern pattern) {

    /** {@return whether a word has a sign in it that makes it a pattern} */
    public static boolean isPattern(String word) {
        return word.chars().anyMatch(c -> "*?[".indexOf(c) >= 0);
    }

    /**
     * Reads a pattern.
     *
     * @param text the pattern
     * @return it
     * @throws IllegalArgumentException when it is empty or a bracket is not closed
     */
    public static NamePattern parse(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("expected a pattern such as '*_entry', got nothing");
        }
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '*') {
                regex.append(".*");
            } else if (c == '?') {
                regex.append('.');
            } else if (c == '[') {
                int close = text.indexOf(']', i + 2);
                if (close < 0) {
                    throw new IllegalArgumentException("'[' without ']' in '" + text + "'");
                }
                regex.append(oneOf(text.substring(i + 1, close)));
                i = close;
            } else {
                regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        try {
            return new NamePattern(text, Pattern.compile(regex.toString(), Pattern.DOTALL));
        } catch (PatternSyntaxException notARange) {
            throw new IllegalArgumentException("no such range of letters in '" + text + "'", notARange);
        }
    }

    private static String oneOf(String letters) {
        boolean others = letters.startsWith("!");
        String escaped = (others ? letters.substring(1) : letters).replaceAll("([\\\\\\[\\]^&])", "\\\\$1");
        return (others ? "[^" : "[") + escaped + "]";
    }

    /** {@return whether the whole name fits} */
    public boolean matches(String name) {
        return pattern.matcher(name).matches();
    }

    /** {@return whether every name fits} */
    public boolean matchesAll() {
        return text.equals("*");
    }
}
