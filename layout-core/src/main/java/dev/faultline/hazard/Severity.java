package dev.faultline.hazard;

import java.util.Optional;

/** How bad. Ordered: the later, the worse. */
public enum Severity {
    /** Worth knowing. */
    INFO,
    /** Likely to cost. */
    WARNING,
    /** Costs. */
    ERROR;

    /** {@return the word reports use: {@code info}, {@code warning}, {@code error}} */
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** {@return the severity of that word} */
    public static Optional<Severity> of(String word) {
        for (Severity severity : values()) {
            if (severity.word().equals(word)) {
                return Optional.of(severity);
            }
        }
        return Optional.empty();
    }
}
