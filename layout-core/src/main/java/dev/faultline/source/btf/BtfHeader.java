package dev.faultline.source.btf;

import dev.faultline.input.InputException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The header of a BTF file: its byte order, and where its types, its strings and the lengths of its kinds are. Sections
 * that reach beyond the file are refused.
 */
final class BtfHeader {

    private static final int MAGIC = 0xEB9F;
    private static final int HEADER_BYTES = 24;

    /** Length of a header that also says where the lengths of the kinds are, as of Linux 7.1. */
    private static final int HEADER_WITH_KINDS_BYTES = 32;

    private final String source;
    private final ByteBuffer data;
    private final Section types;
    private final Section strings;
    private final Section kinds;

    /**
     * A part of the file.
     *
     * @param start offset of its first byte
     * @param end offset behind its last byte
     */
    record Section(int start, int end) {

        int byteSize() {
            return end - start;
        }
    }

    BtfHeader(String source, ByteBuffer blob) {
        this.source = source;
        this.data = blob.slice();
        checkMagic();
        long headerBytes = headerBytes();
        this.types = section(headerBytes, 8, "types");
        this.strings = section(headerBytes, 16, "strings");
        this.kinds = headerBytes >= HEADER_WITH_KINDS_BYTES
                ? section(headerBytes, 24, "lengths of kinds")
                : new Section(0, 0);
    }

    private void checkMagic() {
        if (data.remaining() < HEADER_BYTES) {
            throw new InputException(
                    source, "", "truncated BTF: a header has " + HEADER_BYTES + " bytes, found " + data.remaining());
        }
        int magic = data.order(ByteOrder.LITTLE_ENDIAN).getShort(0) & 0xffff;
        if (magic == Integer.reverseBytes(MAGIC) >>> 16) {
            data.order(ByteOrder.BIG_ENDIAN);
        } else if (magic != MAGIC) {
            throw InputException.atByte(
                    source, 0, "not BTF: expected the magic number 0xeb9f, found 0x" + Integer.toHexString(magic));
        }
        int version = data.get(2) & 0xff;
        if (version != 1) {
            throw InputException.atByte(source, 2, "BTF version " + version + "; only version 1 is known");
        }
    }

    private long headerBytes() {
        long headerBytes = data.getInt(4) & 0xffffffffL;
        if (headerBytes < HEADER_BYTES || headerBytes > data.remaining()) {
            throw InputException.atByte(
                    source, 4, "a BTF header of " + headerBytes + " bytes in a file of " + data.remaining());
        }
        return headerBytes;
    }

    private Section section(long headerBytes, int at, String what) {
        long offset = data.getInt(at) & 0xffffffffL;
        long length = data.getInt(at + 4) & 0xffffffffL;
        long end = headerBytes + offset + length;
        if (end > data.remaining()) {
            throw InputException.atByte(
                    source, at, "truncated BTF: the " + what + " end at byte " + end + " of " + data.remaining());
        }
        return new Section((int) (headerBytes + offset), (int) end);
    }

    String source() {
        return source;
    }

    /** {@return the whole file, in its byte order} */
    ByteBuffer data() {
        return data;
    }

    Section types() {
        return types;
    }

    Section strings() {
        return strings;
    }

    /** {@return the lengths of the records of each kind, from kind 0 on, 4 bytes each; empty in most files} */
    Section kinds() {
        return kinds;
    }

    /**
     * {@return whether ids and strings go on where those of another file end} The strings of a file that is complete
     * begin with the empty one.
     */
    boolean isSplit() {
        return strings.byteSize() == 0 ? types.byteSize() > 0 : data.get(strings.start()) != 0;
    }
}
