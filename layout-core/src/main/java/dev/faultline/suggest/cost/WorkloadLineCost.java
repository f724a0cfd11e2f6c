package dev.faultline.suggest.cost;

import dev.faultline.cost.Task;
import dev.faultline.cost.Workload;
import dev.faultline.machine.Machine;
import dev.faultline.suggest.packing.LineCost;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The cost of a line in closed form, from who does what: simple enough to be asked millions of times, and never less with one
 * more item. Reports are made with {@link dev.faultline.cost.closedform.CostModel}; this is what layouts are searched by.
 *
 * <p>On a line, a CPU does {@code a} operations a second that only read it and {@code w} that write it; other CPUs that
 * run at the same time do {@code y} that write it and {@code z}, those among them, that touch it. Times between operations
 * are taken as exponential, so between two of a CPU's {@code x} operations a second something of rate {@code y} happens with
 * the chance y/(x+y), and h(x, y) = xy/(x+y) times a second. The terms, each times a transfer:
 *
 * <ul>
 *   <li>Copies lost to foreign writes and exclusive copies lost to foreign touches. Where all own operations write, that
 *       is h(w, z); where all only read, h(a, y). Where some do, the foreign writers are charged to the readers or to the
 *       writers, whichever is more: the largest of h(a, y - u) + h(w, z - y + u) for u from 0 to y.
 *   <li>h(c, y), {@code c} operations that load something here before they have written anything at all, and write here later: they
 *       fetch the line twice, to read and to write.
 *   <li>Within an operation, for each two consecutive accesses of the line g apart, 1 - exp(-yg); for each two consecutive
 *       writes besides, exp(-yg) - exp(-zg).
 * </ul>
 *
 * <p>To these comes the cost of a touched line for each operation that touches it. An operation's writes count as one where they are
 * no more than a transfer apart, and so do its touches; no more than one of either a transfer is counted of all others together, for a
 * line cannot move more often. A transfer takes the mean over the CPUs that write at all.
 *
 * <p>Left out, so that one more item never makes a line cheaper: upgrades that a CPU needs because another of its operations
 * has read the line since; that data comes from nearer when a near CPU wrote last; that an operation whose first write comes
 * before its loads, but on another line, fetches this one twice. Left out because it hardly depends on the layout: retries of
 * compare-and-sets, and queues. Below the limit of one a transfer, lines with no operation in common never cost less as
 * one.
 *
 * <p>An array of which each CPU uses its own element counts as one field: it is on the line with all its elements. Roles of
 * different phases do not disturb each other. Not for use by several threads at once.
 */
public final class WorkloadLineCost implements LineCost {

    /** Lines remembered at a time. */
    private static final int MOST_REMEMBERED = 1 << 17;

    private final TaskMoments[] visits;
    private final PhaseCpus[] crowds;
    /** Cost of a touched line, of all CPUs that do the task. */
    private final double[] touchNanos;

    private final BitSet[] moments;
    private final Map<BitSet, Double> remembered = new HashMap<>();

    /**
     * A cost of lines.
     *
     * @param workload who does what
     * @param machine what moving a line costs
     * @param items for each item the fields it stands for, by their indices in the workload
     */
    public WorkloadLineCost(Workload workload, Machine machine, List<BitSet> items) {
        List<Task> tasks = workload.tasks();
        visits = new TaskMoments[tasks.size()];
        touchNanos = new double[tasks.size()];
        BitSet[] ofFields = new BitSet[workload.fields().size()];
        Arrays.setAll(ofFields, any -> new BitSet());
        int next = 0;
        for (int i = 0; i < visits.length; i++) {
            Task task = tasks.get(i);
            visits[i] = TaskMoments.of(task, next, ofFields);
            next = visits[i].end();
            touchNanos[i] = task.ratePerSecond()
                    * task.cpus().size()
                    * machine.costs().lineTouchNanos().value();
        }
        List<PhaseCpus> found = new ArrayList<>();
        workload.phases().forEach(phase -> found.add(new PhaseCpus(workload, phase, machine)));
        crowds = found.toArray(PhaseCpus[]::new);
        moments = items.stream().map(fields -> union(fields, ofFields)).toArray(BitSet[]::new);
    }

    private static BitSet union(BitSet fields, BitSet[] ofFields) {
        BitSet all = new BitSet();
        fields.stream().forEach(field -> all.or(ofFields[field]));
        return all;
    }

    @Override
    public double nanosPerSecond(BitSet items) {
        BitSet all = new BitSet();
        for (int item = items.nextSetBit(0); item >= 0; item = items.nextSetBit(item + 1)) {
            all.or(moments[item]);
        }
        Double known = remembered.get(all);
        if (known == null) {
            known = compute(all);
            if (remembered.size() == MOST_REMEMBERED) {
                remembered.clear();
            }
            remembered.put(all, known);
        }
        return known;
    }

    /** What the item's fields are, to a line: which task does what to them, and when. */
    @Override
    public Object signature(int item) {
        return moments[item];
    }

    /** {@return the part of the cost that is due to other CPUs: all but the touched lines} */
    double coherenceNanosPerSecond(BitSet items) {
        double touched = 0;
        for (int task = 0; task < visits.length; task++) {
            for (int item = items.nextSetBit(0); item >= 0; item = items.nextSetBit(item + 1)) {
                if (visits[task].isIn(moments[item])) {
                    touched += touchNanos[task];
                    break;
                }
            }
        }
        return Math.max(0, nanosPerSecond(items) - touched);
    }

    private double compute(BitSet present) {
        double total = 0;
        TaskMoments.OnLine[] here = new TaskMoments.OnLine[visits.length];
        for (int task = 0; task < here.length; task++) {
            if (visits[task].isIn(present)) {
                here[task] = visits[task].on(present);
                total += touchNanos[task];
            }
        }
        for (PhaseCpus crowd : crowds) {
            total += crowd.nanosPerSecond(here);
        }
        return total;
    }
}
