package dev.faultline.machine;

import dev.faultline.api.Internal;
import java.util.Objects;

/**
 * A description of the hardware for an analysis.
 *
 * @param name a name for reports
 * @param lineBytes size of a cache line in bytes, a power of two from 16 to 1024
 * @param pairBytes bytes that the prefetcher fetches together, a power of two from the line size to 4096; the line size
 *     when it fetches no pairs
 * @param pageBytes size of a page in bytes, a power of two from 1 KiB to 1 GiB
 * @param topology its CPUs and how they are grouped
 * @param costs what transfers and accesses cost
 */
public record Machine(
        String name,
        Sourced<Integer> lineBytes,
        Sourced<Integer> pairBytes,
        Sourced<Integer> pageBytes,
        @Internal Topology topology,
        @Internal Costs costs) {

    @Internal
    public Machine {
        if (name.isBlank()) {
            throw new IllegalArgumentException("the name of a machine is empty");
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

    /** {@return the number of logical CPUs, at least 1} */
    public Sourced<Integer> cpus() {
        return topology.cpus();
    }

    /** {@return the number of sockets, at least 1} */
    public Sourced<Integer> sockets() {
        return topology.sockets();
    }

    /**
     * Returns the time to move a line between CPUs of two clusters.
     *
     * @param cluster number of a cluster, from 0
     * @param other number of another cluster, or the same
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

    /**
     * {@return a copy with another line size; pairs grow with the line when they would be smaller}
     *
     * @param bytes size of a line in bytes, a power of two from 16 to 1024
     * @param source where the size is from
     */
    public Machine withLineBytes(int bytes, String source) {
        Sourced<Integer> pair = pairBytes.value() < bytes || bytes > lineBytes.value()
                ? new Sourced<>(Math.max(bytes, pairBytes.value()), source)
                : pairBytes;
        return new Machine(name, new Sourced<>(bytes, source), pair, pageBytes, topology, costs);
    }

    /**
     * {@return a copy with another name}
     *
     * @param other the name
     */
    public Machine withName(String other) {
        return new Machine(other, lineBytes, pairBytes, pageBytes, topology, costs);
    }

    /**
     * {@return a copy with other costs}
     *
     * @param other the costs
     */
    @Internal
    public Machine withCosts(Costs other) {
        return new Machine(name, lineBytes, pairBytes, pageBytes, topology, other);
    }

    /**
     * {@return a copy with another number of CPUs}
     *
     * @param count the number of logical CPUs, at least 1
     * @param source where the number is from
     */
    public Machine withCpus(int count, String source) {
        return new Machine(name, lineBytes, pairBytes, pageBytes, topology.withCpus(count, source), costs);
    }

    /**
     * {@return a copy with only the first of its CPUs, in as many sockets as they are in}
     *
     * @param count the number of logical CPUs, from 1 to that of this machine
     * @param source where the number is from
     */
    @Internal
    public Machine withFirstCpus(int count, String source) {
        return new Machine(name, lineBytes, pairBytes, pageBytes, topology.first(count, source), costs);
    }
}
