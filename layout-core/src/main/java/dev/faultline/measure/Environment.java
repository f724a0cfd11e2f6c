package dev.faultline.measure;

import java.util.List;

/**
 * The machine and VM that a benchmark ran on.
 *
 * @param processor the model of the CPU, or "unknown processor"
 * @param java name and version of the VM that ran the forks
 * @param system name and version of the operating system
 * @param cpus numbers of the CPUs that threads were pinned to, in the order of threads; at least one
 * @param pinned whether every thread stayed on its CPU
 */
public record Environment(String processor, String java, String system, List<Integer> cpus, boolean pinned) {

    public Environment {
        MeasureChecks.name("processor", processor);
        MeasureChecks.name("java", java);
        MeasureChecks.name("system", system);
        cpus = List.copyOf(cpus);
        MeasureChecks.atLeast("cpus", 1, cpus.size());
    }
}
