package dev.faultline.suggest.cost;

import dev.faultline.cost.Cost;
import dev.faultline.cost.LineMap;
import dev.faultline.cost.Workload;
import dev.faultline.cost.closedform.CostModel;
import dev.faultline.layout.ByteRange;
import dev.faultline.layout.FieldRef;
import dev.faultline.machine.Machine;
import dev.faultline.machine.Placement;
import dev.faultline.suggest.Figures;
import dev.faultline.suggest.packing.LineCost;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.TreeSet;

/** What a workload costs wherever its fields are put, by the closed form and by the sum of line costs. */
public final class LayoutCostEvaluator {

    private final Workload workload;
    private final CostModel model;
    private final LineCost perLine;

    public LayoutCostEvaluator(Workload workload, CostModel model) {
        this.workload = workload;
        this.model = model;
        List<BitSet> fields = new ArrayList<>();
        for (int i = 0; i < workload.fields().size(); i++) {
            BitSet one = new BitSet();
            one.set(i);
            fields.add(one);
        }
        this.perLine = new WorkloadLineCost(workload, model.machine(), fields);
    }

    /** {@return the same accesses on a machine with smaller lines, as blocks of a line that always start alike} */
    public LayoutCostEvaluator inBlocksOf(int blockBytes) {
        return new LayoutCostEvaluator(workload, new CostModel(machine().withLineBytes(blockBytes, "blocks")));
    }

    public Workload workload() {
        return workload;
    }

    Machine machine() {
        return model.machine();
    }

    public int lineBytes() {
        return machine().lineBytes().value();
    }

    /** {@return the cost of a line as a function of items, each of which stands for some fields of the workload} */
    public LineCost lineCost(List<BitSet> items) {
        return new WorkloadLineCost(workload, machine(), items);
    }

    /** {@return the cost of a line with these fields of the workload on it, in ns a second} */
    public double nanosPerSecond(BitSet fields) {
        return perLine.nanosPerSecond(fields);
    }

    public Cost cost(List<FieldRef> fields, Placement placement) {
        return model.cost(workload, LineMap.all(fields, lineBytes(), placement));
    }

    public Cost cost(List<LineMap> placements) {
        return model.cost(workload, placements);
    }

    public Figures figures(List<FieldRef> fields, long byteSize, Placement placement) {
        int residues = placement.residues(lineBytes());
        double sum = 0;
        int lines = 0;
        for (int i = 0; i < residues; i++) {
            Tally tally = tally(fields, i * placement.baseAlignment());
            sum += tally.nanos;
            lines = Math.max(lines, (int) Math.min(Integer.MAX_VALUE, tally.lines));
        }
        double nanos = cost(fields, placement).nanosPerSecond(workload);
        return new Figures(nanos, sum / residues, byteSize, lines);
    }

    private record Tally(double nanos, long lines) {}

    /** Lines between two of which nothing begins or ends are alike and are looked at once. */
    private Tally tally(List<FieldRef> fields, long baseResidue) {
        int lineBytes = lineBytes();
        TreeSet<Long> cuts = new TreeSet<>();
        for (FieldRef field : fields) {
            cuts.add(first(field.bytes(), baseResidue, lineBytes));
            cuts.add(last(field.bytes(), baseResidue, lineBytes) + 1);
        }
        List<Long> starts = new ArrayList<>(cuts);
        List<BitSet> sets = new ArrayList<>();
        starts.forEach(any -> sets.add(new BitSet()));
        for (int i = 0; i < fields.size(); i++) {
            int from = java.util.Collections.binarySearch(
                    starts, first(fields.get(i).bytes(), baseResidue, lineBytes));
            int to = java.util.Collections.binarySearch(
                    starts, last(fields.get(i).bytes(), baseResidue, lineBytes) + 1);
            for (int k = from; k < to; k++) {
                sets.get(k).set(i);
            }
        }
        double nanos = 0;
        long lines = 0;
        for (int k = 0; k + 1 < starts.size(); k++) {
            if (!sets.get(k).isEmpty()) {
                long alike = starts.get(k + 1) - starts.get(k);
                nanos += alike * perLine.nanosPerSecond(sets.get(k));
                lines += alike;
            }
        }
        return new Tally(nanos, lines);
    }

    private static long first(ByteRange bytes, long baseResidue, int lineBytes) {
        return Placement.blockOf(bytes.start(), baseResidue, lineBytes);
    }

    private static long last(ByteRange bytes, long baseResidue, int lineBytes) {
        return Placement.blockOf(bytes.end() - 1, baseResidue, lineBytes);
    }
}
