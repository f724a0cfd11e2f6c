package dev.faultline.cli.option;

import java.util.Arrays;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;

/** Whether a report for people is coloured. */
public enum ColorMode {
    /** When standard output is a terminal and NO_COLOR is not set. */
    AUTO,
    /** Always. */
    ALWAYS,
    /** Never. */
    NEVER;

    /** {@return the word that stands for it} */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Turns the word into the value. */
    public static final class Converter implements ITypeConverter<ColorMode> {
        @Override
        public ColorMode convert(String word) {
            return Words.parse(word, Arrays.asList(values()), ColorMode::word);
        }
    }
}
