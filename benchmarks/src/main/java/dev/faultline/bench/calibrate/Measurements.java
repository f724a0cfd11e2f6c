package dev.faultline.bench.calibrate;

import dev.faultline.bench.cores.CpuDistance;
import dev.faultline.bench.cores.SpinSample;
import dev.faultline.bench.grid.SharingScenario;
import dev.faultline.bench.grid.SharingSeries;
import dev.faultline.measure.Environment;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The raw figures of the loops.
 *
 * @param threads how many threads took part, at least 2
 * @param environment what they ran on; when they were not pinned, all transfers count as {@link CpuDistance#CLUSTER}
 * @param hitNanos ns per access to a line that the CPU holds
 * @param atomicNanos ns per atomic add to a line that the CPU owns
 * @param transferNanos ns to hand a line to another CPU, one way: the median of the pairs of each round; at least one
 *     distance
 * @param contention by number of threads, fewest first; at least one
 * @param sharing what two threads take that share a line or not, at gaps of {@link SharingScenario#CALIBRATED_GAPS};
 *     none when it was not measured
 * @param spins the samples of the checks for free CPUs, before each round and after the last
 * @param stolenShare the share of these CPUs' time that a hypervisor took, where the system reports it
 */
public record Measurements(
        int threads,
        Environment environment,
        RoundValues hitNanos,
        RoundValues atomicNanos,
        Map<CpuDistance, RoundValues> transferNanos,
        List<Contention> contention,
        List<SharingSeries> sharing,
        List<SpinSample> spins,
        OptionalDouble stolenShare) {

    public Measurements {
        Objects.requireNonNull(environment);
        Objects.requireNonNull(hitNanos);
        Objects.requireNonNull(atomicNanos);
        transferNanos = Map.copyOf(transferNanos);
        contention = List.copyOf(contention);
        sharing = List.copyOf(sharing);
        spins = List.copyOf(spins);
        Objects.requireNonNull(stolenShare);
        if (threads < 2 || transferNanos.isEmpty() || contention.isEmpty() || spins.isEmpty()) {
            throw new IllegalArgumentException(
                    "expected at least 2 threads, one distance, one contention and one spin, got " + threads + ", "
                            + transferNanos.size() + ", " + contention.size() + ", " + spins.size());
        }
    }

    /** {@return whether each thread stayed on its CPU} */
    public boolean pinned() {
        return environment.pinned();
    }

    /** {@return the times of a role in a scenario, when they were measured} */
    Optional<RoundValues> sharing(SharingScenario scenario, String role) {
        return sharing.stream()
                .filter(one -> one.scenario().equals(scenario) && one.role().equals(role))
                .map(one -> new RoundValues(one.roundNanos()))
                .findFirst();
    }
}
