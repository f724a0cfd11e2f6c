package dev.faultline.suggest.packing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * A packing that is made and improved by hand: items put where they add least, then moved, exchanged and merged as long as that
 * saves something. How many items of which sort are in which bin is all there is to it.
 */
final class PackingHeuristic {

    private static final int MOST_ROUNDS = 200;

    private final AggregatedPacking problem;
    private final EffortMeter effortLeft;
    private final int sorts;
    private final int bins;
    /** Of each bin its shape. */
    private final int[] shapeOf;

    private int[][] counts;
    private double[] nanos;
    /** How many items of each sort are in no bin. */
    private int[] left;

    PackingHeuristic(AggregatedPacking problem, EffortMeter effortLeft) {
        this.problem = problem;
        this.effortLeft = effortLeft;
        sorts = problem.sorts.size();
        bins = problem.packing.bins().size();
        shapeOf = new int[bins];
        for (int shape = 0; shape < problem.shapes.size(); shape++) {
            for (int bin : problem.shapes.get(shape).bins()) {
                shapeOf[bin] = shape;
            }
        }
        clear();
    }

    private void clear() {
        counts = new int[bins][sorts];
        nanos = new double[bins];
        for (int bin = 0; bin < bins; bin++) {
            nanos[bin] = problem.shapes.get(shapeOf[bin]).fixedNanos();
        }
        left = problem.demands();
    }

    private double nanos(int bin, int[] of) {
        return problem.nanos(problem.shapes.get(shapeOf[bin]), problem.flavorsOf(of));
    }

    private boolean fits(int bin, int[] of) {
        return problem.fits(problem.shapes.get(shapeOf[bin]), of);
    }

    /** {@return the cost of the packing, infinite while items are left over} */
    double total() {
        return Arrays.stream(left).anyMatch(some -> some > 0)
                ? Double.POSITIVE_INFINITY
                : Arrays.stream(nanos).sum();
    }

    /** {@return the lines as they are} */
    List<LinePattern> lines() {
        List<LinePattern> lines = new ArrayList<>();
        for (int bin = 0; bin < bins; bin++) {
            lines.add(new LinePattern(shapeOf[bin], counts[bin].clone(), nanos[bin]));
        }
        return lines;
    }

    /** Starts over from some lines; what of them there is no bin or item for is left out. */
    void take(List<LinePattern> lines) {
        clear();
        for (LinePattern line : lines) {
            int[] wanted = line.counts().clone();
            int total = 0;
            for (int sort = 0; sort < sorts; sort++) {
                wanted[sort] = Math.min(wanted[sort], left[sort]);
                total += wanted[sort];
            }
            for (int bin = 0; bin < bins && total > 0; bin++) {
                if (shapeOf[bin] == line.shape() && isEmpty(bin)) {
                    for (int sort = 0; sort < sorts; sort++) {
                        left[sort] -= wanted[sort];
                    }
                    counts[bin] = wanted;
                    nanos[bin] = nanos(bin, wanted);
                    break;
                }
            }
        }
    }

    /** What goes first when items are placed. */
    enum First {
        HOTTEST,
        LARGEST,
        MOST_ALIGNED
    }

    /** Places what is left, each item where it adds least. */
    void place(First first) {
        Integer[] order = new Integer[sorts];
        Arrays.setAll(order, sort -> sort);
        if (first == First.LARGEST) {
            Arrays.sort(
                    order,
                    Comparator.comparingLong(sort -> -problem.sorts.get(sort).byteSize()));
        } else if (first == First.MOST_ALIGNED) {
            Arrays.sort(
                    order,
                    Comparator.comparingLong(
                            (Integer sort) -> -problem.sorts.get(sort).byteAlignment()));
        }
        for (int sort : order) {
            while (left[sort] > 0 && place(sort)) {
                left[sort]--;
            }
        }
    }

    private boolean place(int sort) {
        int best = -1;
        double least = Double.POSITIVE_INFINITY;
        double leastNanos = 0;
        for (int bin = 0; bin < bins; bin++) {
            if (isFirstOfItsKind(bin)) {
                counts[bin][sort]++;
                if (fits(bin, counts[bin])) {
                    effortLeft.spend(1);
                    double with = nanos(bin, counts[bin]);
                    if (with - nanos[bin] < least) {
                        least = with - nanos[bin];
                        leastNanos = with;
                        best = bin;
                    }
                }
                counts[bin][sort]--;
            }
        }
        if (best >= 0) {
            counts[best][sort]++;
            nanos[best] = leastNanos;
        }
        return best >= 0;
    }

    /** Of empty bins of one shape one is as good as the other. */
    private boolean isFirstOfItsKind(int bin) {
        if (!isEmpty(bin)) {
            return true;
        }
        for (int other = 0; other < bin; other++) {
            if (shapeOf[other] == shapeOf[bin] && isEmpty(other)) {
                return false;
            }
        }
        return true;
    }

    private boolean isEmpty(int bin) {
        for (int count : counts[bin]) {
            if (count > 0) {
                return false;
            }
        }
        return true;
    }

    /** Moves, exchanges and merges until nothing saves any more. */
    void improve() {
        for (int round = 0; round < MOST_ROUNDS && !effortLeft.isSpent(); round++) {
            boolean better = false;
            for (int one = 0; one < bins; one++) {
                for (int other = 0; other < bins; other++) {
                    if (one != other && !isEmpty(one) && isFirstOfItsKind(other) && !effortLeft.isSpent()) {
                        better |= between(one, other);
                    }
                }
            }
            if (!better) {
                return;
            }
        }
    }

    private boolean between(int one, int other) {
        boolean better = false;
        for (int sort = 0; sort < sorts; sort++) {
            for (int some = counts[one][sort]; some > 0; some = some > 1 ? 1 : 0) {
                better |= counts[one][sort] >= some && exchange(one, other, sort, some, -1, 0);
            }
            for (int back = 0; back < sorts && counts[one][sort] > 0 && one < other; back++) {
                if (back != sort && counts[other][back] > 0) {
                    better |= exchange(one, other, sort, 1, back, 1)
                            || counts[one][sort] > 0
                                    && counts[other][back] > 0
                                    && exchange(one, other, sort, counts[one][sort], back, counts[other][back]);
                }
            }
        }
        int[] ofFlavor = new int[problem.flavors.size()];
        for (int sort = 0; sort < sorts; sort++) {
            ofFlavor[problem.sorts.get(sort).flavor()] += counts[one][sort];
        }
        for (int flavor = 0; flavor < ofFlavor.length; flavor++) {
            better |= ofFlavor[flavor] > 1 && moveFlavor(one, other, flavor); // of one, exchange has seen to
        }
        return better | merge(one, other);
    }

    private boolean exchange(int one, int other, int sort, int some, int back, int backSome) {
        int[] from = counts[one].clone();
        int[] to = counts[other].clone();
        from[sort] -= some;
        to[sort] += some;
        if (back >= 0) {
            from[back] += backSome;
            to[back] -= backSome;
        }
        return accept(one, from, other, to);
    }

    private boolean moveFlavor(int one, int other, int flavor) {
        int[] from = counts[one].clone();
        int[] to = counts[other].clone();
        int moved = 0;
        for (int sort = 0; sort < sorts; sort++) {
            if (problem.sorts.get(sort).flavor() == flavor) {
                moved += from[sort];
                to[sort] += from[sort];
                from[sort] = 0;
            }
        }
        return moved > 1 && accept(one, from, other, to);
    }

    private boolean merge(int one, int other) {
        int[] to = counts[other].clone();
        for (int sort = 0; sort < sorts; sort++) {
            to[sort] += counts[one][sort];
        }
        return accept(one, new int[sorts], other, to);
    }

    private boolean accept(int one, int[] from, int other, int[] to) {
        if (!fits(other, to) || !fits(one, from)) {
            return false;
        }
        effortLeft.spend(2);
        double fromNanos = nanos(one, from);
        double toNanos = nanos(other, to);
        double before = nanos[one] + nanos[other];
        if (fromNanos + toNanos >= before - PackingSolution.ROUNDING * before) {
            return false;
        }
        counts[one] = from;
        counts[other] = to;
        nanos[one] = fromNanos;
        nanos[other] = toNanos;
        return true;
    }

    /** Empties a few bins, so that what was in them is placed anew. */
    void shake(Random random) {
        int some = 2 + random.nextInt(2);
        for (int i = 0; i < some; i++) {
            int bin = random.nextInt(bins);
            for (int sort = 0; sort < sorts; sort++) {
                left[sort] += counts[bin][sort];
            }
            counts[bin] = new int[sorts];
            nanos[bin] = problem.shapes.get(shapeOf[bin]).fixedNanos();
        }
    }
}
