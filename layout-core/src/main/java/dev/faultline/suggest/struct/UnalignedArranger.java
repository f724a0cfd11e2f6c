package dev.faultline.suggest.struct;

import dev.faultline.suggest.Figures;
import dev.faultline.suggest.cost.LayoutCostEvaluator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/**
 * Arranges a struct of which nobody knows where it starts on a line: what shares a line in the best packing stays adjacent, and
 * what does not is so far apart that it never does. What nobody touches fills the distance.
 */
final class UnalignedArranger {

    private final ConstrainedStruct constrained;
    private final LayoutCostEvaluator evaluator;
    private final long baseAlignment;
    private final long[] offsets;
    private final FreeSpace space = new FreeSpace();

    private UnalignedArranger(ConstrainedStruct constrained, LayoutCostEvaluator evaluator, long baseAlignment) {
        this.constrained = constrained;
        this.evaluator = evaluator;
        this.baseAlignment = baseAlignment;
        this.offsets = new long[constrained.struct().units().size()];
        Arrays.fill(offsets, -1);
        constrained.fixed().forEach(this::put);
    }

    /** {@return offsets of all atoms, from an arrangement on lines} */
    static long[] of(ArrangementSearch.Arranged arranged, LayoutCostEvaluator evaluator, long baseAlignment) {
        UnalignedArranger work = new UnalignedArranger(arranged.constrained(), evaluator, baseAlignment);
        work.putClusters(arranged.offsets());
        work.putRest();
        return work.offsets;
    }

    private void put(int atom, long offset) {
        offsets[atom] = offset;
        space.take(offset, offset + constrained.atom(atom).byteSize());
    }

    /** The touched atoms of each line, those of a line without fixed ones moved behind the others, with room between. */
    private void putClusters(long[] onLines) {
        long end = 0;
        for (int i : constrained.fixed().keySet()) {
            end = Math.max(end, offsets[i] + constrained.atom(i).byteSize());
        }
        BitSet before = new BitSet();
        for (List<Integer> cluster : clusters(onLines)) {
            BitSet fields = fields(cluster);
            boolean begun = cluster.stream().anyMatch(constrained::isFixed);
            long from = begun || !disturb(before, fields) ? 0 : afterLineOf(end);
            for (int i : cluster) {
                if (offsets[i] < 0) {
                    put(i, space.firstFit(constrained.atom(i), Math.max(from, begun ? 0 : end), FreeSpace.END));
                }
            }
            for (int i : cluster) {
                end = Math.max(end, offsets[i] + constrained.atom(i).byteSize());
            }
            before = fields;
        }
    }

    /** The first byte that, wherever byte 0 stands, is on another line than the last byte before {@code end}. */
    private long afterLineOf(long end) {
        return end == 0 ? 0 : (end - 1) / baseAlignment * baseAlignment + evaluator.lineBytes();
    }

    private List<List<Integer>> clusters(long[] onLines) {
        List<Integer> touched = new ArrayList<>();
        for (int i = 0; i < onLines.length; i++) {
            if (constrained.atom(i).isTouched()) {
                touched.add(i);
            }
        }
        touched.sort(Comparator.comparingLong(i -> onLines[i]));
        List<List<Integer>> clusters = new ArrayList<>();
        long line = -1;
        for (int i : touched) {
            if (onLines[i] / evaluator.lineBytes() != line) {
                clusters.add(new ArrayList<>());
                line = onLines[i] / evaluator.lineBytes();
            }
            clusters.get(clusters.size() - 1).add(i);
        }
        return clusters;
    }

    private BitSet fields(List<Integer> cluster) {
        BitSet fields = new BitSet();
        cluster.forEach(i -> constrained.atom(i).touched().forEach(one -> fields.set(one.field())));
        return fields;
    }

    /** {@return whether a line with both would cost more than two with one each} */
    private boolean disturb(BitSet one, BitSet other) {
        BitSet both = (BitSet) one.clone();
        both.or(other);
        return !Figures.noMore(
                evaluator.nanosPerSecond(both), evaluator.nanosPerSecond(one) + evaluator.nanosPerSecond(other));
    }

    private void putRest() {
        List<Integer> rest = new ArrayList<>();
        for (int i = 0; i < offsets.length; i++) {
            if (offsets[i] < 0) {
                rest.add(i);
            }
        }
        rest.sort(Comparator.comparingLong((Integer i) -> -constrained.atom(i).modulus())
                .thenComparingLong(i -> -constrained.atom(i).byteSize()));
        for (int i : rest) {
            put(i, space.firstFit(constrained.atom(i), 0, FreeSpace.END));
        }
    }
}
