package dev.faultline.cost.simulate;

import java.util.Objects;

/**
 * The options of a simulation.
 *
 * @param seed seed of the random numbers; the same seed gives the same result, bit for bit
 * @param protocol which cache supplies a line, and when memory is written
 * @param arbitration which of the waiting CPUs a line serves next
 * @param socketBias with {@link Arbitration#SOCKET}, the probability that a CPU on the last holder's socket is
 *     preferred
 * @param retention the probability that a failed compare-and-set is repeated before the line is taken away
 * @param accesses number of accesses to play, besides a tenth as many to warm up; at least 1000
 */
public record SimulationOptions(
        long seed, Protocol protocol, Arbitration arbitration, double socketBias, double retention, long accesses) {

    /** The fewest accesses that give a usable result. */
    public static final long FEWEST_ACCESSES = 1000;

    public SimulationOptions {
        Objects.requireNonNull(protocol);
        Objects.requireNonNull(arbitration);
        if (!(socketBias >= 0 && socketBias <= 1) || !(retention >= 0 && retention <= 1)) {
            throw new IllegalArgumentException("bias and retention must be from 0 to 1");
        }
        if (accesses < FEWEST_ACCESSES) {
            throw new IllegalArgumentException("at least " + FEWEST_ACCESSES + " accesses, got " + accesses);
        }
    }

    /** {@return options with MESI, random arbitration and no retention} */
    public static SimulationOptions of(long seed, long accesses) {
        return new SimulationOptions(seed, Protocol.MESI, Arbitration.RANDOM, 0, 0, accesses);
    }

    /** The coherence protocol: what happens to a changed line that other CPUs read. */
    public enum Protocol {
        /** The line is written back, and the copy nearest to its last writer supplies it. */
        MESI,
        /** The line is written back, and the CPU that read it last supplies it. */
        MESIF,
        /** The line is not written back; its owner keeps supplying it. */
        MOESI
    }

    /** Which waiting CPU a line serves next. */
    public enum Arbitration {
        /** First come, first served. */
        FIFO,
        /** Any of the waiting CPUs, with equal probability. */
        RANDOM,
        /** A CPU on the last holder's socket with a given probability, otherwise any. */
        SOCKET
    }
}
