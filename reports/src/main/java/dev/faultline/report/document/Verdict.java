package dev.faultline.report.document;

import java.util.Objects;

/**
 * What a report comes to.
 *
 * @param tone how good that is
 * @param words one line
 */
public record Verdict(Tone tone, String words) {
    /** Refuses nulls. */
    public Verdict {
        Objects.requireNonNull(tone);
        Objects.requireNonNull(words);
    }
}
