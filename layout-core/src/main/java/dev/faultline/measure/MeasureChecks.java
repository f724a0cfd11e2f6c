package dev.faultline.measure;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Checks of the values of this package. */
final class MeasureChecks {

    private MeasureChecks() {}

    static void name(String what, String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException(what + ": expected a name, got nothing");
        }
    }

    static <T> void distinct(String what, Collection<T> all, Function<T, String> name) {
        HashSet<String> seen = new HashSet<>();
        for (T one : all) {
            if (!seen.add(name.apply(one))) {
                throw new IllegalArgumentException(what + " named twice: " + name.apply(one));
            }
        }
    }

    static void positive(String what, double value) {
        if (!(value > 0 && value <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException(what + ": expected a finite number above 0, got " + value);
        }
    }

    static void atLeast(String what, long least, long value) {
        if (value < least) {
            throw new IllegalArgumentException(what + ": expected at least " + least + ", got " + value);
        }
    }

    static List<List<Double>> forks(List<List<Double>> forks) {
        List<List<Double>> copy = forks.stream().map(List::copyOf).toList();
        if (copy.isEmpty() || copy.stream().anyMatch(List::isEmpty)) {
            throw new IllegalArgumentException("expected at least one fork of at least one iteration, got " + forks);
        }
        copy.forEach(fork -> fork.forEach(nanos -> positive("nanosPerOp", nanos)));
        return copy;
    }

    static void counts(Map<String, Double> counts) {
        counts.forEach((name, value) -> {
            name("counter", name);
            if (!(value >= 0 && value <= Double.MAX_VALUE)) {
                throw new IllegalArgumentException(
                        name + ": expected a finite count that is not negative, got " + value);
            }
        });
    }
}
