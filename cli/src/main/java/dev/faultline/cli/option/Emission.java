package dev.faultline.cli.option;

/** The language a suggested layout is written in. */
public enum Emission {
    /** Layout notation. */
    LAYOUT,

    /** A declaration in C. */
    C,

    /** Java: the form in which the source declares the struct, if Java does; else as {@link #DECLARATION}. */
    JAVA,

    /** A {@code Declaration} of the module offheap-structs. */
    DECLARATION,

    /** A layout of {@code java.lang.foreign}. */
    FFM,

    /** Constants of Java that say where each field begins. */
    CONSTANTS,

    /** The element of an SBE schema, with offsets and block length. */
    SBE,

    /** The change of a source that declares the struct. */
    DIFF
}
