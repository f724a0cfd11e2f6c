package dev.faultline.suggest.packing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/**
 * Finds the lines of a shape with the least reduced cost: cost minus the prices of the items and the cut duals. It is
 * a branch and bound over signatures, since the cost depends only on which signatures are present; which of their
 * items to take is a knapsack of bytes. A subtree is pruned when all items that could still fit, at the least cost
 * the line must have, give no lower reduced cost than the best known.
 */
final class PricingProblem {

    private final AggregatedPacking problem;
    private final int number;
    private final AggregatedPacking.Shape shape;
    private final DualPrices duals;
    private final double[] prices;
    private final EffortMeter effortLeft;
    private final int room;
    /** Nodes that one line cost counts; with many item classes, its bounds take longer than the cost itself. */
    private final long weight;

    /** Size of an item of each class, in units of bytes. */
    private final int[] sizes;
    /** Number of items of each class that fit on the line. */
    private final int[] members;
    /** Item classes of each signature. */
    private final int[][] classesOf;
    /** For each signature, the size of its smallest item that is worth taking. */
    private final int[] smallest;
    /** Item classes by falling price per byte. */
    private final Integer[] byDensity;

    private double limit;
    private double[][] knapsacks;

    PricingProblem(AggregatedPacking problem, int shape, DualPrices duals, EffortMeter effortLeft) {
        this.problem = problem;
        this.number = shape;
        this.shape = problem.shapes.get(shape);
        this.duals = duals;
        this.prices = duals.prices();
        this.effortLeft = effortLeft;
        int classes = problem.classes.size();
        weight = Math.max(1, classes / 20);
        room = (int) (this.shape.bin().freeBytes() / problem.unitBytes);
        sizes = new int[classes];
        members = new int[classes];
        byDensity = new Integer[classes];
        List<List<Integer>> of = new ArrayList<>();
        problem.signatures.forEach(any -> of.add(new ArrayList<>()));
        for (int itemClass = 0; itemClass < classes; itemClass++) {
            AggregatedPacking.ItemClass one = problem.classes.get(itemClass);
            sizes[itemClass] = (int) (one.byteSize() / problem.unitBytes);
            members[itemClass] = fitsAlone(itemClass) ? Math.min(one.members().size(), room / sizes[itemClass]) : 0;
            byDensity[itemClass] = itemClass;
            of.get(one.signature()).add(itemClass);
        }
        classesOf = of.stream()
                .map(list -> list.stream().mapToInt(Integer::intValue).toArray())
                .toArray(int[][]::new);
        smallest = new int[classesOf.length];
        Arrays.sort(
                byDensity, Comparator.comparingDouble((Integer itemClass) -> -prices[itemClass] / sizes[itemClass]));
    }

    private boolean fitsAlone(int itemClass) {
        int[] counts = new int[problem.classes.size()];
        counts[itemClass] = 1;
        return problem.fits(shape, counts);
    }

    /** {@return the signatures that may improve a line, by falling value of their items and cuts} */
    private int[] candidates(boolean withUnpriced) {
        List<Integer> found = new ArrayList<>();
        double[] gain = new double[classesOf.length];
        for (int signature = 0; signature < classesOf.length; signature++) {
            smallest[signature] = Integer.MAX_VALUE;
            for (int itemClass : classesOf[signature]) {
                if (members[itemClass] > 0 && (withUnpriced || prices[itemClass] > 0 || hasCutDual(signature))) {
                    smallest[signature] = Math.min(smallest[signature], sizes[itemClass]);
                    gain[signature] += members[itemClass] * prices[itemClass];
                }
            }
            if (smallest[signature] <= room) {
                found.add(signature);
                gain[signature] += duals.cutDualsOf(single(signature));
            }
        }
        found.sort(Comparator.comparingDouble(signature -> -gain[signature]));
        return found.stream().mapToInt(Integer::intValue).toArray();
    }

    private static BitSet single(int signature) {
        BitSet alone = new BitSet();
        alone.set(signature);
        return alone;
    }

    private boolean hasCutDual(int signature) {
        return duals.cutDualsOf(single(signature)) > 0;
    }

    /**
     * The result of pricing: the best line, and others that were the best during the search.
     *
     * @param nanos the least reduced cost of any line, or a bound below it if the bytes alone do not decide what fits
     */
    record Least(double nanos, List<LinePattern> lines) {}

    private double bestNanos;
    private List<BitSet> bestSignatures;

    /** {@return the lines of least reduced cost; null when the effort was used up} */
    Least least() {
        int[] signatures = candidates(false);
        knapsacks = new double[signatures.length + 1][room + 1];
        bestNanos = shape.fixedNanos();
        bestSignatures = new ArrayList<>();
        limit = bestNanos - slack();
        branch(0, new BitSet(), signatures, shape.fixedNanos());
        return effortLeft.isSpent()
                ? null
                : new Least(
                        bestNanos, bestSignatures.stream().map(this::bestLine).toList());
    }

    /** {@return the difference below which two values are equal, so that rounding does not keep the search going} */
    private double slack() {
        return 1e-12 * (Math.abs(bestNanos) + 1);
    }

    private void branch(int depth, BitSet here, int[] candidates, double nanos) {
        double value = nanos - knapsacks[depth][room] - duals.cutDualsOf(here);
        if (value < limit) {
            bestNanos = value;
            bestSignatures.add((BitSet) here.clone());
            limit = bestNanos - slack();
        }
        int[] open = new int[candidates.length];
        double[] with = new double[classesOf.length];
        int count = prune(here, candidates, nanos, open, with);
        for (int i = 0; i < count && !effortLeft.isSpent(); i++) {
            int signature = open[i];
            if (with[signature] - fractional(here, open, i, count, null, 0) >= limit) {
                continue;
            }
            here.set(signature);
            fill(depth, signature);
            branch(depth + 1, here, Arrays.copyOfRange(open, i + 1, count), with[signature]);
            here.clear(signature);
        }
    }

    /**
     * Collects the candidates that can still improve the best line, and the cost of the line with each; returns their
     * number.
     */
    private int prune(BitSet here, int[] candidates, double nanos, int[] open, double[] with) {
        int left = room;
        for (int signature = here.nextSetBit(0); signature >= 0; signature = here.nextSetBit(signature + 1)) {
            left -= smallest[signature];
        }
        int count = 0;
        for (int signature : candidates) {
            if (smallest[signature] <= left) {
                open[count++] = signature;
            }
        }
        if (count == 0
                || nanos - fractional(here, open, 0, count, null, 0) >= limit
                || !effortLeft.spend(count * weight)) {
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
        double[] extra = new double[classesOf.length];
        for (int i = 0; i < count; i++) {
            extra[open[i]] = with[open[i]] - nanos;
        }
        return nanos - fractional(here, open, 0, count, extra, left) >= limit ? 0 : count;
    }

    /**
     * {@return the largest value of the items of some signatures, fractions of items allowed. With {@code extra}, the
     * items added are charged their share of the cost: they cost at least as much as the most expensive of them, so
     * at least the mean over the bytes they take}
     */
    private double fractional(BitSet here, int[] open, int from, int to, double[] extra, int left) {
        BitSet allowed = (BitSet) here.clone();
        for (int i = from; i < to; i++) {
            allowed.set(open[i]);
        }
        return duals.cutDualsOf(allowed)
                + (extra == null ? take(byDensity, allowed, prices) : charged(here, allowed, extra, left));
    }

    private double charged(BitSet here, BitSet allowed, double[] extra, int left) {
        double[] net = prices.clone();
        List<Integer> order = new ArrayList<>();
        for (int itemClass : byDensity) {
            int signature = problem.classes.get(itemClass).signature();
            if (allowed.get(signature)) {
                net[itemClass] -= here.get(signature) ? 0 : extra[signature] * sizes[itemClass] / left;
                if (net[itemClass] > 0) {
                    order.add(itemClass);
                }
            }
        }
        order.sort(Comparator.comparingDouble(itemClass -> -net[itemClass] / sizes[itemClass]));
        return take(order.toArray(Integer[]::new), allowed, net);
    }

    private double take(Integer[] order, BitSet allowed, double[] worth) {
        double total = 0;
        int left = room;
        for (int i = 0; i < order.length && left > 0; i++) {
            int itemClass = order[i];
            if (allowed.get(problem.classes.get(itemClass).signature()) && members[itemClass] > 0) {
                int taken = Math.min(left, members[itemClass] * sizes[itemClass]);
                total += worth[itemClass] * taken / sizes[itemClass];
                left -= taken;
            }
        }
        return total;
    }

    /** Computes the largest value of items for each number of bytes, with those of one more signature. */
    private void fill(int depth, int signature) {
        double[] best = knapsacks[depth + 1];
        System.arraycopy(knapsacks[depth], 0, best, 0, best.length);
        for (int itemClass : classesOf[signature]) {
            for (int member = 0; member < members[itemClass] && prices[itemClass] > 0; member++) {
                for (int used = room; used >= sizes[itemClass]; used--) {
                    best[used] = Math.max(best[used], best[used - sizes[itemClass]] + prices[itemClass]);
                }
            }
        }
    }

    /**
     * {@return the best line of items of these signatures; if bytes do not decide what fits, as many of these items
     * as fit}
     */
    private LinePattern bestLine(BitSet signatures) {
        int[] counts = knapsack(signatures);
        addItemsForCuts(signatures, counts);
        LinePattern line = problem.line(number, counts);
        for (int i = byDensity.length - 1; line == null; i--) { // the least valuable go first
            while (line == null && counts[byDensity[i]] > 0) {
                counts[byDensity[i]]--;
                line = problem.line(number, counts.clone());
            }
        }
        return line;
    }

    /** Adds an item of each signature that is present only for its cut dual. */
    private void addItemsForCuts(BitSet signatures, int[] counts) {
        int left = room;
        for (int itemClass = 0; itemClass < counts.length; itemClass++) {
            left -= counts[itemClass] * sizes[itemClass];
        }
        for (int signature = signatures.nextSetBit(0);
                signature >= 0;
                signature = signatures.nextSetBit(signature + 1)) {
            if (!problem.signaturesOf(counts).get(signature)) {
                for (int itemClass : classesOf[signature]) {
                    if (members[itemClass] > 0 && sizes[itemClass] <= left) {
                        counts[itemClass]++;
                        left -= sizes[itemClass];
                        break;
                    }
                }
            }
        }
    }

    private int[] knapsack(BitSet signatures) {
        double[] best = new double[room + 1];
        int[][] taken = new int[room + 1][problem.classes.size()];
        for (int itemClass = 0; itemClass < prices.length; itemClass++) {
            if (signatures.get(problem.classes.get(itemClass).signature()) && prices[itemClass] > 0) {
                for (int member = 0; member < members[itemClass]; member++) {
                    for (int used = room; used >= sizes[itemClass]; used--) {
                        double value = best[used - sizes[itemClass]] + prices[itemClass];
                        if (value > best[used]) {
                            best[used] = value;
                            taken[used] = taken[used - sizes[itemClass]].clone();
                            taken[used][itemClass]++;
                        }
                    }
                }
            }
        }
        return taken[room];
    }

    /**
     * Searches greedily: starts from each signature and adds the one with the largest gain until none gains.
     *
     * @param below limit of the reduced cost
     * @param found receives the lines below the limit
     */
    void searchGreedily(double below, Consumer<LinePattern> found) {
        int[] signatures = candidates(false);
        for (int seed : signatures) {
            BitSet here = new BitSet();
            here.set(seed);
            double value = problem.nanos(shape, here) - value(here);
            while (true) {
                if (!effortLeft.spend(signatures.length)) {
                    return;
                }
                int next = -1;
                double least = value - slack();
                for (int signature : signatures) {
                    if (!here.get(signature)) {
                        here.set(signature);
                        double with = problem.nanos(shape, here) - value(here);
                        here.clear(signature);
                        if (with < least) {
                            least = with;
                            next = signature;
                        }
                    }
                }
                if (next < 0) {
                    break;
                }
                here.set(next);
                value = least;
            }
            if (value < below) {
                found.accept(bestLine(here));
            }
        }
    }

    private double value(BitSet signatures) {
        double total = duals.cutDualsOf(signatures);
        int left = room;
        for (int itemClass : byDensity) {
            if (signatures.get(problem.classes.get(itemClass).signature()) && sizes[itemClass] <= left) {
                int taken = Math.min(members[itemClass], left / sizes[itemClass]);
                total += taken * prices[itemClass];
                left -= taken * sizes[itemClass];
            }
        }
        return total;
    }

    /**
     * {@return all lines with a reduced cost below a limit; null when there are more than {@code most} or the effort
     * was used up}
     *
     * @param below the limit
     * @param most largest number of lines to return
     */
    List<LinePattern> all(double below, int most) {
        int[] signatures = candidates(true);
        List<LinePattern> found = new ArrayList<>();
        limit = below;
        return collect(new BitSet(), signatures, shape.fixedNanos(), most, found) ? found : null;
    }

    private boolean collect(BitSet here, int[] candidates, double nanos, int most, List<LinePattern> found) {
        if (!here.isEmpty() && !collectCounts(here, nanos, most, found)) {
            return false;
        }
        int[] open = new int[candidates.length];
        double[] with = new double[classesOf.length];
        int count = prune(here, candidates, nanos, open, with);
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

    /** Collects the lines with at least one item of each of these signatures and of no other. */
    private boolean collectCounts(BitSet here, double nanos, int most, List<LinePattern> found) {
        int[] signatures = here.stream().toArray();
        int[] classes = Arrays.stream(signatures)
                .flatMap(one -> Arrays.stream(classesOf[one]))
                .toArray();
        return collectCounts(classes, 0, new int[prices.length], room, nanos, signatures, most, found);
    }

    private boolean collectCounts(
            int[] classes,
            int at,
            int[] counts,
            int left,
            double nanos,
            int[] signatures,
            int most,
            List<LinePattern> found) {
        if (!effortLeft.spend(1)) {
            return false;
        }
        if (at == classes.length) {
            for (int signature : signatures) {
                if (Arrays.stream(classesOf[signature]).allMatch(itemClass -> counts[itemClass] == 0)) {
                    return true;
                }
            }
            LinePattern line = new LinePattern(number, counts.clone(), nanos);
            if (duals.reducedCost(problem, line) < limit && problem.fits(shape, counts)) {
                found.add(line);
            }
            return found.size() <= most;
        }
        int itemClass = classes[at];
        int mostTaken = Math.min(members[itemClass], left / sizes[itemClass]);
        boolean complete = true;
        for (int taken = mostTaken; taken >= 0 && complete; taken--) {
            counts[itemClass] = taken;
            complete = collectCounts(
                    classes, at + 1, counts, left - taken * sizes[itemClass], nanos, signatures, most, found);
        }
        counts[itemClass] = 0;
        return complete;
    }
}
