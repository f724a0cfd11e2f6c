package dev.faultline.suggest.packing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The linear program over the lines found so far: fill bins with parts of lines, each sort covered as often as is asked for,
 * each cut kept, each shape used at most as often as there is. A revised simplex with the inverse kept whole; the demands are moved a little,
 * so that it does not turn in circles. Its prices need not be exact: any prices give a bound.
 */
final class RestrictedMasterProblem {

    private static final double MOVED = 1e-6;
    private static final double ZERO = 1e-9;

    private final AggregatedPacking problem;
    /** How many items of each sort are asked for; where none are, they cost nothing and are worth nothing. */
    private final int[] demands;

    private final List<DualPrices.Cut> cuts;

    private final double scale;
    private final int sorts;
    /** Rows of sorts and cuts; those of shapes come after them. */
    private final int covers;

    private final int rows;
    private final List<LinePattern> lines = new ArrayList<>();
    private final Set<LinePattern> known = new HashSet<>();
    private final List<int[]> entries = new ArrayList<>();
    private final double[][] inverse;
    private final double[] level;
    /** Of each row the basic column: a line, or minus one minus the row whose slack (or shortage) it is. */
    private final int[] basic;
    /** Whether the basic column of a row is the shortage of a sort, at a forbidding cost. */
    private final boolean[] isShort;

    private final double shortNanos;

    /**
     * A program without lines.
     *
     * @param demands how many items of each sort are asked for
     * @param bins how many bins of each shape there are
     * @param cuts what any packing keeps
     * @param scale a cost, to be taken as 1
     */
    RestrictedMasterProblem(
            AggregatedPacking problem, int[] demands, int[] bins, List<DualPrices.Cut> cuts, double scale) {
        this.problem = problem;
        this.demands = demands;
        this.cuts = cuts;
        this.scale = scale;
        sorts = demands.length;
        covers = sorts + cuts.size();
        rows = covers + bins.length;
        inverse = new double[rows][rows];
        level = new double[rows];
        basic = new int[rows];
        isShort = new boolean[rows];
        shortNanos = 10;
        for (int row = 0; row < rows; row++) {
            inverse[row][row] = 1;
            basic[row] = -1 - row;
            isShort[row] = row < covers;
            double moved = MOVED * (1 + (row * 37 % 101) / 101.0);
            if (row < covers) {
                level[row] = (row < sorts ? demands[row] : cuts.get(row - sorts).lines()) + moved;
            } else {
                level[row] = bins[row - covers] + 3 * covers * MOVED;
            }
        }
    }

    /** {@return whether a line is new; then it is added} */
    boolean add(LinePattern line) {
        if (!known.add(line)) {
            return false;
        }
        lines.add(line);
        int[] entry = new int[covers];
        int count = 0;
        for (int sort = 0; sort < sorts; sort++) {
            if (demands[sort] > 0 && line.counts()[sort] > 0) {
                entry[count++] = sort;
            }
        }
        BitSet flavors = problem.flavorsOf(line.counts());
        for (int cut = 0; cut < cuts.size(); cut++) {
            if (cuts.get(cut).flavors().intersects(flavors)) {
                entry[count++] = sorts + cut;
            }
        }
        entries.add(Arrays.copyOf(entry, count));
        return true;
    }

    /** {@return how much a line costs beyond what is fixed on it, scaled} */
    private double added(LinePattern line) {
        return (line.nanos() - problem.shapes.get(line.shape()).fixedNanos()) / scale;
    }

    private double cost(int row) {
        return basic[row] >= 0 ? added(lines.get(basic[row])) : isShort[row] ? shortNanos : 0;
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

    private double reduced(int line, double[] duals) {
        double value = added(lines.get(line)) - duals[covers + lines.get(line).shape()];
        int[] counts = lines.get(line).counts();
        for (int row : entries.get(line)) {
            value -= (row < sorts ? counts[row] : 1) * duals[row];
        }
        return value;
    }

    /** {@return whether the effort sufficed to solve for the lines there are} */
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
                double reduced = reduced(line, duals);
                if (reduced < least) {
                    least = reduced;
                    entering = line;
                }
            }
            for (int row = 0; row < rows; row++) { // a sort may be covered more often, a shape used less often
                double reduced = row < covers ? duals[row] : -duals[row];
                if (reduced < least) {
                    least = reduced;
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
        isShort[leaving] = false;
        return true;
    }

    private double[] column(int entering) {
        double[] column = new double[rows];
        for (int row = 0; row < rows; row++) {
            double[] from = inverse[row];
            if (entering < 0) {
                int slack = -1 - entering;
                column[row] = slack < covers ? -from[slack] : from[slack];
            } else {
                int[] counts = lines.get(entering).counts();
                double value = from[covers + lines.get(entering).shape()];
                for (int of : entries.get(entering)) {
                    value += (of < sorts ? counts[of] : 1) * from[of];
                }
                column[row] = value;
            }
        }
        return column;
    }

    /** {@return the prices and tolls, none of them negative} */
    DualPrices pay() {
        double[] duals = duals();
        double[] prices = new double[sorts];
        for (int sort = 0; sort < sorts; sort++) {
            prices[sort] = demands[sort] > 0 ? Math.max(0, duals[sort]) * scale : 0;
        }
        double[] tolls = new double[cuts.size()];
        for (int cut = 0; cut < tolls.length; cut++) {
            tolls[cut] = Math.max(0, duals[sorts + cut]) * scale;
        }
        return new DualPrices(prices, cuts, tolls);
    }

    /** {@return all lines that were added} */
    List<LinePattern> lines() {
        return lines;
    }

    /** {@return what a bin of each shape is worth, not above 0} */
    double[] shapePrices() {
        double[] duals = duals();
        double[] prices = new double[rows - covers];
        for (int shape = 0; shape < prices.length; shape++) {
            prices[shape] = Math.min(0, duals[covers + shape]) * scale;
        }
        return prices;
    }

    /** A line and what part of a bin it fills. */
    record Part(LinePattern line, double level) {}

    /** {@return the lines of the solution, the largest parts first} */
    List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            if (basic[row] >= 0 && level[row] > 10 * MOVED) {
                parts.add(new Part(lines.get(basic[row]), level[row]));
            }
        }
        parts.sort((one, other) -> Double.compare(other.level, one.level));
        return parts;
    }
}
