package dev.faultline.suggest.packing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Searches the cheapest choice among given lines that places every item once. The reduced cost of a line beyond the
 * least of its shape is lost for good, so a branch ends where the losses exceed the gap.
 */
final class SetPartitionSearch {

    private static final int MOST_STATES = 1 << 20;

    private final AggregatedPacking problem;
    private final EffortMeter effortLeft;
    /** For each item class, the lines that contain it, by rising loss. */
    private final List<List<Choice>> with = new ArrayList<>();
    /** Item classes by rising number of lines. */
    private final Integer[] order;

    private final int[] demand;
    private final int[] bins;
    private final List<LinePattern> chosen = new ArrayList<>();
    /** The least cost at which each state of open demands and bins was reached. */
    private final Map<List<Integer>, Double> seen = new HashMap<>();

    private final double bound;
    private List<LinePattern> best;
    private double bestNanos;

    private record Choice(LinePattern line, double loss) {}

    SetPartitionSearch(
            AggregatedPacking problem, List<LinePattern> lines, ColumnGeneration columns, EffortMeter effortLeft) {
        this.problem = problem;
        this.effortLeft = effortLeft;
        this.bound = columns.value();
        int classes = problem.classes.size();
        for (int itemClass = 0; itemClass < classes; itemClass++) {
            with.add(new ArrayList<>());
        }
        for (LinePattern line : lines) {
            Choice choice = new Choice(line, Math.max(0, columns.loss(line)));
            for (int itemClass = 0; itemClass < classes; itemClass++) {
                if (line.counts()[itemClass] > 0) {
                    with.get(itemClass).add(choice);
                }
            }
        }
        with.forEach(choices -> choices.sort(Comparator.comparingDouble(Choice::loss)));
        order = new Integer[classes];
        Arrays.setAll(order, itemClass -> itemClass);
        Arrays.sort(
                order, Comparator.comparingInt(itemClass -> with.get(itemClass).size()));
        demand = problem.demands();
        bins = problem.bins();
    }

    /**
     * {@return whether the search was complete; if so, no solution but {@link #best} costs less than a value}
     *
     * @param nanos the value, in ns per second
     */
    boolean search(double nanos) {
        bestNanos = nanos;
        return search(0, 0, 0);
    }

    /** {@return the lines of the best solution found, without empty bins; null when there is none} */
    List<LinePattern> best() {
        return best;
    }

    private boolean search(int at, double lost, double spent) {
        if (!effortLeft.spend(1)) {
            return false;
        }
        int next = at;
        while (next < order.length && demand[order[next]] == 0) {
            next++;
        }
        if (next == order.length) {
            finish(spent);
            return true;
        }
        if (isSeen(spent)) {
            return true;
        }
        for (Choice choice : with.get(order[next])) {
            if (bound + lost + choice.loss >= bestNanos) {
                return true;
            }
            if (take(choice.line)) {
                boolean complete = search(next, lost + choice.loss, spent + choice.line.nanos());
                giveBack(choice.line);
                if (!complete) {
                    return false;
                }
            }
        }
        return true;
    }

    private void finish(double spent) {
        double all = spent;
        for (int shape = 0; shape < bins.length; shape++) {
            all += bins[shape] * problem.shapes.get(shape).fixedNanos();
        }
        if (all < bestNanos) {
            bestNanos = all;
            best = List.copyOf(chosen);
        }
    }

    private boolean isSeen(double spent) {
        List<Integer> state = IntStream.concat(Arrays.stream(demand), Arrays.stream(bins))
                .boxed()
                .toList();
        Double before = seen.get(state);
        if (before != null && before <= spent) {
            return true;
        }
        if (seen.size() < MOST_STATES) {
            seen.put(state, spent);
        }
        return false;
    }

    private boolean take(LinePattern line) {
        if (bins[line.shape()] == 0) {
            return false;
        }
        int[] counts = line.counts();
        for (int itemClass = 0; itemClass < counts.length; itemClass++) {
            if (counts[itemClass] > demand[itemClass]) {
                return false;
            }
        }
        for (int itemClass = 0; itemClass < counts.length; itemClass++) {
            demand[itemClass] -= counts[itemClass];
        }
        bins[line.shape()]--;
        chosen.add(line);
        return true;
    }

    private void giveBack(LinePattern line) {
        int[] counts = line.counts();
        for (int itemClass = 0; itemClass < counts.length; itemClass++) {
            demand[itemClass] += counts[itemClass];
        }
        bins[line.shape()]++;
        chosen.remove(chosen.size() - 1);
    }
}
