package dev.faultline.measure;

import java.util.Objects;
import java.util.Optional;

/**
 * What threads of one role do to words on one line, and to the same words on lines apart.
 *
 * @param kind what the threads do: {@code "writer beside reader"}
 * @param role whose times these are: {@code "reader"}; {@code "each"} when all threads do the same
 * @param writers how many threads write
 * @param gapNanos ns of computing before each operation, not negative
 * @param isFitted whether the model was fitted to these times
 * @param together the times on one line
 * @param apart the times on lines apart; empty when only one thread works
 */
public record SharingRow(
        String kind,
        String role,
        int writers,
        double gapNanos,
        boolean isFitted,
        SharingTime together,
        Optional<SharingTime> apart) {

    public SharingRow {
        MeasureChecks.name("kind", kind);
        MeasureChecks.name("role", role);
        MeasureChecks.atLeast("writers", 1, writers);
        if (!(gapNanos >= 0 && gapNanos <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("a gap of " + gapNanos + " ns");
        }
        Objects.requireNonNull(together);
        Objects.requireNonNull(apart);
    }

    /**
     * {@return how many times as long an operation takes on one line as apart; empty when only one thread works, or
     * there were too few rounds}
     */
    public Optional<RankInterval> measuredRatio() {
        return apart.flatMap(other -> RankInterval.ofRatios(together.nanos(), other.nanos()));
    }

    /** {@return the same ratio as predicted; empty when only one thread works} */
    public Optional<Double> predictedRatio() {
        return apart.map(other -> together.predictedNanos() / other.predictedNanos());
    }

    /** {@return whether one placement is measured to be faster: the interval of the ratio excludes 1} */
    public boolean isDecided() {
        return measuredRatio().map(RankInterval::sign).orElse(0) != 0;
    }

    /**
     * {@return whether the same placement is predicted to be faster as was measured. A predicted difference that is
     * negligible is right where the measured one may be, too}
     */
    public boolean isSignRight() {
        RankInterval measured = measuredRatio().orElse(null);
        if (measured == null) {
            return true;
        }
        int predicted = Predicted.sign(predictedRatio().orElseThrow());
        return predicted == measured.sign()
                || predicted == 0 && Predicted.sign(measured.low()) * Predicted.sign(measured.high()) <= 0;
    }
}
