package dev.faultline.suggest;

/** What may be done with the structs that a struct begins with, as {@code rtable} begins with a {@code dst_entry}. */
public enum OpeningPolicy {
    /** Both alternatives are looked at; each candidate says which structs it opened. */
    EITHER,
    /** They keep their order and size: their declaration belongs to somebody else. */
    WHOLE,
    /** Their members may be reordered, and members of the container may move into them. */
    OPENED
}
