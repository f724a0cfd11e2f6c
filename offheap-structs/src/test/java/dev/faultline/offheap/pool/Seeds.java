package dev.faultline.offheap.pool;

import java.util.Random;

/** The seed of a random test, given by the system property {@code faultline.seed} or new each time, and how long a stress runs. */
final class Seeds {

    private Seeds() {}

    static long seed() {
        Long given = Long.getLong("faultline.seed");
        long seed = given != null ? given : new Random().nextLong();
        System.out.println("faultline.seed=" + seed);
        return seed;
    }

    /** {@return for how many milliseconds a stress runs: a second, or what faultline.stress.seconds says} */
    static long stressMillis() {
        return Long.getLong("faultline.stress.seconds", 1) * 1000;
    }
}
