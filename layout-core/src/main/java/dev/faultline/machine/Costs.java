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
 * @param pairFactor the share of a transfer that moving one half of a prefetched pair costs the other half; no cost
 *     contains it, and 0 says that the prefetcher moves one half alone
 * @param retention the chance that a CPU whose compare-and-set failed tries again before it loses the line
 * @param holdShare the part of a transfer that passes before the previous holder loses the line: a request takes that
 *     long to reach it, and until then it goes on using the line; 0 when it is not known: see {@link #isMigratory}
 * @param pipeline what a CPU does without waiting for a line
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
        Sourced<Double> retention,
        Sourced<Double> holdShare,
        Pipeline pipeline) {

    /** Largest time, in ns. */
    static final double LONGEST_NANOS = 1e9;

    /** The most entries of a store buffer, and the most outstanding misses. */
    static final int MOST_ENTRIES = 4096;

    /** Stores in a ns of ordinary work. */
    private static final double STORES_PER_NANO = 0.3;

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

    /**
     * What a CPU does without waiting for a line.
     *
     * @param storeNanos a plain store, which the CPU puts into its store buffer
     * @param storeBufferEntries stores that wait in the buffer before the CPU waits too; from 1 to {@link
     *     #MOST_ENTRIES}
     * @param outstandingMisses lines that a CPU waits for at the same time when the loads do not depend on each other;
     *     from 1 to {@link #MOST_ENTRIES}
     */
    public record Pipeline(
            Sourced<Double> storeNanos, Sourced<Integer> storeBufferEntries, Sourced<Integer> outstandingMisses) {
        public Pipeline {
            nanos("store", storeNanos);
            entries("store-buffer", storeBufferEntries);
            entries("outstanding", outstandingMisses);
        }

        /**
         * {@return the time that a CPU works on while a store waits for its line, in ns} Stores happen in order, so the
         * stores of that work queue behind the one that waits, until the buffer is full. One instruction in ten is a
         * store in SPEC CPU2017 (Limaye and Adegbija, ISPASS 2018), and servers execute about one instruction a cycle
         * (Kanev et al., ISCA 2015); at 3 GHz that is 0.3 stores a ns.
         */
        public double roomNanos() {
            return storeBufferEntries.value() / STORES_PER_NANO;
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
        share("hold", holdShare);
        Objects.requireNonNull(pipeline);
    }

    private static void entries(String what, Sourced<Integer> count) {
        if (count.value() < 1 || count.value() > MOST_ENTRIES) {
            throw new IllegalArgumentException(
                    what + " must be from 1 to " + MOST_ENTRIES + " entries, got " + count.value());
        }
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

    /**
     * {@return whether a load takes a line alone from a CPU that changed it, expecting that its own CPU will change it
     * too} Measured loops do that wherever {@code hold} was measured. Where {@code hold} is 0, loads leave the line
     * with both.
     */
    public boolean isMigratory() {
        return holdShare.value() > 0;
    }

    /** {@return costs with another chance that a failed compare-and-set is repeated before the line is lost} */
    public Costs withRetention(double share, String source) {
        return with("retention", new Sourced<>(share, source));
    }

    /** {@return costs with another part of a transfer during which the previous holder keeps the line} */
    public Costs withHold(double share, String source) {
        return with("hold", new Sourced<>(share, source));
    }

    /** {@return costs with another part of a transfer during which a line can serve no other CPU} */
    public Costs withOccupancy(Sourced<Double> share) {
        return with("occupancy", share);
    }

    /** {@return costs with another number of lines that a CPU waits for at the same time} */
    public Costs withOutstanding(Sourced<Integer> lines) {
        return with("outstanding", figure(lines));
    }

    private Costs with(String name, Sourced<Double> other) {
        return of(named().stream()
                .map(one -> one.name().equals(name) ? other : one.figure())
                .toList());
    }

    /** {@return costs with these figures, in the order of {@link #named}} */
    static Costs of(List<Sourced<Double>> figures) {
        if (figures.size() != 14) {
            throw new IllegalArgumentException("expected 14 costs, got " + figures.size());
        }
        return new Costs(
                figures.get(0),
                figures.get(1),
                new Transfers(figures.get(2), figures.get(3), figures.get(4)),
                figures.get(5),
                figures.get(6),
                figures.get(7),
                figures.get(8),
                figures.get(9),
                figures.get(10),
                new Pipeline(figures.get(11), count(figures.get(12)), count(figures.get(13))));
    }

    private static Sourced<Integer> count(Sourced<Double> figure) {
        return new Sourced<>((int) Math.round(figure.value()), figure.source());
    }

    private static Sourced<Double> figure(Sourced<Integer> count) {
        return new Sourced<>((double) count.value(), count.source());
    }

    /** {@return whether the figure of that name may be 0; transfers and occupancy may not} */
    static boolean mayBeZero(String name) {
        return !TRANSFERS.contains(name) && !name.equals("occupancy");
    }

    /** What a figure is measured in. */
    public enum Unit {
        /** Nanoseconds. */
        NANOS,
        /** A share, from 0 to 1. */
        SHARE,
        /** A whole number of entries. */
        ENTRIES
    }

    /** A figure with its name in machine files and reports. */
    public record Named(String name, Unit unit, Sourced<Double> figure) {
        public Named {
            Objects.requireNonNull(name);
            Objects.requireNonNull(unit);
            Objects.requireNonNull(figure);
        }

        /** {@return the figure as machine files have it: a time with its unit, a number of entries without fraction} */
        public String text() {
            return switch (unit) {
                case NANOS -> figure.value() + "ns";
                case SHARE -> figure.value().toString();
                case ENTRIES -> Long.toString(Math.round(figure.value()));
            };
        }
    }

    /** {@return all figures with their names, in the order of {@link #of}} */
    public List<Named> named() {
        return List.of(
                new Named("hit", Unit.NANOS, hitNanos),
                new Named("atomic", Unit.NANOS, atomicNanos),
                new Named("cluster", Unit.NANOS, transfers.clusterNanos),
                new Named("socket", Unit.NANOS, transfers.socketNanos),
                new Named("remote", Unit.NANOS, transfers.remoteNanos),
                new Named("occupancy", Unit.SHARE, occupancyShare),
                new Named("line-touch", Unit.NANOS, lineTouchNanos),
                new Named("split-atomic", Unit.NANOS, splitAtomicNanos),
                new Named("pair-factor", Unit.SHARE, pairFactor),
                new Named("retention", Unit.SHARE, retention),
                new Named("hold", Unit.SHARE, holdShare),
                new Named("store", Unit.NANOS, pipeline.storeNanos),
                new Named("store-buffer", Unit.ENTRIES, figure(pipeline.storeBufferEntries)),
                new Named("outstanding", Unit.ENTRIES, figure(pipeline.outstandingMisses)));
    }
}
