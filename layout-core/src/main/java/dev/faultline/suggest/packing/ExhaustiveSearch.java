package dev.faultline.suggest.packing;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tries every assignment of items to a few lines, starting from a known solution. Adding an item never makes a line
 * cheaper, so a branch ends where the lines so far cost as much as the best solution. With few lines that leaves few
 * branches, even where column generation leaves a small gap.
 */
public final class ExhaustiveSearch {

    /** Largest number of lines for which the search is feasible. */
    public static final int MOST_BINS = 6;

    private static final int MOST_CACHED = 1 << 16;

    private final Packing packing;
    private final List<Integer> order;
    private final List<BitSet> lines = new ArrayList<>();
    private final double[] nanos;
    private final List<Map<BitSet, Boolean>> fits = new ArrayList<>();
    private List<BitSet> best;
    private double bestNanos;
    private long left;

    private ExhaustiveSearch(Packing packing, PackingSolution found, SearchEffort effort) {
        this.packing = packing;
        this.best = found.lines();
        this.bestNanos = found.cost();
        this.left = effort.nodes();
        this.nanos = new double[packing.bins().size()];
        for (int bin = 0; bin < nanos.length; bin++) {
            lines.add(packing.bins().get(bin).fixed());
            nanos[bin] = packing.cost().nanosPerSecond(lines.get(bin));
            fits.add(new HashMap<>());
        }
        order = new ArrayList<>(packing.loose().stream().boxed().toList());
        order.sort(Comparator.comparingDouble((Integer item) -> -alone(item))
                .thenComparingLong(item -> -packing.items().get(item).byteSize()));
    }

    /** {@return the solution or a better one; proved optimal if the effort sufficed to try all assignments} */
    public static PackingSolution closeGap(Packing packing, PackingSolution found, SearchEffort effort) {
        if (found.gap() == 0) {
            return found;
        }
        ExhaustiveSearch search = new ExhaustiveSearch(packing, found, effort);
        boolean complete = search.search(0);
        LowerBound bound = found.bound();
        if (complete) {
            bound = new LowerBound(search.bestNanos, "exhaustive search", bound.prices(), bound.cutDuals());
        }
        return new PackingSolution(search.best, search.bestNanos, bound);
    }

    private double alone(int item) {
        BitSet one = new BitSet();
        one.set(item);
        return packing.cost().nanosPerSecond(one);
    }

    private double total() {
        double total = 0;
        for (double one : nanos) {
            total += one;
        }
        return total;
    }

    /** {@return whether all assignments of the remaining items were tried} */
    private boolean search(int at) {
        if (total() >= bestNanos * (1 - PackingSolution.ROUNDING / 2)) {
            return true;
        }
        if (at == order.size()) {
            bestNanos = total();
            best = lines.stream().map(line -> (BitSet) line.clone()).toList();
            return true;
        }
        int item = order.get(at);
        for (int bin = 0; bin < nanos.length; bin++) {
            if (isRepeated(bin)) {
                continue;
            }
            if (--left < 0) {
                return false;
            }
            double before = nanos[bin];
            lines.get(bin).set(item);
            if (fits(bin)) {
                nanos[bin] = packing.cost().nanosPerSecond(lines.get(bin));
                if (!search(at + 1)) {
                    return false;
                }
            }
            lines.get(bin).clear(item);
            nanos[bin] = before;
        }
        return true;
    }

    /** {@return whether an earlier bin is equal and holds the same items} */
    private boolean isRepeated(int bin) {
        for (int before = 0; before < bin; before++) {
            if (lines.get(before).equals(lines.get(bin))
                    && packing.bins().get(before).equals(packing.bins().get(bin))) {
                return true;
            }
        }
        return false;
    }

    private boolean fits(int bin) {
        BitSet added = (BitSet) lines.get(bin).clone();
        added.andNot(packing.bins().get(bin).fixed());
        Map<BitSet, Boolean> known = fits.get(bin);
        Boolean fit = known.get(added);
        if (fit == null) {
            fit = packing.places(bin, added).isPresent();
            if (known.size() < MOST_CACHED) {
                known.put(added, fit);
            }
        }
        return fit;
    }
}
