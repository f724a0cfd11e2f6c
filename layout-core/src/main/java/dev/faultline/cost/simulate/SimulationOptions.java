package dev.faultline.cost.simulate;

import java.util.Objects;

/**
 * How a simulation is run.
 *
 * @param seed of all that is random; the same seed gives the same result, bit for bit
 * @param protocol which cache answers, and when memory is written
 * @param arbitration which of the waiting CPUs a line serves next
 * @param socketBias with {@link Arbitration#SOCKET}, the chance that a CPU of the last holder's socket goes first
 * @param retention the chance that a failed compare-and-set is tried again before the line is taken away
 * @param accesses how many accesses to play, besides a tenth as many to warm up; at least 1000
 */
public record SimulationOptions(
        long seed, Protocol protocol, Arbitration arbitration, double socketBias, double retention, long accesses) {

    /** Fewer accesses tell nothing. */
    public static final long FEWEST_ACCESSES = 1000;

    /** Refuses what cannot be played. */
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

    /** {@return MESI, any of those who wait served next, no retention} */
    public static SimulationOptions of(long seed, long accesses) {
        return new SimulationOptions(seed, Protocol.MESI, Arbitration.RANDOM, 0, 0, accesses);
    }

    /** What happens to a changed line that others read. */
    public enum Protocol {
        /** It is written back, and the copy nearest to its last writer answers. */
        MESI,
        /** It is written back, and the CPU that read it last answers. */
        MESIF,
        /** It is not written back: its owner goes on answering. */
        MOESI
    }

    /** Whom a line serves next. */
    public enum Arbitration {
        /** First come, first served. */
        FIFO,
        /** Any of those who wait, with equal chances. */
        RANDOM,
        /** A CPU of the last holder's socket with a given chance, else any. */
        SOCKET
    }
}
