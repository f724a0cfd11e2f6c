package dev.faultline.cli.option;

/** The language a suggested layout is written in. */
public enum Emission {
    /** Layout notation. */
    LAYOUT,

    /** A declaration in C. */
    C,

    /** A declaration in Java, for off-heap structs. */
    JAVA,

    /** The change of a source that declares the struct. */
    DIFF
}
