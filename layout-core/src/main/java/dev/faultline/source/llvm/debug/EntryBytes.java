package dev.faultline.source.llvm.debug;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes of DWARF that grow as they are written. */
final class EntryBytes {

    private final boolean isBigEndian;
    private byte[] bytes = new byte[1 << 12];
    private int size;

    EntryBytes(ByteOrder order) {
        this.isBigEndian = order == ByteOrder.BIG_ENDIAN;
    }

    int size() {
        return size;
    }

    byte[] toArray() {
        return Arrays.copyOf(bytes, size);
    }

    EntryBytes u1(int value) {
        if (size == bytes.length) {
            bytes = Arrays.copyOf(bytes, size * 2);
        }
        bytes[size++] = (byte) value;
        return this;
    }

    EntryBytes number(long value, int count) {
        for (int i = 0; i < count; i++) {
            u1((int) (value >>> 8 * (isBigEndian ? count - 1 - i : i)));
        }
        return this;
    }

    EntryBytes u2(int value) {
        return number(value, 2);
    }

    EntryBytes u4(long value) {
        return number(value, 4);
    }

    /** Writes a number over four bytes that were written before. */
    void patch(int at, long value) {
        int end = size;
        size = at;
        u4(value);
        size = end;
    }

    EntryBytes uleb(long value) {
        long left = value;
        do {
            int low = (int) (left & 0x7f);
            left >>>= 7;
            u1(left == 0 ? low : low | 0x80);
        } while (left != 0);
        return this;
    }

    /** Writes a text; one with a zero byte ends there. */
    EntryBytes text(String text) {
        byte[] encoded = text.getBytes(StandardCharsets.ISO_8859_1);
        for (byte b : encoded) {
            if (b == 0) {
                break;
            }
            u1(b);
        }
        return u1(0);
    }

    EntryBytes all(byte[] more) {
        if (size + more.length > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more.length, 2 * bytes.length));
        }
        System.arraycopy(more, 0, bytes, size, more.length);
        size += more.length;
        return this;
    }
}
