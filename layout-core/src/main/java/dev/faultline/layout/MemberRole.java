package dev.faultline.layout;

/** What a member is for its struct: one that the program declares, or bytes that it cannot move. */
public enum MemberRole {
    /** A member that the program declares. */
    FIELD,
    /** The part that a C++ class inherits from a base class; its name is that of the base class. */
    BASE_CLASS,
    /** A pointer to a table of virtual functions or of virtual base classes. */
    VTABLE_POINTER,
    /** Bytes of which the source shows only that they are there: lines cut out of a mail, a base class without size. */
    NOT_SHOWN;

    /** {@return the role as reports write it: {@code "base-class"}} */
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    /** {@return the role in words: {@code "base class"}} */
    public String words() {
        return word().replace('-', ' ');
    }

    /** {@return whether the compiler or the source fixes its place, so that no suggestion may move it} */
    public boolean isPinned() {
        return this != FIELD;
    }
}
