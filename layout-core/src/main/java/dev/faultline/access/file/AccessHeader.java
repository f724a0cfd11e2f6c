package dev.faultline.access.file;

import dev.faultline.access.Certainty;
import dev.faultline.input.VisibleText;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The first line of an access file: what was observed, how, and for how long.
 *
 * @param certainty {@link Certainty#SAMPLED} or {@link Certainty#RECORDED}
 * @param identity what was observed, by kind: {@code build-id}, {@code sha256} of a jar, {@code file}. Files whose
 *     identities differ are never added up
 * @param tool what observed it, such as {@code "perf c2c report"}
 * @param runs how many runs are in it, at least 1
 * @param seconds how long the runs took together; NaN when that is not known
 * @param unit what the counts count, such as {@code "samples"}
 * @param seen how much was seen in all, in that unit; 0 when that is not known
 * @param attributed how much of it has a type and a field, at most {@code seen} where that is known
 */
public record AccessHeader(
        Certainty certainty,
        SortedMap<String, String> identity,
        String tool,
        long runs,
        double seconds,
        String unit,
        long seen,
        long attributed) {

    public AccessHeader {
        Objects.requireNonNull(tool);
        Objects.requireNonNull(unit);
        identity = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(identity));
        boolean isTime = Double.isNaN(seconds) || seconds >= 0 && !Double.isInfinite(seconds);
        if (!certainty.isObserved() || runs < 1 || !isTime || seen < 0 || attributed < 0) {
            throw new IllegalArgumentException(
                    certainty + ", runs " + runs + ", seconds " + seconds + ", seen " + seen + "/" + attributed);
        }
    }

    /** {@return a header of one sampled run of unknown duration} */
    public static AccessHeader sampled(
            Map<String, String> identity, String tool, String unit, long seen, long attributed) {
        return new AccessHeader(
                Certainty.SAMPLED, new TreeMap<>(identity), tool, 1, Double.NaN, unit, seen, attributed);
    }

    /** {@return the same of runs that took so long} */
    public AccessHeader withSeconds(double other) {
        return new AccessHeader(certainty, identity, tool, runs, other, unit, seen, attributed);
    }

    /** {@return in what another header differs so that they cannot be added up; empty when they can} */
    Optional<String> difference(AccessHeader other) {
        if (certainty != other.certainty) {
            return differs("certainty", other.certainty.word(), certainty.word());
        }
        if (!tool.equals(other.tool)) {
            return differs("tool", other.tool, tool);
        }
        if (!unit.equals(other.unit)) {
            return differs("unit", other.unit, unit);
        }
        for (String kind : new TreeMap<>(joined(other)).keySet()) {
            String here = identity.getOrDefault(kind, "");
            String there = other.identity.getOrDefault(kind, "");
            if (!here.equals(there)) {
                return differs("identity, " + kind, there, here);
            }
        }
        return Optional.empty();
    }

    private Map<String, String> joined(AccessHeader other) {
        Map<String, String> all = new TreeMap<>(identity);
        all.putAll(other.identity);
        return all;
    }

    private static Optional<String> differs(String what, String there, String here) {
        return Optional.of(what + ": " + shown(there) + " instead of " + shown(here));
    }

    private static String shown(String value) {
        return value.isEmpty() ? "none" : "'" + VisibleText.of(value) + "'";
    }

    /**
     * {@return the sum of both, without the duration, which {@link AccessFile.Sum} adds up exactly}
     *
     * @throws ArithmeticException when a sum is larger than a long holds
     */
    AccessHeader plus(AccessHeader other) {
        return new AccessHeader(
                certainty,
                identity,
                tool,
                Math.addExact(runs, other.runs),
                Double.NaN,
                unit,
                seen == 0 || other.seen == 0 ? 0 : Math.addExact(seen, other.seen),
                seen == 0 || other.seen == 0 ? 0 : Math.addExact(attributed, other.attributed));
    }
}
