package dev.faultline.machine;

import java.util.List;
import java.util.Optional;

/**
 * The machine presets.
 *
 * <p>Transfer times are the medians for one machine each that {@code github.com/nviennot/core-to-core-latency} (README,
 * MIT licence) publishes. The times of contended atomics are from {@code
 * github.com/travisdowns/concurrency-hierarchy-bench}. Figures without a published source are called assumed. Two
 * hyper-threads of a core count as two CPUs of one cluster.
 */
public final class Machines {

    private static final String README = "core-to-core-latency README: ";
    private static final String DOWNS = "concurrency-hierarchy-bench results: ";
    private static final String PADDED = "crossbeam-utils cache_padded.rs ";

    private static final Sourced<Double> NO_HOLD = new Sourced<>(
            0.0, "not known of this machine: lines change hands at once; `faultline calibrate` measures it");

    private Machines() {}

    /** {@return a two-socket x86-64 server with 112 CPUs and the costs of Cascade Lake} */
    public static Machine x86() {
        String source = README + "two Xeon Platinum 8275CL";
        return new Machine(
                "x86-64",
                new Sourced<>(64, "usual for x86-64"),
                new Sourced<>(128, PADDED + "(Intel fetches pairs)"),
                page(),
                topology(112, 2, 2, "112 CPUs, as in the rcuref series"),
                costs(transfers(47, 47, 134, source), 56, "Skylake and Cascade Lake, from memory, not checked")
                        .withRetention(
                                0.0862,
                                "calibrated to one published figure: 8 retries a get at 112 CPUs (rcuref series)"));
    }

    /** {@return a two-socket Ice Lake server} */
    public static Machine iceLake() {
        return new Machine(
                "ice-lake",
                new Sourced<>(64, "usual for x86-64"),
                new Sourced<>(128, PADDED + "(Intel fetches pairs)"),
                page(),
                topology(128, 2, 2, README + "two 32-core Xeon Platinum 8375C"),
                costs(
                        transfers(51, 51, 108, README + "two Xeon Platinum 8375C"),
                        72,
                        "Ice Lake, from memory, not checked"));
    }

    /** {@return a two-socket EPYC Milan server; eight cores share a last-level cache} */
    public static Machine milan() {
        return new Machine(
                "epyc-milan",
                new Sourced<>(64, "usual for x86-64"),
                new Sourced<>(128, PADDED + "(x86-64)"),
                page(),
                topology(192, 2, 12, README + "two 48-core EPYC 7R13, groups of 8 cores"),
                costs(transfers(23, 107, 197, README + "two EPYC 7R13"), 64, "Zen 3, from memory, not checked"));
    }

    /**
     * {@return an Arm Neoverse server with the costs of Graviton2, which executes contended atomics at the line's home}
     */
    public static Machine neoverse() {
        return new Machine(
                "neoverse",
                new Sourced<>(64, "usual for Neoverse, from memory, not checked"),
                new Sourced<>(64, "no pair prefetch known"),
                page(),
                topology(64, 1, 1, README + "Graviton2"),
                new Costs(
                        assumed(1.5),
                        new Sourced<>(5.3, DOWNS + "Graviton2, fetch-add by 1 thread"),
                        new Costs.Transfers(
                                new Sourced<>(47.0, README + "Graviton2"),
                                new Sourced<>(47.0, README + "Graviton2"),
                                new Sourced<>(47.0, README + "Graviton2; one socket")),
                        new Sourced<>(0.2, DOWNS + "Graviton2, 9.4 ns a contended fetch-add, against 47 ns a transfer"),
                        assumed(1.0),
                        assumed(300.0),
                        new Sourced<>(0.0, "no pair prefetch known"),
                        new Sourced<>(0.15, "fits " + DOWNS + "Graviton2, compare-and-set at 4 to 16 threads"),
                        NO_HOLD,
                        pipeline(46, "Neoverse N1, from memory, not checked")));
    }

    /** {@return an Apple M machine with 128-byte lines and the costs of an M1 Pro} */
    public static Machine apple() {
        return new Machine(
                "apple-m",
                new Sourced<>(128, "usual for Apple M, from memory, not checked"),
                new Sourced<>(128, "no pair prefetch known"),
                new Sourced<>(16_384, "usual for Apple M, from memory, not checked"),
                topology(8, 1, 2, README + "M1 Pro: groups of cores; two are assumed"),
                costs(transfers(40, 145, 145, README + "M1 Pro; one socket"), 60, "assumed, not measured"));
    }

    /** {@return a two-socket POWER server with 128-byte lines and the costs of POWER7} */
    public static Machine power() {
        return new Machine(
                "power",
                new Sourced<>(128, PADDED + "(powerpc64)"),
                new Sourced<>(128, "no pair prefetch known"),
                new Sourced<>(65_536, "usual for POWER Linux, from memory, not checked"),
                topology(64, 2, 2, README + "two 8-core POWER7; 4 threads per core are assumed"),
                costs(transfers(173, 173, 443, README + "two POWER7"), 48, "assumed, not measured"));
    }

    /** {@return an s390x server with 256-byte lines; its costs are assumed, as none are published} */
    public static Machine s390x() {
        return new Machine(
                "s390x",
                new Sourced<>(256, PADDED + "(s390x)"),
                new Sourced<>(256, "no pair prefetch known"),
                page(),
                topology(64, 2, 2, "assumed"),
                costs(
                        transfers(50, 50, 130, "assumed: as on a two-socket x86-64 server"),
                        56,
                        "assumed, not measured"));
    }

    /** {@return all presets} */
    public static List<Machine> all() {
        return List.of(x86(), iceLake(), milan(), neoverse(), apple(), power(), s390x());
    }

    /**
     * {@return the preset of that name; empty when there is none}
     *
     * @param name the name, such as {@code "x86"}
     */
    public static Optional<Machine> byName(String name) {
        return all().stream().filter(machine -> machine.name().equals(name)).findFirst();
    }

    /** {@return the names of all presets} */
    public static List<String> names() {
        return all().stream().map(Machine::name).toList();
    }

    private static Sourced<Integer> page() {
        return new Sourced<>(4096, "usual, not measured");
    }

    private static Topology topology(int cpus, int sockets, int clusters, String source) {
        return new Topology(
                new Sourced<>(cpus, source), new Sourced<>(sockets, source), new Sourced<>(clusters, source));
    }

    private static Costs.Transfers transfers(double cluster, double socket, double remote, String source) {
        return new Costs.Transfers(
                new Sourced<>(cluster, source), new Sourced<>(socket, source), new Sourced<>(remote, source));
    }

    /** {@return costs with these transfer times and figures that are the same for all machines} */
    private static Costs costs(Costs.Transfers transfers, int storeBuffer, String source) {
        return new Costs(
                assumed(1.5),
                new Sourced<>(6.5, DOWNS + "fetch-add by 1 thread, Skylake 7.0 and Ice Lake 6.1"),
                transfers,
                new Sourced<>(
                        1.0,
                        "a contended fetch-add takes 24 ns on Skylake (" + DOWNS + "skl), a transfer 20 ns"
                                + " on an i7-6700K (" + README + "): as long as a transfer"),
                assumed(1.0),
                new Sourced<>(300.0, "about 1,000 cycles by published accounts; not measured"),
                new Sourced<>(0.2, "assumed: no published figure"),
                new Sourced<>(0.0, "no retention: fits " + DOWNS + "Skylake, Ice Lake"),
                NO_HOLD,
                pipeline(storeBuffer, source));
    }

    /**
     * {@return store buffer of that size; a store and the outstanding misses are alike on the CPUs of the last decade}
     */
    private static Costs.Pipeline pipeline(int storeBuffer, String source) {
        return new Costs.Pipeline(
                new Sourced<>(0.5, "as measured on a Xeon of 2023 and an EPYC of 2024: 0.47 to 0.6 ns"),
                new Sourced<>(storeBuffer, source),
                new Sourced<>(10, "fill buffers of a first-level cache: 10 to 24 on common CPUs, from memory"));
    }

    private static Sourced<Double> assumed(double value) {
        return new Sourced<>(value, "assumed, not measured");
    }
}
