package dev.faultline.report.document;

import java.util.Objects;

/**
 * The result of a report in one line.
 *
 * @param tone whether it is good or bad news
 * @param words a few words: {@code "2 errors, 1 warning"}, {@code "worse"}
 * @param detail of a judgement the reason, of a total what it is the total of; may be empty
 * @param kind where it stands
 */
public record Headline(Tone tone, String words, String detail, Kind kind) {

    /** What a headline is. */
    public enum Kind {
        /** What the report found, which stands behind the title. */
        VERDICT,
        /** A comparison in a word, which stands behind the title, and its reason below. */
        JUDGEMENT,
        /** The sum of what the report lists, which text writes last. */
        TOTAL
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

    /** {@return the sum of what the report lists} */
    public static Headline total(Tone tone, String words, String ofWhat) {
        return new Headline(tone, words, ofWhat, Kind.TOTAL);
    }

    /** {@return a judgement and its reason, which stand at the top in every format} */
    public static Headline judgement(Tone tone, String words, String reason) {
        return new Headline(tone, words, reason, Kind.JUDGEMENT);
    }

    /** {@return the line as it stands below the title} */
    public String line() {
        return kind == Kind.TOTAL || detail.isEmpty() ? words : words + ": " + detail;
    }
}
