package dev.faultline.offheap.calibrate;

import dev.faultline.offheap.cores.Spin;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * What the loops gave, before anybody thinks about it.
 *
 * @param threads how many took part, at least 2
 * @param pinned whether each was kept on its CPU; when not, all transfers count as {@link Distance#CLUSTER}
 * @param hitNanos ns of an access to a line the CPU holds
 * @param atomicNanos ns of an atomic add to a line the CPU owns
 * @param transferNanos ns to hand a line to another CPU, one way: in each round, the median of the pairs; at least one
 *     distance
 * @param contention by number of threads, fewest first; at least one
 * @param spins what the checks for free cores gave, before each round and after the last
 * @param stolenShare the part of the time of these CPUs that a hypervisor gave to others, where the system says
 */
public record Measurements(
        int threads,
        boolean pinned,
        Rounds hitNanos,
        Rounds atomicNanos,
        Map<Distance, Rounds> transferNanos,
        List<Contention> contention,
        List<Spin> spins,
        OptionalDouble stolenShare) {

    /** Refuses what is missing. */
    public Measurements {
        Objects.requireNonNull(hitNanos);
        Objects.requireNonNull(atomicNanos);
        transferNanos = Map.copyOf(transferNanos);
        contention = List.copyOf(contention);
        spins = List.copyOf(spins);
        Objects.requireNonNull(stolenShare);
        if (threads < 2 || transferNanos.isEmpty() || contention.isEmpty() || spins.isEmpty()) {
            throw new IllegalArgumentException(
                    "expected at least 2 threads, one distance, one contention and one spin, got " + threads + ", "
                            + transferNanos.size() + ", " + contention.size() + ", " + spins.size());
        }
    }
}
