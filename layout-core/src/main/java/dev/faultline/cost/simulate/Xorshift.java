package dev.faultline.cost.simulate;

/**
 * A random number generator with a fixed sequence: xorshift64* (Vigna 2016), seeded through one round of splitmix64.
 */
final class Xorshift {

    private long state;

    Xorshift(long seed) {
        long z = seed + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        state = (z ^ (z >>> 31)) | 1;
    }

    /** {@return a number from 0 (inclusive) to 1 (exclusive)} */
    double next() {
        state ^= state >>> 12;
        state ^= state << 25;
        state ^= state >>> 27;
        return ((state * 0x2545F4914F6CDD1DL) >>> 11) * 0x1.0p-53;
    }

    /** {@return an integer from 0 (inclusive) to bound (exclusive)} */
    int below(int bound) {
        return (int) (next() * bound);
    }

    /** {@return an exponentially distributed number with the given mean} */
    double exponential(double mean) {
        return -Math.log(1 - next()) * mean;
    }
}
