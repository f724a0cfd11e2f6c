package dev.faultline.suggest.cost;

import dev.faultline.layout.FieldRef;
import dev.faultline.machine.Placement;
import dev.faultline.suggest.packing.Bin;
import dev.faultline.suggest.packing.Item;
import dev.faultline.suggest.packing.LowerBound;
import dev.faultline.suggest.packing.Packing;
import dev.faultline.suggest.packing.PackingSolution;
import dev.faultline.suggest.packing.PackingSolver;
import dev.faultline.suggest.packing.SearchEffort;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What no layout undercuts wherever byte 0 stands: the touched fields, each on one line, at most a line's bytes on each, and
 * nothing else asked. A field that may lie across two lines counts with the half that one of them surely has; what shares an
 * aggregate is not held together. Of fields that share bytes and may lie across two lines one counts.
 */
public final class RelaxedBound {

    /** More fields than these make a weak bound anyway; leaving out the cheaper ones leaves it a bound. */
    private static final int MOST_ITEMS = 48;

    private final LayoutCostEvaluator evaluator;
    private final long baseAlignment;
    private final SearchEffort effort;
    private final List<Item> items = new ArrayList<>();
    private final List<BitSet> touched = new ArrayList<>();
    private LowerBound found;

    /**
     * A bound to be found when it is asked for.
     *
     * @param evaluator who touches what
     * @param placement where byte 0 may stand
     * @param byteAlignment alignment of the struct
     * @param effort how long to look
     */
    public RelaxedBound(LayoutCostEvaluator evaluator, Placement placement, long byteAlignment, SearchEffort effort) {
        this.evaluator = evaluator;
        this.baseAlignment = Math.min(placement.baseAlignment(), byteAlignment);
        this.effort = effort;
    }

    /** {@return the bound, in ns a second, with how it was found} */
    public LowerBound bound() {
        if (found == null) {
            found = find();
        }
        return found;
    }

    private LowerBound find() {
        List<FieldRef> fields = evaluator.workload().fields();
        List<Integer> order = IntStream.range(0, fields.size())
                .boxed()
                .sorted(Comparator.comparing(i -> fields.get(i).bytes()))
                .toList();
        for (int from = 0; from < order.size(); ) {
            int to = from + 1;
            long end = fields.get(order.get(from)).bytes().end();
            while (to < order.size() && fields.get(order.get(to)).bytes().start() < end) {
                end = Math.max(end, fields.get(order.get(to)).bytes().end());
                to++;
            }
            add(order.subList(from, to), end);
            from = to;
        }
        if (items.isEmpty()) {
            return new LowerBound(0, "nobody is known to touch it", List.of());
        }
        List<Integer> dearest = IntStream.range(0, items.size())
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -evaluator.nanosPerSecond(touched.get(i))))
                .limit(MOST_ITEMS)
                .toList();
        int lineBytes = evaluator.lineBytes();
        Packing packing = new Packing(
                lineBytes,
                dearest.stream().map(items::get).toList(),
                dearest.stream().map(any -> Bin.empty(lineBytes)).toList(),
                evaluator.lineCost(dearest.stream().map(touched::get).toList()));
        String part = items.size() > MOST_ITEMS ? "of the " + MOST_ITEMS + " dearest fields alone: " : "";
        return PackingSolver.solve(packing, effort)
                .map(PackingSolution::bound)
                .map(bound -> new LowerBound(bound.value(), part + bound.how(), List.of()))
                .orElseGet(() -> new LowerBound(0, "no bound was found", List.of()));
    }

    /** Fields that share bytes, mostly one. */
    private void add(List<Integer> sharing, long end) {
        List<FieldRef> fields = evaluator.workload().fields();
        FieldRef first = fields.get(sharing.get(0));
        long start = first.bytes().start();
        long alignment = 1;
        for (int i : sharing) {
            FieldRef field = fields.get(i);
            alignment = Math.max(
                    alignment,
                    field.bits().isPresent()
                            ? Long.highestOneBit(field.type().byteSize())
                            : field.type().byteAlignment());
        }
        alignment = Math.min(Math.min(alignment, baseAlignment), evaluator.lineBytes());
        BitSet touches = new BitSet();
        if (start / alignment == (end - 1) / alignment) {
            sharing.forEach(touches::set);
            add(first, end - start, touches);
        } else {
            touches.set(sharing.get(0));
            long size = first.bytes().byteSize();
            add(first, Math.min(evaluator.lineBytes(), (size + 1) / 2), touches);
        }
    }

    private void add(FieldRef field, long byteSize, BitSet touches) {
        items.add(new Item(field.path(), byteSize, 1));
        touched.add(touches);
    }
}
