package dev.faultline.cost.closedform;

import java.util.Arrays;

/**
 * How often tasks that touch a line again, some time after, are expected to do so within a window. A task counts once for long
 * windows only: of two touches {@code apart} from each other, the second falls into a window as long as {@code min(apart,
 * window)} times its rate. Built anew from rates and distances whenever they change; asked in logarithmic time.
 */
final class Recurrence {

    private double[] apartNanos = new double[8];
    private double[] perNano = new double[8];
    /** Of all pairs before one, in order of distance: what they add to longer windows. */
    private double[] below = new double[9];
    /** Of all pairs from one on: their rates. */
    private double[] above = new double[9];

    private int size;
    private double always;

    /** Forgets everything. */
    void clear() {
        size = 0;
        always = 0;
    }

    /** Adds two touches of tasks that come at a rate. */
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

    /** Adds touches that come at a rate whatever was before. */
    void addAlways(double rate) {
        always += rate;
    }

    /** To be called when everything is added. */
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

    /** Puts the pairs in order of distance; those that are alike stay in the order they came in. */
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

    /** {@return touches expected in a window} */
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
