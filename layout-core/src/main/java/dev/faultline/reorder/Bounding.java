package dev.faultline.reorder;

import java.util.List;

/**
 * A lower bound by column generation: a linear program over the lines known so far says what items are worth, and a search says
 * whether some other line would be cheaper than what its items are worth. Whenever that search ends, the prices prove a
 * bound, whatever the program made of them.
 */
final class Bounding {

    /** Few enough signatures to search all lines at once. */
    private static final int FEW = 10;

    private static final double ROUNDING = 1e-10;

    private final Compact problem;
    private final double scale;
    private double value;
    private double[] prices;
    private double[] least;
    private List<Master.Part> parts = List.of();

    Bounding(Compact problem, double scale) {
        this.problem = problem;
        this.scale = scale;
        value = problem.fixedNanos();
        prices = new double[problem.sorts.size()];
        least = problem.shapes.stream().mapToDouble(Compact.Shape::fixedNanos).toArray();
    }

    /** {@return the best bound so far} */
    double value() {
        return value;
    }

    /** {@return the prices of the sorts that prove it} */
    double[] prices() {
        return prices;
    }

    /** {@return for each shape the least that a line leaves at those prices} */
    double[] least() {
        return least;
    }

    /** {@return the lines of the last program's solution} */
    List<Master.Part> parts() {
        return parts;
    }

    /**
     * Looks for a bound, taking only the hottest signatures into account: without the others a packing costs no more.
     *
     * @param hottest how many signatures
     * @param known lines to begin with
     * @param enough a bound that need not be exceeded
     * @return whether it is the best that prices can prove; else the effort did not suffice
     */
    boolean run(int hottest, List<Line> known, double enough, Meter meter) {
        boolean[] core = new boolean[prices.length];
        for (int sort = 0; sort < core.length; sort++) {
            core[sort] = problem.sorts.get(sort).flavor() < hottest;
        }
        Master master = new Master(problem, core, scale);
        known.forEach(master::add);
        while (true) {
            if (!master.solve(meter)) {
                return false;
            }
            parts = master.parts();
            double[] worth = master.prices();
            double[] limits = limits(master);
            if (hottest > FEW && guess(master, worth, limits, meter)) {
                continue;
            }
            Boolean more = search(master, worth, limits, meter);
            if (more == null) {
                return false;
            }
            if (!more || value >= enough) {
                return true;
            }
        }
    }

    /** What a line of each shape must leave less than, to be of use. */
    private double[] limits(Master master) {
        double[] limits = master.shapePrices();
        for (int shape = 0; shape < limits.length; shape++) {
            limits[shape] += problem.shapes.get(shape).fixedNanos() - ROUNDING * scale;
        }
        return limits;
    }

    private boolean guess(Master master, double[] worth, double[] limits, Meter meter) {
        boolean[] found = new boolean[1];
        for (int shape = 0; shape < limits.length; shape++) {
            double limit = limits[shape];
            new Pricing(problem, shape, worth, meter).guess(limit, line -> {
                found[0] |= line.reducedNanos(worth) < limit && master.add(line);
            });
        }
        return found[0];
    }

    /** Whether lines were found that help; null when the effort did not suffice. */
    private Boolean search(Master master, double[] worth, double[] limits, Meter meter) {
        double bound = 0;
        for (int sort = 0; sort < worth.length; sort++) {
            bound += worth[sort] * problem.sorts.get(sort).members().size();
        }
        boolean found = false;
        double[] leasts = new double[limits.length];
        for (int shape = 0; shape < limits.length; shape++) {
            Pricing.Least of = new Pricing(problem, shape, worth, meter).least();
            if (of == null) {
                return null;
            }
            leasts[shape] = of.nanos();
            bound += of.nanos() * problem.shapes.get(shape).bins().size();
            for (Line line : of.lines()) {
                found |= line.reducedNanos(worth) < limits[shape] && master.add(line);
            }
        }
        if (bound > value) {
            value = bound;
            prices = worth;
            least = leasts;
        }
        return found;
    }
}
