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

    /**
     * {@return the range of that place and size}
     *
     * @param byteOffset its first byte, at least 0
     * @param byteSize its number of bytes, at least 1
     */
    public static ByteRange ofSize(long byteOffset, long byteSize) {
        return new ByteRange(byteOffset, Math.addExact(byteOffset, byteSize));
    }

    /** {@return the number of bytes, at least 1} */
    public long byteSize() {
        return end - start;
    }

    /**
     * {@return the smallest multiple that is at least a value}
     *
     * @param value the value
     * @param multiple what the result is a multiple of, at least 1
     * @throws ArithmeticException when the result does not fit in a long
     */
    public static long roundUp(long value, long multiple) {
        return Math.addExact(value, multiple - 1) / multiple * multiple;
    }

    /**
     * {@return whether the two have a byte in common}
     *
     * @param other another range
     */
    public boolean overlaps(ByteRange other) {
        return start < other.end && other.start < end;
    }

    /**
     * {@return whether every byte of another range is in this range}
     *
     * @param other another range
     */
    public boolean contains(ByteRange other) {
        return start <= other.start && other.end <= end;
    }

    /**
     * {@return the bytes between the two, 0 when they touch or overlap}
     *
     * @param other another range
     */
    public long bytesTo(ByteRange other) {
        return Math.max(0, Math.max(other.start - end, start - other.end));
    }

    /**
     * {@return this range moved up}
     *
     * @param byteCount how far, in bytes; negative moves it down
     */
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

    // by hand, since the VM generates those of a record in its first call, which takes milliseconds

    @Override
    public boolean equals(Object object) {
        return object instanceof ByteRange other && start == other.start && end == other.end;
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(start) + Long.hashCode(end);
    }
}
