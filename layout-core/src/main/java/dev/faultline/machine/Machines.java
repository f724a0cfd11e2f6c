package dev.faultline.machine;

import java.util.List;
import java.util.Optional;

/** Presets: machines known without being at hand. CPU counts are those of a typical server and meant to be changed. */
public final class Machines {

    private static final String INTEL = "usual for x86-64; pairs as crossbeam-utils cache_padded.rs says of Intel";

    private Machines() {}

    /** {@return a two-socket x86-64 server: 64-byte lines, fetched in pairs by Intel's spatial prefetcher} */
    public static Machine x86() {
        return preset("x86-64", 64, 128, INTEL, 112, 2);
    }

    /** {@return an Arm Neoverse server with 64-byte lines} */
    public static Machine neoverse() {
        return preset("neoverse", 64, 64, "usual for Neoverse, from memory, not checked", 64, 1);
    }

    /** {@return an Apple M machine with 128-byte lines} */
    public static Machine apple() {
        return preset("apple-m", 128, 128, "usual for Apple M, from memory, not checked", 8, 1);
    }

    /** {@return a POWER server with 128-byte lines} */
    public static Machine power() {
        return preset("power", 128, 128, "crossbeam-utils cache_padded.rs (powerpc64)", 128, 2);
    }

    /** {@return an s390x server with 256-byte lines} */
    public static Machine s390x() {
        return preset("s390x", 256, 256, "crossbeam-utils cache_padded.rs (s390x)", 64, 2);
    }

    /** {@return all presets, in the order a person would list them} */
    public static List<Machine> all() {
        return List.of(x86(), neoverse(), apple(), power(), s390x());
    }

    /** {@return the preset of that name} */
    public static Optional<Machine> byName(String name) {
        return all().stream().filter(machine -> machine.name().equals(name)).findFirst();
    }

    private static Machine preset(String name, int line, int pair, String source, int cpus, int sockets) {
        String typical = "typical, not measured";
        return new Machine(
                name,
                new Sourced<>(line, source),
                new Sourced<>(pair, source),
                new Sourced<>(4096, typical),
                new Sourced<>(cpus, typical),
                new Sourced<>(sockets, typical));
    }
}
