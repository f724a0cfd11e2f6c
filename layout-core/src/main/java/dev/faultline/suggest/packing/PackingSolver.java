package dev.faultline.suggest.packing;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Solves packings and bounds how far the solution is from the optimum.
 *
 * <p>Local search from several starts gives a solution. Column generation gives dual prices, which prove a lower
 * bound that can be checked independently. If the two differ, all lines that could be part of a better solution are
 * enumerated, and the cheapest choice among them is searched. Each step ends when its share of the effort is used up.
 * Random numbers come from a fixed seed, so the same input gives the same result.
 */
public final class PackingSolver {

    private static final int MOST_LINES = 100_000;
    private static final int SHAKES = 400;

    /** With more item classes than this, the effort is reduced. */
    private static final int MANY_CLASSES = 128;

    private final AggregatedPacking problem;
    private final EffortMeter effortLeft;
    private List<LinePattern> best;
    private double bestNanos = Double.POSITIVE_INFINITY;
    private boolean isProved;
    /** Whether the bound covers all items. */
    private boolean isWhole;

    private String how = "";

    private PackingSolver(Packing packing, SearchEffort effort) {
        problem = new AggregatedPacking(packing);
        effortLeft = new EffortMeter(Math.max(1, effort.nodes() / weight(problem.classes.size())));
    }

    /** {@return the relative time of a node; with many item classes it grows with the square of their number} */
    private static long weight(int classes) {
        return classes <= MANY_CLASSES ? 1 : 16L * classes * classes / (MANY_CLASSES * MANY_CLASSES);
    }

    /**
     * {@return the cheapest packing found, with a lower bound; empty when the items do not fit or no way to fit them
     * was found}
     *
     * @param packing the problem
     * @param effort effort of the search
     */
    public static Optional<PackingSolution> solve(Packing packing, SearchEffort effort) {
        return new PackingSolver(packing, effort).solve();
    }

    private Optional<PackingSolution> solve() {
        EffortMeter part = effortLeft.part(0.1);
        runHeuristics(List.of(), part);
        effortLeft.join(part);
        ColumnGeneration columns = findBound();
        if (!isClosed(columns)) {
            dive(columns);
        }
        if (!isClosed(columns)) {
            shake();
        }
        if (!isClosed(columns)) {
            enumerate(columns, 0.4);
        }
        if (!isClosed(columns) && !isProved && isWhole) {
            addCuts(columns);
            if (!isClosed(columns)) {
                enumerate(columns, 1);
            }
        }
        return best == null ? Optional.empty() : Optional.of(solution(columns));
    }

    private boolean isClosed(ColumnGeneration columns) {
        return best != null && bestNanos - columns.value() <= PackingSolution.ROUNDING * bestNanos;
    }

    private void keep(PackingHeuristic heuristic) {
        double total = heuristic.total();
        if (total < bestNanos) {
            bestNanos = total;
            best = heuristic.lines();
        }
    }

    private ColumnGeneration findBound() {
        double scale = best == null ? Math.max(1e-9, costOnOneLine()) : Math.max(1e-9, bestNanos);
        ColumnGeneration columns = new ColumnGeneration(problem, scale);
        List<LinePattern> known = new ArrayList<>();
        if (best != null) {
            known.addAll(best);
        }
        int all = problem.signatures.size();
        how = "prices from column generation";
        for (int hottest = all; hottest > 0; hottest = hottest * 2 / 3) {
            EffortMeter part = effortLeft.part(hottest == all ? 0.5 : 0.3);
            boolean complete = columns.run(hottest, known, bestNanos, part);
            effortLeft.join(part);
            if (complete) {
                isWhole = hottest == all;
                how += hottest == all ? "" : " over the " + hottest + " hottest of " + all + " kinds of items";
                break;
            }
        }
        return columns;
    }

    /** {@return the cost of all items on one line, a rough upper bound} */
    private double costOnOneLine() {
        BitSet all = new BitSet();
        all.set(0, problem.packing.items().size());
        return problem.packing.cost().nanosPerSecond(all);
    }

    /** Improves the lines that the linear program uses most. */
    private void dive(ColumnGeneration columns) {
        EffortMeter part = effortLeft.part(0.2);
        runHeuristics(columns.dive(part), part);
        effortLeft.join(part);
    }

    /** Improves the given lines, with the items left placed in each of the orders. */
    private void runHeuristics(List<LinePattern> lines, EffortMeter part) {
        for (PackingHeuristic.First first : PackingHeuristic.First.values()) {
            PackingHeuristic heuristic = new PackingHeuristic(problem, part);
            heuristic.startFrom(lines);
            heuristic.place(first);
            heuristic.improve();
            keep(heuristic);
        }
    }

    private void addCuts(ColumnGeneration columns) {
        EffortMeter part = effortLeft.part(0.5);
        double before = columns.value();
        columns.addCuts(bestNanos, part);
        effortLeft.join(part);
        if (columns.value() > before) {
            how = "prices from column generation with cuts";
            if (!isClosed(columns)) {
                dive(columns);
                shake();
            }
        }
    }

    private void shake() {
        EffortMeter part = effortLeft.part(0.3);
        Random random = new Random(1);
        for (int i = 0; i < SHAKES && best != null && !part.isSpent(); i++) {
            PackingHeuristic heuristic = new PackingHeuristic(problem, part);
            heuristic.startFrom(best);
            heuristic.shake(random);
            heuristic.place(PackingHeuristic.First.values()[i % PackingHeuristic.First.values().length]);
            heuristic.improve();
            keep(heuristic);
        }
        effortLeft.join(part);
    }

    private void enumerate(ColumnGeneration columns, double share) {
        EffortMeter part = effortLeft.part(share);
        isProved = enumerate(columns, part);
        effortLeft.join(part);
    }

    private boolean enumerate(ColumnGeneration columns, EffortMeter part) {
        double atStake = best == null
                ? Double.POSITIVE_INFINITY
                : bestNanos - columns.value() - PackingSolution.ROUNDING / 2 * bestNanos;
        List<LinePattern> lines = new ArrayList<>();
        for (int shape = 0; shape < problem.shapes.size(); shape++) {
            List<LinePattern> all = new PricingProblem(problem, shape, columns.dualPrices(), part)
                    .all(columns.least()[shape] + atStake, MOST_LINES);
            if (all == null) {
                return false;
            }
            lines.addAll(all);
        }
        SetPartitionSearch search = new SetPartitionSearch(problem, lines, columns, part);
        boolean complete = search.search(columns.value() + atStake);
        if (search.best() != null) {
            PackingHeuristic heuristic = new PackingHeuristic(problem, part);
            heuristic.startFrom(search.best());
            keep(heuristic);
        }
        return complete;
    }

    private PackingSolution solution(ColumnGeneration columns) {
        List<BitSet> lines = new ArrayList<>();
        problem.packing.bins().forEach(bin -> lines.add(bin.fixed()));
        List<List<Integer>> members = new ArrayList<>();
        problem.classes.forEach(itemClass -> members.add(new ArrayList<>(itemClass.members())));
        List<List<Integer>> bins = new ArrayList<>();
        problem.shapes.forEach(shape -> bins.add(new ArrayList<>(shape.bins())));
        for (LinePattern line : best) {
            BitSet bin = lines.get(bins.get(line.shape()).remove(0));
            for (int itemClass = 0; itemClass < line.counts().length; itemClass++) {
                for (int member = 0; member < line.counts()[itemClass]; member++) {
                    bin.set(members.get(itemClass).remove(0));
                }
            }
        }
        double cost = 0;
        for (BitSet line : lines) {
            cost += problem.packing.cost().nanosPerSecond(line);
        }
        return new PackingSolution(lines, cost, bound(columns, cost));
    }

    private LowerBound bound(ColumnGeneration columns, double cost) {
        List<Double> prices =
                new ArrayList<>(Collections.nCopies(problem.packing.items().size(), 0.0));
        for (int itemClass = 0; itemClass < problem.classes.size(); itemClass++) {
            for (int item : problem.classes.get(itemClass).members()) {
                prices.set(item, columns.dualPrices().prices()[itemClass]);
            }
        }
        if (isProved && !isClosed(columns)) {
            return new LowerBound(
                    cost,
                    "exact search of all lines that prices leave possible",
                    prices,
                    cutDuals(columns.dualPrices()));
        }
        return new LowerBound(Math.min(cost, columns.value()), how, prices, cutDuals(columns.dualPrices()));
    }

    private List<CutDual> cutDuals(DualPrices duals) {
        List<CutDual> cutDuals = new ArrayList<>();
        for (int cut = 0; cut < duals.cutDuals().length; cut++) {
            if (duals.cutDuals()[cut] > 0) {
                BitSet items = new BitSet();
                for (AggregatedPacking.ItemClass itemClass : problem.classes) {
                    if (duals.cuts().get(cut).signatures().get(itemClass.signature())) {
                        itemClass.members().forEach(items::set);
                    }
                }
                cutDuals.add(new CutDual(items, duals.cutDuals()[cut]));
            }
        }
        return cutDuals;
    }
}
