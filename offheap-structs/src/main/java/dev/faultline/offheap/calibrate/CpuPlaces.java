package dev.faultline.offheap.calibrate;

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
 * Finds the CPUs this process may use and where they are. A topology says only how many groups there are; which CPU is
 * in which is read from sysfs, since Linux numbers the second threads of all cores after the first.
 */
final class CpuPlaces {

    private static final String ALLOWED = "Cpus_allowed_list:";

    private CpuPlaces() {}

    /**
     * Reads them.
     *
     * @param sysRoot where sysfs is mounted
     * @param status what the kernel says of this process, {@code /proc/self/status}
     * @param topology stands in for what cannot be read
     * @return at least one CPU, by number
     */
    static List<CpuPlace> read(Path sysRoot, Path status, Topology topology) {
        int cpus = topology.cpus().value();
        List<Integer> allowed = allowed(status);
        if (allowed.isEmpty()) {
            allowed = IntStream.range(0, cpus).boxed().toList();
        }
        Path root = sysRoot.resolve("devices/system/cpu");
        List<CpuPlace> read = new ArrayList<>();
        Map<String, Integer> clusters = new HashMap<>(); // ids of caches may repeat from socket to socket
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

    /** {@return the numbers of a list such as {@code 0-3,8}; none when it is no such list} */
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
            return ""; // another way of saying that nothing is known
        }
    }
}
