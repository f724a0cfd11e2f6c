package dev.faultline.source.dwarf.entry;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Bytes with the numbers of DWARF. Positions count from the first byte; one outside throws
 * {@link IndexOutOfBoundsException}.
 */
public final class UnitBytes {

    private static final VarHandle SHORT = view(short[].class);
    private static final VarHandle INT = view(int[].class);
    private static final VarHandle LONG = view(long[].class);

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

    private static VarHandle view(Class<?> type) {
        return MethodHandles.byteArrayViewVarHandle(type, ByteOrder.LITTLE_ENDIAN);
    }

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
        short value = (short) SHORT.get(bytes, check(at, 2));
        return (reversed ? Short.reverseBytes(value) : value) & 0xffff;
    }

    int u3(int at) {
        check(at, 3);
        return reversed ? u1(at) << 16 | u2(at + 1) : u2(at) | u1(at + 2) << 16;
    }

    public int u4(int at) {
        int value = (int) INT.get(bytes, check(at, 4));
        return reversed ? Integer.reverseBytes(value) : value;
    }

    public long u8(int at) {
        long value = (long) LONG.get(bytes, check(at, 8));
        return reversed ? Long.reverseBytes(value) : value;
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
        long hash = 0x9e3779b97f4a7c15L;
        for (int at = start; at - start < MOST_HASHED; at += Long.BYTES) {
            long eight = eight(at);
            long zeros =
                    eight - 0x0101010101010101L & ~eight & 0x8080808080808080L; // the lowest bit is that of the first
            if (zeros != 0) {
                return mixed(hash, eight & (Long.lowestOneBit(zeros) >>> 7) - 1);
            }
            hash = mixed(hash, eight);
        }
        return hash;
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

    private static long mixed(long hash, long eight) {
        long mixed = (hash ^ eight) * 0xff51afd7ed558ccdL;
        return mixed ^ mixed >>> 32;
    }

    /** {@return eight bytes, the first the lowest; zeros behind the end} */
    private long eight(int at) {
        if (at <= byteSize - Long.BYTES) {
            return (long) LONG.get(bytes, at);
        }
        long eight = 0;
        for (int i = at; i < byteSize; i++) {
            eight |= (bytes[i] & 0xffL) << (i - at) * Byte.SIZE;
        }
        return eight;
    }
}
