package dev.faultline.suggest.packing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/**
 * The lines of a shape that leave least when their items have paid their prices. A branch and bound over signatures, for the
 * cost depends on which are present; which of their items go along is a knapsack of bytes. A subtree is left out when all that
 * the remaining room could take in, with the cost no lower than it already must be, leaves no less than what is known.
 */
final class PricingProblem {

    private final AggregatedPacking problem;
    private final int number;
    private final AggregatedPacking.Shape shape;
    private final DualPrices duals;
    private final double[] prices;
    private final EffortMeter effortLeft;
    private final int room;
    /** What a line cost counts: with many sorts, the bounds around it take longer than it does. */
    private final long weight;

    private final int[] grains;
    private final int[] members;
    /** Of each signature its sorts. */
    private final int[][] sortsOf;
    /** Of each signature the size of its smallest item that has a price. */
    private final int[] smallest;
    /** Sorts by price a byte. */
    private final Integer[] dense;

    private double limit;
    private double[][] knapsacks;

    PricingProblem(AggregatedPacking problem, int shape, DualPrices duals, EffortMeter effortLeft) {
        this.problem = problem;
        this.number = shape;
        this.shape = problem.shapes.get(shape);
        this.duals = duals;
        this.prices = duals.prices();
        this.effortLeft = effortLeft;
        int sorts = problem.sorts.size();
        weight = Math.max(1, sorts / 20);
        room = (int) (this.shape.bin().freeBytes() / problem.grain);
        grains = new int[sorts];
        members = new int[sorts];
        dense = new Integer[sorts];
        List<List<Integer>> of = new ArrayList<>();
        problem.flavors.forEach(any -> of.add(new ArrayList<>()));
        for (int sort = 0; sort < sorts; sort++) {
            AggregatedPacking.Sort one = problem.sorts.get(sort);
            grains[sort] = (int) (one.byteSize() / problem.grain);
            members[sort] = fitsAlone(sort) ? Math.min(one.members().size(), room / grains[sort]) : 0;
            dense[sort] = sort;
            of.get(one.flavor()).add(sort);
        }
        sortsOf = of.stream()
                .map(list -> list.stream().mapToInt(Integer::intValue).toArray())
                .toArray(int[][]::new);
        smallest = new int[sortsOf.length];
        Arrays.sort(dense, Comparator.comparingDouble((Integer sort) -> -prices[sort] / grains[sort]));
    }

    private boolean fitsAlone(int sort) {
        int[] counts = new int[problem.sorts.size()];
        counts[sort] = 1;
        return problem.fits(shape, counts);
    }

    /** {@return the signatures that may be worth having, those that pay most beyond their own cost first} */
    private int[] candidates(boolean freeOnesToo) {
        List<Integer> found = new ArrayList<>();
        double[] gain = new double[sortsOf.length];
        for (int flavor = 0; flavor < sortsOf.length; flavor++) {
            smallest[flavor] = Integer.MAX_VALUE;
            for (int sort : sortsOf[flavor]) {
                if (members[sort] > 0 && (freeOnesToo || prices[sort] > 0 || paysToll(flavor))) {
                    smallest[flavor] = Math.min(smallest[flavor], grains[sort]);
                    gain[flavor] += members[sort] * prices[sort];
                }
            }
            if (smallest[flavor] <= room) {
                found.add(flavor);
                gain[flavor] += duals.tolls(single(flavor));
            }
        }
        found.sort(Comparator.comparingDouble(flavor -> -gain[flavor]));
        return found.stream().mapToInt(Integer::intValue).toArray();
    }

    private static BitSet single(int flavor) {
        BitSet alone = new BitSet();
        alone.set(flavor);
        return alone;
    }

    private boolean paysToll(int flavor) {
        return duals.tolls(single(flavor)) > 0;
    }

    /**
     * What was found.
     *
     * @param nanos the least that any line leaves, or less, where bytes alone do not say what fits
     * @param lines the best one, and others that were the best in their time
     */
    record Least(double nanos, List<LinePattern> lines) {}

    private double bestNanos;
    private List<BitSet> bestFlavors;

    /** {@return the least, or null when the effort did not suffice} */
    Least least() {
        int[] flavors = candidates(false);
        knapsacks = new double[flavors.length + 1][room + 1];
        bestNanos = shape.fixedNanos();
        bestFlavors = new ArrayList<>();
        limit = bestNanos - slack();
        node(0, new BitSet(), flavors, shape.fixedNanos());
        return effortLeft.isSpent()
                ? null
                : new Least(bestNanos, bestFlavors.stream().map(this::fitting).toList());
    }

    /** What is less by no more than this is equal: rounding must not keep a search from ending. */
    private double slack() {
        return 1e-12 * (Math.abs(bestNanos) + 1);
    }

    private void node(int depth, BitSet here, int[] candidates, double nanos) {
        double value = nanos - knapsacks[depth][room] - duals.tolls(here);
        if (value < limit) {
            bestNanos = value;
            bestFlavors.add((BitSet) here.clone());
            limit = bestNanos - slack();
        }
        int[] open = new int[candidates.length];
        double[] with = new double[sortsOf.length];
        int count = open(here, candidates, nanos, open, with);
        for (int i = 0; i < count && !effortLeft.isSpent(); i++) {
            int flavor = open[i];
            if (with[flavor] - fractional(here, open, i, count, null, 0) >= limit) {
                continue;
            }
            here.set(flavor);
            fill(depth, flavor);
            node(depth + 1, here, Arrays.copyOfRange(open, i + 1, count), with[flavor]);
            here.clear(flavor);
        }
    }

    /** The candidates that can still lead to something better, with what the line would cost with each. */
    private int open(BitSet here, int[] candidates, double nanos, int[] open, double[] with) {
        int left = room;
        for (int flavor = here.nextSetBit(0); flavor >= 0; flavor = here.nextSetBit(flavor + 1)) {
            left -= smallest[flavor];
        }
        int count = 0;
        for (int flavor : candidates) {
            if (smallest[flavor] <= left) {
                open[count++] = flavor;
            }
        }
        if (count == 0 || nanos - fractional(here, open, 0, count, null, 0) >= limit || !effortLeft.spend(count * weight)) {
            return 0;
        }
        for (int i = 0; i < count; i++) {
            here.set(open[i]);
            with[open[i]] = problem.nanos(shape, here);
            here.clear(open[i]);
        }
        for (int before = count + 1; count < before; ) {
            before = count;
            double most = fractional(here, open, 0, count, null, 0);
            int kept = 0;
            for (int i = 0; i < count; i++) {
                if (with[open[i]] - most < limit) {
                    open[kept++] = open[i];
                }
            }
            count = kept;
        }
        double[] extra = new double[sortsOf.length];
        for (int i = 0; i < count; i++) {
            extra[open[i]] = with[open[i]] - nanos;
        }
        return nanos - fractional(here, open, 0, count, extra, left) >= limit ? 0 : count;
    }

    /**
     * What the items of some signatures can pay at most, parts of items allowed. All that is added costs at least what the dearest of
     * it costs, so at least the mean over the room it takes: each item can be charged its part.
     */
    private double fractional(BitSet here, int[] open, int from, int to, double[] extra, int left) {
        BitSet allowed = (BitSet) here.clone();
        for (int i = from; i < to; i++) {
            allowed.set(open[i]);
        }
        return duals.tolls(allowed)
                + (extra == null ? take(dense, allowed, prices) : charged(here, allowed, extra, left));
    }

    private double charged(BitSet here, BitSet allowed, double[] extra, int left) {
        double[] net = prices.clone();
        List<Integer> order = new ArrayList<>();
        for (int sort : dense) {
            int flavor = problem.sorts.get(sort).flavor();
            if (allowed.get(flavor)) {
                net[sort] -= here.get(flavor) ? 0 : extra[flavor] * grains[sort] / left;
                if (net[sort] > 0) {
                    order.add(sort);
                }
            }
        }
        order.sort(Comparator.comparingDouble(sort -> -net[sort] / grains[sort]));
        return take(order.toArray(Integer[]::new), allowed, net);
    }

    private double take(Integer[] order, BitSet allowed, double[] worth) {
        double total = 0;
        int left = room;
        for (int i = 0; i < order.length && left > 0; i++) {
            int sort = order[i];
            if (allowed.get(problem.sorts.get(sort).flavor()) && members[sort] > 0) {
                int taken = Math.min(left, members[sort] * grains[sort]);
                total += worth[sort] * taken / grains[sort];
                left -= taken;
            }
        }
        return total;
    }

    /** The most that items can pay in so much room, with those of one more signature. */
    private void fill(int depth, int flavor) {
        double[] best = knapsacks[depth + 1];
        System.arraycopy(knapsacks[depth], 0, best, 0, best.length);
        for (int sort : sortsOf[flavor]) {
            for (int member = 0; member < members[sort] && prices[sort] > 0; member++) {
                for (int used = room; used >= grains[sort]; used--) {
                    best[used] = Math.max(best[used], best[used - grains[sort]] + prices[sort]);
                }
            }
        }
    }

    /** {@return the best line of items of these signatures; where bytes do not say what fits, as many of them as do fit} */
    private LinePattern fitting(BitSet flavors) {
        int[] counts = knapsack(flavors);
        tollsToo(flavors, counts);
        LinePattern line = problem.line(number, counts);
        for (int i = dense.length - 1; line == null; i--) { // the least worthy go first
            while (line == null && counts[dense[i]] > 0) {
                counts[dense[i]]--;
                line = problem.line(number, counts.clone());
            }
        }
        return line;
    }

    /** Signatures that are there for their tolls need an item. */
    private void tollsToo(BitSet flavors, int[] counts) {
        int left = room;
        for (int sort = 0; sort < counts.length; sort++) {
            left -= counts[sort] * grains[sort];
        }
        for (int flavor = flavors.nextSetBit(0); flavor >= 0; flavor = flavors.nextSetBit(flavor + 1)) {
            if (!problem.flavorsOf(counts).get(flavor)) {
                for (int sort : sortsOf[flavor]) {
                    if (members[sort] > 0 && grains[sort] <= left) {
                        counts[sort]++;
                        left -= grains[sort];
                        break;
                    }
                }
            }
        }
    }

    private int[] knapsack(BitSet flavors) {
        double[] best = new double[room + 1];
        int[][] taken = new int[room + 1][problem.sorts.size()];
        for (int sort = 0; sort < prices.length; sort++) {
            if (flavors.get(problem.sorts.get(sort).flavor()) && prices[sort] > 0) {
                for (int member = 0; member < members[sort]; member++) {
                    for (int used = room; used >= grains[sort]; used--) {
                        double value = best[used - grains[sort]] + prices[sort];
                        if (value > best[used]) {
                            best[used] = value;
                            taken[used] = taken[used - grains[sort]].clone();
                            taken[used][sort]++;
                        }
                    }
                }
            }
        }
        return taken[room];
    }

    /** Greedy: from each signature, whatever gains most, until nothing gains. Lines that leave less than a limit are told. */
    void guess(double below, Consumer<LinePattern> found) {
        int[] flavors = candidates(false);
        for (int seed : flavors) {
            BitSet here = new BitSet();
            here.set(seed);
            double nanos = problem.nanos(shape, here);
            double value = nanos - worth(here);
            for (boolean gained = true; gained; ) {
                gained = false;
                if (!effortLeft.spend(flavors.length)) {
                    return;
                }
                int next = -1;
                double least = value - slack();
                for (int flavor : flavors) {
                    if (!here.get(flavor)) {
                        here.set(flavor);
                        double with = problem.nanos(shape, here) - worth(here);
                        here.clear(flavor);
                        if (with < least) {
                            least = with;
                            next = flavor;
                        }
                    }
                }
                if (next >= 0) {
                    here.set(next);
                    value = least;
                    gained = true;
                }
            }
            if (value < below) {
                found.accept(fitting(here));
            }
        }
    }

    private double worth(BitSet flavors) {
        double total = duals.tolls(flavors);
        int left = room;
        for (int sort : dense) {
            if (flavors.get(problem.sorts.get(sort).flavor()) && grains[sort] <= left) {
                int taken = Math.min(members[sort], left / grains[sort]);
                total += taken * prices[sort];
                left -= taken * grains[sort];
            }
        }
        return total;
    }

    /**
     * Every line that leaves less than a limit.
     *
     * @param below the limit
     * @param most how many are bearable
     * @return the lines; null when there are more, or the effort did not suffice
     */
    List<LinePattern> all(double below, int most) {
        int[] flavors = candidates(true);
        List<LinePattern> found = new ArrayList<>();
        limit = below;
        return collect(new BitSet(), flavors, shape.fixedNanos(), most, found) ? found : null;
    }

    private boolean collect(BitSet here, int[] candidates, double nanos, int most, List<LinePattern> found) {
        if (!here.isEmpty() && !count(here, nanos, most, found)) {
            return false;
        }
        int[] open = new int[candidates.length];
        double[] with = new double[sortsOf.length];
        int count = open(here, candidates, nanos, open, with);
        for (int i = 0; i < count; i++) {
            if (with[open[i]] - fractional(here, open, i, count, null, 0) < limit) {
                here.set(open[i]);
                boolean complete = collect(here, Arrays.copyOfRange(open, i + 1, count), with[open[i]], most, found);
                here.clear(open[i]);
                if (!complete) {
                    return false;
                }
            }
        }
        return !effortLeft.isSpent();
    }

    /** The lines with at least one item of each of these signatures and of no other. */
    private boolean count(BitSet here, double nanos, int most, List<LinePattern> found) {
        int[] flavors = here.stream().toArray();
        List<Integer> sorts = new ArrayList<>();
        for (int flavor : flavors) {
            for (int sort : sortsOf[flavor]) {
                sorts.add(sort);
            }
        }
        return count(sorts, 0, new int[prices.length], room, nanos, flavors, most, found);
    }

    private boolean count(
            List<Integer> sorts,
            int at,
            int[] counts,
            int left,
            double nanos,
            int[] flavors,
            int most,
            List<LinePattern> found) {
        if (!effortLeft.spend(1)) {
            return false;
        }
        if (at == sorts.size()) {
            for (int flavor : flavors) {
                if (Arrays.stream(sortsOf[flavor]).allMatch(sort -> counts[sort] == 0)) {
                    return true;
                }
            }
            LinePattern line = new LinePattern(number, counts.clone(), nanos);
            if (duals.leaves(problem, line) < limit && problem.fits(shape, counts)) {
                found.add(line);
            }
            return found.size() <= most;
        }
        int sort = sorts.get(at);
        int bearable = Math.min(members[sort], left / grains[sort]);
        boolean complete = true;
        for (int taken = bearable; taken >= 0 && complete; taken--) {
            counts[sort] = taken;
            complete = count(sorts, at + 1, counts, left - taken * grains[sort], nanos, flavors, most, found);
        }
        counts[sort] = 0;
        return complete;
    }
}
