package dev.faultline.source.btf;

import dev.faultline.input.InputException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where each type record of a file starts. The length of a record of a newer kind is taken from the file where it has
 * the lengths of kinds; else a length is tried with which the records behind it can be read.
 */
final class BtfIndex {

    /** Bytes of every record before those that its kind adds. */
    static final int RECORD_BYTES = 12;

    private static final int KINDS = 128;

    /** Lengths to try: bytes behind the record, and bytes for each of its {@code vlen} elements. */
    private static final int[][] SHAPES = {{0, 0}, {4, 0}, {0, 4}, {0, 8}, {0, 12}, {8, 0}, {12, 0}};

    /** Most kinds whose length is tried, because the tries multiply. */
    private static final int MOST_TRIED_KINDS = 2;

    private final BtfHeader header;
    private final ByteBuffer data;
    private final int firstId;
    private int[] offsets = new int[1024];
    private int count;

    /** The start of the record that cannot be read, and its ordinal, of the try that got furthest. */
    private int brokenAt = -1;

    private int brokenCount;

    /**
     * Indexes a file.
     *
     * @param header the header of the file
     * @param firstId the id of the first record, for messages
     * @param base the file that has the lengths of newer kinds if this one does not
     */
    BtfIndex(BtfHeader header, int firstId, Optional<BtfHeader> base) {
        this.header = header;
        this.data = header.data();
        this.firstId = firstId;
        int[][] shapes = new int[KINDS][];
        base.ifPresent(other -> statedShapes(other, shapes));
        statedShapes(header, shapes);
        if (!scan(header.types().start(), shapes, 0)) {
            throw InputException.atByte(header.source(), brokenAt, broken());
        }
    }

    private static void statedShapes(BtfHeader header, int[][] shapes) {
        BtfHeader.Section kinds = header.kinds();
        for (int kind = BtfKind.LAST_KNOWN + 1; kind < Math.min(KINDS, kinds.byteSize() / 4); kind++) {
            int at = kinds.start() + 4 * kind;
            shapes[kind] =
                    new int[] {header.data().get(at) & 0xff, header.data().get(at + 1) & 0xff};
        }
    }

    private String broken() {
        int left = header.types().end() - brokenAt;
        if (left < RECORD_BYTES) {
            return "truncated BTF: a type record has " + RECORD_BYTES + " bytes, found " + left;
        }
        int kind = kindAt(brokenAt);
        String record = "type " + (firstId + brokenCount) + " (kind " + kind + ")";
        return BtfKind.isKnown(kind)
                ? record + " reaches beyond the end of the types"
                : record + " is of an unknown kind, and the records behind it cannot be found";
    }

    /**
     * Indexes all records from {@code start} on.
     *
     * @param start where to begin
     * @param shapes the length of each unknown kind, as far as one is stated or tried
     * @param tried the number of kinds whose length is tried
     * @return whether all could be read
     */
    private boolean scan(int start, int[][] shapes, int tried) {
        int at = start;
        int end = header.types().end();
        while (at < end) {
            if (end - at < RECORD_BYTES) {
                return fail(at);
            }
            int kind = kindAt(at);
            int vlen = BtfKind.vlen(data.getInt(at + 4));
            long trailing;
            if (BtfKind.isKnown(kind)) {
                trailing = BtfKind.trailingBytes(kind, vlen);
            } else if (shapes[kind] != null) {
                trailing = shapes[kind][0] + (long) shapes[kind][1] * vlen;
            } else {
                return kind != BtfKind.VOID && tried < MOST_TRIED_KINDS ? tryShapes(at, kind, shapes, tried) : fail(at);
            }
            if (trailing > end - at - RECORD_BYTES) {
                return fail(at);
            }
            add(at);
            at += RECORD_BYTES + (int) trailing;
        }
        return true;
    }

    private boolean fail(int at) {
        if (at > brokenAt) {
            brokenAt = at;
            brokenCount = count;
        }
        return false;
    }

    /** Takes the length with which all records can be read; two that place the records differently are none. */
    private boolean tryShapes(int at, int kind, int[][] shapes, int tried) {
        int before = count;
        int[] found = null;
        for (int[] shape : SHAPES) {
            int[][] with = shapes.clone();
            with[kind] = shape;
            count = before;
            if (scan(at, with, tried + 1)) {
                int[] these = Arrays.copyOf(offsets, count);
                if (found != null && !Arrays.equals(found, these)) {
                    count = before;
                    brokenAt = -1;
                    return fail(at);
                }
                found = these;
            }
        }
        count = before;
        if (found == null) {
            brokenAt = -1;
            return fail(at);
        }
        offsets = found;
        count = found.length;
        return true;
    }

    private void add(int at) {
        if (count == offsets.length) {
            offsets = Arrays.copyOf(offsets, Math.max(16, count * 2));
        }
        offsets[count++] = at;
    }

    private int kindAt(int at) {
        return BtfKind.of(data.getInt(at + 4));
    }

    int count() {
        return count;
    }

    /** {@return where a record starts in the file} */
    int offset(int ordinal) {
        return offsets[ordinal];
    }

    /** {@return how many records there are of each kind that is not known} */
    Map<Integer, Integer> unknownKinds() {
        Map<Integer, Integer> unknown = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            int kind = kindAt(offsets[i]);
            if (!BtfKind.isKnown(kind)) {
                unknown.merge(kind, 1, Integer::sum);
            }
        }
        return unknown;
    }
}
