package dev.faultline.measure;

import java.util.List;

/**
 * The time of an operation beside another thread: measured, and predicted.
 *
 * @param roundNanos ns per operation in each round, at least one, all above 0
 * @param predictedNanos ns per operation that a model predicts, above 0
 */
public record SharingTime(List<Double> roundNanos, double predictedNanos) {

    public SharingTime {
        roundNanos = List.copyOf(roundNanos);
        MeasureChecks.atLeast("rounds", 1, roundNanos.size());
        roundNanos.forEach(nanos -> MeasureChecks.positive("ns of a round", nanos));
        MeasureChecks.positive("predicted ns", predictedNanos);
    }

    /** {@return the median of the rounds, with its interval} */
    public RankInterval measured() {
        return RankInterval.ofMedian(nanos());
    }

    /** {@return the predicted time as a multiple of the measured one} */
    public double predictedToMeasured() {
        return predictedNanos / measured().estimate();
    }

    /** {@return by which factor the prediction is off, at least 1} */
    public double errorFactor() {
        return Math.max(predictedToMeasured(), 1 / predictedToMeasured());
    }

    double[] nanos() {
        return roundNanos.stream().mapToDouble(one -> one).toArray();
    }
}
