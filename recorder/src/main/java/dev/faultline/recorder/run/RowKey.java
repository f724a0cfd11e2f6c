package dev.faultline.recorder.run;

import java.util.Arrays;
import java.util.List;

/** Who did what to which field. */
final class RowKey implements Comparable<RowKey> {

    /** In place of the offset of a row that names a field. */
    static final long NO_OFFSET = -1;

    /** What the name of an operation ends with that is reading in a loop that waits. */
    static final String POLLS = " (polls)";

    final String type;
    private final List<String> words;
    private final long byteOffset;

    RowKey(String role, String operation, String type, String field, long byteOffset, String kind) {
        this.type = type;
        this.byteOffset = byteOffset;
        words = Arrays.asList(type, field, role, operation, kind);
    }

    /** {@return the field with its type, or the block with the offset in it} */
    String place() {
        return byteOffset < 0 ? type + "." + words.get(1) : type + " at " + byteOffset;
    }

    String kind() {
        return words.get(4);
    }

    /** {@return whether the operation is reading in a loop that waits} */
    boolean isPoll() {
        return words.get(3).endsWith(POLLS);
    }

    /** {@return the row with a number of threads and a count, without its last brace} */
    String line(int threads, long count, int bytes) {
        String field = words.get(1);
        return "{\"role\":" + JsonLine.quote(words.get(2)) + ",\"threads\":" + threads + ",\"operation\":"
                + JsonLine.quote(words.get(3)) + ",\"type\":" + JsonLine.quote(type)
                + (field.isEmpty() ? "" : ",\"field\":" + JsonLine.quote(field))
                + (byteOffset < 0 ? "" : ",\"byteOffset\":" + byteOffset + ",\"bytes\":" + bytes) + ",\"kind\":"
                + JsonLine.quote(words.get(4)) + ",\"count\":" + count;
    }

    @Override
    public int compareTo(RowKey other) {
        if (type.equals(other.type) && byteOffset != other.byteOffset) {
            return Long.compare(byteOffset, other.byteOffset);
        }
        for (int i = 0; i < words.size(); i++) {
            int order = words.get(i).compareTo(other.words.get(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    @Override
    public int hashCode() {
        return words.hashCode() * 31 + Long.hashCode(byteOffset);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RowKey
                && byteOffset == ((RowKey) other).byteOffset
                && words.equals(((RowKey) other).words);
    }
}
