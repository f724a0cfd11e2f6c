package dev.faultline.source.dwarf.entry;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Bytes with the numbers of DWARF. Positions count from the first byte; one outside throws
 * {@link IndexOutOfBoundsException}.
 */
public final class UnitBytes {

    /** A number of 64 bits has at most ten groups of 7 bits; padding of zeros may follow. */
    private static final int MOST_LEB_BYTES = 16;

    /** Names that are longer are cut. */
    private static final int MOST_HASHED = 16_384;

    private static final int LEAST_PASSES = 1 << 20;
    private static final int MOST_PASSES_PER_BYTE = 8;

    private final byte[] bytes;
    private final int byteSize;
    private final boolean reversed;

    /** The position behind the number that was read last by {@link #uleb} or {@link #sleb}. */
    private int next;

    /** How many entries may still be passed over to find the end of children. */
    private long passesLeft;

    /**
     * Wraps bytes.
     *
     * @param bytes not to be changed as long as they are read; may be longer than the content
     * @param byteSize how many of them count
     * @param order of the numbers
     */
    public UnitBytes(byte[] bytes, int byteSize, ByteOrder order) {
        Objects.checkFromIndexSize(0, byteSize, bytes.length);
        this.bytes = bytes;
        this.byteSize = byteSize;
        this.reversed = order == ByteOrder.BIG_ENDIAN;
        this.passesLeft = LEAST_PASSES + (long) MOST_PASSES_PER_BYTE * byteSize;
    }

    /** Counts an entry that is passed over again, since lists of children that others share would take hours. */
    void pass() {
        if (--passesLeft < 0) {
            throw new IllegalArgumentException("its entries are passed over more than " + MOST_PASSES_PER_BYTE
                    + " times a byte to find the ends of lists");
        }
    }

    /** {@return the length in bytes} */
    public int byteSize() {
        return byteSize;
    }

    /** {@return whether numbers have their high byte first} */
    public boolean isBigEndian() {
        return reversed;
    }

    /** {@return the array, whose first {@link #byteSize} bytes are these} */
    byte[] array() {
        return bytes;
    }

    /** Checks the end only: a negative index is refused by the array. Small, for compilers that inline little. */
    private int check(int at, int size) {
        if (at > byteSize - size) {
            throw outside(at, size);
        }
        return at;
    }

    private IndexOutOfBoundsException outside(int at, int size) {
        return new IndexOutOfBoundsException(size + " bytes at byte " + at + " of " + byteSize);
    }

    public int u1(int at) {
        return bytes[check(at, 1)] & 0xff;
    }

    public int u2(int at) {
        int first = bytes[check(at, 2)] & 0xff;
        int second = bytes[at + 1] & 0xff;
        return reversed ? first << 8 | second : first | second << 8;
    }

    int u3(int at) {
        check(at, 3);
        return reversed ? u1(at) << 16 | u2(at + 1) : u2(at) | u1(at + 2) << 16;
    }

    public int u4(int at) {
        byte[] in = bytes;
        int value = in[check(at, 4)] & 0xff | (in[at + 1] & 0xff) << 8 | (in[at + 2] & 0xff) << 16 | in[at + 3] << 24;
        return reversed ? Integer.reverseBytes(value) : value;
    }

    public long u8(int at) {
        check(at, 8);
        long first = u4(at) & 0xffffffffL;
        long second = u4(at + 4) & 0xffffffffL;
        return reversed ? first << 32 | second : first | second << 32;
    }

    /** {@return an unsigned number of 1, 2, 4 or 8 bytes} */
    public long number(int at, int size) {
        return switch (size) {
            case 1 -> u1(at);
            case 2 -> u2(at);
            case 3 -> u3(at);
            case 4 -> u4(at) & 0xffffffffL;
            default -> u8(at);
        };
    }

    /** {@return an offset of 4 or 8 bytes} */
    public long offset(int at, int size) {
        return size == Integer.BYTES ? u4(at) & 0xffffffffL : u8(at);
    }

    /** Reads an unsigned LEB128 number of at most 64 bits; the position behind it is {@link #next()}. */
    public long uleb(int at) {
        byte first = bytes[check(at, 1)];
        if (first >= 0) {
            next = at + 1;
            return first;
        }
        int second = at + 1 < byteSize ? bytes[at + 1] : -1;
        if (second >= 0) {
            next = at + 2;
            return first & 0x7f | second << 7;
        }
        return longUleb(at);
    }

    private long longUleb(int at) {
        return leb(at, false);
    }

    /** Reads a signed LEB128 number of at most 64 bits; the position behind it is {@link #next()}. */
    public long sleb(int at) {
        return leb(at, true);
    }

    private long leb(int at, boolean isSigned) {
        long value = 0;
        int shift = 0;
        for (int i = at; i - at < MOST_LEB_BYTES; i++) {
            int group = u1(i);
            if (shift < Long.SIZE) {
                value |= (group & 0x7fL) << shift;
            }
            shift += 7;
            if (group < 0x80) {
                next = i + 1;
                return isSigned && shift < Long.SIZE && (group & 0x40) != 0 ? value | -1L << shift : value;
            }
        }
        throw new IllegalArgumentException("a number of more than " + MOST_LEB_BYTES + " bytes");
    }

    /** {@return the position behind the LEB128 number that was read last} */
    public int next() {
        return next;
    }

    /** {@return the position behind a LEB128 number} */
    int skipLeb(int at) {
        int i = at;
        while (bytes[check(i, 1)] < 0) {
            i++;
        }
        return i + 1;
    }

    /** {@return the position behind a text that ends with a zero byte} */
    public int skipText(int at) {
        int i = at;
        while (bytes[check(i, 1)] != 0) {
            i++;
        }
        return i + 1;
    }

    /**
     * {@return the text at a position, to its zero byte or the end, of its first 16,384 bytes; damaged UTF-8 becomes
     * replacement characters}
     */
    public String text(int at) {
        int most = Math.min(byteSize, at + Math.min(MOST_HASHED, byteSize));
        int end = at;
        while (end < most && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, at, end - at, StandardCharsets.UTF_8);
    }

    /** {@return a hash of the text at a position, to its zero byte or the end; of its first 16,384 bytes} */
    long textHash(int start) {
        byte[] in = bytes;
        int most = Math.min(byteSize, start + Math.min(MOST_HASHED, byteSize));
        long hash = 0x9e3779b97f4a7c15L;
        for (int at = start; at < most; at++) {
            byte one = in[at];
            if (one == 0) {
                break;
            }
            hash = (hash + one) * 0xff51afd7ed558ccdL;
        }
        return hash ^ hash >>> 32;
    }

    /** {@return whether the text at a position has a byte; in its first 16,384} */
    boolean textHas(int start, byte wanted) {
        int end = Math.min(byteSize, start + MOST_HASHED);
        for (int at = start; at < end && bytes[at] != 0; at++) {
            if (bytes[at] == wanted) {
                return true;
            }
        }
        return false;
    }
}
