package dev.faultline.suggest.packing;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/** Finds violated cuts: sets of signatures that a fractional solution puts on fewer lines than their bytes need. */
final class Cuts {

    private static final int MOST_AT_ONCE = 6;
    /** Up to this many signatures, all sets of them are tried. */
    private static final int FEW_SIGNATURES = 14;

    /** Least number of lines that must be missing for a cut. */
    private static final double LEAST_MISSING = 0.02;

    private final AggregatedPacking problem;
    private final long[] bytesOf;
    /** Free bytes of the n roomiest bins, by n. */
    private final long[] room;

    private record Found(BitSet signatures, int lines, double missing) {}

    Cuts(AggregatedPacking problem) {
        this.problem = problem;
        bytesOf = new long[problem.signatures.size()];
        for (AggregatedPacking.ItemClass itemClass : problem.classes) {
            bytesOf[itemClass.signature()] +=
                    itemClass.byteSize() * itemClass.members().size();
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

    /** {@return the most violated cuts of a solution} */
    List<DualPrices.Cut> violated(List<RestrictedMasterProblem.Part> parts) {
        List<BitSet> signatures = parts.stream()
                .map(part -> problem.signaturesOf(part.line().counts()))
                .toList();
        List<Found> found = new ArrayList<>();
        if (bytesOf.length <= FEW_SIGNATURES) {
            for (long set = 1; set < 1L << bytesOf.length; set++) {
                check(BitSet.valueOf(new long[] {set}), parts, signatures, found);
            }
        } else {
            for (int seed = 0; seed < bytesOf.length; seed++) {
                grow(seed, parts, signatures, found);
            }
        }
        found.sort(Comparator.comparingDouble((Found one) -> -one.missing)
                .thenComparingInt(one -> one.signatures.cardinality()));
        return found.stream()
                .distinct()
                .limit(MOST_AT_ONCE)
                .map(one -> new DualPrices.Cut(one.signatures, one.lines))
                .toList();
    }

    private double check(
            BitSet set, List<RestrictedMasterProblem.Part> parts, List<BitSet> signatures, List<Found> found) {
        long bytes = 0;
        for (int signature = set.nextSetBit(0); signature >= 0; signature = set.nextSetBit(signature + 1)) {
            bytes += bytesOf[signature];
        }
        double levels = 0;
        for (int part = 0; part < signatures.size(); part++) {
            levels += signatures.get(part).intersects(set) ? parts.get(part).level() : 0;
        }
        int lines = linesFor(bytes);
        double missing = lines - levels;
        if (missing > LEAST_MISSING) {
            found.add(new Found((BitSet) set.clone(), lines, missing));
        }
        return missing;
    }

    /** Starts from one signature and repeatedly adds the one with which most lines are missing. */
    private void grow(int seed, List<RestrictedMasterProblem.Part> parts, List<BitSet> signatures, List<Found> found) {
        BitSet set = new BitSet();
        set.set(seed);
        check(set, parts, signatures, found);
        for (int size = 1; size < Math.min(6, bytesOf.length); size++) {
            int next = -1;
            double worst = Double.NEGATIVE_INFINITY;
            for (int signature = set.nextClearBit(0);
                    signature < bytesOf.length;
                    signature = set.nextClearBit(signature + 1)) {
                set.set(signature);
                double missing = check(set, parts, signatures, new ArrayList<>());
                set.clear(signature);
                if (missing > worst) {
                    worst = missing;
                    next = signature;
                }
            }
            set.set(next);
            check(set, parts, signatures, found);
        }
    }
}
