package dev.faultline.measure;

import java.util.List;

/**
 * What a benchmark ran on.
 *
 * @param processor model of the CPU, or that it is unknown
 * @param java name and version of the VM that ran the forks
 * @param system name and version of the operating system
 * @param cpus numbers of the CPUs that threads were kept on, in the order of threads; at least one
 * @param pinned whether every thread was kept on its CPU
 */
public record Environment(String processor, String java, String system, List<Integer> cpus, boolean pinned) {

    /** Refuses what is missing. */
    public Environment {
        MeasureChecks.name("processor", processor);
        MeasureChecks.name("java", java);
        MeasureChecks.name("system", system);
        cpus = List.copyOf(cpus);
        MeasureChecks.atLeast("cpus", 1, cpus.size());
    }
}
