package dev.faultline.bench.cores;

import java.util.Arrays;

/** Computing without memory accesses: each step needs the result of the one before. */
public final class ComputeSteps {

    private static final int CALIBRATION_STEPS = 100_000;
    private static final int CALIBRATION_ROUNDS = 101;

    private ComputeSteps() {}

    /** {@return a number that depends on {@code from} and all steps, so that no step can be dropped or begun early} */
    public static long run(long from, int steps) {
        long value = from;
        for (int i = 0; i < steps; i++) {
            value = value * 6364136223846793005L + 1442695040888963407L;
        }
        return value;
    }

    /** {@return how many steps take a microsecond now, by the fastest of many rounds: disturbances only add time} */
    public static double perMicro() {
        double[] nanos = new double[CALIBRATION_ROUNDS];
        long value = System.nanoTime();
        for (int i = 0; i < nanos.length; i++) {
            long start = System.nanoTime();
            value = run(value, CALIBRATION_STEPS);
            nanos[i] = System.nanoTime() - start;
        }
        Arrays.sort(nanos);
        // uses the value without changing the result, or the compiler would drop the loop
        double unseen = value == 0 ? 1e-9 : 0;
        return CALIBRATION_STEPS / (nanos[0] + unseen) * 1000;
    }
}
