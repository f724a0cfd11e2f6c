package dev.faultline.cost.closedform;

import java.util.Arrays;

/**
 * The expected number of repeated touches of a line by the same task within a time window. Of two touches {@code
 * apart} from each other, the second falls into the window {@code min(apart, window)} times the rate of the task. The
 * table is rebuilt whenever rates or distances change; a query takes logarithmic time.
 */
final class Recurrence {

    private double[] apartNanos = new double[8];
    private double[] perNano = new double[8];
    /** For each index, the sum of rate times distance over all pairs before it, in order of distance. */
    private double[] below = new double[9];
    /** For each index, the sum of the rates of all pairs from it on. */
    private double[] above = new double[9];

    private int size;
    private double always;

    /** Removes all pairs. */
    void clear() {
        size = 0;
        always = 0;
    }

    /** Adds two touches at a distance in ns, of tasks that come at a rate per ns. */
    void add(double apart, double rate) {
        if (size == apartNanos.length) {
            apartNanos = Arrays.copyOf(apartNanos, 2 * size);
            perNano = Arrays.copyOf(perNano, 2 * size);
            below = new double[2 * size + 1];
            above = new double[2 * size + 1];
        }
        apartNanos[size] = Math.max(0, apart);
        perNano[size] = rate;
        size++;
    }

    /** Adds touches that come at a rate independently of earlier ones. */
    void addAlways(double rate) {
        always += rate;
    }

    /** Builds the sums; must be called after the last addition. */
    void close() {
        sort();
        below[0] = 0;
        for (int i = 0; i < size; i++) {
            below[i + 1] = below[i] + perNano[i] * apartNanos[i];
        }
        above[size] = always;
        for (int i = size - 1; i >= 0; i--) {
            above[i] = above[i + 1] + perNano[i];
        }
    }

    /** Sorts the pairs by distance; equal pairs keep their order. */
    private void sort() {
        int inOrder = 1;
        while (inOrder < size && apartNanos[inOrder - 1] <= apartNanos[inOrder]) {
            inOrder++;
        }
        if (inOrder >= size) {
            return;
        }
        Integer[] order = new Integer[size];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Double.compare(apartNanos[a], apartNanos[b]));
        double[] apart = apartNanos.clone();
        double[] rates = perNano.clone();
        for (int i = 0; i < size; i++) {
            apartNanos[i] = apart[order[i]];
            perNano[i] = rates[order[i]];
        }
    }

    /** {@return the expected number of touches in a window} */
    double expected(double windowNanos) {
        if (windowNanos <= 0) {
            return 0;
        }
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (apartNanos[middle] <= windowNanos) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return below[low] + windowNanos * above[low];
    }
}
