package dev.faultline.cli.option;

import dev.faultline.input.NamePattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A pattern over whole names, as the command line takes it.
 *
 * @param pattern the pattern
 */
public record Glob(NamePattern pattern) {

    /** {@return the pattern as typed} */
    public String text() {
        return pattern.text();
    }

    /** {@return whether the whole name fits} */
    public boolean matches(String name) {
        return pattern.matches(name);
    }

    /** {@return whether every name fits} */
    public boolean matchesAll() {
        return pattern.matchesAll();
    }

    /**
     * Reads a pattern.
     *
     * @param text the pattern
     * @return it
     * @throws TypeConversionException when it is empty or a bracket is not closed
     */
    public static Glob parse(String text) {
        try {
            return new Glob(NamePattern.parse(text));
        } catch (IllegalArgumentException wrong) {
            throw new TypeConversionException(wrong.getMessage());
        }
    }

    /** Reads a pattern. */
    public static final class Converter implements ITypeConverter<Glob> {
        @Override
        public Glob convert(String text) {
            return parse(text);
        }
    }
}
