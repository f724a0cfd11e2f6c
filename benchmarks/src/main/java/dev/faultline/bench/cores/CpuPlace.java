package dev.faultline.bench.cores;

/**
 * A CPU, with its cluster and socket.
 *
 * @param cpu its number in the system
 * @param cluster the number of its cluster, unique in the machine
 * @param socket the number of its socket
 */
public record CpuPlace(int cpu, int cluster, int socket) {

    public CpuPlace {
        if (cpu < 0) {
            throw new IllegalArgumentException("cpu=" + cpu + ", expected at least 0");
        }
    }

    /** {@return how far apart two CPUs are} */
    public CpuDistance to(CpuPlace other) {
        if (socket != other.socket) {
            return CpuDistance.REMOTE;
        }
        return cluster == other.cluster ? CpuDistance.CLUSTER : CpuDistance.SOCKET;
    }
}
