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
 * A lower bound for any layout in any placement. It packs the touched fields, each onto one line with at most a
 * line's bytes, and ignores all other constraints. A field that may straddle two lines counts with half its size,
 * since one of the lines holds at least that much; members of an aggregate need not stay together. Of overlapping
 * fields that may straddle two lines only one counts.
 */
public final class RelaxedBound {

    /** With more fields the bound is weak anyway; leaving out the cheaper ones keeps it valid. */
    private static final int MOST_ITEMS = 48;

    private final LayoutCostEvaluator evaluator;
    private final long baseAlignment;
    private final SearchEffort effort;
    private final List<Item> items = new ArrayList<>();
    private final List<BitSet> touched = new ArrayList<>();
    private LowerBound found;

    /**
     * Creates a bound that is computed on first use.
     *
     * @param evaluator costs
     * @param placement where byte 0 may be on a line
     * @param byteAlignment alignment of the struct, in bytes
     * @param effort effort for the packing
     */
    public RelaxedBound(LayoutCostEvaluator evaluator, Placement placement, long byteAlignment, SearchEffort effort) {
        this.evaluator = evaluator;
        this.baseAlignment = Math.min(placement.baseAlignment(), byteAlignment);
        this.effort = effort;
    }

    /** {@return the bound, in ns per second, and how it was found} */
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
            return new LowerBound(0, "no known access", List.of());
        }
        List<Integer> mostExpensive = IntStream.range(0, items.size())
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -evaluator.nanosPerSecond(touched.get(i))))
                .limit(MOST_ITEMS)
                .toList();
        int lineBytes = evaluator.lineBytes();
        Packing packing = new Packing(
                lineBytes,
                mostExpensive.stream().map(items::get).toList(),
                mostExpensive.stream().map(any -> Bin.empty(lineBytes)).toList(),
                evaluator.lineCost(mostExpensive.stream().map(touched::get).toList()));
        String scope = items.size() > MOST_ITEMS ? "for the " + MOST_ITEMS + " most expensive fields only: " : "";
        return PackingSolver.solve(packing, effort)
                .map(PackingSolution::bound)
                .map(bound -> new LowerBound(bound.value(), scope + bound.how(), List.of()))
                .orElseGet(() -> new LowerBound(0, "no bound found", List.of()));
    }

    /** Adds an item for fields that share bytes; most often that is one field. */
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
