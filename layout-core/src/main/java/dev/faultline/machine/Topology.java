package dev.faultline.machine;

import dev.faultline.api.Internal;

/**
 * The grouping of CPUs: CPU numbers fill clusters, and clusters fill sockets, in order.
 *
 * @param cpus number of logical CPUs, from 1 to {@link #MOST_CPUS}
 * @param sockets number of sockets, at most that of clusters
 * @param clusters number of groups of CPUs that share a last-level cache, over all sockets; at most that of CPUs and
 *     {@link #MOST_CLUSTERS}
 */
@Internal
public record Topology(Sourced<Integer> cpus, Sourced<Integer> sockets, Sourced<Integer> clusters) {

    /** Most CPUs. */
    public static final int MOST_CPUS = 65_536;
    /** Most clusters. */
    public static final int MOST_CLUSTERS = 1024;

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
                    "expected at least one socket, at least as many clusters as sockets and at"
                            + " least as many CPUs as clusters, got sockets=" + sockets.value() + ", clusters="
                            + clusters.value()
                            + ", cpus=" + cpus.value());
        }
    }

    /** {@return the cluster of a CPU, from 0} */
    public int cluster(int cpu) {
        return (int) ((long) cpu * clusters.value() / cpus.value());
    }

    /** {@return the socket of a cluster, from 0} */
    public int socketOfCluster(int cluster) {
        return (int) ((long) cluster * sockets.value() / clusters.value());
    }

    /** {@return the first CPUs, in the clusters and sockets they are in; at most as many as there are} */
    public Topology first(int count, String source) {
        int groups = cluster(count - 1) + 1;
        return new Topology(
                new Sourced<>(count, source),
                new Sourced<>(socketOfCluster(groups - 1) + 1, sockets.source()),
                new Sourced<>(groups, clusters.source()));
    }

    public Topology withCpus(int count, String source) {
        int groups = Math.min(clusters.value(), count);
        return new Topology(
                new Sourced<>(count, source),
                new Sourced<>(Math.min(sockets.value(), groups), sockets.source()),
                new Sourced<>(groups, clusters.source()));
    }
}
