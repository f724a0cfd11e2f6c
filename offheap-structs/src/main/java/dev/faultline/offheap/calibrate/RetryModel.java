package dev.faultline.offheap.calibrate;

/** How often a compare-and-set loop fails, by a model of the line it updates. */
@FunctionalInterface
public interface RetryModel {

    /**
     * Failed attempts for each update that succeeds.
     *
     * @param cpus CPUs that do nothing but update the word, at least 2
     * @param retention the chance that a CPU whose attempt failed tries again before the line is taken from it, 0 to 1
     * @return retries an operation, on average
     */
    double retries(int cpus, double retention);
}
