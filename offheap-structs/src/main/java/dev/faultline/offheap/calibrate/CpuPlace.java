package dev.faultline.offheap.calibrate;

/**
 * A CPU and where it is.
 *
 * @param cpu its number, as the system counts
 * @param cluster a number for its cluster, unlike that of any other cluster
 * @param socket a number for its socket
 */
public record CpuPlace(int cpu, int cluster, int socket) {

    /** Refuses negative numbers of CPUs. */
    public CpuPlace {
        if (cpu < 0) {
            throw new IllegalArgumentException("cpu=" + cpu + ", expected at least 0");
        }
    }

    /** {@return how far the other is} */
    public Distance to(CpuPlace other) {
        if (socket != other.socket) {
            return Distance.REMOTE;
        }
        return cluster == other.cluster ? Distance.CLUSTER : Distance.SOCKET;
    }
}
