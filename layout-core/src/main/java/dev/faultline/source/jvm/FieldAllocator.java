package dev.faultline.source.jvm;

import java.util.ArrayList;
import java.util.List;

/** The bytes of an instance while fields are placed: used bytes, holes, and the end. */
final class FieldAllocator {

    private record Hole(long start, long end) {
        long size() {
            return end - start;
        }
    }

    /** In order of offset. */
    private final List<Hole> holes = new ArrayList<>();

    private long end;

    FieldAllocator(long end) {
        this.end = end;
    }

    /** {@return one past the last byte in use} */
    long end() {
        return end;
    }

    /** Appends bytes that stay unused. */
    void pad(long byteCount) {
        end += byteCount;
    }

    /** Forgets the holes, so that the next fields go to the end. */
    void closeHoles() {
        holes.clear();
    }

    /** Leaves a hole up to {@code byteOffset} and marks the {@code byteSize} bytes from there as used. */
    void occupy(long byteOffset, long byteSize) {
        if (byteOffset > end) {
            holes.add(new Hole(end, byteOffset));
        }
        end = byteOffset + byteSize;
    }

    /** {@return the offset of a new field at the end} */
    long append(long byteSize) {
        long start = aligned(end, byteSize);
        occupy(start, byteSize);
        return start;
    }

    /** {@return the offset of a new field: in the smallest hole that fits, the last of equal ones, else at the end} */
    long place(long byteSize) {
        int best = -1;
        for (int i = holes.size() - 1; i >= 0; i--) {
            Hole hole = holes.get(i);
            boolean fits = aligned(hole.start, byteSize) + byteSize <= hole.end;
            if (fits && (best < 0 || hole.size() < holes.get(best).size())) {
                best = i;
            }
        }
        if (best < 0) {
            return append(byteSize);
        }
        Hole hole = holes.remove(best);
        long start = aligned(hole.start, byteSize);
        if (start + byteSize < hole.end) {
            holes.add(best, new Hole(start + byteSize, hole.end));
        }
        if (start > hole.start) {
            holes.add(best, new Hole(hole.start, start));
        }
        return start;
    }

    private static long aligned(long byteOffset, long byteAlignment) {
        return (byteOffset + byteAlignment - 1) / byteAlignment * byteAlignment;
    }
}
