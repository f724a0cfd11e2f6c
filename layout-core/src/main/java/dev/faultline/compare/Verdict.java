package dev.faultline.compare;

import java.util.Locale;

/** The effect of a change on a struct, from worst to best. */
public enum Verdict {
    /** Something is worse and nothing is better. */
    WORSE,
    /** Something is worse and something else is better. */
    MIXED,
    /** Nothing is better or worse. */
    SAME,
    /** Something is better and nothing is worse. */
    BETTER;

    /** {@return the word used in reports: {@code worse}, {@code mixed}, {@code same}, {@code better}} */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
