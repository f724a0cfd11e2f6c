package dev.faultline.cost;

import dev.faultline.api.Internal;
import dev.faultline.layout.FieldRef;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.StructLayout;
import dev.faultline.machine.Placement;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;

/**
 * The lines on which each field of a workload lies: a layout in one placement, or a hypothetical rearrangement that no
 * compiler needs to produce. Lines are numbered; fields on different numbers never share a line.
 */
@Internal
public final class LineMap {

    /** Larger than any layout, so that lines beyond it are unused. */
    private static final long FRESH = StructLayout.MOST_BYTES;
    /** A number below those of all lines. */
    private static final long NO_LINE = Long.MIN_VALUE / 2;

    private final List<FieldRef> fields;
    private final int lineBytes;
    private final long[] startByte;
    /** Indices of arrays whose elements each have a line of their own. */
    private final BitSet apart;

    private LineMap(List<FieldRef> fields, int lineBytes, long[] startByte, BitSet apart) {
        this.fields = fields;
        this.lineBytes = lineBytes;
        this.startByte = startByte;
        this.apart = apart;
    }

    /**
     * The lines of a layout.
     *
     * @param fields the fields, with their bytes in the layout
     * @param lineBytes size of a line
     * @param baseResidue offset of byte 0 within its line
     * @return the map
     */
    public static LineMap of(List<FieldRef> fields, int lineBytes, long baseResidue) {
        long[] start = new long[fields.size()];
        for (int i = 0; i < start.length; i++) {
            start[i] = fields.get(i).bytes().start() + baseResidue;
        }
        return new LineMap(fields, lineBytes, start, new BitSet());
    }

    /** {@return the map in which every field, and each CPU's own element, has lines of its own: no false sharing} */
    public static LineMap apart(List<FieldRef> fields, int lineBytes) {
        long[] start = new long[fields.size()];
        long next = FRESH;
        for (int i = 0; i < start.length; i++) {
            start[i] = next;
            next += (fields.get(i).bytes().byteSize() / lineBytes + 2) * lineBytes;
        }
        BitSet all = new BitSet();
        all.set(0, start.length);
        return new LineMap(fields, lineBytes, start, all);
    }

    /**
     * This map with some fields moved together to unused lines.
     *
     * @param moved indices of the fields to move; they are placed one after the other, and a field that would cross a
     *     line starts the next one
     * @return the map; every other field stays where it is
     */
    public LineMap moving(Collection<Integer> moved) {
        long[] start = startByte.clone();
        long next = 2 * FRESH;
        for (int field : moved) {
            long size = fields.get(field).bytes().byteSize();
            boolean fits = next % lineBytes + size <= lineBytes;
            next = fits ? next : (next / lineBytes + 1) * lineBytes;
            start[field] = next;
            next += size;
        }
        return new LineMap(fields, lineBytes, start, apart);
    }

    /** {@return this map with the bytes from {@code fromByte} on moved by {@code byBytes}, which may be negative} */
    public LineMap shifting(long fromByte, long byBytes) {
        long[] start = startByte.clone();
        for (int i = 0; i < start.length; i++) {
            if (fields.get(i).bytes().start() >= fromByte) {
                start[i] += byBytes;
            }
        }
        return new LineMap(fields, lineBytes, start, apart);
    }

    /** {@return this map with some fields moved to the offset of another, whatever their size} */
    public LineMap joining(int host, Collection<Integer> guests) {
        long[] start = startByte.clone();
        guests.forEach(field -> start[field] = start[host]);
        return new LineMap(fields, lineBytes, start, apart);
    }

    /** {@return this map with each CPU's element of one array on lines of its own} */
    public LineMap spreading(int field) {
        BitSet spread = (BitSet) apart.clone();
        spread.set(field);
        return new LineMap(fields, lineBytes, startByte, spread);
    }

    /** {@return the size of a line in bytes} */
    public int lineBytes() {
        return lineBytes;
    }

    /** {@return the first byte of a field, or of the CPU's own element of it, counted from the start of line 0} */
    long startOf(Step step, int cpu) {
        if (!step.ownElement()) {
            return startByte[step.field()];
        }
        FieldType.Array array = (FieldType.Array) fields.get(step.field()).type();
        long element = cpu % Math.max(1, array.count());
        return apart.get(step.field())
                ? startByte[step.field()] + (element + 1) * FRESH * 4
                : startByte[step.field()] + element * array.element().byteSize();
    }

    /** {@return the number of bytes a step touches, at least 1} */
    public long bytesOf(Step step) {
        return bytesOf(fields, step);
    }

    /** {@return the number of bytes a step touches, at least 1} */
    public static long bytesOf(List<FieldRef> fields, Step step) {
        if (step.field() == Step.NOWHERE) {
            return 1;
        }
        FieldRef field = fields.get(step.field());
        long bytes = step.ownElement()
                ? ((FieldType.Array) field.type()).element().byteSize()
                : field.bytes().byteSize();
        return Math.max(1, bytes);
    }

    /** {@return the first line a step touches on a CPU} */
    public long firstLine(Step step, int cpu) {
        if (step.field() == Step.NOWHERE) {
            return NO_LINE;
        }
        return Math.floorDiv(startOf(step, cpu), (long) lineBytes);
    }

    /** {@return the last line a step touches on a CPU; less than the first when it touches none} */
    public long lastLine(Step step, int cpu) {
        if (step.field() == Step.NOWHERE) {
            return NO_LINE - 1;
        }
        return Math.floorDiv(startOf(step, cpu) + bytesOf(step) - 1, (long) lineBytes);
    }

    /** {@return the maps of a layout in every placement, in order of residue} */
    public static List<LineMap> all(List<FieldRef> fields, int lineBytes, Placement placement) {
        return java.util.stream.IntStream.range(0, placement.residues(lineBytes))
                .mapToObj(i -> of(fields, lineBytes, i * placement.baseAlignment()))
                .toList();
    }
}
