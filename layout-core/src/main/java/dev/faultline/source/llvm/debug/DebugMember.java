package dev.faultline.source.llvm.debug;

/**
 * A member of a struct in debug metadata.
 *
 * @param name its name; empty for an anonymous one
 * @param bitOffset bits from the start of the struct
 * @param bitSize its size in bits
 * @param type the node of its type
 * @param isBitField whether it is a bit-field
 */
public record DebugMember(String name, long bitOffset, long bitSize, int type, boolean isBitField) {

    /** {@return whether it holds these bytes} */
    boolean holds(long byteOffset, long byteSize) {
        long start = bitOffset / 8;
        long end = (bitOffset + bitSize + 7) / 8;
        return byteOffset >= start && byteOffset < end && byteOffset + byteSize <= end;
    }
}
