package dev.faultline.cli.option;

/** Whether text is coloured. */
public enum ColorMode {
    /** When standard output is a terminal and NO_COLOR is not set. */
    AUTO,

    /** Always. */
    ALWAYS,

    /** Never. */
    NEVER
}
