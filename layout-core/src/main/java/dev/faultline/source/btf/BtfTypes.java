package dev.faultline.source.btf;

import dev.faultline.input.InputException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * The type records of one BTF file by id. Ids and string offsets of a split file continue those of its base. Every
 * offset and length is checked here.
 */
final class BtfTypes {

    private static final int MAGIC = 0xEB9F;
    private static final int HEADER_BYTES = 24;
    private static final int RECORD_BYTES = 12;
    private static final int LONGEST_NAME_BYTES = 4096;

    /** Record lengths to try for an unknown kind: fixed bytes, and bytes for each of its {@code vlen} elements. */
    private static final int[][] SHAPES = {{0, 0}, {4, 0}, {0, 4}, {0, 8}, {0, 12}, {8, 0}, {12, 0}};

    private final String source;
    private final ByteBuffer data;
    private final Optional<BtfTypes> base;
    private final int firstId;
    private final int firstString;
    private final int typesStart;
    private final int typesEnd;
    private final int stringsStart;
    private final int stringsEnd;
    private int[] recordOffsets = new int[1024];
    private int count;

    BtfTypes(String source, ByteBuffer blob, Optional<BtfTypes> base) {
        this.source = source;
        this.data = blob.slice().order(ByteOrder.LITTLE_ENDIAN);
        this.base = base;
        this.firstId = base.map(BtfTypes::endId).orElse(1);
        this.firstString = base.map(types -> types.firstString + types.stringsEnd - types.stringsStart)
                .orElse(0);
        long headerBytes = checkHeader();
        this.typesStart = section(headerBytes, 8, "types");
        this.typesEnd = typesStart + data.getInt(12);
        this.stringsStart = section(headerBytes, 16, "strings");
        this.stringsEnd = stringsStart + data.getInt(20);
        index();
    }

    /** {@return whether these bytes start like BTF, in either byte order} */
    static boolean hasMagic(ByteBuffer blob) {
        if (blob.remaining() < 2) {
            return false;
        }
        int first = blob.get(blob.position()) & 0xff;
        int second = blob.get(blob.position() + 1) & 0xff;
        return (first | second << 8) == MAGIC || (second | first << 8) == MAGIC;
    }

    private long checkHeader() {
        if (data.remaining() < HEADER_BYTES) {
            throw new InputException(
                    source, "", "truncated BTF: a header has " + HEADER_BYTES + " bytes, found " + data.remaining());
        }
        int magic = data.getShort(0) & 0xffff;
        if (magic == Integer.reverseBytes(MAGIC) >>> 16) {
            throw InputException.atByte(source, 0, "big-endian BTF; only little-endian data is supported");
        }
        if (magic != MAGIC) {
            throw InputException.atByte(
                    source, 0, "not BTF: expected the magic number 0xeb9f, found 0x" + Integer.toHexString(magic));
        }
        int version = data.get(2) & 0xff;
        if (version != 1) {
            throw InputException.atByte(source, 2, "BTF version " + version + "; only version 1 is known");
        }
        long headerBytes = data.getInt(4) & 0xffffffffL;
        if (headerBytes < HEADER_BYTES || headerBytes > data.remaining()) {
            throw InputException.atByte(
                    source, 4, "a BTF header of " + headerBytes + " bytes in a file of " + data.remaining());
        }
        return headerBytes;
    }

    private int section(long headerBytes, int at, String what) {
        long offset = data.getInt(at) & 0xffffffffL;
        long length = data.getInt(at + 4) & 0xffffffffL;
        long end = headerBytes + offset + length;
        if (end > data.remaining()) {
            throw InputException.atByte(
                    source, at, "truncated BTF: the " + what + " end at byte " + end + " of " + data.remaining());
        }
        return (int) (headerBytes + offset);
    }

    private void index() {
        int end = scan(typesStart, new int[32][]);
        if (end < 0) {
            throw InputException.atByte(source, -end - 1, broken(-end - 1));
        }
    }

    private String broken(int at) {
        if (typesEnd - at < RECORD_BYTES) {
            return "truncated BTF: a type record has " + RECORD_BYTES + " bytes, found " + (typesEnd - at);
        }
        int kind = kindAt(at);
        String record = "type " + (firstId + count) + " (kind " + kind + ")";
        return kind == BtfKind.VOID || kind > BtfKind.LAST_KNOWN
                ? record + " is of an unknown kind, and the records behind it cannot be found"
                : record + " reaches beyond the end of the types";
    }

    /**
     * Indexes all records from {@code start} on.
     *
     * @param start where to begin
     * @param shapes the length assumed for each unknown kind; extended on the way
     * @return the end, or minus one minus the place of the record that cannot be read
     */
    private int scan(int start, int[][] shapes) {
        int at = start;
        while (at < typesEnd) {
            if (typesEnd - at < RECORD_BYTES) {
                return -at - 1;
            }
            int kind = kindAt(at);
            int vlen = data.getInt(at + 4) & 0xffff;
            long trailing;
            if (kind != BtfKind.VOID && kind <= BtfKind.LAST_KNOWN) {
                trailing = BtfKind.trailingBytes(kind, vlen);
            } else if (shapes[kind] != null) {
                trailing = shapes[kind][0] + (long) shapes[kind][1] * vlen;
            } else {
                return guess(at, kind, shapes);
            }
            if (trailing > typesEnd - at - RECORD_BYTES) {
                return -at - 1;
            }
            add(at);
            at += RECORD_BYTES + (int) trailing;
        }
        return at;
    }

    /** Tries each length for an unknown kind; only for two kinds, because the tries multiply. */
    private int guess(int at, int kind, int[][] shapes) {
        int guessed = 0;
        for (int[] shape : shapes) {
            guessed += shape == null ? 0 : 1;
        }
        if (kind == BtfKind.VOID || guessed >= 2) {
            return -at - 1;
        }
        int before = count;
        for (int[] shape : SHAPES) {
            int[][] tried = shapes.clone();
            tried[kind] = shape;
            int end = scan(at, tried);
            if (end >= 0) {
                return end;
            }
            count = before;
        }
        return -at - 1;
    }

    private void add(int at) {
        if (count == recordOffsets.length) {
            recordOffsets = Arrays.copyOf(recordOffsets, count * 2);
        }
        recordOffsets[count++] = at;
    }

    private int kindAt(int at) {
        return data.getInt(at + 4) >>> 24 & 0x1f;
    }

    String source() {
        return source;
    }

    /** {@return the first id of this file; lower ones are those of the base} */
    int firstId() {
        return firstId;
    }

    /** {@return one past the last id} */
    int endId() {
        return firstId + count;
    }

    /** {@return the kind; 0 for {@code void}} */
    int kind(int id) {
        return id == 0 ? BtfKind.VOID : owner(id).kindAt(record(id));
    }

    int vlen(int id) {
        return owner(id).data.getInt(record(id) + 4) & 0xffff;
    }

    /** {@return the top bit of the record's info word: members have bit-field sizes} */
    boolean flag(int id) {
        return owner(id).data.getInt(record(id) + 4) < 0;
    }

    /** {@return the record's third word: a size or the id of another type} */
    int sizeOrType(int id) {
        return owner(id).data.getInt(record(id) + 8);
    }

    /** {@return word {@code index} behind the record's first 12 bytes} */
    int trailing(int id, int index) {
        return owner(id).data.getInt(record(id) + RECORD_BYTES + 4 * index);
    }

    String name(int id) {
        return string(owner(id).data.getInt(record(id)));
    }

    /** {@return the string at an offset; the base's strings come first} */
    String string(int stringOffset) {
        long offset = stringOffset & 0xffffffffL;
        if (offset < firstString) {
            return base.orElseThrow().string(stringOffset);
        }
        long start = stringsStart + offset - firstString;
        if (start >= stringsEnd) {
            throw new InputException(
                    source,
                    "string 0x" + Long.toHexString(offset),
                    "beyond the " + (stringsEnd - stringsStart) + " bytes of strings");
        }
        int end = (int) start;
        while (end < stringsEnd && data.get(end) != 0 && end - start < LONGEST_NAME_BYTES) {
            end++;
        }
        byte[] bytes = new byte[end - (int) start];
        data.get((int) start, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private BtfTypes owner(int id) {
        return id < firstId && base.isPresent() ? base.get().owner(id) : this;
    }

    private int record(int id) {
        if (id < firstId && base.isPresent()) {
            return base.get().record(id);
        }
        if (id < firstId || id >= endId()) {
            throw new InputException(
                    source, "type " + (id & 0xffffffffL), "no such type; the last id is " + (endId() - 1));
        }
        return recordOffsets[id - firstId];
    }
}
