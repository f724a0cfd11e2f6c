package dev.faultline.suggest.packing;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Puts items on lines so that the lines cost little, and says how far from the least that can be.
 *
 * <p>Several starts, improved by moves, give an answer; column generation gives prices, and these a bound that anybody can
 * check; where the two differ, all lines that could be part of a better answer are listed, and the cheapest choice among
 * them is searched. Each step ends when its part of the effort is used up, and what is known by then is said. No randomness but from a
 * fixed seed: the same question has the same answer.
 */
public final class PackingSolver {

    private static final int MOST_LINES = 100_000;
    private static final int SHAKES = 400;

    /** Up to so many sorts of items the effort is what was asked for. */
    private static final int MANY_SORTS = 128;

    private final AggregatedPacking problem;
    private final EffortMeter effortLeft;
    private List<LinePattern> best;
    private double bestNanos = Double.POSITIVE_INFINITY;
    private boolean isProved;
    /** Whether the bound is about all items. */
    private boolean isWhole;

    private String how = "";

    private PackingSolver(Packing packing, SearchEffort effort) {
        problem = new AggregatedPacking(packing);
        effortLeft = new EffortMeter(Math.max(1, effort.nodes() / weight(problem.sorts.size())));
    }

    /** What looking at a line costs where there are very many sorts of items: steps grow with the square of their number. */
    private static long weight(int sorts) {
        return sorts <= MANY_SORTS ? 1 : 16L * sorts * sorts / (MANY_SORTS * MANY_SORTS);
    }

    /**
     * Solves a packing.
     *
     * @param packing the question
     * @param effort how long to look
     * @return the cheapest packing found, with a bound; empty when the items do not fit, or no way to fit them was found
     */
    public static Optional<PackingSolution> solve(Packing packing, SearchEffort effort) {
        return new PackingSolver(packing, effort).solve();
    }

    private Optional<PackingSolution> solve() {
        starts();
        ColumnGeneration columns = bound();
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
            cut(columns);
            if (!isClosed(columns)) {
                enumerate(columns, 1);
            }
        }
        return best == null ? Optional.empty() : Optional.of(packed(columns));
    }

    private boolean isClosed(ColumnGeneration columns) {
        return best != null && bestNanos - columns.value() <= PackingSolution.ROUNDING * bestNanos;
    }

    private void starts() {
        EffortMeter part = effortLeft.part(0.1);
        for (PackingHeuristic.First first : PackingHeuristic.First.values()) {
            PackingHeuristic draft = new PackingHeuristic(problem, part);
            draft.place(first);
            draft.improve();
            keep(draft);
        }
        effortLeft.join(part);
    }

    private void keep(PackingHeuristic draft) {
        double total = draft.total();
        if (total < bestNanos) {
            bestNanos = total;
            best = draft.lines();
        }
    }

    private ColumnGeneration bound() {
        double scale = best == null ? Math.max(1e-9, dearest()) : Math.max(1e-9, bestNanos);
        ColumnGeneration columns = new ColumnGeneration(problem, scale);
        List<LinePattern> known = new ArrayList<>();
        if (best != null) {
            known.addAll(best);
        }
        int all = problem.flavors.size();
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

    /** Above what any packing costs, roughly. */
    private double dearest() {
        BitSet all = new BitSet();
        all.set(0, problem.packing.items().size());
        return problem.packing.cost().nanosPerSecond(all);
    }

    /** The lines the program likes best, as far as they go together. */
    private void dive(ColumnGeneration columns) {
        EffortMeter part = effortLeft.part(0.2);
        List<LinePattern> lines = columns.dive(part);
        for (PackingHeuristic.First first : PackingHeuristic.First.values()) {
            PackingHeuristic draft = new PackingHeuristic(problem, part);
            draft.take(lines);
            draft.place(first);
            draft.improve();
            keep(draft);
        }
        effortLeft.join(part);
    }

    private void cut(ColumnGeneration columns) {
        EffortMeter part = effortLeft.part(0.5);
        double before = columns.value();
        columns.cut(bestNanos, part);
        effortLeft.join(part);
        if (columns.value() > before) {
            how = "prices and tolls from column generation with cuts";
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
            PackingHeuristic draft = new PackingHeuristic(problem, part);
            draft.take(best);
            draft.shake(random);
            draft.place(PackingHeuristic.First.values()[i % PackingHeuristic.First.values().length]);
            draft.improve();
            keep(draft);
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
            List<LinePattern> all = new PricingProblem(problem, shape, columns.pay(), part)
                    .all(columns.least()[shape] + atStake, MOST_LINES);
            if (all == null) {
                return false;
            }
            lines.addAll(all);
        }
        SetPartitionSearch cover = new SetPartitionSearch(problem, lines, columns, part);
        boolean complete = cover.search(columns.value() + atStake);
        if (cover.best() != null) {
            PackingHeuristic draft = new PackingHeuristic(problem, part);
            draft.take(cover.best());
            keep(draft);
        }
        return complete;
    }

    private PackingSolution packed(ColumnGeneration columns) {
        List<BitSet> lines = new ArrayList<>();
        problem.packing.bins().forEach(bin -> lines.add(bin.fixed()));
        List<List<Integer>> members = new ArrayList<>();
        problem.sorts.forEach(sort -> members.add(new ArrayList<>(sort.members())));
        List<List<Integer>> bins = new ArrayList<>();
        problem.shapes.forEach(shape -> bins.add(new ArrayList<>(shape.bins())));
        for (LinePattern line : best) {
            BitSet bin = lines.get(bins.get(line.shape()).remove(0));
            for (int sort = 0; sort < line.counts().length; sort++) {
                for (int member = 0; member < line.counts()[sort]; member++) {
                    bin.set(members.get(sort).remove(0));
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
        for (int sort = 0; sort < problem.sorts.size(); sort++) {
            for (int item : problem.sorts.get(sort).members()) {
                prices.set(item, columns.pay().prices()[sort]);
            }
        }
        if (isProved && !isClosed(columns)) {
            return new LowerBound(
                    cost, "exact search of all lines that prices leave possible", prices, tolls(columns.pay()));
        }
        return new LowerBound(Math.min(cost, columns.value()), how, prices, tolls(columns.pay()));
    }

    private List<CutDual> tolls(DualPrices duals) {
        List<CutDual> cutDuals = new ArrayList<>();
        for (int cut = 0; cut < duals.tolls().length; cut++) {
            if (duals.tolls()[cut] > 0) {
                BitSet items = new BitSet();
                for (AggregatedPacking.Sort sort : problem.sorts) {
                    if (duals.cuts().get(cut).flavors().get(sort.flavor())) {
                        sort.members().forEach(items::set);
                    }
                }
                cutDuals.add(new CutDual(items, duals.tolls()[cut]));
            }
        }
        return cutDuals;
    }
}
