package dev.faultline.reorder;

import dev.faultline.layout.FieldRef;
import dev.faultline.machine.Placement;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * What no layout undercuts wherever byte 0 stands: the touched fields, each on one line, at most a line's bytes on each, and
 * nothing else asked. A field that may lie across two lines counts with the half that one of them surely has; what shares an
 * aggregate is not held together.
 */
final class Relaxation {

    private Relaxation() {}

    /** {@return the bound, in ns a second, with how it was found} */
    static LowerBound of(Weighing weighing, Placement placement, Effort effort) {
        int lineBytes = weighing.lineBytes();
        List<FieldRef> fields = weighing.workload().fields();
        List<Item> items = new ArrayList<>();
        List<BitSet> touched = new ArrayList<>();
        List<Bin> bins = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            items.add(new Item(fields.get(i).path(), leastBytes(fields.get(i), placement, lineBytes), 1));
            BitSet one = new BitSet();
            one.set(i);
            touched.add(one);
            bins.add(Bin.empty(lineBytes));
        }
        if (items.isEmpty()) {
            return new LowerBound(0, "nobody is known to touch it", List.of());
        }
        Optional<Packed> packed =
                PackingSolver.solve(new Packing(lineBytes, items, bins, weighing.lineCost(touched)), effort);
        return packed.map(Packed::bound).orElseGet(() -> new LowerBound(0, "no bound was found", List.of()));
    }

    /** The bytes of a field that some line has at least, wherever it starts; bit-fields can share a byte. */
    private static long leastBytes(FieldRef field, Placement placement, int lineBytes) {
        long size = field.bytes().byteSize();
        if (field.bits().isPresent()) {
            return 1;
        }
        long alignment = Math.min(
                Math.min(field.type().byteAlignment(), placement.baseAlignment()),
                Long.lowestOneBit(field.bytes().start() | Long.highestOneBit(lineBytes)));
        boolean staysOnOne = size <= alignment && size <= lineBytes;
        return Math.min(lineBytes, staysOnOne ? size : (size + 1) / 2);
    }
}
