package dev.faultline.suggest.packing;

import dev.faultline.layout.ByteRange;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A packing without what cannot be told apart: loose items of equal signature, size and alignment are a sort with a number of
 * members, and equal bins are a shape with a number of them. Sorts are in descending heat.
 */
final class AggregatedPacking {

    /**
     * Items that can be exchanged.
     *
     * @param flavor number of their signature
     * @param byteSize size of each
     * @param byteAlignment alignment of each
     * @param members their indices
     */
    record Sort(int flavor, long byteSize, long byteAlignment, List<Integer> members) {}

    /**
     * Bins that can be exchanged.
     *
     * @param bin one of them
     * @param bins their indices
     * @param fixedNanos what each costs with nothing added
     * @param isPlain whether the loose items fit if only their bytes do
     */
    record Shape(Bin bin, List<Integer> bins, double fixedNanos, boolean isPlain) {}

    final Packing packing;
    final List<Sort> sorts = new ArrayList<>();
    final List<Shape> shapes = new ArrayList<>();
    /** For each signature an item that has it. */
    final List<Integer> flavors = new ArrayList<>();
    /** Bytes that all sizes and rooms of plain shapes are multiples of. */
    final long grain;

    private final Map<List<Object>, Boolean> known = new HashMap<>();

    AggregatedPacking(Packing packing) {
        this.packing = packing;
        Map<Object, List<Integer>> bySignature = new LinkedHashMap<>();
        packing.loose().stream()
                .forEach(item -> bySignature
                        .computeIfAbsent(packing.cost().signature(item), any -> new ArrayList<>())
                        .add(item));
        List<List<Integer>> alike = new ArrayList<>(bySignature.values());
        Map<List<Integer>, Double> heat = new HashMap<>();
        alike.forEach(items -> heat.put(items, nanos(items.get(0))));
        alike.sort((one, other) -> Double.compare(heat.get(other), heat.get(one)));
        for (List<Integer> items : alike) {
            sort(items);
        }
        Map<Bin, List<Integer>> equal = new LinkedHashMap<>();
        for (int bin = 0; bin < packing.bins().size(); bin++) {
            equal.computeIfAbsent(packing.bins().get(bin), any -> new ArrayList<>())
                    .add(bin);
        }
        equal.forEach((bin, bins) ->
                shapes.add(new Shape(bin, bins, packing.cost().nanosPerSecond(bin.fixed()), isPlain(bin))));
        grain = grain();
    }

    private double nanos(int item) {
        BitSet alone = new BitSet();
        alone.set(item);
        return packing.cost().nanosPerSecond(alone);
    }

    private void sort(List<Integer> items) {
        Map<List<Long>, List<Integer>> bySize = new LinkedHashMap<>();
        for (int item : items) {
            Item one = packing.items().get(item);
            bySize.computeIfAbsent(List.of(one.byteSize(), one.byteAlignment()), any -> new ArrayList<>())
                    .add(item);
        }
        bySize.forEach((size, members) -> sorts.add(new Sort(flavors.size(), size.get(0), size.get(1), members)));
        flavors.add(items.get(0));
    }

    /** A segment aligned for the most aligned item has no hole when that goes first, where sizes are multiples of alignments. */
    private boolean isPlain(Bin bin) {
        if (bin.free().size() != 1) {
            return bin.free().isEmpty();
        }
        long start = bin.free().get(0).start();
        return sorts.stream()
                .allMatch(sort -> start % sort.byteAlignment() == 0 && sort.byteSize() % sort.byteAlignment() == 0);
    }

    private long grain() {
        long grain = packing.lineBytes();
        for (Sort sort : sorts) {
            grain = gcd(grain, sort.byteSize());
        }
        return grain;
    }

    private static long gcd(long one, long other) {
        return other == 0 ? one : gcd(other, one % other);
    }

    /** {@return the cost of a line of a shape with items of these signatures} */
    double nanos(Shape shape, BitSet withFlavors) {
        BitSet items = shape.bin().fixed();
        for (int flavor = withFlavors.nextSetBit(0); flavor >= 0; flavor = withFlavors.nextSetBit(flavor + 1)) {
            items.set(flavors.get(flavor));
        }
        return packing.cost().nanosPerSecond(items);
    }

    /** {@return the signatures among so many items of each sort} */
    BitSet flavorsOf(int[] counts) {
        BitSet present = new BitSet();
        for (int sort = 0; sort < counts.length; sort++) {
            if (counts[sort] > 0) {
                present.set(sorts.get(sort).flavor());
            }
        }
        return present;
    }

    /** {@return whether so many items of each sort fit, exactly} */
    boolean fits(Shape shape, int[] counts) {
        long bytes = 0;
        for (int sort = 0; sort < counts.length; sort++) {
            bytes += counts[sort] * sorts.get(sort).byteSize();
        }
        if (bytes == 0 || bytes > shape.bin().freeBytes()) {
            return bytes == 0;
        }
        return shape.isPlain() || known.computeIfAbsent(key(shape, counts), any -> search(shape, counts));
    }

    private static List<Object> key(Shape shape, int[] counts) {
        List<Object> key = new ArrayList<>(List.of(shape.bins().get(0)));
        for (int sort = 0; sort < counts.length; sort++) {
            if (counts[sort] > 0) {
                key.add((sort << 12) + counts[sort]);
            }
        }
        return key;
    }

    private boolean search(Shape shape, int[] counts) {
        BitSet items = new BitSet();
        for (int sort = 0; sort < counts.length; sort++) {
            sorts.get(sort).members().subList(0, counts[sort]).forEach(items::set);
        }
        List<ByteRange> free = shape.bin().free();
        return Shelf.places(free, packing.items(), items).isPresent();
    }

    /** {@return a line of a shape, or null when they do not fit} */
    LinePattern line(int shape, int[] counts) {
        Shape of = shapes.get(shape);
        return fits(of, counts) ? new LinePattern(shape, counts, nanos(of, flavorsOf(counts))) : null;
    }

    /** {@return how many items of each sort there are} */
    int[] demands() {
        return sorts.stream().mapToInt(sort -> sort.members().size()).toArray();
    }

    /** {@return how many bins of each shape there are} */
    int[] bins() {
        return shapes.stream().mapToInt(shape -> shape.bins().size()).toArray();
    }

    /** {@return the sum of the fixed costs of all bins} */
    double fixedNanos() {
        return shapes.stream()
                .mapToDouble(shape -> shape.fixedNanos() * shape.bins().size())
                .sum();
    }
}
