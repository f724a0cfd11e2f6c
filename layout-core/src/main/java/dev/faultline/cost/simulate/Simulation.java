package dev.faultline.cost.simulate;

import java.util.List;

/**
 * What a simulation saw.
 *
 * @param operations one entry for each task of the workload, in its order
 * @param culprits useless misses by who caused them, most first
 * @param accesses accesses played after the warm-up
 * @param invalidations copies dropped because another CPU wrote
 * @param writeBacks changed lines written back because another CPU read them
 * @param utilisation the part of the time the busiest line was on its way or being served
 */
public record Simulation(
        List<Played> operations,
        List<Culprit> culprits,
        long accesses,
        long invalidations,
        long writeBacks,
        double utilisation) {

    /** Copies the lists. */
    public Simulation {
        operations = List.copyOf(operations);
        culprits = List.copyOf(culprits);
    }

    /**
     * One operation as it was played. Misses are classed after Dubois et al. (ISCA 1993): a miss is true sharing when,
     * before its copy is lost again, the CPU touches a word that another CPU wrote since the CPU last saw it; else it is
     * useless, that is false sharing. Eggers' rule decides at once, by the word that missed.
     *
     * @param role name of the role
     * @param operation name of the operation
     * @param count how often it was played to its end
     * @param nanosPerOp its mean time in ns; NaN when never played
     * @param stallNanosPerOp the part of it that other CPUs caused, in ns
     * @param perSecond how often one CPU of the role got it done in a second
     * @param trueMisses true-sharing misses an operation
     * @param falseMisses false-sharing misses an operation
     * @param coldMisses first touches an operation
     * @param eggersFalseMisses false-sharing misses by Eggers' rule an operation
     * @param upgrades upgrades an operation
     * @param retries failed compare-and-sets an operation
     */
    public record Played(
            String role,
            String operation,
            long count,
            double nanosPerOp,
            double stallNanosPerOp,
            double perSecond,
            double trueMisses,
            double falseMisses,
            double coldMisses,
            double eggersFalseMisses,
            double upgrades,
            double retries) {

        /** {@return coherence misses an operation} */
        public double misses() {
            return trueMisses + falseMisses;
        }
    }

    /**
     * Useless misses, charged to the write that took the line away.
     *
     * @param culprit path of the written field
     * @param victim path of the field that missed
     * @param misses how many
     */
    public record Culprit(String culprit, String victim, long misses) {}
}
