package dev.faultline.cli.option;

import dev.faultline.hazard.Severity;
import java.util.Optional;

/** The least severity of a finding that makes the run fail. */
public enum Threshold {
    /** Only errors. */
    ERROR(Severity.ERROR),

    /** Warnings and errors. */
    WARNING(Severity.WARNING),

    /** Every finding. */
    INFO(Severity.INFO),

    /** None. */
    NEVER(null);

    private final Severity least;

    Threshold(Severity least) {
        this.least = least;
    }

    /** {@return whether a run whose worst finding is this one fails} */
    public boolean isReachedBy(Optional<Severity> worst) {
        return least != null && worst.isPresent() && worst.get().compareTo(least) >= 0;
    }
}
