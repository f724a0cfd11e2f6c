package dev.faultline.machine;

import dev.faultline.api.Internal;
import java.util.List;
import java.util.Objects;

/**
 * What moving a line costs on one machine, each figure with its source.
 *
 * <p>Times are in ns, at most a second; shares are from 0 to 1.
 *
 * @param hitNanos an access to a line that the CPU holds in a sufficient state
 * @param atomicNanos an atomic read-modify-write of a line that the CPU owns
 * @param transfers moving a line to another CPU
 * @param occupancyShare the part of a transfer during which the line can serve no other CPU; below 1 where atomics are
 *     executed at the line's home
 * @param lineTouchNanos one more line touched by an operation: cache capacity and address translation
 * @param splitAtomicNanos an atomic operation whose word crosses a line; stalls all CPUs for that time where it works
 * @param pairFactor the share of a transfer that moving one half of a prefetched pair costs the other half
 * @param retention the chance that a CPU whose compare-and-set failed tries again before it loses the line
 */
@Internal
public record Costs(
        Sourced<Double> hitNanos,
        Sourced<Double> atomicNanos,
        Transfers transfers,
        Sourced<Double> occupancyShare,
        Sourced<Double> lineTouchNanos,
        Sourced<Double> splitAtomicNanos,
        Sourced<Double> pairFactor,
        Sourced<Double> retention) {

    /** Largest time, in ns. */
    static final double LONGEST_NANOS = 1e9;

    /** Names of the transfer times, nearest first; none may be less than the one before. */
    static final List<String> TRANSFERS = List.of("cluster", "socket", "remote");

    /**
     * Moving a line from one CPU to another. A farther transfer costs no less than a nearer one.
     *
     * @param clusterNanos between CPUs of one cluster (that share a last-level cache)
     * @param socketNanos between clusters of one socket
     * @param remoteNanos between sockets
     */
    public record Transfers(Sourced<Double> clusterNanos, Sourced<Double> socketNanos, Sourced<Double> remoteNanos) {
        public Transfers {
            positive("cluster", clusterNanos);
            positive("socket", socketNanos);
            positive("remote", remoteNanos);
            if (clusterNanos.value() > socketNanos.value() || socketNanos.value() > remoteNanos.value()) {
                throw new IllegalArgumentException("transfers must not become cheaper with distance: cluster "
                        + clusterNanos.value() + ", socket " + socketNanos.value() + ", remote " + remoteNanos.value());
            }
        }
    }

    public Costs {
        nanos("hit", hitNanos);
        nanos("atomic", atomicNanos);
        Objects.requireNonNull(transfers);
        share("occupancy", occupancyShare);
        if (occupancyShare.value() == 0) {
            throw new IllegalArgumentException("occupancy must be above 0");
        }
        nanos("line-touch", lineTouchNanos);
        nanos("split-atomic", splitAtomicNanos);
        share("pair-factor", pairFactor);
        share("retention", retention);
    }

    private static void nanos(String what, Sourced<Double> cost) {
        if (!(cost.value() >= 0 && cost.value() <= LONGEST_NANOS)) {
            throw new IllegalArgumentException(what + " must be from 0 ns to 1 s, got " + cost.value() + " ns");
        }
    }

    private static void positive(String what, Sourced<Double> cost) {
        nanos(what, cost);
        if (cost.value() == 0) {
            throw new IllegalArgumentException(what + " must be above 0 ns");
        }
    }

    private static void share(String what, Sourced<Double> share) {
        if (!(share.value() >= 0 && share.value() <= 1)) {
            throw new IllegalArgumentException(what + " must be from 0 to 1, got " + share.value());
        }
    }

    public Costs withRetention(double share, String source) {
        return new Costs(
                hitNanos,
                atomicNanos,
                transfers,
                occupancyShare,
                lineTouchNanos,
                splitAtomicNanos,
                pairFactor,
                new Sourced<>(share, source));
    }

    /** {@return costs with these figures, in the order of {@link #named}} */
    static Costs of(List<Sourced<Double>> figures) {
        if (figures.size() != 10) {
            throw new IllegalArgumentException("expected 10 costs, got " + figures.size());
        }
        return new Costs(
                figures.get(0),
                figures.get(1),
                new Transfers(figures.get(2), figures.get(3), figures.get(4)),
                figures.get(5),
                figures.get(6),
                figures.get(7),
                figures.get(8),
                figures.get(9));
    }

    /** {@return whether the figure of that name may be 0; transfers and occupancy may not} */
    static boolean mayBeZero(String name) {
        return !TRANSFERS.contains(name) && !name.equals("occupancy");
    }

    /** A figure with its name in machine files and reports. */
    public record Named(String name, boolean isTime, Sourced<Double> figure) {
        public Named {
            Objects.requireNonNull(name);
            Objects.requireNonNull(figure);
        }
    }

    /** {@return all figures with their names, in the order of the components} */
    public List<Named> named() {
        return List.of(
                new Named("hit", true, hitNanos),
                new Named("atomic", true, atomicNanos),
                new Named("cluster", true, transfers.clusterNanos),
                new Named("socket", true, transfers.socketNanos),
                new Named("remote", true, transfers.remoteNanos),
                new Named("occupancy", false, occupancyShare),
                new Named("line-touch", true, lineTouchNanos),
                new Named("split-atomic", true, splitAtomicNanos),
                new Named("pair-factor", false, pairFactor),
                new Named("retention", false, retention));
    }
}
