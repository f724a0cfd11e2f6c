package dev.faultline.cost.simulate;

import java.util.List;

/**
 * The result of a simulation.
 *
 * @param operations one entry for each task of the workload, in its order
 * @param culprits false-sharing misses by the fields that caused them, most first
 * @param accesses accesses played after the warm-up
 * @param invalidations copies dropped because another CPU wrote
 * @param writeBacks changed lines written back because another CPU read them
 * @param utilisation share of the time in which the busiest line was in transfer or being served
 */
public record Simulation(
        List<Played> operations,
        List<Culprit> culprits,
        long accesses,
        long invalidations,
        long writeBacks,
        double utilisation) {

    public Simulation {
        operations = List.copyOf(operations);
        culprits = List.copyOf(culprits);
    }

    /**
     * The simulated cost of one operation.
     *
     * @param role name of the role
     * @param operation name of the operation
     * @param count number of completed operations
     * @param nanosPerOp mean time in ns; NaN when none was completed
     * @param stallNanosPerOp the part of it that other CPUs caused, in ns
     * @param perSecond operations that one CPU of the role completed per second
     * @param misses its misses, by cause
     * @param upgrades upgrades per operation
     * @param retries failed compare-and-sets per operation
     */
    public record Played(
            String role,
            String operation,
            long count,
            double nanosPerOp,
            double stallNanosPerOp,
            double perSecond,
            Misses misses,
            double upgrades,
            double retries) {}

    /**
     * Misses per operation, classified after Dubois et al. (ISCA 1993): a miss is true sharing when, before its copy
     * is lost again, the CPU touches a word that another CPU wrote since the CPU last saw it; otherwise it is useless,
     * that is false sharing. Eggers' rule decides at once, by the word that missed.
     *
     * @param trueSharing true-sharing misses
     * @param falseSharing false-sharing misses
     * @param cold first touches
     * @param eggersFalseSharing false-sharing misses by Eggers' rule
     */
    public record Misses(double trueSharing, double falseSharing, double cold, double eggersFalseSharing) {

        /** {@return true-sharing and false-sharing misses together} */
        public double coherence() {
            return trueSharing + falseSharing;
        }
    }

    /**
     * False-sharing misses, attributed to the write that took the line away.
     *
     * @param culprit path of the written field
     * @param victim path of the field that missed
     * @param misses number of misses
     */
    public record Culprit(String culprit, String victim, long misses) {}
}
