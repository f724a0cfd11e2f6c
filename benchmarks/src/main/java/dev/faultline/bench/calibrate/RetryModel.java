package dev.faultline.bench.calibrate;

/** A model of how often a compare-and-set loop fails. */
@FunctionalInterface
public interface RetryModel {

    /**
     * Predicts the failed attempts per successful update.
     *
     * @param cpus how many CPUs only update the word, at least 2
     * @param retention the chance that a CPU whose attempt failed tries again before it loses the line, 0 to 1
     * @return retries per operation, on average
     */
    double retries(int cpus, double retention);
}
