package dev.faultline.report.document;

import java.util.Objects;

/**
 * The result of a report in one line.
 *
 * @param tone whether it is good or bad news
 * @param words a few words: {@code "2 errors, 1 warning"}, {@code "worse"}
 * @param detail of a judgement the reason, of a total what it is the total of; may be empty
 * @param isTotal whether it sums up what the report lists, so that text writes it last
 */
public record Headline(Tone tone, String words, String detail, boolean isTotal) {

    public Headline {
        Objects.requireNonNull(tone);
        Objects.requireNonNull(words);
        Objects.requireNonNull(detail);
    }

    /** {@return the sum of what the report lists} */
    public static Headline total(Tone tone, String words, String ofWhat) {
        return new Headline(tone, words, ofWhat, true);
    }

    /** {@return a judgement and its reason, which stand at the top in every format} */
    public static Headline judgement(Tone tone, String words, String reason) {
        return new Headline(tone, words, reason, false);
    }

    /** {@return the line as it stands below the title} */
    public String line() {
        return isTotal || detail.isEmpty() ? words : words + ": " + detail;
    }
}
