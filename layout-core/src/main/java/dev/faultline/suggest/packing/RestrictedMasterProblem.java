package dev.faultline.suggest.packing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The linear program over the lines found so far: use fractions of lines so that each item class is covered as often
 * as demanded, each cut is satisfied, and each shape is used at most as often as it exists. It is solved by a revised
 * simplex method with an explicit inverse; the demands are perturbed a little to avoid cycling. The prices need not
 * be exact, since any prices give a bound.
 */
final class RestrictedMasterProblem {

    private static final double PERTURBATION = 1e-6;
    private static final double ZERO = 1e-9;
    /** Scaled cost of an artificial variable. */
    private static final double ARTIFICIAL_COST = 10;

    private final AggregatedPacking problem;
    /** Number of items demanded of each class; classes without demand are ignored and have price 0. */
    private final int[] demands;

    private final List<DualPrices.Cut> cuts;

    private final double scale;
    private final int classes;
    /** Number of rows of item classes and cuts; the rows of shapes follow. */
    private final int coverRows;

    private final int rows;
    private final List<LinePattern> lines = new ArrayList<>();
    private final Set<LinePattern> known = new HashSet<>();
    private final List<int[]> entries = new ArrayList<>();
    private final double[][] inverse;
    /** Value of the basic column of each row. */
    private final double[] level;
    /** Basic column of each row: the index of a line, or -1 - r for the slack or artificial variable of row r. */
    private final int[] basic;
    /** Whether the basic column of a row is its artificial variable, which has a prohibitive cost. */
    private final boolean[] isArtificial;

    /**
     * Creates a program without lines.
     *
     * @param demands number of items demanded of each class
     * @param bins number of bins of each shape
     * @param cuts cuts that every packing satisfies
     * @param scale a cost that is taken as 1
     */
    RestrictedMasterProblem(
            AggregatedPacking problem, int[] demands, int[] bins, List<DualPrices.Cut> cuts, double scale) {
        this.problem = problem;
        this.demands = demands;
        this.cuts = cuts;
        this.scale = scale;
        classes = demands.length;
        coverRows = classes + cuts.size();
        rows = coverRows + bins.length;
        inverse = new double[rows][rows];
        level = new double[rows];
        basic = new int[rows];
        isArtificial = new boolean[rows];
        for (int row = 0; row < rows; row++) {
            inverse[row][row] = 1;
            basic[row] = -1 - row;
            isArtificial[row] = row < coverRows;
            double perturbation = PERTURBATION * (1 + (row * 37 % 101) / 101.0);
            if (row < coverRows) {
                level[row] =
                        (row < classes ? demands[row] : cuts.get(row - classes).lines()) + perturbation;
            } else {
                level[row] = bins[row - coverRows] + 3 * coverRows * PERTURBATION;
            }
        }
    }

    /** Adds a line and returns whether it is new. */
    boolean add(LinePattern line) {
        if (!known.add(line)) {
            return false;
        }
        lines.add(line);
        int[] entry = new int[coverRows];
        int count = 0;
        for (int itemClass = 0; itemClass < classes; itemClass++) {
            if (demands[itemClass] > 0 && line.counts()[itemClass] > 0) {
                entry[count++] = itemClass;
            }
        }
        BitSet signatures = problem.signaturesOf(line.counts());
        for (int cut = 0; cut < cuts.size(); cut++) {
            if (cuts.get(cut).signatures().intersects(signatures)) {
                entry[count++] = classes + cut;
            }
        }
        entries.add(Arrays.copyOf(entry, count));
        return true;
    }

    /** {@return the cost of a line beyond that of its fixed items, scaled} */
    private double addedCost(LinePattern line) {
        return (line.nanos() - problem.shapes.get(line.shape()).fixedNanos()) / scale;
    }

    private double cost(int row) {
        return basic[row] >= 0 ? addedCost(lines.get(basic[row])) : isArtificial[row] ? ARTIFICIAL_COST : 0;
    }

    private double[] duals() {
        double[] duals = new double[rows];
        for (int row = 0; row < rows; row++) {
            double cost = cost(row);
            if (cost != 0) {
                for (int column = 0; column < rows; column++) {
                    duals[column] += cost * inverse[row][column];
                }
            }
        }
        return duals;
    }

    private double reducedCost(int line, double[] duals) {
        double value =
                addedCost(lines.get(line)) - duals[coverRows + lines.get(line).shape()];
        int[] counts = lines.get(line).counts();
        for (int row : entries.get(line)) {
            value -= (row < classes ? counts[row] : 1) * duals[row];
        }
        return value;
    }

    /** Solves the program for the lines added so far and returns whether the effort sufficed. */
    boolean solve(EffortMeter effortLeft) {
        long work = 1 + ((long) rows * rows + 8L * lines.size()) / 500;
        while (true) {
            if (!effortLeft.spend(work)) {
                return false;
            }
            double[] duals = duals();
            double least = -ZERO;
            int entering = Integer.MIN_VALUE;
            for (int line = 0; line < lines.size(); line++) {
                double reducedCost = reducedCost(line, duals);
                if (reducedCost < least) {
                    least = reducedCost;
                    entering = line;
                }
            }
            for (int row = 0; row < rows; row++) { // a class may be covered more often, a shape used less often
                double reducedCost = row < coverRows ? duals[row] : -duals[row];
                if (reducedCost < least) {
                    least = reducedCost;
                    entering = -1 - row;
                }
            }
            if (entering == Integer.MIN_VALUE || !pivot(entering)) {
                return true;
            }
        }
    }

    private boolean pivot(int entering) {
        double[] column = column(entering);
        int leaving = -1;
        double step = Double.POSITIVE_INFINITY;
        for (int row = 0; row < rows; row++) {
            if (column[row] > ZERO && Math.max(0, level[row]) / column[row] < step) {
                step = Math.max(0, level[row]) / column[row];
                leaving = row;
            }
        }
        if (leaving < 0) {
            return false;
        }
        double pivot = column[leaving];
        double[] from = inverse[leaving];
        for (int i = 0; i < rows; i++) {
            from[i] /= pivot;
        }
        level[leaving] /= pivot;
        for (int row = 0; row < rows; row++) {
            double factor = column[row];
            if (row != leaving && factor != 0) {
                double[] to = inverse[row];
                for (int i = 0; i < rows; i++) {
                    to[i] -= factor * from[i];
                }
                level[row] -= factor * level[leaving];
            }
        }
        basic[leaving] = entering;
        isArtificial[leaving] = false;
        return true;
    }

    private double[] column(int entering) {
        double[] column = new double[rows];
        for (int row = 0; row < rows; row++) {
            double[] from = inverse[row];
            if (entering < 0) {
                int slack = -1 - entering;
                column[row] = slack < coverRows ? -from[slack] : from[slack];
            } else {
                int[] counts = lines.get(entering).counts();
                double value = from[coverRows + lines.get(entering).shape()];
                for (int of : entries.get(entering)) {
                    value += (of < classes ? counts[of] : 1) * from[of];
                }
                column[row] = value;
            }
        }
        return column;
    }

    /** {@return the dual prices, none of them negative} */
    DualPrices dualPrices() {
        double[] duals = duals();
        double[] prices = new double[classes];
        for (int itemClass = 0; itemClass < classes; itemClass++) {
            prices[itemClass] = demands[itemClass] > 0 ? Math.max(0, duals[itemClass]) * scale : 0;
        }
        double[] cutDuals = new double[cuts.size()];
        for (int cut = 0; cut < cutDuals.length; cut++) {
            cutDuals[cut] = Math.max(0, duals[classes + cut]) * scale;
        }
        return new DualPrices(prices, cuts, cutDuals);
    }

    List<LinePattern> lines() {
        return lines;
    }

    /** {@return the dual price of a bin of each shape, at most 0} */
    double[] shapePrices() {
        double[] duals = duals();
        double[] prices = new double[rows - coverRows];
        for (int shape = 0; shape < prices.length; shape++) {
            prices[shape] = Math.min(0, duals[coverRows + shape]) * scale;
        }
        return prices;
    }

    /** A line and the fraction of a bin that uses it. */
    record Part(LinePattern line, double level) {}

    /** {@return the lines of the solution, largest fractions first} */
    List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            if (basic[row] >= 0 && level[row] > 10 * PERTURBATION) {
                parts.add(new Part(lines.get(basic[row]), level[row]));
            }
        }
        parts.sort((one, other) -> Double.compare(other.level, one.level));
        return parts;
    }
}
