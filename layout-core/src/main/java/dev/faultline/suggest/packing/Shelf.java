package dev.faultline.suggest.packing;

import dev.faultline.layout.ByteRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Places items in the free bytes of a line, exactly: the most aligned items go first, which decides all but unusual
 * ranges; the rest is searched.
 */
final class Shelf {

    private final List<ByteRange> free;
    private final List<Item> items;
    private final List<Integer> order;
    private final long[] at;
    /** Total size of the items that are not placed. */
    private long left;
    /** Search states without a solution. */
    private final Set<String> failed = new HashSet<>();

    private Shelf(List<ByteRange> free, List<Item> items, BitSet added) {
        this.free = free;
        this.items = items;
        order = new ArrayList<>(added.stream().boxed().toList());
        order.sort(Comparator.comparingLong((Integer i) -> -items.get(i).byteAlignment())
                .thenComparingLong(i -> -items.get(i).byteSize()));
        at = new long[order.size()];
        left = order.stream().mapToLong(i -> items.get(i).byteSize()).sum();
    }

    /** {@return the bytes of each item; empty when they do not fit} */
    static Optional<Map<Integer, ByteRange>> places(List<ByteRange> free, List<Item> items, BitSet added) {
        Shelf shelf = new Shelf(free, items, added);
        if (shelf.left > free.stream().mapToLong(ByteRange::byteSize).sum()) {
            return Optional.empty();
        }
        if (shelf.firstFit()) {
            return Optional.of(shelf.found());
        }
        Arrays.fill(shelf.at, -1);
        return !free.isEmpty() && shelf.search(0, free.get(0).start()) ? Optional.of(shelf.found()) : Optional.empty();
    }

    private Map<Integer, ByteRange> found() {
        Map<Integer, ByteRange> places = new LinkedHashMap<>();
        for (int i = 0; i < at.length; i++) {
            places.put(
                    order.get(i),
                    ByteRange.ofSize(at[i], items.get(order.get(i)).byteSize()));
        }
        return places;
    }

    private static long up(long offset, long alignment) {
        return (offset + alignment - 1) & -alignment;
    }

    private boolean firstFit() {
        long[] next = free.stream().mapToLong(ByteRange::start).toArray();
        for (int i = 0; i < at.length; i++) {
            Item item = items.get(order.get(i));
            boolean placed = false;
            for (int range = 0; range < next.length && !placed; range++) {
                long start = up(next[range], item.byteAlignment());
                placed = start + item.byteSize() <= free.get(range).end();
                if (placed) {
                    at[i] = start;
                    next[range] = start + item.byteSize();
                }
            }
            if (!placed) {
                return false;
            }
        }
        return true;
    }

    /**
     * Fills a range from a byte on with one item after the other, in every order, then continues with the next range.
     */
    private boolean search(int range, long from) {
        if (left == 0) {
            return true;
        }
        if (roomFrom(range, from) < left || !failed.add(state(range, from))) {
            return false;
        }
        Item tried = null;
        for (int i = 0; i < at.length; i++) {
            Item item = items.get(order.get(i));
            long start = up(from, item.byteAlignment());
            if (at[i] < 0
                    && !alike(item, tried)
                    && start + item.byteSize() <= free.get(range).end()) {
                tried = item;
                at[i] = start;
                left -= item.byteSize();
                if (search(range, start + item.byteSize())) {
                    return true;
                }
                at[i] = -1;
                left += item.byteSize();
            }
        }
        return range + 1 < free.size() && search(range + 1, free.get(range + 1).start());
    }

    private static boolean alike(Item item, Item other) {
        return other != null && item.byteSize() == other.byteSize() && item.byteAlignment() == other.byteAlignment();
    }

    private long roomFrom(int range, long from) {
        long room = free.get(range).end() - from;
        for (int later = range + 1; later < free.size(); later++) {
            room += free.get(later).byteSize();
        }
        return room;
    }

    /**
     * {@return the search state; items of equal size and alignment are placed in order, so the number left of each
     * determines it}
     */
    private String state(int range, long from) {
        StringBuilder state = new StringBuilder().append(range).append(' ').append(from);
        Item last = null;
        int open = 0;
        for (int i = 0; i < at.length; i++) {
            Item item = items.get(order.get(i));
            if (!alike(item, last)) {
                state.append(' ').append(open);
                open = 0;
                last = item;
            }
            open += at[i] < 0 ? 1 : 0;
        }
        return state.append(' ').append(open).toString();
    }
}
