package dev.faultline.suggest.packing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Computes a lower bound by column generation. A linear program over the lines found so far gives dual prices of the
 * items, and a pricing search finds lines that cost less than the prices of their items. Whenever that search
 * completes, the prices prove a bound, even if the program was solved inexactly. Cuts raise the bound where the
 * program uses fractions of lines.
 */
final class ColumnGeneration {

    /** Up to this many signatures, all lines are searched without a greedy search first. */
    private static final int FEW_SIGNATURES = 10;
    /** Number of rounds of cuts. */
    private static final int MOST_ROUNDS = 40;
    /** Share by which five rounds of cuts must raise the bound. */
    private static final double PROGRESS = 1e-4;

    private static final double ROUNDING = 1e-10;

    private final AggregatedPacking problem;
    private final double scale;
    private double value;
    private DualPrices duals;
    private double[] least;
    private final List<DualPrices.Cut> cuts = new ArrayList<>();
    private List<LinePattern> lines = new ArrayList<>();

    ColumnGeneration(AggregatedPacking problem, double scale) {
        this.problem = problem;
        this.scale = scale;
        value = problem.fixedNanos();
        duals = DualPrices.zero(problem.classes.size());
        least = problem.shapes.stream()
                .mapToDouble(AggregatedPacking.Shape::fixedNanos)
                .toArray();
    }

    /** {@return the best bound so far, in ns per second} */
    double value() {
        return value;
    }

    /** {@return the dual prices that prove the bound} */
    DualPrices dualPrices() {
        return duals;
    }

    /** {@return for each shape, the least reduced cost of a line at those prices} */
    double[] least() {
        return least;
    }

    /** {@return the reduced cost of a line beyond the least of its shape} */
    double loss(LinePattern line) {
        return duals.reducedCost(problem, line) - least[line.shape()];
    }

    List<LinePattern> lines() {
        return lines;
    }

    /**
     * Improves the bound with only the hottest signatures; without the items of the others a packing costs no more.
     *
     * @param hottest number of signatures
     * @param known lines to start with
     * @param enough a bound at which to stop
     * @return whether the bound is the best that prices can prove; false when the effort was used up
     */
    boolean run(int hottest, List<LinePattern> known, double enough, EffortMeter effortLeft) {
        int[] demands = problem.demands();
        for (int itemClass = 0; itemClass < demands.length; itemClass++) {
            demands[itemClass] = problem.classes.get(itemClass).signature() < hottest ? demands[itemClass] : 0;
        }
        RestrictedMasterProblem master = new RestrictedMasterProblem(problem, demands, problem.bins(), cuts, scale);
        known.forEach(master::add);
        boolean complete = generate(master, hottest, enough, effortLeft);
        lines = master.lines();
        return complete;
    }

    /** Adds cuts while they raise the bound; the bound without cuts must be complete. */
    void addCuts(double enough, EffortMeter effortLeft) {
        Cuts all = new Cuts(problem);
        double before = Double.NEGATIVE_INFINITY;
        for (int round = 0; round < MOST_ROUNDS && value < enough; round++) {
            RestrictedMasterProblem master =
                    new RestrictedMasterProblem(problem, problem.demands(), problem.bins(), List.copyOf(cuts), scale);
            lines.forEach(master::add);
            boolean complete = generate(master, problem.signatures.size(), enough, effortLeft);
            lines = master.lines();
            if (!complete || round % 5 == 4 && value < before * (1 + PROGRESS)) {
                return;
            }
            before = round % 5 == 4 ? value : before;
            List<DualPrices.Cut> more = all.violated(master.parts());
            if (more.isEmpty()) {
                return;
            }
            cuts.addAll(more);
        }
    }

    private boolean generate(RestrictedMasterProblem master, int hottest, double enough, EffortMeter effortLeft) {
        while (true) {
            if (!master.solve(effortLeft)) {
                return false;
            }
            DualPrices prices = master.dualPrices();
            double[] limits = limits(master);
            if (hottest > FEW_SIGNATURES && searchGreedily(master, prices, limits, effortLeft)) {
                continue;
            }
            Boolean more = price(master, prices, limits, effortLeft);
            if (more == null) {
                return false;
            }
            if (!more || value >= enough) {
                return true;
            }
        }
    }

    /** {@return for each shape, the reduced cost below which a line improves the program} */
    private double[] limits(RestrictedMasterProblem master) {
        double[] limits = master.shapePrices();
        for (int shape = 0; shape < limits.length; shape++) {
            limits[shape] += problem.shapes.get(shape).fixedNanos() - ROUNDING * scale;
        }
        return limits;
    }

    private boolean searchGreedily(
            RestrictedMasterProblem master, DualPrices prices, double[] limits, EffortMeter effortLeft) {
        boolean[] found = new boolean[1];
        for (int shape = 0; shape < limits.length; shape++) {
            double limit = limits[shape];
            new PricingProblem(problem, shape, prices, effortLeft).searchGreedily(limit, line -> {
                found[0] |= prices.reducedCost(problem, line) < limit && master.add(line);
            });
        }
        return found[0];
    }

    /** {@return whether lines were found that improve the program; null when the effort was used up} */
    private Boolean price(RestrictedMasterProblem master, DualPrices prices, double[] limits, EffortMeter effortLeft) {
        double bound = prices.total(problem);
        boolean found = false;
        double[] leastOfShape = new double[limits.length];
        for (int shape = 0; shape < limits.length; shape++) {
            PricingProblem.Least of = new PricingProblem(problem, shape, prices, effortLeft).least();
            if (of == null) {
                return null;
            }
            leastOfShape[shape] = of.nanos();
            bound += of.nanos() * problem.shapes.get(shape).bins().size();
            for (LinePattern line : of.lines()) {
                found |= prices.reducedCost(problem, line) < limits[shape] && master.add(line);
            }
        }
        if (bound > value) {
            value = bound;
            duals = prices;
            least = leastOfShape;
        }
        return found;
    }

    /**
     * {@return compatible lines, found by diving: repeatedly those that the program uses whole, or else the one it
     * uses most of, after which the program is solved for the rest}
     */
    List<LinePattern> dive(EffortMeter effortLeft) {
        int[] demands = problem.demands();
        int[] bins = problem.bins();
        List<LinePattern> chosen = new ArrayList<>();
        while (Arrays.stream(demands).anyMatch(open -> open > 0)) {
            RestrictedMasterProblem master =
                    new RestrictedMasterProblem(problem, demands.clone(), bins.clone(), List.of(), scale);
            for (LinePattern line : lines) {
                LinePattern rest = limitTo(line, demands);
                if (rest != null && bins[line.shape()] > 0) {
                    master.add(rest);
                }
            }
            if (!master.solve(effortLeft)) {
                return chosen;
            }
            int before = chosen.size();
            for (RestrictedMasterProblem.Part part : master.parts()) {
                boolean isWhole = part.level() > 1 - 1e-3;
                for (double level = part.level(); level > 1e-3 && (isWhole || chosen.size() == before); level--) {
                    LinePattern rest = limitTo(part.line(), demands);
                    if (rest != null && rest.equals(part.line()) && bins[rest.shape()] > 0) {
                        chosen.add(rest);
                        bins[rest.shape()]--;
                        for (int itemClass = 0; itemClass < demands.length; itemClass++) {
                            demands[itemClass] -= rest.counts()[itemClass];
                        }
                    }
                }
            }
            if (chosen.size() == before) {
                return chosen;
            }
        }
        return chosen;
    }

    /** {@return a line without the items beyond the demands; null when none is left or they do not fit} */
    private LinePattern limitTo(LinePattern line, int[] demands) {
        int[] counts = line.counts().clone();
        int total = 0;
        for (int itemClass = 0; itemClass < counts.length; itemClass++) {
            counts[itemClass] = Math.min(counts[itemClass], demands[itemClass]);
            total += counts[itemClass];
        }
        if (total == 0) {
            return null;
        }
        return Arrays.equals(counts, line.counts()) ? line : problem.line(line.shape(), counts);
    }
}
