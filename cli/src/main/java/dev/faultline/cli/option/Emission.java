package dev.faultline.cli.option;

import java.util.Arrays;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;

/** What a suggested layout is written as. */
public enum Emission {
    /** Layout notation. */
    LAYOUT,
    /** A declaration in C. */
    C,
    /** A declaration in Java, for off-heap structs. */
    JAVA,
    /** The change of a source that declares it. */
    DIFF;

    /** {@return the word that stands for it} */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Turns the word into the value. */
    public static final class Converter implements ITypeConverter<Emission> {
        @Override
        public Emission convert(String word) {
            return Words.parse(word, Arrays.asList(values()), Emission::word);
        }
    }
}
