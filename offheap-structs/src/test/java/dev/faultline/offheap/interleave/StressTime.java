package dev.faultline.offheap.interleave;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The duration of random tests. In the normal run all random tests of a class together take a second. In a stress run,
 * {@code -Pstress}, the classes named {@code *StressTest} share the seconds of {@code faultline.stress.seconds} evenly.
 */
public final class StressTime {

    private static final long SHORT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private StressTime() {}

    /** {@return whether this is a stress run} */
    public static boolean isLong() {
        return !System.getProperty("faultline.stress.seconds", "").isBlank();
    }

    /**
     * Whether a stress run tests one of several kinds: all, or with {@code -Dfaultline.stress.only=REGEX} those with a
     * matching part in their name.
     *
     * @param name the name of the kind
     * @return whether
     */
    public static boolean isChosen(String name) {
        return Pattern.compile(System.getProperty("faultline.stress.only", ""))
                .matcher(name)
                .find();
    }

    /**
     * The duration of one test.
     *
     * @param tests the number of random tests in its class
     * @return the time in nanoseconds
     */
    public static long nanos(int tests) {
        if (!isLong()) {
            return SHORT_NANOS / tests;
        }
        long seconds =
                Long.parseLong(System.getProperty("faultline.stress.seconds").strip());
        return TimeUnit.SECONDS.toNanos(seconds) / classes() / tests;
    }

    /**
     * Draws a seed and prints it; {@code -Dfaultline.seed=N} sets it instead.
     *
     * @param test the name of the test
     */
    public static long seed(String test) {
        String given = System.getProperty("faultline.seed", "");
        long seed = given.isBlank() ? System.nanoTime() : Long.parseLong(given.strip());
        System.out.println(test + ": -Dfaultline.seed=" + seed);
        return seed;
    }

    private static long classes() {
        try {
            Path root = Path.of(StressTime.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            try (Stream<Path> files = Files.walk(root)) {
                long classes = files.filter(
                                file -> file.getFileName().toString().endsWith("StressTest.class"))
                        .count();
                return Math.max(1, classes);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (URISyntaxException wrong) {
            throw new IllegalStateException(wrong);
        }
    }
}
