package dev.faultline.suggest.struct;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The byte ranges of a struct that are still free. */
final class FreeSpace {

    /** An offset beyond any struct. */
    static final long END = 1L << 50;

    private final TreeMap<Long, Long> free = new TreeMap<>();

    FreeSpace() {
        free.put(0L, END);
    }

    /** All bytes outside the fixed units. */
    FreeSpace(ConstrainedStruct constrained) {
        this();
        constrained
                .fixed()
                .forEach((i, start) -> take(start, start + constrained.unit(i).byteSize()));
    }

    FreeSpace(FreeSpace other) {
        free.putAll(other.free);
    }

    void take(long from, long to) {
        Map.Entry<Long, Long> piece = free.floorEntry(from);
        if (piece == null || to > piece.getValue()) {
            throw new IllegalStateException("bytes " + from + " to " + to + " are not free");
        }
        free.remove(piece.getKey());
        if (piece.getKey() < from) {
            free.put(piece.getKey(), from);
        }
        if (to < piece.getValue()) {
            free.put(to, piece.getValue());
        }
    }

    boolean isFree(long from, long to) {
        Map.Entry<Long, Long> piece = free.floorEntry(from);
        return piece != null && to <= piece.getValue();
    }

    void give(long from, long to) {
        long start = from;
        long end = to;
        Map.Entry<Long, Long> before = free.floorEntry(from);
        if (before != null && before.getValue() == from) {
            start = before.getKey();
        }
        Long after = free.remove(to);
        if (after != null) {
            end = after;
        }
        free.put(start, end);
    }

    /**
     * {@return the lowest free offset of a unit that starts at {@code from} or later and ends by {@code to}; -1 when
     * there is none}
     */
    long firstFit(MoveUnit unit, long from, long to) {
        Long key = free.floorKey(from);
        for (Map.Entry<Long, Long> piece :
                free.tailMap(key == null ? from : key, true).entrySet()) {
            if (piece.getKey() >= to) {
                return -1;
            }
            long start = unit.startFrom(Math.max(from, piece.getKey()));
            if (start + unit.byteSize() <= Math.min(piece.getValue(), to)) {
                return start;
            }
        }
        return -1;
    }

    /** {@return the lowest offset of a unit in each free range, if it ends by {@code to}} */
    List<Long> fits(MoveUnit unit, long to) {
        List<Long> fits = new ArrayList<>();
        for (Map.Entry<Long, Long> piece : free.entrySet()) {
            long start = unit.startFrom(piece.getKey());
            if (start + unit.byteSize() <= Math.min(piece.getValue(), to)) {
                fits.add(start);
            }
        }
        return fits;
    }
}
