package dev.faultline.source.llvm.debug;

import java.util.List;

/**
 * A type in debug metadata, without its typedefs and qualifiers.
 *
 * @param kind what it is
 * @param name of a struct with a name, that name with its scopes; else empty
 * @param byteSize its size in bytes
 * @param target of a pointer the node of what it points to, of an array that of its elements
 * @param members of a struct, its members and base classes
 * @param isUnion whether its members share their bytes
 */
public record DebugType(Kind kind, String name, long byteSize, int target, List<DebugMember> members, boolean isUnion) {

    /** What a type is. */
    public enum Kind {
        /** A struct, union or class. */
        STRUCT,
        /** A pointer or reference. */
        POINTER,
        /** An array. */
        ARRAY,
        /** A number, an enum, a function, or nothing. */
        OTHER
    }

    /** A type of which nothing is known. */
    public static final DebugType UNKNOWN = new DebugType(Kind.OTHER, "", 0, -1, List.of(), false);

    /** {@return whether it is a struct, union or class} */
    public boolean isStruct() {
        return kind == Kind.STRUCT;
    }
}
