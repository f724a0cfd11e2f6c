package dev.faultline.cli.option;

import java.util.Arrays;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;

/** The order of changed structs. */
public enum DiffSort {
    /** Worst verdict first, then by how much there is to it. */
    VERDICT,
    /** By name. */
    NAME,
    /** What grew most first. */
    SIZE,
    /** First what costs the CPUs most beyond what it did, by the closed form. */
    COST;

    /** {@return the word that stands for it} */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Turns the word into the value. */
    public static final class Converter implements ITypeConverter<DiffSort> {
        @Override
        public DiffSort convert(String word) {
            return Words.parse(word, Arrays.asList(values()), DiffSort::word);
        }
    }
}
