package dev.faultline.offheap.cores;

import java.util.Arrays;

/** Computing without touching memory: each step needs the result of the one before. */
public final class Steps {

    private static final int CALIBRATION_STEPS = 100_000;
    private static final int CALIBRATION_ROUNDS = 101;

    private Steps() {}

    /** {@return a number that depends on all steps and on {@code from}, so that none can be left out or begun early} */
    public static long run(long from, int steps) {
        long value = from;
        for (int i = 0; i < steps; i++) {
            value = value * 6364136223846793005L + 1442695040888963407L;
        }
        return value;
    }

    /** {@return how many steps take a microsecond here and now, by the fastest of many rounds: disturbance only adds time} */
    public static double perMicro() {
        double[] nanos = new double[CALIBRATION_ROUNDS];
        long value = System.nanoTime();
        for (int i = 0; i < nanos.length; i++) {
            long start = System.nanoTime();
            value = run(value, CALIBRATION_STEPS);
            nanos[i] = System.nanoTime() - start;
        }
        Arrays.sort(nanos);
        // the value is used, if in a way nobody sees, or the loop would be dropped
        double unseen = value == 0 ? 1e-9 : 0;
        return CALIBRATION_STEPS / (nanos[0] + unseen) * 1000;
    }
}
