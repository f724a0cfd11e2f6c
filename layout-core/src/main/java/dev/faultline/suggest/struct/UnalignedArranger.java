package dev.faultline.suggest.struct;

import dev.faultline.suggest.Figures;
import dev.faultline.suggest.cost.LayoutCostEvaluator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Arranges a struct whose start on a line is unknown. Units that share a line in the best packing stay adjacent;
 * units that do not are placed so far apart that they never share one. Untouched units fill the gaps.
 */
final class UnalignedArranger {

    private final ConstrainedStruct constrained;
    private final LayoutCostEvaluator evaluator;
    private final long baseAlignment;
    private final long[] offsets;
    private final FreeSpace space;

    private UnalignedArranger(ConstrainedStruct constrained, LayoutCostEvaluator evaluator, long baseAlignment) {
        this.constrained = constrained;
        this.evaluator = evaluator;
        this.baseAlignment = baseAlignment;
        this.offsets = new long[constrained.struct().units().size()];
        this.space = new FreeSpace(constrained);
        Arrays.fill(offsets, -1);
        constrained.fixed().forEach((unit, offset) -> offsets[unit] = offset);
    }

    /** {@return offsets of all units, made from an arrangement on lines} */
    static long[] of(ArrangementSearch.Arrangement arrangement, LayoutCostEvaluator evaluator, long baseAlignment) {
        UnalignedArranger arranger = new UnalignedArranger(arrangement.constrained(), evaluator, baseAlignment);
        arranger.putClusters(arrangement.offsets());
        arranger.putRest();
        return arranger.offsets;
    }

    private void put(int unit, long offset) {
        offsets[unit] = offset;
        space.take(offset, offset + constrained.unit(unit).byteSize());
    }

    /**
     * Places the touched units of each line. Units of a line without fixed units go behind the others, at a distance
     * if they disturb each other.
     */
    private void putClusters(long[] onLines) {
        long end = 0;
        for (int i : constrained.fixed().keySet()) {
            end = Math.max(end, offsets[i] + constrained.unit(i).byteSize());
        }
        BitSet before = new BitSet();
        for (List<Integer> cluster : clusters(onLines)) {
            BitSet fields = fields(cluster);
            boolean hasFixed = cluster.stream().anyMatch(constrained::isFixed);
            long from = hasFixed || !disturb(before, fields) ? 0 : afterLineOf(end);
            for (int i : cluster) {
                if (offsets[i] < 0) {
                    put(i, space.firstFit(constrained.unit(i), Math.max(from, hasFixed ? 0 : end), FreeSpace.END));
                }
            }
            for (int i : cluster) {
                end = Math.max(end, offsets[i] + constrained.unit(i).byteSize());
            }
            before = fields;
        }
    }

    /**
     * {@return the first byte that is on another line than the last byte before {@code end}, wherever byte 0 is on a
     * line}
     */
    private long afterLineOf(long end) {
        return end == 0 ? 0 : (end - 1) / baseAlignment * baseAlignment + evaluator.lineBytes();
    }

    private List<List<Integer>> clusters(long[] onLines) {
        List<Integer> touched = new ArrayList<>();
        for (int i = 0; i < onLines.length; i++) {
            if (constrained.unit(i).isTouched()) {
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
        cluster.forEach(i -> constrained.unit(i).touched().forEach(one -> fields.set(one.field())));
        return fields;
    }

    /** {@return whether one line with both sets of fields costs more than two lines with one each} */
    private boolean disturb(BitSet one, BitSet other) {
        BitSet both = (BitSet) one.clone();
        both.or(other);
        return !Figures.isAtMost(
                evaluator.nanosPerSecond(both), evaluator.nanosPerSecond(one) + evaluator.nanosPerSecond(other));
    }

    private void putRest() {
        IntStream.range(0, offsets.length)
                .filter(i -> offsets[i] < 0)
                .boxed()
                .sorted(Comparator.comparingLong(
                                (Integer i) -> -constrained.unit(i).modulus())
                        .thenComparingLong(i -> -constrained.unit(i).byteSize()))
                .forEach(i -> put(i, space.firstFit(constrained.unit(i), 0, FreeSpace.END)));
    }
}
