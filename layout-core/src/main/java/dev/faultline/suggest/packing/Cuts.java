package dev.faultline.suggest.packing;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/**
 * Signatures that a program's solution puts on fewer lines than their bytes need: it takes a part of a line where a whole one
 * is due.
 */
final class Cuts {

    private static final int MOST_AT_ONCE = 6;
    /** So few signatures that all sets of them are looked at. */
    private static final int FEW = 14;

    private static final double CLEARLY = 0.02;

    private final AggregatedPacking problem;
    private final long[] bytesOf;
    /** Free bytes of the roomiest bins, added up. */
    private final long[] room;

    private record Found(BitSet flavors, int lines, double missing) {}

    Cuts(AggregatedPacking problem) {
        this.problem = problem;
        bytesOf = new long[problem.flavors.size()];
        for (AggregatedPacking.Sort sort : problem.sorts) {
            bytesOf[sort.flavor()] += sort.byteSize() * sort.members().size();
        }
        long[] free = problem.packing.bins().stream()
                .mapToLong(Bin::freeBytes)
                .map(bytes -> -bytes)
                .sorted()
                .toArray();
        room = new long[free.length + 1];
        for (int bin = 0; bin < free.length; bin++) {
            room[bin + 1] = room[bin] - free[bin];
        }
    }

    private int linesFor(long bytes) {
        int lines = 0;
        while (lines < room.length - 1 && room[lines] < bytes) {
            lines++;
        }
        return lines;
    }

    /** {@return sets of signatures that the solution gives too few lines, the worst first; at most a few} */
    List<DualPrices.Cut> violated(List<RestrictedMasterProblem.Part> parts) {
        List<BitSet> flavors = parts.stream()
                .map(part -> problem.flavorsOf(part.line().counts()))
                .toList();
        List<Found> found = new ArrayList<>();
        if (bytesOf.length <= FEW) {
            for (long set = 1; set < 1L << bytesOf.length; set++) {
                look(BitSet.valueOf(new long[] {set}), parts, flavors, found);
            }
        } else {
            for (int seed = 0; seed < bytesOf.length; seed++) {
                grow(seed, parts, flavors, found);
            }
        }
        found.sort(Comparator.comparingDouble((Found one) -> -one.missing)
                .thenComparingInt(one -> one.flavors.cardinality()));
        return found.stream()
                .distinct()
                .limit(MOST_AT_ONCE)
                .map(one -> new DualPrices.Cut(one.flavors, one.lines))
                .toList();
    }

    private double look(BitSet set, List<RestrictedMasterProblem.Part> parts, List<BitSet> flavors, List<Found> found) {
        long bytes = 0;
        for (int flavor = set.nextSetBit(0); flavor >= 0; flavor = set.nextSetBit(flavor + 1)) {
            bytes += bytesOf[flavor];
        }
        double levels = 0;
        for (int part = 0; part < flavors.size(); part++) {
            levels += flavors.get(part).intersects(set) ? parts.get(part).level() : 0;
        }
        int lines = linesFor(bytes);
        double missing = lines - levels;
        if (missing > CLEARLY) {
            found.add(new Found((BitSet) set.clone(), lines, missing));
        }
        return missing;
    }

    /** From one signature on, always the one more that makes the solution look worst. */
    private void grow(int seed, List<RestrictedMasterProblem.Part> parts, List<BitSet> flavors, List<Found> found) {
        BitSet set = new BitSet();
        set.set(seed);
        look(set, parts, flavors, found);
        for (int size = 1; size < Math.min(6, bytesOf.length); size++) {
            int next = -1;
            double worst = Double.NEGATIVE_INFINITY;
            for (int flavor = set.nextClearBit(0); flavor < bytesOf.length; flavor = set.nextClearBit(flavor + 1)) {
                set.set(flavor);
                double missing = look(set, parts, flavors, new ArrayList<>());
                set.clear(flavor);
                if (missing > worst) {
                    worst = missing;
                    next = flavor;
                }
            }
            set.set(next);
            look(set, parts, flavors, found);
        }
    }
}
