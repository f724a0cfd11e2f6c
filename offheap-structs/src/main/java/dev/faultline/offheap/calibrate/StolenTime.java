package dev.faultline.offheap.calibrate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;

/** Asks a Linux system how much of some CPUs' time a hypervisor has given to others since this was made. */
final class StolenTime {

    private static final int STEAL = 8; // cpuN user nice system idle iowait irq softirq steal
    private static final double TICKS_A_SECOND = 100; // what /proc/stat counts in, whatever the kernel does

    private final Path stat;
    private final Set<String> names = new TreeSet<>();
    private final long ticksBefore;
    private final long nanosBefore = System.nanoTime();

    /** Looks for the first time. */
    StolenTime(Path stat, List<CpuPlace> cpus) {
        this.stat = stat;
        cpus.forEach(place -> names.add("cpu" + place.cpu()));
        this.ticksBefore = ticks();
    }

    /** {@return the part of the CPUs' time that was stolen; empty where the system does not say} */
    OptionalDouble share() {
        long ticks = ticks();
        double seconds = (System.nanoTime() - nanosBefore) / 1e9 * names.size();
        // a single tick in a run of a few ms is no share of anything
        boolean told = ticksBefore >= 0 && ticks >= ticksBefore && seconds * TICKS_A_SECOND > 100;
        return told ? OptionalDouble.of((ticks - ticksBefore) / TICKS_A_SECOND / seconds) : OptionalDouble.empty();
    }

    private long ticks() {
        try {
            return ticks(Files.readAllLines(stat), names);
        } catch (IOException unreadable) {
            return -1;
        }
    }

    /** {@return the ticks of these CPUs together, or -1 when the lines do not say} */
    static long ticks(List<String> lines, Set<String> names) {
        long ticks = 0;
        int found = 0;
        for (String line : lines) {
            String[] words = line.split("\\s+");
            if (names.contains(words[0]) && words.length > STEAL && words[STEAL].matches("\\d{1,18}")) {
                ticks += Long.parseLong(words[STEAL]);
                found++;
            }
        }
        return found == names.size() ? ticks : -1;
    }
}
