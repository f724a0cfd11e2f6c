package dev.faultline.suggest.packing;

import dev.faultline.layout.ByteRange;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A packing with equal things counted instead of listed. Loose items of equal signature, size and alignment form an
 * item class, and equal bins form a shape. Item classes are in descending order of the cost of an item alone.
 */
final class AggregatedPacking {

    /**
     * Interchangeable items.
     *
     * @param signature number of their signature
     * @param byteSize size of each
     * @param byteAlignment alignment of each
     * @param members their indices in the packing
     */
    record ItemClass(int signature, long byteSize, long byteAlignment, List<Integer> members) {}

    /**
     * Interchangeable bins.
     *
     * @param bin one of them
     * @param bins their indices in the packing
     * @param fixedNanos cost of each with no item added, in ns per second
     * @param isPlain whether items fit whenever their sizes add up to at most the free bytes
     */
    record Shape(Bin bin, List<Integer> bins, double fixedNanos, boolean isPlain) {}

    final Packing packing;
    final List<ItemClass> classes = new ArrayList<>();
    final List<Shape> shapes = new ArrayList<>();
    /** One item of each signature. */
    final List<Integer> signatures = new ArrayList<>();
    /** Greatest common divisor of the line size and all item sizes, in bytes. */
    final long unitBytes;

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
            addClasses(items);
        }
        Map<Bin, List<Integer>> equal = new LinkedHashMap<>();
        for (int bin = 0; bin < packing.bins().size(); bin++) {
            equal.computeIfAbsent(packing.bins().get(bin), any -> new ArrayList<>())
                    .add(bin);
        }
        equal.forEach((bin, bins) ->
                shapes.add(new Shape(bin, bins, packing.cost().nanosPerSecond(bin.fixed()), isPlain(bin))));
        unitBytes = unitBytes();
    }

    private double nanos(int item) {
        BitSet alone = new BitSet();
        alone.set(item);
        return packing.cost().nanosPerSecond(alone);
    }

    private void addClasses(List<Integer> items) {
        Map<List<Long>, List<Integer>> bySize = new LinkedHashMap<>();
        for (int item : items) {
            Item one = packing.items().get(item);
            bySize.computeIfAbsent(List.of(one.byteSize(), one.byteAlignment()), any -> new ArrayList<>())
                    .add(item);
        }
        bySize.forEach(
                (size, members) -> classes.add(new ItemClass(signatures.size(), size.get(0), size.get(1), members)));
        signatures.add(items.get(0));
    }

    /**
     * {@return whether a bin has at most one free range, aligned for all items; if item sizes are multiples of their
     * alignments, placing the most aligned items first leaves no hole}
     */
    private boolean isPlain(Bin bin) {
        if (bin.free().size() != 1) {
            return bin.free().isEmpty();
        }
        long start = bin.free().get(0).start();
        return classes.stream()
                .allMatch(itemClass -> start % itemClass.byteAlignment() == 0
                        && itemClass.byteSize() % itemClass.byteAlignment() == 0);
    }

    private long unitBytes() {
        long unitBytes = packing.lineBytes();
        for (ItemClass itemClass : classes) {
            unitBytes = gcd(unitBytes, itemClass.byteSize());
        }
        return unitBytes;
    }

    private static long gcd(long one, long other) {
        return other == 0 ? one : gcd(other, one % other);
    }

    /** {@return the cost of a line of a shape with items of these signatures, in ns per second} */
    double nanos(Shape shape, BitSet present) {
        BitSet items = shape.bin().fixed();
        for (int signature = present.nextSetBit(0); signature >= 0; signature = present.nextSetBit(signature + 1)) {
            items.set(signatures.get(signature));
        }
        return packing.cost().nanosPerSecond(items);
    }

    /** {@return the signatures of the item classes with a count above 0} */
    BitSet signaturesOf(int[] counts) {
        BitSet present = new BitSet();
        for (int itemClass = 0; itemClass < counts.length; itemClass++) {
            if (counts[itemClass] > 0) {
                present.set(classes.get(itemClass).signature());
            }
        }
        return present;
    }

    /** {@return whether these numbers of items of each class fit on a line, exactly} */
    boolean fits(Shape shape, int[] counts) {
        long bytes = 0;
        for (int itemClass = 0; itemClass < counts.length; itemClass++) {
            bytes += counts[itemClass] * classes.get(itemClass).byteSize();
        }
        if (bytes == 0 || bytes > shape.bin().freeBytes()) {
            return bytes == 0;
        }
        return shape.isPlain() || known.computeIfAbsent(key(shape, counts), any -> search(shape, counts));
    }

    private static List<Object> key(Shape shape, int[] counts) {
        List<Object> key = new ArrayList<>(List.of(shape.bins().get(0)));
        for (int itemClass = 0; itemClass < counts.length; itemClass++) {
            if (counts[itemClass] > 0) {
                key.add((itemClass << 12) + counts[itemClass]);
            }
        }
        return key;
    }

    private boolean search(Shape shape, int[] counts) {
        BitSet items = new BitSet();
        for (int itemClass = 0; itemClass < counts.length; itemClass++) {
            classes.get(itemClass).members().subList(0, counts[itemClass]).forEach(items::set);
        }
        List<ByteRange> free = shape.bin().free();
        return Shelf.places(free, packing.items(), items).isPresent();
    }

    /** {@return a line with these items; null when they do not fit} */
    LinePattern line(int shape, int[] counts) {
        Shape of = shapes.get(shape);
        return fits(of, counts) ? new LinePattern(shape, counts, nanos(of, signaturesOf(counts))) : null;
    }

    int[] demands() {
        return classes.stream()
                .mapToInt(itemClass -> itemClass.members().size())
                .toArray();
    }

    int[] bins() {
        return shapes.stream().mapToInt(shape -> shape.bins().size()).toArray();
    }

    /** {@return the cost of all bins with no item added, in ns per second} */
    double fixedNanos() {
        return shapes.stream()
                .mapToDouble(shape -> shape.fixedNanos() * shape.bins().size())
                .sum();
    }
}
