package dev.faultline.source.elf;

import dev.faultline.input.InputException;

/** Where a relocation is, and what it writes there. One object is filled with one entry of a table after another. */
final class RelocationEntry {

    long byteOffset;
    long value;
    boolean hasAddend;
    RelocationType type;

    /**
     * Changes the bytes of a content.
     *
     * @param bytes some bytes
     * @param at the index of the first byte that the relocation means
     * @param limit the index behind the last byte that may be changed
     * @param isBigEndian the order of bytes
     * @return whether there were enough bytes
     */
    boolean apply(byte[] bytes, int at, int limit, boolean isBigEndian) {
        if (type.operation() == RelocationType.Operation.NONE) {
            return true;
        }
        if (type.bits() == 0) {
            return applyLeb(bytes, at, limit);
        }
        int byteSize = (type.bits() + 7) / 8;
        if (at > limit - byteSize) {
            return false;
        }
        long old = number(bytes, at, byteSize, isBigEndian);
        long made = result(old);
        if (type.bits() % 8 != 0) {
            long kept = -1L << type.bits();
            made = old & kept | made & ~kept;
        }
        for (int i = 0; i < byteSize; i++) {
            int shift = 8 * (isBigEndian ? byteSize - 1 - i : i);
            bytes[at + i] = (byte) (made >>> shift);
        }
        return true;
    }

    private long result(long old) {
        long moved = value - type.bias();
        return switch (type.operation()) {
            case NONE -> old;
            case SET -> moved;
            case ADD -> old + moved;
            case SUB -> old - moved;
            case ABS -> moved + (hasAddend ? 0 : old);
            case PC -> moved - byteOffset + (hasAddend ? 0 : old);
        };
    }

    /** Changes a number in LEB128; its length stays. */
    private boolean applyLeb(byte[] bytes, int at, int limit) {
        int most = Math.min(limit - at, RelocationType.MOST_BYTES);
        long old = 0;
        int length = 0;
        boolean isEnded = false;
        while (!isEnded && length < most) {
            old |= (bytes[at + length] & 0x7fL) << 7 * length;
            isEnded = bytes[at + length++] >= 0;
        }
        if (!isEnded) {
            return false;
        }
        long made = result(old);
        for (int i = 0; i < length; i++) {
            bytes[at + i] = (byte) (made >>> 7 * i & 0x7f | (i < length - 1 ? 0x80 : 0));
        }
        return true;
    }

    private static long number(byte[] bytes, int at, int byteSize, boolean isBigEndian) {
        long number = 0;
        for (int i = 0; i < byteSize; i++) {
            number = number << 8 | bytes[at + (isBigEndian ? i : byteSize - 1 - i)] & 0xff;
        }
        return number;
    }

    /** {@return the error that the bytes it changes lie outside the content} */
    InputException outside(Section section, long contentBytes) {
        return new InputException(
                section.source(),
                section.place(),
                "a relocation at byte 0x" + Long.toHexString(byteOffset) + " lies outside the section's " + contentBytes
                        + " bytes");
    }
}
