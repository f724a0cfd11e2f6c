package dev.faultline.bench.cores;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How some CPUs spent their time since the kernel started, in ticks of 10 ms.
 *
 * @param all all ticks
 * @param idle ticks without work, or waiting for a disk
 * @param stolen ticks in which the hypervisor ran something else although the CPU had work
 */
public record CpuTimes(long all, long idle, long stolen) {

    /** Fewer ticks give no share: one tick would be more than 2 % of them. */
    private static final long LEAST_TICKS = 50;

    private static final CpuTimes UNKNOWN = new CpuTimes(0, 0, 0);
    private static final int WORDS = 9; // cpuN user nice system idle iowait irq softirq steal; user includes the rest

    /** {@return the times of these CPUs; zeros where the kernel does not report them} */
    public static CpuTimes now(Collection<Integer> cpus) {
        try {
            return parse(Files.readAllLines(Path.of("/proc/stat")), cpus);
        } catch (IOException unknown) {
            return UNKNOWN;
        }
    }

    /** {@return the times of these CPUs; zeros when a CPU is missing in the lines} */
    static CpuTimes parse(List<String> lines, Collection<Integer> cpus) {
        Set<String> names = cpus.stream().map(cpu -> "cpu" + cpu).collect(Collectors.toSet());
        CpuTimes sum = UNKNOWN;
        int found = 0;
        for (String line : lines) {
            String[] words = line.strip().split("\\s+");
            if (names.contains(words[0]) && words.length >= WORDS && line.matches("cpu\\d+[\\s\\d]{1,400}")) {
                sum = sum.plus(words);
                found++;
            }
        }
        return found == names.size() ? sum : UNKNOWN;
    }

    private CpuTimes plus(String[] words) {
        long ticks = 0;
        for (int i = 1; i < WORDS; i++) {
            ticks += Long.parseLong(words[i]);
        }
        return new CpuTimes(
                all + ticks,
                idle + Long.parseLong(words[4]) + Long.parseLong(words[5]),
                stolen + Long.parseLong(words[8]));
    }

    /** {@return the share of the time until {@code later} that was stolen; empty when unknown or too short} */
    public OptionalDouble stolenShare(CpuTimes later) {
        return share(later, later.stolen - stolen);
    }

    /** {@return the share of the time until {@code later} that was idle; empty when unknown or too short} */
    public OptionalDouble idleShare(CpuTimes later) {
        return share(later, later.idle - idle);
    }

    private OptionalDouble share(CpuTimes later, long ticks) {
        boolean known = all > 0 && later.all - all >= LEAST_TICKS && ticks >= 0;
        return known ? OptionalDouble.of((double) ticks / (later.all - all)) : OptionalDouble.empty();
    }
}
