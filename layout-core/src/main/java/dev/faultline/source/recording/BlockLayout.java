package dev.faultline.source.recording;

import dev.faultline.access.file.AccessRow;
import dev.faultline.layout.AggregateKind;
import dev.faultline.layout.ByteRange;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.Member;
import dev.faultline.layout.Provenance;
import dev.faultline.layout.StructLayout;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes a layout of a block of memory of which no type is known: each run of bytes that was touched by the same or by
 * overlapping accesses is a field, named by its offset, {@code at_64}, unless rows name it. What lies between is not
 * known.
 */
final class BlockLayout {

    /** The most fields; of more, those are fields that were touched most often. */
    static final int MOST_FIELDS = 4096;

    /** Accesses of more bytes are copies, whose bytes are fields only where nothing else touches them. */
    private static final int WIDEST_VALUE = 16;

    private static final long ALIGNMENT = 8;
    private static final Map<Long, String> SPELLINGS = Map.of(1L, "u8", 2L, "u16", 4L, "u32", 8L, "u64");

    /** Names by offset, where rows tell them. */
    private final Map<Long, String> names = new HashMap<>();
    /** Ends of fields by their start, in bytes. */
    private final TreeMap<Long, Long> ends = new TreeMap<>();

    private BlockLayout() {}

    /**
     * {@return the layout of a block}
     *
     * @param type its name
     * @param rows its rows, at least one with an offset
     * @param source the name of the file
     */
    static StructLayout of(String type, List<AccessRow> rows, String source) {
        BlockLayout layout = new BlockLayout();
        List<AccessRow> kept = rows.stream()
                .filter(BlockLayout::isInBounds)
                .sorted(Comparator.comparingLong((AccessRow row) -> -row.count())
                        .thenComparing(AccessRow::key))
                .limit(MOST_FIELDS)
                .toList();
        kept.stream().filter(row -> width(row) <= WIDEST_VALUE).forEach(layout::addValue);
        kept.stream()
                .filter(row -> width(row) > WIDEST_VALUE)
                .sorted(Comparator.comparingLong(row -> -row.key().byteOffset())) // each ends where the next begins
                .forEach(layout::addCopy);
        kept.forEach(row -> {
            if (!row.key().field().isEmpty()) {
                layout.names.putIfAbsent(row.key().byteOffset(), row.key().field());
            }
        });
        List<Member> members = layout.members();
        long end = layout.ends.lastEntry().getValue();
        return StructLayout.of(
                type,
                AggregateKind.STRUCT,
                Math.min(ByteRange.roundUp(end, ALIGNMENT), StructLayout.MOST_BYTES),
                ALIGNMENT,
                members,
                Provenance.of(Provenance.Origin.RECORDED, source));
    }

    static boolean isInBounds(AccessRow row) {
        return row.key().byteOffset() >= 0 && row.key().byteOffset() + width(row) <= StructLayout.MOST_BYTES;
    }

    private static long width(AccessRow row) {
        return Math.max(1, row.bytes());
    }

    /** Adds the bytes of a value; what overlaps becomes one field. */
    private void addValue(AccessRow row) {
        long start = row.key().byteOffset();
        long end = start + width(row);
        for (Map.Entry<Long, Long> below = ends.lowerEntry(end);
                below != null && below.getValue() > start;
                below = ends.lowerEntry(end)) {
            start = Math.min(start, below.getKey());
            end = Math.max(end, below.getValue());
            ends.remove(below.getKey());
        }
        ends.put(start, end);
    }

    /** Adds the bytes of a copy up to the next field, unless it begins in one. */
    private void addCopy(AccessRow row) {
        long start = row.key().byteOffset();
        Map.Entry<Long, Long> before = ends.floorEntry(start);
        if (before != null && before.getValue() > start) {
            return;
        }
        Long next = ends.ceilingKey(start);
        long end = start + width(row);
        ends.put(start, next == null ? end : Math.min(end, next));
    }

    private List<Member> members() {
        List<Member> members = new ArrayList<>();
        long last = 0;
        for (Map.Entry<Long, Long> one : ends.entrySet()) {
            if (one.getKey() > last) {
                members.add(Member.notShown(last, one.getKey() - last));
            }
            String name = names.getOrDefault(one.getKey(), "at_" + one.getKey());
            members.add(Member.of(name, type(one.getValue() - one.getKey()), one.getKey()));
            last = one.getValue();
        }
        long rest = ByteRange.roundUp(last, ALIGNMENT) - last;
        if (rest > 0 && last + rest <= StructLayout.MOST_BYTES) {
            members.add(Member.notShown(last, rest));
        }
        return members;
    }

    private static FieldType type(long bytes) {
        String spelling = SPELLINGS.get(bytes);
        return spelling == null
                ? new FieldType.Opaque(bytes + " bytes", bytes, 1)
                : new FieldType.Scalar(spelling, bytes, 1);
    }
}
