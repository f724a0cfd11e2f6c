package dev.faultline.layout;

/**
 * Bits of a storage unit.
 *
 * @param bitOffset first bit, counted from 0 in the order of addresses: from the least significant bit of the unit, and
 *     on big-endian machines from the most significant
 * @param bitSize number of bits, at least 1
 */
public record BitField(int bitOffset, int bitSize) {

    public BitField {
        if (bitOffset < 0 || bitSize < 1) {
            throw new IllegalArgumentException("not a bit-field: bitOffset=" + bitOffset + ", bitSize=" + bitSize);
        }
    }

    /**
     * {@return the bytes that hold these bits}
     *
     * @param unitByteOffset where the unit starts, in bytes
     */
    public ByteRange bytes(long unitByteOffset) {
        return new ByteRange(unitByteOffset + bitOffset / 8, unitByteOffset + ((long) bitOffset + bitSize + 7) / 8);
    }
}
