package dev.faultline.cli.option;

import dev.faultline.hazard.Severity;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;

/** From which severity on a finding makes the run fail. */
public enum Threshold {
    /** Only errors. */
    ERROR(Severity.ERROR),
    /** Warnings and worse. */
    WARNING(Severity.WARNING),
    /** Every finding. */
    INFO(Severity.INFO),
    /** None. */
    NEVER(null);

    private final Severity least;

    Threshold(Severity least) {
        this.least = least;
    }

    /** {@return the word that stands for it} */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@return whether a run whose worst finding is this one fails} */
    public boolean isReachedBy(Optional<Severity> worst) {
        return least != null && worst.isPresent() && worst.get().compareTo(least) >= 0;
    }

    /** Turns the word into the value. */
    public static final class Converter implements ITypeConverter<Threshold> {
        @Override
        public Threshold convert(String word) {
            return Words.parse(word, Arrays.asList(values()), Threshold::word);
        }
    }
}
