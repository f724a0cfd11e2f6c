package dev.faultline.layout;

/**
 * A range of bytes, half-open; at least one byte.
 *
 * @param start first byte, at least 0
 * @param end one past the last byte, greater than {@code start}
 */
public record ByteRange(long start, long end) implements Comparable<ByteRange> {

    public ByteRange {
        if (start < 0 || end <= start) {
            throw new IllegalArgumentException("not a byte range: start=" + start + ", end=" + end);
        }
    }

    /** {@return the range of {@code byteSize} bytes from {@code byteOffset}} */
    public static ByteRange ofSize(long byteOffset, long byteSize) {
        return new ByteRange(byteOffset, Math.addExact(byteOffset, byteSize));
    }

    /** {@return the number of bytes, at least 1} */
    public long byteSize() {
        return end - start;
    }

    /** {@return the smallest multiple that is at least {@code value}; throws ArithmeticException on overflow} */
    public static long roundUp(long value, long multiple) {
        return Math.addExact(value, multiple - 1) / multiple * multiple;
    }

    /** {@return whether the two have a byte in common} */
    public boolean overlaps(ByteRange other) {
        return start < other.end && other.start < end;
    }

    /** {@return whether every byte of {@code other} is in this range} */
    public boolean contains(ByteRange other) {
        return start <= other.start && other.end <= end;
    }

    /** {@return the bytes between the two, 0 when they touch or overlap} */
    public long bytesTo(ByteRange other) {
        return Math.max(0, Math.max(other.start - end, start - other.end));
    }

    /** {@return this range moved up by {@code byteCount} bytes} */
    public ByteRange plus(long byteCount) {
        return new ByteRange(Math.addExact(start, byteCount), Math.addExact(end, byteCount));
    }

    @Override
    public int compareTo(ByteRange other) {
        int byStart = Long.compare(start, other.start);
        return byStart != 0 ? byStart : Long.compare(end, other.end);
    }

    @Override
    public String toString() {
        return "[" + start + ", " + end + ")";
    }
}
