package dev.faultline.suggest.packing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The cheapest choice among given lines that places every item once. What a line leaves beyond the least of its shape is lost for
 * good, so a branch ends where the losses exceed what is at stake.
 */
final class SetPartitionSearch {

    private static final int MOST_REMEMBERED = 1 << 20;

    private final AggregatedPacking problem;
    private final EffortMeter effortLeft;
    /** Of each sort the lines that have it, cheapest first. */
    private final List<List<Choice>> with = new ArrayList<>();
    /** Sorts, those with the fewest lines first. */
    private final Integer[] order;

    private final int[] demand;
    private final int[] bins;
    private final List<LinePattern> chosen = new ArrayList<>();
    /** The least that was paid on the way to where the same was open. */
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
        int sorts = problem.sorts.size();
        for (int sort = 0; sort < sorts; sort++) {
            with.add(new ArrayList<>());
        }
        for (LinePattern line : lines) {
            Choice choice = new Choice(line, Math.max(0, columns.loss(line)));
            for (int sort = 0; sort < sorts; sort++) {
                if (line.counts()[sort] > 0) {
                    with.get(sort).add(choice);
                }
            }
        }
        with.forEach(choices -> choices.sort(Comparator.comparingDouble(Choice::loss)));
        order = new Integer[sorts];
        Arrays.setAll(order, sort -> sort);
        Arrays.sort(order, Comparator.comparingInt(sort -> with.get(sort).size()));
        demand = problem.demands();
        bins = problem.bins();
    }

    /** {@return whether the search was complete: then nothing costs less than this many ns a second, but for {@link #best}} */
    boolean search(double nanos) {
        bestNanos = nanos;
        return search(0, 0, 0);
    }

    /** {@return the lines of the best answer found, without those of empty bins; null when there is none} */
    List<LinePattern> best() {
        return best;
    }

    private boolean search(int at, double lost, double spent) {
        if (!effortLeft.spend(1)) {
            return false;
        }
        int sort = at;
        while (sort < order.length && demand[order[sort]] == 0) {
            sort++;
        }
        if (sort == order.length) {
            finish(spent);
            return true;
        }
        if (isSeen(spent)) {
            return true;
        }
        for (Choice choice : with.get(order[sort])) {
            if (bound + lost + choice.loss >= bestNanos) {
                return true;
            }
            if (take(choice.line)) {
                boolean complete = search(sort, lost + choice.loss, spent + choice.line.nanos());
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
        List<Integer> state = new ArrayList<>(demand.length + bins.length);
        Arrays.stream(demand).forEach(state::add);
        Arrays.stream(bins).forEach(state::add);
        Double before = seen.get(state);
        if (before != null && before <= spent) {
            return true;
        }
        if (seen.size() < MOST_REMEMBERED) {
            seen.put(state, spent);
        }
        return false;
    }

    private boolean take(LinePattern line) {
        if (bins[line.shape()] == 0) {
            return false;
        }
        int[] counts = line.counts();
        for (int sort = 0; sort < counts.length; sort++) {
            if (counts[sort] > demand[sort]) {
                return false;
            }
        }
        for (int sort = 0; sort < counts.length; sort++) {
            demand[sort] -= counts[sort];
        }
        bins[line.shape()]--;
        chosen.add(line);
        return true;
    }

    private void giveBack(LinePattern line) {
        int[] counts = line.counts();
        for (int sort = 0; sort < counts.length; sort++) {
            demand[sort] += counts[sort];
        }
        bins[line.shape()]++;
        chosen.remove(chosen.size() - 1);
    }
}
