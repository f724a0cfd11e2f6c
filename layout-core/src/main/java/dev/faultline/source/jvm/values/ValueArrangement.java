package dev.faultline.source.jvm.values;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The offsets that the library gives to fields: group after group, those that ask for most alignment first, larger ones
 * before smaller ones; holes are filled where a field is smaller than the hole.
 */
final class ValueArrangement {

    /** First and last bit of a field, or of a hole. */
    private record Bits(long from, long to) {
        long size() {
            return to - from;
        }
    }

    private final Map<ValueField, Long> starts = new LinkedHashMap<>();
    private long watermark;

    /**
     * Arranges fields.
     *
     * @param fields the fields, in any order
     * @throws ValueRefusal when their order depends on the VM
     */
    ValueArrangement(List<ValueField> fields) {
        Map<Long, List<ValueField>> groups = new TreeMap<>();
        for (ValueField field : inOrderOfLibrary(fields)) {
            groups.computeIfAbsent(field.groupOrder, any -> new ArrayList<>()).add(field);
        }
        groups.values().forEach(this::arrange);
    }

    /** {@return for each field its first bit} */
    Map<ValueField, Long> starts() {
        return starts;
    }

    long byteSize() {
        return (watermark + Byte.SIZE - 1) / Byte.SIZE;
    }

    private static Comparator<ValueField> byAlignmentAndSize() {
        return Comparator.comparing(ValueField::maxAlignment)
                .thenComparing(ValueField::bits)
                .reversed();
    }

    /**
     * The library finds fields in the order of a HashMap of their names. That order is that of the hash codes; names in
     * one bucket are in the order in which the VM lists methods, which nothing promises.
     */
    private static List<ValueField> inOrderOfLibrary(List<ValueField> fields) {
        int buckets = 16;
        while (fields.size() > buckets * 3 / 4) {
            buckets *= 2;
        }
        int last = buckets - 1;
        List<ValueField> sorted = new ArrayList<>(fields);
        sorted.sort(Comparator.comparingInt(field -> bucket(field, last)));
        for (int i = 0; i < sorted.size(); i++) {
            for (int j = i + 1; j < sorted.size() && bucket(sorted.get(i), last) == bucket(sorted.get(j), last); j++) {
                ValueField one = sorted.get(i);
                ValueField other = sorted.get(j);
                boolean isTied = one.groupOrder == other.groupOrder
                        && byAlignmentAndSize().compare(one, other) == 0;
                if (isTied) {
                    throw new ValueRefusal("which of " + one.name + " and " + other.name
                            + " comes first depends on the VM: give them different groups (@Group)");
                }
            }
        }
        return sorted;
    }

    private static int bucket(ValueField field, int last) {
        int hash = field.name.hashCode();
        return (hash ^ hash >>> 16) & last;
    }

    private void arrange(List<ValueField> group) {
        group.sort(byAlignmentAndSize());
        // Of two holes of one size the library keeps one.
        TreeSet<Bits> holes = new TreeSet<>(Comparator.comparing(Bits::size).reversed());
        for (ValueField field : group) {
            if (!fill(field, holes)) {
                append(field, holes);
            }
        }
    }

    private boolean fill(ValueField field, TreeSet<Bits> holes) {
        for (Bits hole : holes) {
            long start = aligned(hole.from(), field);
            long end = start + field.bits();
            if (end < hole.to() && isWithin(start, field)) {
                starts.put(field, start);
                holes.remove(hole);
                if (hole.from() != start) {
                    holes.add(new Bits(hole.from(), start));
                }
                holes.add(new Bits(end, hole.to()));
                return true;
            }
        }
        return false;
    }

    private void append(ValueField field, TreeSet<Bits> holes) {
        long start = aligned(watermark, field);
        if (!isWithin(start, field)) {
            start = roundUp(watermark, field.crossBytes() * (long) Byte.SIZE);
        }
        starts.put(field, start);
        if (start > watermark) {
            holes.add(new Bits(watermark, start));
        }
        watermark = start + field.bits();
    }

    private static long aligned(long bit, ValueField field) {
        return roundUp(bit, Math.max(1, field.offsetBytes() * (long) Byte.SIZE));
    }

    private static boolean isWithin(long start, ValueField field) {
        long boundary = field.crossBytes() * (long) Byte.SIZE;
        return boundary == 0 || start / boundary == (start + field.bits() - 1) / boundary;
    }

    private static long roundUp(long number, long multiple) {
        return (number + multiple - 1) / multiple * multiple;
    }
}
