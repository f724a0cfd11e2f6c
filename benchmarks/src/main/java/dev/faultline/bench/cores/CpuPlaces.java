package dev.faultline.bench.cores;

import dev.faultline.machine.Topology;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Finds the CPUs that this process may use, with their clusters and sockets. A topology only says how many there are.
 * Which CPU is in which is read from sysfs, because Linux numbers the second threads of all cores after the first ones.
 */
public final class CpuPlaces {

    private static final String ALLOWED = "Cpus_allowed_list:";

    private CpuPlaces() {}

    /**
     * Finds the CPUs of this process.
     *
     * @param topology stands in for what the system does not tell
     * @return at least one CPU, in the order of their numbers
     */
    public static List<CpuPlace> ofThisProcess(Topology topology) {
        return read(Path.of("/sys"), Path.of("/proc/self/status"), topology);
    }

    /**
     * Reads them.
     *
     * @param sysRoot where sysfs is mounted
     * @param status the kernel's status of this process, {@code /proc/self/status}
     * @param topology stands in for what cannot be read
     * @return at least one CPU, in the order of their numbers
     */
    static List<CpuPlace> read(Path sysRoot, Path status, Topology topology) {
        int cpus = topology.cpus().value();
        List<Integer> allowed = allowed(status);
        if (allowed.isEmpty()) {
            allowed = IntStream.range(0, cpus).boxed().toList();
        }
        Path root = sysRoot.resolve("devices/system/cpu");
        List<CpuPlace> read = new ArrayList<>();
        Map<String, Integer> clusters = new HashMap<>(); // ids of caches can repeat in another socket
        for (int cpu : allowed) {
            OptionalInt socket = number(root.resolve("cpu" + cpu + "/topology/physical_package_id"));
            OptionalInt cache = number(root.resolve("cpu" + cpu + "/cache/index3/id"));
            if (socket.isEmpty()) {
                return byTopology(allowed, topology);
            }
            String key = socket.getAsInt() + "/" + cache.orElse(0);
            int cluster = clusters.computeIfAbsent(key, unseen -> clusters.size());
            read.add(new CpuPlace(cpu, cluster, socket.getAsInt()));
        }
        return read;
    }

    private static List<CpuPlace> byTopology(List<Integer> allowed, Topology topology) {
        List<CpuPlace> places = new ArrayList<>();
        for (int cpu : allowed) {
            int cluster = topology.cluster(Math.min(cpu, topology.cpus().value() - 1));
            places.add(new CpuPlace(cpu, cluster, topology.socketOfCluster(cluster)));
        }
        return places;
    }

    private static List<Integer> allowed(Path status) {
        return text(status, 1 << 16)
                .lines()
                .filter(line -> line.startsWith(ALLOWED))
                .findFirst()
                .map(line -> list(line.substring(ALLOWED.length()).strip()))
                .orElse(List.of());
    }

    /** {@return the numbers in a list such as {@code 0-3,8}; none when the text is no such list} */
    static List<Integer> list(String text) {
        if (!text.matches("\\d{1,5}(?:-\\d{1,5})?(?:,\\d{1,5}(?:-\\d{1,5})?)*+")) {
            return List.of();
        }
        return Arrays.stream(text.split(","))
                .map(range -> range.split("-"))
                .flatMapToInt(ends ->
                        IntStream.rangeClosed(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1])))
                .filter(cpu -> cpu < Topology.MOST_CPUS)
                .distinct()
                .sorted()
                .boxed()
                .toList();
    }

    private static OptionalInt number(Path file) {
        String digits = text(file, 32).strip();
        return digits.matches("\\d{1,9}") ? OptionalInt.of(Integer.parseInt(digits)) : OptionalInt.empty();
    }

    private static String text(Path file, int mostBytes) {
        try (var in = Files.newInputStream(file)) {
            return new String(in.readNBytes(mostBytes), StandardCharsets.ISO_8859_1);
        } catch (IOException unreadable) {
            return ""; // then nothing is known
        }
    }
}
