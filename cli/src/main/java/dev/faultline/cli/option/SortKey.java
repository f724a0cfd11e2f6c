package dev.faultline.cli.option;

import java.util.Arrays;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;

/** The order of a list. */
public enum SortKey {
    /** By name. */
    NAME,
    /** Largest first. */
    SIZE,
    /** Most bytes in holes first. */
    HOLES,
    /** Worst findings first. */
    FINDINGS,
    /** First what costs the CPUs most, by the closed form. */
    COST;

    /** {@return the word that stands for it} */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Turns the word into the value. */
    public static final class Converter implements ITypeConverter<SortKey> {
        @Override
        public SortKey convert(String word) {
            return Words.parse(word, Arrays.asList(values()), SortKey::word);
        }
    }
}
