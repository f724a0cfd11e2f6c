package dev.faultline.hazard;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Severity of a finding, from least to most severe. */
public enum Severity {
    /** Worth knowing. */
    INFO,
    /** Likely to cost time. */
    WARNING,
    /** Costs time. */
    ERROR;

    /** {@return the word used in reports: {@code info}, {@code warning}, {@code error}} */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * {@return the severity of that word; empty when there is none}
     *
     * @param word {@code info}, {@code warning} or {@code error}
     */
    public static Optional<Severity> of(String word) {
        return Arrays.stream(values()).filter(one -> one.word().equals(word)).findFirst();
    }
}
