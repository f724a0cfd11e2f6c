package dev.faultline.offheap.calibrate;

/** How far apart two CPUs are. */
public enum Distance {
    /** In one cluster: they share a last-level cache. */
    CLUSTER,
    /** In one socket, but in different clusters. */
    SOCKET,
    /** In different sockets. */
    REMOTE;

    /** {@return the name of the cost in machine files} */
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
