package dev.faultline.suggest.packing;

import java.util.ArrayList;
import java.util.List;

/**
 * A lower bound by column generation: a linear program over the lines known so far says what items are worth, and a search says
 * whether some other line would be cheaper than what its items are worth. Whenever that search ends, the prices prove a
 * bound, whatever the program made of them. Where the program takes parts of lines, cuts make it take whole ones.
 */
final class ColumnGeneration {

    /** Few enough signatures to search all lines at once. */
    private static final int FEW = 10;
    /** So often cuts are added. */
    private static final int MOST_ROUNDS = 40;
    /** What a round of cuts must raise the bound by. */
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
        duals = DualPrices.nothing(problem.sorts.size());
        least = problem.shapes.stream()
                .mapToDouble(AggregatedPacking.Shape::fixedNanos)
                .toArray();
    }

    /** {@return the best bound so far} */
    double value() {
        return value;
    }

    /** {@return the prices and tolls that prove it} */
    DualPrices pay() {
        return duals;
    }

    /** {@return for each shape the least that a line leaves at those prices} */
    double[] least() {
        return least;
    }

    /** {@return by how much a line leaves more than the least} */
    double loss(LinePattern line) {
        return duals.leaves(problem, line) - least[line.shape()];
    }

    /** {@return the lines that were found} */
    List<LinePattern> lines() {
        return lines;
    }

    /**
     * Looks for a bound, taking only the hottest signatures into account: without the others a packing costs no more.
     *
     * @param hottest how many signatures
     * @param known lines to begin with
     * @param enough a bound that need not be exceeded
     * @return whether it is the best that prices can prove; else the effort did not suffice
     */
    boolean run(int hottest, List<LinePattern> known, double enough, EffortMeter effortLeft) {
        int[] demands = problem.demands();
        for (int sort = 0; sort < demands.length; sort++) {
            demands[sort] = problem.sorts.get(sort).flavor() < hottest ? demands[sort] : 0;
        }
        RestrictedMasterProblem master = new RestrictedMasterProblem(problem, demands, problem.bins(), cuts, scale);
        known.forEach(master::add);
        boolean complete = generate(master, hottest, enough, effortLeft);
        lines = master.lines();
        return complete;
    }

    /** Adds cuts as long as they raise the bound; prices alone must have got as far as they can. */
    void cut(double enough, EffortMeter effortLeft) {
        Cuts all = new Cuts(problem);
        double before = Double.NEGATIVE_INFINITY;
        for (int round = 0; round < MOST_ROUNDS && value < enough; round++) {
            RestrictedMasterProblem master =
                    new RestrictedMasterProblem(problem, problem.demands(), problem.bins(), List.copyOf(cuts), scale);
            lines.forEach(master::add);
            boolean complete = generate(master, problem.flavors.size(), enough, effortLeft);
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
            DualPrices worth = master.pay();
            double[] limits = limits(master);
            if (hottest > FEW && guess(master, worth, limits, effortLeft)) {
                continue;
            }
            Boolean more = search(master, worth, limits, effortLeft);
            if (more == null) {
                return false;
            }
            if (!more || value >= enough) {
                return true;
            }
        }
    }

    /** What a line of each shape must leave less than, to be of use. */
    private double[] limits(RestrictedMasterProblem master) {
        double[] limits = master.shapePrices();
        for (int shape = 0; shape < limits.length; shape++) {
            limits[shape] += problem.shapes.get(shape).fixedNanos() - ROUNDING * scale;
        }
        return limits;
    }

    private boolean guess(RestrictedMasterProblem master, DualPrices worth, double[] limits, EffortMeter effortLeft) {
        boolean[] found = new boolean[1];
        for (int shape = 0; shape < limits.length; shape++) {
            double limit = limits[shape];
            new PricingProblem(problem, shape, worth, effortLeft).guess(limit, line -> {
                found[0] |= worth.leaves(problem, line) < limit && master.add(line);
            });
        }
        return found[0];
    }

    /** Whether lines were found that help; null when the effort did not suffice. */
    private Boolean search(RestrictedMasterProblem master, DualPrices worth, double[] limits, EffortMeter effortLeft) {
        double bound = worth.total(problem);
        boolean found = false;
        double[] leasts = new double[limits.length];
        for (int shape = 0; shape < limits.length; shape++) {
            PricingProblem.Least of = new PricingProblem(problem, shape, worth, effortLeft).least();
            if (of == null) {
                return null;
            }
            leasts[shape] = of.nanos();
            bound += of.nanos() * problem.shapes.get(shape).bins().size();
            for (LinePattern line : of.lines()) {
                found |= worth.leaves(problem, line) < limits[shape] && master.add(line);
            }
        }
        if (bound > value) {
            value = bound;
            duals = worth;
            least = leasts;
        }
        return found;
    }

    /**
     * Lines that go together, chosen one after the other: those that the program takes whole, else the one it takes most of; then
     * the program is solved for the rest.
     */
    List<LinePattern> dive(EffortMeter effortLeft) {
        int[] demands = problem.demands();
        int[] bins = problem.bins();
        List<LinePattern> chosen = new ArrayList<>();
        while (java.util.Arrays.stream(demands).anyMatch(open -> open > 0)) {
            RestrictedMasterProblem master =
                    new RestrictedMasterProblem(problem, demands.clone(), bins.clone(), List.of(), scale);
            for (LinePattern line : lines) {
                LinePattern rest = clipped(line, demands);
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
                    LinePattern rest = clipped(part.line(), demands);
                    if (rest != null && rest.equals(part.line()) && bins[rest.shape()] > 0) {
                        chosen.add(rest);
                        bins[rest.shape()]--;
                        for (int sort = 0; sort < demands.length; sort++) {
                            demands[sort] -= rest.counts()[sort];
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

    private LinePattern clipped(LinePattern line, int[] demands) {
        int[] counts = line.counts().clone();
        int total = 0;
        for (int sort = 0; sort < counts.length; sort++) {
            counts[sort] = Math.min(counts[sort], demands[sort]);
            total += counts[sort];
        }
        if (total == 0) {
            return null;
        }
        return java.util.Arrays.equals(counts, line.counts()) ? line : problem.line(line.shape(), counts);
    }
}
