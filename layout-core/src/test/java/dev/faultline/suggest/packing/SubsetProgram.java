package dev.faultline.suggest.packing;

import dev.faultline.layout.ByteRange;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Computes the least cost of a packing by dynamic programming over all subsets, bin by bin. Shares no code with the
 * solver.
 */
public final class SubsetProgram {

    private SubsetProgram() {}

    /** {@return the least cost, in ns per second; infinite when the items do not fit} */
    public static double least(Packing packing) {
        int[] loose = packing.loose().stream().toArray();
        int all = 1 << loose.length;
        double[] least = new double[all];
        Arrays.fill(least, Double.POSITIVE_INFINITY);
        least[0] = 0;
        for (Bin bin : packing.bins()) {
            double[] line = lines(packing, bin, loose);
            double[] next = new double[all];
            Arrays.fill(next, Double.POSITIVE_INFINITY);
            for (int placed = 0; placed < all; placed++) {
                for (int here = placed; ; here = (here - 1) & placed) {
                    next[placed] = Math.min(next[placed], least[placed ^ here] + line[here]);
                    if (here == 0) {
                        break;
                    }
                }
            }
            least = next;
        }
        return least[all - 1];
    }

    private static double[] lines(Packing packing, Bin bin, int[] loose) {
        boolean[] fits = fits(packing, bin, loose);
        double[] line = new double[fits.length];
        for (int here = 0; here < line.length; here++) {
            BitSet items = bin.fixed();
            for (int i = 0; i < loose.length; i++) {
                items.set(loose[i], items.get(loose[i]) || (here >> i & 1) == 1);
            }
            line[here] = fits[here] ? packing.cost().nanosPerSecond(items) : Double.POSITIVE_INFINITY;
        }
        return line;
    }

    /** Collects, byte by byte, the subsets that can be placed before each byte. */
    static boolean[] fits(Packing packing, Bin bin, int[] loose) {
        int all = 1 << loose.length;
        boolean[][] before = new boolean[packing.lineBytes() + 1][all];
        before[0][0] = true;
        for (int at = 0; at < packing.lineBytes(); at++) {
            for (int placed = 0; placed < all; placed++) {
                if (before[at][placed]) {
                    before[at + 1][placed] = true;
                    for (int i = 0; i < loose.length; i++) {
                        Item item = packing.items().get(loose[i]);
                        if ((placed >> i & 1) == 0 && at % item.byteAlignment() == 0 && isFree(bin, at, item)) {
                            before[at + (int) item.byteSize()][placed | 1 << i] = true;
                        }
                    }
                }
            }
        }
        return before[packing.lineBytes()];
    }

    private static boolean isFree(Bin bin, int at, Item item) {
        return bin.free().stream().anyMatch(range -> range.contains(ByteRange.ofSize(at, item.byteSize())));
    }
}
