package dev.faultline.layout;

/** The keyword a layout is declared with. */
public enum AggregateKind {
    /** Members one after the other. */
    STRUCT,
    /** Members over each other. */
    UNION,
    /** Members of a Java class, one after the other, behind an object header. */
    CLASS;

    /** {@return the keyword: {@code struct}, {@code union}, {@code class}} */
    public String keyword() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
