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
 * The cost of a line in closed form, from the accesses of all tasks. It is fast enough to be evaluated millions of
 * times, and never falls when an item is added. The search uses it; reports use {@link
 * dev.faultline.cost.closedform.CostModel}.
 *
 * <p>On a line, a CPU executes {@code a} operations per second that load from it and {@code w} that change it by
 * atomic operations; where lines migrate, also those that load and store are among the {@code w}. Plain stores wait for
 * nothing and count for the other CPUs only. These execute {@code y} operations that write the line and {@code z} that
 * touch it, those {@code y} included. Times between operations are taken as exponentially distributed. So between two
 * of a CPU's {@code x} operations per second, an event of rate {@code y} happens with probability y/(x+y), which is
 * h(x, y) = xy/(x+y) times per second. The terms, each multiplied by the time of a transfer:
 *
 * <ul>
 *   <li>Copies lost to foreign writes and exclusive copies lost to foreign touches. If all own operations write, that
 *       is h(w, z); if all only read, h(a, y). If some write and some read, the foreign writers are charged to the
 *       readers or to the writers, whichever is more: the largest of h(a, y - u) + h(w, z - y + u) for u from 0 to y.
 *   <li>h(c, y) for {@code c} operations that load from the line before their first write to any line, and change it
 *       atomically later: they fetch the line twice, first to read and then to write, unless lines migrate.
 *   <li>Within an operation, 1 - exp(-yg) for each two consecutive accesses of the line that wait for it and are g
 *       apart, and exp(-yg) - exp(-zg) for each two consecutive atomic operations.
 * </ul>
 *
 * <p>The cost of touching a line is added for each operation that touches it. The writes of an operation that are at
 * most one transfer time apart count as one, and so do its touches. Of the writes of all other CPUs together, at most
 * one per transfer time counts, and likewise of their touches, since a line cannot move more often. The transfer time
 * is the mean over all CPUs that write.
 *
 * <p>Some costs are left out so that an added item never makes a line cheaper: upgrades that a CPU needs because
 * another of its operations read the line since; shorter transfers from a near CPU that wrote last; the second fetch
 * of an operation whose first write, to another line, comes before its loads; waits for stores in the store buffer; the
 * time for which a CPU keeps a line. Retries of compare-and-sets and queueing are left out because they hardly depend
 * on the layout. Below the limit of one per transfer time, two lines
 * that share no operation never cost less when merged.
 *
 * <p>An array of which each CPU uses its own element counts as one field: all its elements are on the line. Roles of
 * different phases do not disturb each other. Not safe for use by several threads.
 */
public final class WorkloadLineCost implements LineCost {

    /** Number of lines whose cost is cached. */
    private static final int MOST_CACHED = 1 << 17;

    private final TaskMoments[] taskMoments;
    private final PhaseCpus[] phases;
    /** Cost of touching the line, for each task, over all CPUs that execute it. */
    private final double[] touchNanos;

    private final BitSet[] moments;
    private final Map<BitSet, Double> cached = new HashMap<>();

    /**
     * Creates a line cost.
     *
     * @param workload the tasks and their fields
     * @param machine transfer times and touch cost
     * @param items for each item, the fields it stands for, by their indices in the workload
     */
    public WorkloadLineCost(Workload workload, Machine machine, List<BitSet> items) {
        List<Task> tasks = workload.tasks();
        taskMoments = new TaskMoments[tasks.size()];
        touchNanos = new double[tasks.size()];
        BitSet[] ofFields = new BitSet[workload.fields().size()];
        Arrays.setAll(ofFields, any -> new BitSet());
        int next = 0;
        for (int i = 0; i < taskMoments.length; i++) {
            Task task = tasks.get(i);
            taskMoments[i] = TaskMoments.of(task, next, ofFields);
            next = taskMoments[i].end();
            touchNanos[i] = task.ratePerSecond()
                    * task.cpus().size()
                    * machine.costs().lineTouchNanos().value();
        }
        List<PhaseCpus> found = new ArrayList<>();
        workload.phases().forEach(phase -> found.add(new PhaseCpus(workload, phase, machine)));
        phases = found.toArray(PhaseCpus[]::new);
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
        Double known = cached.get(all);
        if (known == null) {
            known = compute(all);
            if (cached.size() == MOST_CACHED) {
                cached.clear();
            }
            cached.put(all, known);
        }
        return known;
    }

    /** {@return the moments at which tasks access the item} */
    @Override
    public Object signature(int item) {
        return moments[item];
    }

    /** {@return the part of the cost caused by other CPUs: all but the cost of touching lines} */
    double coherenceNanosPerSecond(BitSet items) {
        double touched = 0;
        for (int task = 0; task < taskMoments.length; task++) {
            for (int item = items.nextSetBit(0); item >= 0; item = items.nextSetBit(item + 1)) {
                if (taskMoments[task].isIn(moments[item])) {
                    touched += touchNanos[task];
                    break;
                }
            }
        }
        return Math.max(0, nanosPerSecond(items) - touched);
    }

    private double compute(BitSet present) {
        double total = 0;
        TaskMoments.OnLine[] here = new TaskMoments.OnLine[taskMoments.length];
        for (int task = 0; task < here.length; task++) {
            if (taskMoments[task].isIn(present)) {
                here[task] = taskMoments[task].on(present);
                total += touchNanos[task];
            }
        }
        for (PhaseCpus phase : phases) {
            total += phase.nanosPerSecond(here);
        }
        return total;
    }
}
