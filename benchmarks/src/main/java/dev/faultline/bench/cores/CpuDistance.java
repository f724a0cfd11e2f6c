package dev.faultline.bench.cores;

/** How far apart two CPUs are. */
public enum CpuDistance {
    /** In one cluster: they share a last-level cache. */
    CLUSTER,
    /** In one socket, but in different clusters. */
    SOCKET,
    /** In different sockets. */
    REMOTE;

    /** {@return the name of the transfer cost in machine files} */
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
