package dev.faultline.cost;

import dev.faultline.access.Elements;
import dev.faultline.api.Internal;
import dev.faultline.layout.FieldRef;
import dev.faultline.layout.StructLayout;
import dev.faultline.machine.Placement;
import java.util.ArrayList;
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

    /** {@return the map without false sharing: every field, and each element that CPUs use apart, has its own lines} */
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

    /** {@return this map with each element of one array on lines of its own} */
    public LineMap spreading(int field) {
        BitSet spread = (BitSet) apart.clone();
        spread.set(field);
        return new LineMap(fields, lineBytes, startByte, spread);
    }

    /** {@return the size of a line in bytes} */
    public int lineBytes() {
        return lineBytes;
    }

    /** {@return whether each element of a field is on lines of its own} */
    boolean isApart(int field) {
        return apart.get(field);
    }

    /** {@return the fields of which each element is on lines of its own, by index} */
    BitSet apart() {
        return (BitSet) apart.clone();
    }

    /** {@return the first byte of a field, or of the element that a CPU touches, counted from the start of line 0} */
    long startOf(Step step, int cpu) {
        return switch (step.elements().choice()) {
            case OWN -> startOf(step, (long) cpu);
            case ONE -> startOf(step, step.elements().index());
            case WHOLE, ANY, ALL -> startByte[step.field()];
        };
    }

    /** {@return the first byte of an element} */
    long startOf(Step step, long index) {
        long element = index % step.elements().count();
        return apart.get(step.field())
                ? startByte[step.field()] + (element + 1) * FRESH * 4
                : startByte[step.field()] + element * step.elements().strideBytes();
    }

    /** {@return whether a step touches all elements and there are lines between them that it does not touch} */
    boolean isLeavingLinesOut(Step step) {
        Elements elements = step.elements();
        return elements.choice() == Elements.Choice.ALL && elements.strideBytes() - elements.byteSize() >= lineBytes;
    }

    /** {@return the number of bytes a step touches, at least 1} */
    public long bytesOf(Step step) {
        return bytesOf(fields, step);
    }

    /** {@return the number of bytes a step touches, at least 1; of all elements, those between them included} */
    public static long bytesOf(List<FieldRef> fields, Step step) {
        if (step.field() == Step.NOWHERE) {
            return 1;
        }
        return switch (step.elements().choice()) {
            case WHOLE, ALL -> Math.max(1, fields.get(step.field()).bytes().byteSize());
            case OWN, ONE, ANY -> Math.max(1, step.elements().byteSize());
        };
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
        int residues = placement.residues(lineBytes);
        List<LineMap> all = new ArrayList<>(residues);
        for (int i = 0; i < residues; i++) {
            all.add(of(fields, lineBytes, i * placement.baseAlignment()));
        }
        return all;
    }
}
