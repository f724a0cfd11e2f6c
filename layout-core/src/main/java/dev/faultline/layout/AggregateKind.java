package dev.faultline.layout;

/** The kind of an aggregate: struct, union, class of C++ or Java, array, or section of a program. */
public enum AggregateKind {
    /** Members one after the other. */
    STRUCT,
    /** Members at the same offset. */
    UNION,
    /** Members of a C++ class, one after the other. */
    CXX_CLASS,
    /** Members of a Java class, one after the other, behind the object header. */
    CLASS,
    /** A Java array: object header, length, elements. */
    ARRAY,
    /** Global variables of a program, where the linker put them in a section of writable data. */
    SECTION;

    /** {@return whether a C or C++ compiler puts its members one after the other} */
    public boolean isStruct() {
        return this == STRUCT || this == CXX_CLASS;
    }

    /** {@return the keyword: {@code struct}, {@code union}, {@code class}, {@code array}, {@code section}} */
    public String keyword() {
        return this == CXX_CLASS ? "class" : name().toLowerCase(java.util.Locale.ROOT);
    }
}
