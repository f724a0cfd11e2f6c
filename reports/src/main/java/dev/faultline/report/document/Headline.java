package dev.faultline.report.document;

import java.util.Objects;

/**
 * The result of a report in one line.
 *
 * @param tone whether it is good or bad news
 * @param words a few words: {@code "2 errors, 1 warning"}, {@code "worse"}
 * @param detail of a judgement the reason; may be empty
 * @param kind where it stands
 */
public record Headline(Tone tone, String words, String detail, Kind kind) {

    /** What a headline is. */
    public enum Kind {
        /** What the report found, which stands behind the title. */
        VERDICT,
        /** A comparison in a word, which stands behind the title, and its reason below. */
        JUDGEMENT
    }

    public Headline {
        Objects.requireNonNull(tone);
        Objects.requireNonNull(words);
        Objects.requireNonNull(detail);
        Objects.requireNonNull(kind);
    }

    /** {@return what the report found, for its first line} */
    public static Headline verdict(Tone tone, String words) {
        return new Headline(tone, words, "", Kind.VERDICT);
    }

    /** {@return a judgement and its reason, which stand at the top in every format} */
    public static Headline judgement(Tone tone, String words, String reason) {
        return new Headline(tone, words, reason, Kind.JUDGEMENT);
    }

    /** {@return the line as it stands below the title} */
    public String line() {
        return detail.isEmpty() ? words : words + ": " + detail;
    }
}
