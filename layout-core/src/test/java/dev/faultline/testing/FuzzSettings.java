package dev.faultline.testing;

import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * How long fuzzing lasts and what it begins with, as the command line of the build says:
 *
 * <ul>
 *   <li>{@code faultline.fuzz.cases}: how many random cases all fuzz tests run together; by default they go by time.
 *   <li>{@code faultline.fuzz.seconds}: how long all of them take together, 20 by default.
 *   <li>{@code faultline.seed}: the seed; by default one of the clock, which is printed.
 *   <li>{@code faultline.case}: the number of the only case to run.
 * </ul>
 */
final class FuzzSettings {

    private static final long SECONDS = 20;
    private static final long CLOCK_SEED = System.nanoTime() ^ System.currentTimeMillis() << 20;

    private FuzzSettings() {}

    /** {@return the seed of this VM's fuzzing} */
    static long seed() {
        return number("faultline.seed").orElse(CLOCK_SEED);
    }

    /** {@return the only case to run; nothing when all are to be} */
    static OptionalLong onlyCase() {
        return number("faultline.case");
    }

    /** {@return how many random cases to run; nothing when time counts} */
    static OptionalLong cases(FuzzShare share) {
        OptionalLong all = number("faultline.fuzz.cases");
        return all.isEmpty() ? all : OptionalLong.of(share.ofCases(all.getAsLong()));
    }

    /** {@return how long to run} */
    static long nanos(FuzzShare share) {
        return share.ofTime(
                TimeUnit.SECONDS.toNanos(number("faultline.fuzz.seconds").orElse(SECONDS)));
    }

    /** {@return where inputs go that were found wanting} */
    static Path findings() {
        return Path.of(System.getProperty("basedir", "."), "target", "fuzz");
    }

    private static OptionalLong number(String property) {
        String text = System.getProperty(property, "").strip();
        return text.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text));
    }
}
