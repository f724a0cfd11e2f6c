package dev.faultline.bench.harness;

import dev.faultline.measure.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Describes the machine, the VM and the system that a benchmark runs on. */
public final class HostDescription {

    private HostDescription() {}

    /** {@return what benchmarks run on, with the CPUs they use and whether every thread stays on its own} */
    public static Environment environment(List<Integer> cpus, boolean pinned) {
        return new Environment(
                processor(),
                System.getProperty("java.vm.name") + " " + Runtime.version(),
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"),
                cpus,
                pinned);
    }

    /** {@return the model of the CPU, as the kernel reports it} */
    private static String processor() {
        try {
            return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .filter(name -> !name.isEmpty())
                    .findFirst()
                    .orElse("unknown processor");
        } catch (IOException unknown) {
            return "unknown processor";
        }
    }
}
