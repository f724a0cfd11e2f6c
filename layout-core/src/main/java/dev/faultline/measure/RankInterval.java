package dev.faultline.measure;

import java.util.Arrays;
import java.util.Optional;

/**
 * An estimate with an interval computed from ranks. No distribution is assumed, and one outlier among five forks
 * widens the interval without moving the estimate.
 *
 * @param low the lower end
 * @param estimate the estimate, from {@code low} to {@code high}
 * @param high the upper end
 * @param confidence how often such an interval contains the true value, from 0 to 1
 */
public record RankInterval(double low, double estimate, double high, double confidence) {

    private static final double TAIL = 0.025;

    public RankInterval {
        if (!(low <= estimate && estimate <= high && confidence >= 0 && confidence <= 1)) {
            throw new IllegalArgumentException("expected low <= estimate <= high and a confidence from 0 to 1, got "
                    + low + ", " + estimate + ", " + high + ", " + confidence);
        }
    }

    /**
     * The median of a sample with the interval of the sign test.
     *
     * @param sample at least one value
     * @return the narrowest interval of at least 95 %; for fewer than six values, from the lowest to the highest, with
     *     the confidence of that interval
     */
    public static RankInterval ofMedian(double... sample) {
        double[] sorted = sample.clone();
        Arrays.sort(sorted);
        int n = sorted.length;
        double tail = Math.pow(0.5, n); // probability that the median is below the first value
        double ways = 1;
        int cut = 1;
        for (int k = 1; k <= n / 2; k++) {
            ways *= (n - k + 1.0) / k;
            double more = tail + ways * Math.pow(0.5, n);
            if (more > TAIL) {
                break;
            }
            tail = more;
            cut = k + 1;
        }
        return new RankInterval(sorted[cut - 1], median(sorted), sorted[n - cut], Math.max(0, 1 - 2 * tail));
    }

    /**
     * The ratio of two samples: the interval of the Wilcoxon-Mann-Whitney test around the median of all ratios.
     *
     * @param over the samples in the numerator, positive
     * @param under the samples in the denominator, positive
     * @return the ratio over/under; empty when there are too few samples for 95 % (at least four and four are needed)
     */
    public static Optional<RankInterval> ofRatios(double[] over, double[] under) {
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
        double[] ways = waysByU(over.length, under.length);
        double outside =
                2 * Arrays.stream(ways, 0, cut).sum() / Arrays.stream(ways).sum();
        return Optional.of(new RankInterval(ratios[cut - 1], median(ratios), ratios[ratios.length - cut], 1 - outside));
    }

    /** {@return the sign of a ratio: 1 when the interval is above 1, -1 when it is below 1, otherwise 0} */
    public int sign() {
        return low > 1 ? 1 : high < 1 ? -1 : 0;
    }

    /** {@return the median; NaN for an empty sample} */
    public static double median(double... values) {
        if (values.length == 0) {
            return Double.NaN;
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /**
     * {@return the rank, from 1, of the interval's lower end and, from the top, of its upper end; 0 for too few
     * samples}
     */
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

    /** {@return for each value of U, the number of orders of n and m samples that give it} */
    private static double[] waysByU(int n, int m) {
        // Orders of i and j samples, by whether the largest is one of the i (then all j are below it) or of the j.
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
