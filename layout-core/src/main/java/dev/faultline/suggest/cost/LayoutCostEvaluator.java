package dev.faultline.suggest.cost;

import dev.faultline.cost.Cost;
import dev.faultline.cost.LineMap;
import dev.faultline.cost.Task;
import dev.faultline.cost.Workload;
import dev.faultline.cost.closedform.CostModel;
import dev.faultline.layout.ByteRange;
import dev.faultline.layout.FieldRef;
import dev.faultline.machine.Machine;
import dev.faultline.machine.Placement;
import dev.faultline.suggest.Contribution;
import dev.faultline.suggest.Figures;
import dev.faultline.suggest.Gain;
import dev.faultline.suggest.packing.LineCost;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.function.IntToDoubleFunction;

/** Computes the cost of a workload for any field offsets, by the closed form and by the sum of line costs. */
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

    /**
     * {@return an evaluator of the same workload on a machine with smaller lines: blocks of this size start at the
     * same bytes in every placement}
     */
    public LayoutCostEvaluator inBlocksOf(int blockBytes) {
        return new LayoutCostEvaluator(workload, new CostModel(machine().withLineBytes(blockBytes, "blocks")));
    }

    public Workload workload() {
        return workload;
    }

    /** {@return the indices of the fields that an operation writes} */
    public BitSet writtenFields() {
        BitSet written = new BitSet();
        workload.tasks().stream()
                .flatMap(task -> task.steps().stream())
                .filter(step -> step.primitive().writes())
                .forEach(step -> written.set(step.field()));
        return written;
    }

    Machine machine() {
        return model.machine();
    }

    public int lineBytes() {
        return machine().lineBytes().value();
    }

    /**
     * {@return the cost of a line as a function of the items on it}
     *
     * @param items for each item, the fields of the workload it stands for
     */
    public LineCost lineCost(List<BitSet> items) {
        return new WorkloadLineCost(workload, machine(), items);
    }

    /** {@return the cost of a line with these fields of the workload, in ns per second} */
    public double nanosPerSecond(BitSet fields) {
        return perLine.nanosPerSecond(fields);
    }

    public Cost cost(List<FieldRef> fields, Placement placement) {
        return model.cost(workload, LineMap.all(fields, lineBytes(), placement));
    }

    public Cost cost(List<LineMap> placements) {
        return model.cost(workload, placements);
    }

    /** {@return the gain of each task, in the order of the workload} */
    public List<Gain> gains(Cost before, Cost after) {
        List<Gain> gains = new ArrayList<>();
        for (int i = 0; i < workload.tasks().size(); i++) {
            Task task = workload.tasks().get(i);
            gains.add(new Gain(
                    task.role(),
                    task.operation(),
                    task.cpus().size(),
                    task.ratePerSecond(),
                    before.operations().get(i).totalNanos(),
                    after.operations().get(i).totalNanos()));
        }
        return gains;
    }

    /**
     * Sums up what all tasks would lose if fields went back to the line of others.
     *
     * @param fields paths of the fields
     * @param apartFrom paths of the others
     * @param lostNanos time that a task would lose per execution, in ns, by its number
     * @return the contribution of the separation
     */
    public Contribution contribution(List<String> fields, List<String> apartFrom, IntToDoubleFunction lostNanos) {
        double total = 0;
        double most = Double.NEGATIVE_INFINITY;
        int worst = 0;
        for (int i = 0; i < workload.tasks().size(); i++) {
            Task task = workload.tasks().get(i);
            double cpus = lostNanos.applyAsDouble(i)
                    * task.ratePerSecond()
                    * task.cpus().size()
                    * 1e-9;
            total += cpus;
            if (cpus > most) {
                most = cpus;
                worst = i;
            }
        }
        Task task = workload.tasks().get(worst);
        return new Contribution(
                fields, apartFrom, total, task.role(), task.operation(), lostNanos.applyAsDouble(worst));
    }

    public Figures figures(List<FieldRef> fields, long byteSize, Placement placement) {
        int residues = placement.residues(lineBytes());
        double sum = 0;
        int lines = 0;
        for (int i = 0; i < residues; i++) {
            LineCosts costs = lineCosts(fields, i * placement.baseAlignment());
            sum += costs.nanos;
            lines = Math.max(lines, (int) Math.min(Integer.MAX_VALUE, costs.lines));
        }
        double nanos = cost(fields, placement).nanosPerSecond(workload);
        return new Figures(nanos, sum / residues, byteSize, lines);
    }

    private record LineCosts(double nanos, long lines) {}

    /** Sums the line costs in one placement. Consecutive lines that hold the same fields are computed once. */
    private LineCosts lineCosts(List<FieldRef> fields, long baseResidue) {
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
            int from = Collections.binarySearch(starts, first(fields.get(i).bytes(), baseResidue, lineBytes));
            int to = Collections.binarySearch(starts, last(fields.get(i).bytes(), baseResidue, lineBytes) + 1);
            for (int k = from; k < to; k++) {
                sets.get(k).set(i);
            }
        }
        double nanos = 0;
        long lines = 0;
        for (int k = 0; k + 1 < starts.size(); k++) {
            if (!sets.get(k).isEmpty()) {
                long count = starts.get(k + 1) - starts.get(k);
                nanos += count * perLine.nanosPerSecond(sets.get(k));
                lines += count;
            }
        }
        return new LineCosts(nanos, lines);
    }

    private static long first(ByteRange bytes, long baseResidue, int lineBytes) {
        return Placement.blockOf(bytes.start(), baseResidue, lineBytes);
    }

    private static long last(ByteRange bytes, long baseResidue, int lineBytes) {
        return Placement.blockOf(bytes.end() - 1, baseResidue, lineBytes);
    }
}
