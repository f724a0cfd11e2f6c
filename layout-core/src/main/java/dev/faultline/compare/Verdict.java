package dev.faultline.compare;

import java.util.Locale;

/** What a change does to a struct. Ordered: the earlier, the worse. */
public enum Verdict {
    /** Something costs more, or is kept apart no longer, and nothing is better. */
    WORSE,
    /** Something is worse and something else better. */
    MIXED,
    /** No hazard and no cost changed. */
    SAME,
    /** Something is better and nothing worse. */
    BETTER;

    /** {@return the word reports use: {@code worse}, {@code mixed}, {@code same}, {@code better}} */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
