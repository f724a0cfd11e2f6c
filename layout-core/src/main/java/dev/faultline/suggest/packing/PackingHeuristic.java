package dev.faultline.suggest.packing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * A packing built greedily and improved by local search: each item goes where it adds least; then items are moved,
 * exchanged and bins merged while that saves cost. The state is the number of items of each class in each bin.
 */
final class PackingHeuristic {

    private static final int MOST_ROUNDS = 200;

    private final AggregatedPacking problem;
    private final EffortMeter effortLeft;
    private final int classes;
    private final int bins;
    /** Shape of each bin. */
    private final int[] shapeOf;

    private int[][] counts;
    private double[] nanos;
    /** Number of items of each class that are in no bin. */
    private int[] left;

    PackingHeuristic(AggregatedPacking problem, EffortMeter effortLeft) {
        this.problem = problem;
        this.effortLeft = effortLeft;
        classes = problem.classes.size();
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
        counts = new int[bins][classes];
        nanos = new double[bins];
        for (int bin = 0; bin < bins; bin++) {
            nanos[bin] = problem.shapes.get(shapeOf[bin]).fixedNanos();
        }
        left = problem.demands();
    }

    private double nanos(int bin, int[] of) {
        return problem.nanos(problem.shapes.get(shapeOf[bin]), problem.signaturesOf(of));
    }

    private boolean fits(int bin, int[] of) {
        return problem.fits(problem.shapes.get(shapeOf[bin]), of);
    }

    /** {@return the cost of the packing, in ns per second; infinite while items are left} */
    double total() {
        return Arrays.stream(left).anyMatch(some -> some > 0)
                ? Double.POSITIVE_INFINITY
                : Arrays.stream(nanos).sum();
    }

    List<LinePattern> lines() {
        List<LinePattern> lines = new ArrayList<>();
        for (int bin = 0; bin < bins; bin++) {
            lines.add(new LinePattern(shapeOf[bin], counts[bin].clone(), nanos[bin]));
        }
        return lines;
    }

    /** Restarts from some lines; omits what no bin or item is left for. */
    void startFrom(List<LinePattern> lines) {
        clear();
        for (LinePattern line : lines) {
            int[] wanted = line.counts().clone();
            int total = 0;
            for (int itemClass = 0; itemClass < classes; itemClass++) {
                wanted[itemClass] = Math.min(wanted[itemClass], left[itemClass]);
                total += wanted[itemClass];
            }
            for (int bin = 0; bin < bins && total > 0; bin++) {
                if (shapeOf[bin] == line.shape() && isEmpty(bin)) {
                    for (int itemClass = 0; itemClass < classes; itemClass++) {
                        left[itemClass] -= wanted[itemClass];
                    }
                    counts[bin] = wanted;
                    nanos[bin] = nanos(bin, wanted);
                    break;
                }
            }
        }
    }

    /** Order in which items are placed. */
    enum First {
        HOTTEST,
        LARGEST,
        MOST_ALIGNED
    }

    /** Places the items left, each where it adds least. */
    void place(First first) {
        Integer[] order = new Integer[classes];
        Arrays.setAll(order, itemClass -> itemClass);
        if (first == First.LARGEST) {
            Arrays.sort(
                    order,
                    Comparator.comparingLong(
                            itemClass -> -problem.classes.get(itemClass).byteSize()));
        } else if (first == First.MOST_ALIGNED) {
            Arrays.sort(
                    order,
                    Comparator.comparingLong((Integer itemClass) ->
                            -problem.classes.get(itemClass).byteAlignment()));
        }
        for (int itemClass : order) {
            while (left[itemClass] > 0 && place(itemClass)) {
                left[itemClass]--;
            }
        }
    }

    private boolean place(int itemClass) {
        int best = -1;
        double least = Double.POSITIVE_INFINITY;
        double leastNanos = 0;
        for (int bin = 0; bin < bins; bin++) {
            if (isFirstOfItsKind(bin)) {
                counts[bin][itemClass]++;
                if (fits(bin, counts[bin])) {
                    effortLeft.spend(1);
                    double with = nanos(bin, counts[bin]);
                    if (with - nanos[bin] < least) {
                        least = with - nanos[bin];
                        leastNanos = with;
                        best = bin;
                    }
                }
                counts[bin][itemClass]--;
            }
        }
        if (best >= 0) {
            counts[best][itemClass]++;
            nanos[best] = leastNanos;
        }
        return best >= 0;
    }

    /** {@return whether a bin is not empty, or the first empty one of its shape} */
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

    /** Moves, exchanges and merges items until that saves no more. */
    void improve() {
        for (int round = 0; round < MOST_ROUNDS && !effortLeft.isSpent(); round++) {
            boolean better = false;
            for (int one = 0; one < bins; one++) {
                for (int other = 0; other < bins; other++) {
                    if (one != other && !isEmpty(one) && isFirstOfItsKind(other) && !effortLeft.isSpent()) {
                        better |= improvePair(one, other);
                    }
                }
            }
            if (!better) {
                return;
            }
        }
    }

    private boolean improvePair(int one, int other) {
        boolean better = false;
        for (int itemClass = 0; itemClass < classes; itemClass++) {
            for (int some = counts[one][itemClass]; some > 0; some = some > 1 ? 1 : 0) {
                better |= counts[one][itemClass] >= some && exchange(one, other, itemClass, some, -1, 0);
            }
            for (int back = 0; back < classes && counts[one][itemClass] > 0 && one < other; back++) {
                if (back != itemClass && counts[other][back] > 0) {
                    better |= exchange(one, other, itemClass, 1, back, 1)
                            || counts[one][itemClass] > 0
                                    && counts[other][back] > 0
                                    && exchange(
                                            one, other, itemClass, counts[one][itemClass], back, counts[other][back]);
                }
            }
        }
        int[] ofSignature = new int[problem.signatures.size()];
        for (int itemClass = 0; itemClass < classes; itemClass++) {
            ofSignature[problem.classes.get(itemClass).signature()] += counts[one][itemClass];
        }
        for (int signature = 0; signature < ofSignature.length; signature++) {
            better |= ofSignature[signature] > 1
                    && moveSignature(one, other, signature); // single items are moved by exchange
        }
        return better | merge(one, other);
    }

    private boolean exchange(int one, int other, int itemClass, int some, int back, int backSome) {
        int[] from = counts[one].clone();
        int[] to = counts[other].clone();
        from[itemClass] -= some;
        to[itemClass] += some;
        if (back >= 0) {
            from[back] += backSome;
            to[back] -= backSome;
        }
        return accept(one, from, other, to);
    }

    private boolean moveSignature(int one, int other, int signature) {
        int[] from = counts[one].clone();
        int[] to = counts[other].clone();
        int moved = 0;
        for (int itemClass = 0; itemClass < classes; itemClass++) {
            if (problem.classes.get(itemClass).signature() == signature) {
                moved += from[itemClass];
                to[itemClass] += from[itemClass];
                from[itemClass] = 0;
            }
        }
        return moved > 1 && accept(one, from, other, to);
    }

    private boolean merge(int one, int other) {
        int[] to = counts[other].clone();
        for (int itemClass = 0; itemClass < classes; itemClass++) {
            to[itemClass] += counts[one][itemClass];
        }
        return accept(one, new int[classes], other, to);
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

    /** Empties two or three random bins, so that their items are placed anew. */
    void shake(Random random) {
        int some = 2 + random.nextInt(2);
        for (int i = 0; i < some; i++) {
            int bin = random.nextInt(bins);
            for (int itemClass = 0; itemClass < classes; itemClass++) {
                left[itemClass] += counts[bin][itemClass];
            }
            counts[bin] = new int[classes];
            nanos[bin] = problem.shapes.get(shapeOf[bin]).fixedNanos();
        }
    }
}
