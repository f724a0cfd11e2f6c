package dev.faultline.machine;

/**
 * How CPUs are grouped: CPU numbers fill clusters, and clusters fill sockets, in order.
 *
 * @param cpus logical CPUs, from 1 to {@link #MOST_CPUS}
 * @param sockets sockets, at most as many as clusters
 * @param clusters groups of CPUs that share a last-level cache, in all sockets together, at most as many as CPUs and
 *     {@link #MOST_CLUSTERS}
 */
public record Topology(Sourced<Integer> cpus, Sourced<Integer> sockets, Sourced<Integer> clusters) {

    /** More CPUs than any machine has. */
    public static final int MOST_CPUS = 65_536;
    /** More groups of CPUs than any machine has. */
    public static final int MOST_CLUSTERS = 1024;

    /** Refuses what no machine is: {@code IllegalArgumentException} naming the value. */
    public Topology {
        if (cpus.value() < 1 || cpus.value() > MOST_CPUS) {
            throw new IllegalArgumentException("cpus must be from 1 to " + MOST_CPUS + ", got " + cpus.value());
        }
        if (clusters.value() > MOST_CLUSTERS) {
            throw new IllegalArgumentException(
                    "clusters must be at most " + MOST_CLUSTERS + ", got " + clusters.value());
        }
        if (sockets.value() < 1 || sockets.value() > clusters.value() || clusters.value() > cpus.value()) {
            throw new IllegalArgumentException(
                    "there must be at least one socket, no fewer clusters than sockets and no"
                            + " fewer CPUs than clusters, got sockets=" + sockets.value() + ", clusters="
                            + clusters.value()
                            + ", cpus=" + cpus.value());
        }
    }

    /** {@return the cluster of a CPU} */
    public int cluster(int cpu) {
        return (int) ((long) cpu * clusters.value() / cpus.value());
    }

    /** {@return the socket of a cluster} */
    public int socketOfCluster(int cluster) {
        return (int) ((long) cluster * sockets.value() / clusters.value());
    }

    /** {@return this with another number of CPUs, grouped into no more clusters and sockets than there are CPUs} */
    public Topology withCpus(int count, String source) {
        int groups = Math.min(clusters.value(), count);
        return new Topology(
                new Sourced<>(count, source),
                new Sourced<>(Math.min(sockets.value(), groups), sockets.source()),
                new Sourced<>(groups, clusters.source()));
    }
}
