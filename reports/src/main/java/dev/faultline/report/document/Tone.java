package dev.faultline.report.document;

/** Whether something is good or bad news. */
public enum Tone {
    /** Something is wrong. */
    BAD,
    /** Something deserves a look. */
    MIXED,
    /** All is well, or better than before. */
    GOOD,
    /** Neither good nor bad. */
    PLAIN
}
