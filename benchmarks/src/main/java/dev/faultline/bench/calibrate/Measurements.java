package dev.faultline.bench.calibrate;

import dev.faultline.bench.cores.CpuDistance;
import dev.faultline.bench.cores.SpinSample;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * The raw figures of the loops.
 *
 * @param threads how many threads took part, at least 2
 * @param pinned whether each was pinned; when not, all transfers count as {@link CpuDistance#CLUSTER}
 * @param hitNanos ns per access to a line that the CPU holds
 * @param atomicNanos ns per atomic add to a line that the CPU owns
 * @param transferNanos ns to hand a line to another CPU, one way: the median of the pairs of each round; at least one
 *     distance
 * @param contention by number of threads, fewest first; at least one
 * @param spins the samples of the checks for free CPUs, before each round and after the last
 * @param stolenShare the share of these CPUs' time that a hypervisor took, where the system reports it
 */
public record Measurements(
        int threads,
        boolean pinned,
        RoundValues hitNanos,
        RoundValues atomicNanos,
        Map<CpuDistance, RoundValues> transferNanos,
        List<Contention> contention,
        List<SpinSample> spins,
        OptionalDouble stolenShare) {

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
