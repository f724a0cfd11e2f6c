package dev.faultline.cli.option;

/** The order of a list. */
public enum SortKey {
    /** By name. */
    NAME,

    /** Largest first. */
    SIZE,

    /** Most bytes in holes first. */
    HOLES,

    /** Worst findings first. */
    FINDINGS,

    /** Highest cost first, by the closed form. */
    COST
}
