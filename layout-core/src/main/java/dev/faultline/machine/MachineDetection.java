package dev.faultline.machine;

import dev.faultline.api.Internal;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Describes a Linux machine by its sysfs. The root of sysfs and the number of CPUs are arguments, so a copy of another
 * machine's sysfs works too. Costs are not told by it: they are those of the nearest preset, and their sources say so.
 * What else cannot be read is taken from the x86-64 preset.
 */
@Internal
public final class MachineDetection {

    private static final String CPU = "devices/system/cpu";
    private static final String LINE = CPU + "/cpu0/cache/index0/coherency_line_size";
    private static final String VENDOR_IS_INTEL = "GenuineIntel";

    private MachineDetection() {}

    /**
     * Describes a machine.
     *
     * @param sysRoot where sysfs is mounted, {@code /sys}
     * @param cpuInfo the kernel's description of the CPUs, {@code /proc/cpuinfo}; tells whether lines are fetched in
     *     pairs, and which preset is nearest
     * @param availableCpus number of logical CPUs, at least 1
     * @return the machine; values that cannot be read or are invalid are those of the preset
     */
    public static Machine detect(Path sysRoot, Path cpuInfo, int availableCpus) {
        Machine preset = Machines.x86();
        Sourced<Integer> line = line(sysRoot.resolve(LINE)).orElse(preset.lineBytes());
        String cpu = text(cpuInfo, 1 << 14).orElse("");
        Sourced<Integer> pair = cpu.contains(VENDOR_IS_INTEL)
                ? new Sourced<>(2 * line.value(), "Intel's spatial prefetcher fetches pairs (" + cpuInfo + ")")
                : new Sourced<>(line.value(), "no pair prefetch known for this CPU");
        return new Machine(
                "this machine",
                line,
                pair,
                new Sourced<>(4096, "usual page size, not detected"),
                topology(sysRoot.resolve(CPU), availableCpus),
                NearestPreset.of(cpu)
                        .costs()
                        .withRetention(0, "not calibrated: `faultline calibrate` measures this machine"));
    }

    /** Reads the topology. */
    private static Topology topology(Path cpuDirectory, int availableCpus) {
        Sourced<Integer> cpus = new Sourced<>(availableCpus, "CPUs available to this process");
        int sockets = distinct(cpuDirectory, "topology/physical_package_id");
        int clusters = distinct(cpuDirectory, "cache/index3/id");
        if (sockets < 1 || sockets > Math.min(availableCpus, Topology.MOST_CLUSTERS)) {
            Sourced<Integer> one = new Sourced<>(1, "sysfs lists no usable packages");
            return new Topology(cpus, one, one);
        }
        Sourced<Integer> read = new Sourced<>(sockets, "physical_package_id in sysfs");
        return clusters < sockets || clusters > Math.min(availableCpus, Topology.MOST_CLUSTERS)
                ? new Topology(cpus, read, new Sourced<>(sockets, "sysfs lists no last-level caches; one per socket"))
                : new Topology(cpus, read, new Sourced<>(clusters, "cache/index3/id in sysfs"));
    }

    private static Optional<Sourced<Integer>> line(Path file) {
        return number(file)
                .filter(bytes -> Integer.bitCount(bytes) == 1 && bytes >= 16 && bytes <= 1024)
                .map(bytes -> new Sourced<>(bytes, file.toString()));
    }

    private static int distinct(Path cpuDirectory, String file) {
        Set<Integer> values = new HashSet<>();
        try (DirectoryStream<Path> cpus = Files.newDirectoryStream(cpuDirectory, "cpu[0-9]*")) {
            for (Path cpu : cpus) {
                number(cpu.resolve(file)).ifPresent(values::add);
            }
        } catch (IOException | java.nio.file.DirectoryIteratorException unreadable) {
            return 0; // the source of the value says so
        }
        return values.size();
    }

    private static Optional<Integer> number(Path file) {
        return text(file, 32)
                .map(String::strip)
                .filter(digits -> digits.matches("\\d{1,9}"))
                .map(Integer::valueOf);
    }

    private static Optional<String> text(Path file, int mostBytes) {
        try (var in = Files.newInputStream(file)) {
            return Optional.of(new String(in.readNBytes(mostBytes), java.nio.charset.StandardCharsets.ISO_8859_1));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }
}
