package dev.faultline.suggest;

/**
 * Whether the structs embedded at byte 0 may be changed, such as the {@code dst_entry} at the start of {@code
 * rtable}. To open a struct is to treat its members like members of the outer struct.
 */
public enum OpeningPolicy {
    /** Both ways are tried; each candidate names the structs it opens. */
    EITHER,
    /** They are not changed, since other code depends on their declaration. */
    WHOLE,
    /** Their members may be reordered, and members of the outer struct may move into them. */
    OPENED
}
