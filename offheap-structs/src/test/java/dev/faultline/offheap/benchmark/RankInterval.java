package dev.faultline.offheap.benchmark;

import java.util.Arrays;
import java.util.Optional;

/**
 * By what factor one sample is above another, with the interval that belongs to the Wilcoxon-Mann-Whitney test: no
 * distribution is assumed, and one wild fork among five widens the interval without moving the estimate.
 *
 * @param low lower end, 95 % or the least above it that the ranks allow
 * @param estimate the median of all ratios between the samples
 * @param high upper end
 */
record RankInterval(double low, double estimate, double high) {

    private static final double TAIL = 0.025;

    /**
     * Compares two samples.
     *
     * @param over the samples above the line, positive
     * @param under those below it, positive
     * @return the ratio over/under; nothing when there are too few for 95 % (four and four are the fewest)
     */
    static Optional<RankInterval> ofRatios(double[] over, double[] under) {
        int cut = cut(over.length, under.length);
        if (cut == 0) {
            return Optional.empty();
        }
        double[] ratios = new double[over.length * under.length];
        int next = 0;
        for (double one : over) {
            for (double other : under) {
                ratios[next++] = one / other;
            }
        }
        Arrays.sort(ratios);
        return Optional.of(new RankInterval(ratios[cut - 1], median(ratios), ratios[ratios.length - cut]));
    }

    /** {@return the median; NaN of nothing} */
    static double median(double... values) {
        if (values.length == 0) {
            return Double.NaN;
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** {@return the rank, from 1, at which the interval begins and, from above, ends; 0 when no rank is safe enough} */
    static int cut(int n, int m) {
        double[] ways = waysByU(n, m);
        double all = Arrays.stream(ways).sum();
        double below = 0;
        for (int u = 0; u < ways.length; u++) {
            below += ways[u] / all;
            if (below > TAIL) {
                return u;
            }
        }
        return 0;
    }

    /** {@return for each value of U, in how many orders of n and m samples it comes out} */
    private static double[] waysByU(int n, int m) {
        // orders of i and j samples, by whether the largest is one of the i (then all j are below it) or of the j
        double[][][] ways = new double[n + 1][m + 1][n * m + 1];
        for (int i = 0; i <= n; i++) {
            for (int j = 0; j <= m; j++) {
                if (i == 0 || j == 0) {
                    ways[i][j][0] = 1;
                    continue;
                }
                for (int u = 0; u <= n * m; u++) {
                    ways[i][j][u] = ways[i][j - 1][u] + (u >= j ? ways[i - 1][j][u - j] : 0);
                }
            }
        }
        return ways[n][m];
    }
}
