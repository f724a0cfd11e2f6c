package dev.faultline.cli.option;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A pattern over whole names: {@code *} is any run of letters, {@code ?} any one letter, {@code [a-z]} one of these,
 * {@code [!a-z]} one of the others. Everything else, dots included, stands for itself.
 *
 * @param text the pattern as typed
 * @param pattern the same as a regular expression
 */
public record Glob(String text, Pattern pattern) {

    /** {@return whether the whole name fits} */
    public boolean matches(String name) {
        return pattern.matcher(name).matches();
    }

    /** {@return whether every name fits} */
    public boolean matchesAll() {
        return text.equals("*");
    }

    /**
     * Reads a pattern.
     *
     * @param text the pattern
     * @return it
     * @throws TypeConversionException when it is empty or a bracket is not closed
     */
    public static Glob parse(String text) {
        if (text.isEmpty()) {
            throw new TypeConversionException("expected a pattern such as '*_entry', got nothing");
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
                    throw new TypeConversionException("'[' without ']' in '" + text + "'");
                }
                regex.append(oneOf(text.substring(i + 1, close)));
                i = close;
            } else {
                regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        try {
            return new Glob(text, Pattern.compile(regex.toString(), Pattern.DOTALL));
        } catch (PatternSyntaxException notARange) {
            throw new TypeConversionException("no such range of letters in '" + text + "'");
        }
    }

    private static String oneOf(String letters) {
        boolean others = letters.startsWith("!");
        String escaped = (others ? letters.substring(1) : letters).replaceAll("([\\\\\\[\\]^&])", "\\\\$1");
        return (others ? "[^" : "[") + escaped + "]";
    }

    /** Reads a pattern. */
    public static final class Converter implements ITypeConverter<Glob> {
        @Override
        public Glob convert(String text) {
            return parse(text);
        }
    }
}
