package dev.faultline.machine;

import java.util.List;
import java.util.Objects;

/**
 * The time it takes to move a cache line on one machine, and related figures, each with its source.
 *
 * <p>Times are in ns, at most a second; shares are from 0 to 1.
 *
 * @param hitNanos access to a line that the CPU already holds
 * @param atomicNanos atomic read-modify-write of a line that the CPU owns
 * @param clusterNanos transfer of a line between CPUs that share a last-level cache (a cluster)
 * @param socketNanos transfer between clusters of one socket
 * @param remoteNanos transfer between sockets
 * @param occupancyShare the share of a transfer during which the line cannot serve another CPU; below 1 where atomics
 *     are executed at the line's home
 * @param lineTouchNanos access to one more line: cache capacity and address translation
 * @param splitAtomicNanos atomic operation on a word that crosses a line; it stalls all CPUs for that time, where it
 *     works at all
 * @param pairFactor the share of a transfer that is also charged to the other line of a prefetched pair
 * @param retention the chance that a CPU whose compare-and-set failed tries again before it loses the line
 */
public record Costs(
        Sourced<Double> hitNanos,
        Sourced<Double> atomicNanos,
        Sourced<Double> clusterNanos,
        Sourced<Double> socketNanos,
        Sourced<Double> remoteNanos,
        Sourced<Double> occupancyShare,
        Sourced<Double> lineTouchNanos,
        Sourced<Double> splitAtomicNanos,
        Sourced<Double> pairFactor,
        Sourced<Double> retention) {

    /** Largest time, in ns. */
    static final double LONGEST_NANOS = 1e9;

    /** Names of the transfer times, nearest first; none may be less than the one before. */
    static final List<String> TRANSFERS = List.of("cluster", "socket", "remote");

    public Costs {
        nanos("hit", hitNanos);
        nanos("atomic", atomicNanos);
        positive("cluster", clusterNanos);
        positive("socket", socketNanos);
        positive("remote", remoteNanos);
        if (clusterNanos.value() > socketNanos.value() || socketNanos.value() > remoteNanos.value()) {
            throw new IllegalArgumentException("transfers must not become cheaper with distance: cluster "
                    + clusterNanos.value() + ", socket " + socketNanos.value() + ", remote " + remoteNanos.value());
        }
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
                clusterNanos,
                socketNanos,
                remoteNanos,
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
                figures.get(2),
                figures.get(3),
                figures.get(4),
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
                new Named("cluster", true, clusterNanos),
                new Named("socket", true, socketNanos),
                new Named("remote", true, remoteNanos),
                new Named("occupancy", false, occupancyShare),
                new Named("line-touch", true, lineTouchNanos),
                new Named("split-atomic", true, splitAtomicNanos),
                new Named("pair-factor", false, pairFactor),
                new Named("retention", false, retention));
    }
}
