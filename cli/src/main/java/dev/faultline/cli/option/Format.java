package dev.faultline.cli.option;

import java.util.Arrays;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;

/** How a report is written. */
public enum Format {
    /** For people. */
    TEXT,
    /** For programs. */
    JSON,
    /** For people with a browser. */
    HTML;

    /** {@return the word that stands for it} */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Turns the word into the value. */
    public static final class Converter implements ITypeConverter<Format> {
        @Override
        public Format convert(String word) {
            return Words.parse(word, Arrays.asList(values()), Format::word);
        }
    }
}
