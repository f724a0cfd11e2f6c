package dev.faultline.layout;

/** The kind of an aggregate: struct, union, class or array. */
public enum AggregateKind {
    /** Members one after the other. */
    STRUCT,
    /** Members at the same offset. */
    UNION,
    /** Members of a Java class, one after the other, behind the object header. */
    CLASS,
    /** A Java array: object header, length, elements. */
    ARRAY;

    /** {@return the keyword: {@code struct}, {@code union}, {@code class}, {@code array}} */
    public String keyword() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
