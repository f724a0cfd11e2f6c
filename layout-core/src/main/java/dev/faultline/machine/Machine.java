package dev.faultline.machine;

import java.util.Objects;

/**
 * What an analysis needs to know of the hardware.
 *
 * @param name what a person calls it
 * @param lineBytes size of a cache line in bytes, a power of two from 16 to 1024
 * @param pairBytes bytes the prefetcher fetches together, a power of two, at least a line; equal to the line when it
 *     fetches no pairs
 * @param pageBytes size of a page in bytes, a power of two
 * @param topology its CPUs and how they are grouped
 * @param costs what moving a line costs
 */
public record Machine(
        String name,
        Sourced<Integer> lineBytes,
        Sourced<Integer> pairBytes,
        Sourced<Integer> pageBytes,
        Topology topology,
        Costs costs) {

    /** Refuses what no machine is: {@code IllegalArgumentException} naming the value. */
    public Machine {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a machine needs a name");
        }
        powerOfTwo("line size", lineBytes.value(), 16, 1024);
        powerOfTwo("pair size", pairBytes.value(), lineBytes.value(), 4096);
        powerOfTwo("page size", pageBytes.value(), 1024, 1 << 30);
        Objects.requireNonNull(topology);
        Objects.requireNonNull(costs);
    }

    private static void powerOfTwo(String what, int bytes, int least, int most) {
        if (Integer.bitCount(bytes) != 1 || bytes < least || bytes > most) {
            throw new IllegalArgumentException(
                    what + " must be a power of two from " + least + " to " + most + ", got " + bytes);
        }
    }

    /** {@return logical CPUs, at least 1} */
    public Sourced<Integer> cpus() {
        return topology.cpus();
    }

    /** {@return sockets, at least 1} */
    public Sourced<Integer> sockets() {
        return topology.sockets();
    }

    /**
     * What it costs to move a line between CPUs of two clusters.
     *
     * @param cluster number of a cluster
     * @param other number of another, or the same
     * @return the one-way time in ns
     */
    public double transferNanos(int cluster, int other) {
        if (cluster == other) {
            return costs.transfers().clusterNanos().value();
        }
        return topology.socketOfCluster(cluster) == topology.socketOfCluster(other)
                ? costs.transfers().socketNanos().value()
                : costs.transfers().remoteNanos().value();
    }

    /** {@return this machine with another line size; the pair grows with it when it would be smaller} */
    public Machine withLineBytes(int bytes, String source) {
        Sourced<Integer> pair = pairBytes.value() < bytes || bytes > lineBytes.value()
                ? new Sourced<>(Math.max(bytes, pairBytes.value()), source)
                : pairBytes;
        return new Machine(name, new Sourced<>(bytes, source), pair, pageBytes, topology, costs);
    }

    /** {@return this machine by another name} */
    public Machine withName(String other) {
        return new Machine(other, lineBytes, pairBytes, pageBytes, topology, costs);
    }

    /** {@return this machine with other costs} */
    public Machine withCosts(Costs other) {
        return new Machine(name, lineBytes, pairBytes, pageBytes, topology, other);
    }

    /** {@return this machine with another number of CPUs} */
    public Machine withCpus(int count, String source) {
        return new Machine(name, lineBytes, pairBytes, pageBytes, topology.withCpus(count, source), costs);
    }
}
