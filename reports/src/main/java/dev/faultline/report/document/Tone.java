package dev.faultline.report.document;

/** How good the news is. */
public enum Tone {
    /** Something is wrong. */
    BAD,
    /** Something deserves a look. */
    MIXED,
    /** All is well, or better than before. */
    GOOD,
    /** Neither. */
    PLAIN
}
