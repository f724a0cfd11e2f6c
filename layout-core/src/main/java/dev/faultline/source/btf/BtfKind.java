package dev.faultline.source.btf;

/** Kinds of type records, from the kernel's {@code include/uapi/linux/btf.h}, and the length of each. */
final class BtfKind {

    static final int VOID = 0;
    static final int INT = 1;
    static final int PTR = 2;
    static final int ARRAY = 3;
    static final int STRUCT = 4;
    static final int UNION = 5;
    static final int ENUM = 6;
    static final int FWD = 7;
    static final int TYPEDEF = 8;
    static final int VOLATILE = 9;
    static final int CONST = 10;
    static final int RESTRICT = 11;
    static final int FUNC = 12;
    static final int FUNC_PROTO = 13;
    static final int VAR = 14;
    static final int DATASEC = 15;
    static final int FLOAT = 16;
    static final int DECL_TAG = 17;
    static final int TYPE_TAG = 18;
    static final int ENUM64 = 19;

    static final int LAST_KNOWN = ENUM64;

    private BtfKind() {}

    /** {@return the kind in the info word of a record: bits 24 to 30; before Linux 7.2, bits 24 to 28} */
    static int of(int info) {
        return info >>> 24 & 0x7f;
    }

    /** {@return the number of elements in the info word of a record: bits 0 to 23; before Linux 7.2, bits 0 to 15} */
    static int vlen(int info) {
        return info & 0xffffff;
    }

    static boolean isKnown(int kind) {
        return kind != VOID && kind <= LAST_KNOWN;
    }

    /** {@return whether a record of this kind gives another type a name or a qualifier} */
    static boolean isRename(int kind) {
        return switch (kind) {
            case TYPEDEF, VOLATILE, CONST, RESTRICT, TYPE_TAG -> true;
            default -> false;
        };
    }

    /** {@return the number of bytes after the 12 that all records have, for a known kind} */
    static long trailingBytes(int kind, int vlen) {
        return switch (kind) {
            case INT, VAR, DECL_TAG -> 4;
            case ARRAY -> 12;
            case STRUCT, UNION, DATASEC, ENUM64 -> 12L * vlen;
            case ENUM, FUNC_PROTO -> 8L * vlen;
            default -> 0;
        };
    }
}
