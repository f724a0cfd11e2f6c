package dev.faultline.cli.option;

import dev.faultline.input.NamePattern;
import dev.faultline.input.name.QualifiedName;
import picocli.CommandLine.TypeConversionException;

/**
 * A pattern that whole names have to match.
 *
 * @param pattern the pattern
 */
public record Glob(NamePattern pattern) {

    /** {@return the pattern as typed} */
    public String text() {
        return pattern.text();
    }

    /** {@return whether the whole name matches} */
    public boolean matches(String name) {
        return QualifiedName.matches(pattern, name);
    }

    /** {@return whether every name matches} */
    public boolean matchesAll() {
        return pattern.matchesAll();
    }

    /**
     * Reads a pattern.
     *
     * @throws TypeConversionException when it is empty or a bracket is not closed
     */
    public static Glob parse(String text) {
        try {
            return new Glob(NamePattern.parse(text));
        } catch (IllegalArgumentException wrong) {
            throw new TypeConversionException(wrong.getMessage());
        }
    }
}
