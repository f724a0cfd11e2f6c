package dev.faultline.suggest.cost;

import dev.faultline.cost.Primitive;
import dev.faultline.cost.Task;
import dev.faultline.cost.Workload;
import dev.faultline.machine.Machine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The CPUs that run in one phase, and the coherence cost they cause each other on a line. Rates are per ns. */
final class PhaseCpus {

    private final List<Integer> tasks;
    /** Whether a load takes a line alone from a CPU that changed it. */
    private final boolean isMigratory;

    private final double[] perNano;
    /** Number of phases in which each task runs; its cost is divided among them. */
    private final int[] phasesOf;
    /** The distinct sets of tasks that a CPU executes. */
    private final List<BitSet> taskSets = new ArrayList<>();

    private final List<CpuGroup> groups = new ArrayList<>();

    /** CPUs that execute the same task set at the same mean transfer time from the writing CPUs. */
    private record CpuGroup(int taskSet, int cpus, double transferNanos) {}

    /** Number of CPUs with each task set. */
    private final int[] cpusOfSet;

    PhaseCpus(Workload workload, List<Integer> tasks, Machine machine) {
        this.tasks = tasks;
        this.isMigratory = machine.costs().isMigratory();
        perNano = workload.tasks().stream()
                .mapToDouble(task -> task.ratePerSecond() * 1e-9)
                .toArray();
        phasesOf = new int[perNano.length];
        workload.phases().forEach(phase -> phase.forEach(task -> phasesOf[task]++));
        BitSet[] ofCpus = new BitSet[workload.cpus()];
        for (int task : tasks) {
            for (int cpu : workload.tasks().get(task).cpus()) {
                if (ofCpus[cpu] == null) {
                    ofCpus[cpu] = new BitSet();
                }
                ofCpus[cpu].set(task);
            }
        }
        Map<BitSet, Integer> numbers = new LinkedHashMap<>();
        int clusters = machine.topology().clusters().value();
        List<int[]> members = new ArrayList<>(); // for each task set, its CPUs by cluster
        for (int cpu = 0; cpu < ofCpus.length; cpu++) {
            if (ofCpus[cpu] != null) {
                int taskSet = numbers.computeIfAbsent(ofCpus[cpu], any -> numbers.size());
                if (taskSet == members.size()) {
                    members.add(new int[clusters]);
                    taskSets.add(ofCpus[cpu]);
                }
                members.get(taskSet)[machine.topology().cluster(cpu)]++;
            }
        }
        cpusOfSet = members.stream().mapToInt(of -> Arrays.stream(of).sum()).toArray();
        addGroups(workload, machine, members);
    }

    private void addGroups(Workload workload, Machine machine, List<int[]> members) {
        int clusters = machine.topology().clusters().value();
        int[] writers = new int[clusters];
        boolean[] writes = new boolean[taskSets.size()];
        for (int taskSet = 0; taskSet < writes.length; taskSet++) {
            writes[taskSet] = taskSets.get(taskSet).stream()
                    .anyMatch(task -> isWriting(workload.tasks().get(task)));
            for (int cluster = 0; cluster < clusters && writes[taskSet]; cluster++) {
                writers[cluster] += members.get(taskSet)[cluster];
            }
        }
        for (int taskSet = 0; taskSet < writes.length; taskSet++) {
            Map<Double, Integer> byDistance = new LinkedHashMap<>();
            for (int cluster = 0; cluster < clusters; cluster++) {
                int cpus = members.get(taskSet)[cluster];
                if (cpus > 0) {
                    byDistance.merge(meanTransferNanos(machine, cluster, writers, writes[taskSet]), cpus, Integer::sum);
                }
            }
            int number = taskSet;
            byDistance.forEach((nanos, cpus) -> groups.add(new CpuGroup(number, cpus, nanos)));
        }
    }

    private static boolean isWriting(Task task) {
        return task.steps().stream().map(step -> step.primitive()).anyMatch(Primitive::writes);
    }

    /** {@return the mean time of a transfer from the writing CPUs to a CPU in this cluster, in ns} */
    private static double meanTransferNanos(Machine machine, int cluster, int[] writers, boolean isWriter) {
        double total = 0;
        double nanos = 0;
        for (int other = 0; other < writers.length; other++) {
            int cpus = writers[other] - (isWriter && other == cluster ? 1 : 0);
            total += cpus;
            nanos += cpus * machine.transferNanos(cluster, other);
        }
        return total == 0 ? machine.costs().transfers().clusterNanos().value() : nanos / total;
    }

    /** Rates at which one CPU with a task set writes and touches a line. */
    private final class LineUse {
        double writes;
        double touches;
        final List<Integer> touching = new ArrayList<>();

        LineUse(BitSet taskSet, TaskMoments.OnLine[] onLine) {
            for (int task = taskSet.nextSetBit(0); task >= 0; task = taskSet.nextSetBit(task + 1)) {
                if (onLine[task] != null) {
                    touching.add(task);
                }
            }
        }

        void computeRates(TaskMoments.OnLine[] onLine, double nanos) {
            writes = 0;
            touches = 0;
            for (int task : touching) {
                writes += perNano[task] * TaskMoments.apart(onLine[task].writes(), nanos);
                touches += perNano[task] * TaskMoments.apart(onLine[task].touches(), nanos);
            }
        }
    }

    /**
     * Computes the coherence cost of a line.
     *
     * @param onLine accesses of each task to the line; null for a task that does not touch it
     * @return the cost of all CPUs, in ns per second
     */
    double nanosPerSecond(TaskMoments.OnLine[] onLine) {
        boolean written = false;
        for (int task : tasks) {
            written |= onLine[task] != null && onLine[task].isWriting();
        }
        if (!written) {
            return 0;
        }
        LineUse[] uses = new LineUse[taskSets.size()];
        for (int taskSet = 0; taskSet < uses.length; taskSet++) {
            uses[taskSet] = new LineUse(taskSets.get(taskSet), onLine);
        }
        double total = 0;
        for (CpuGroup group : groups) {
            if (!uses[group.taskSet].touching.isEmpty()) {
                double writes = 0;
                double touches = 0;
                for (int taskSet = 0; taskSet < uses.length; taskSet++) {
                    uses[taskSet].computeRates(onLine, group.transferNanos);
                    int others = cpusOfSet[taskSet] - (taskSet == group.taskSet ? 1 : 0);
                    writes += others * uses[taskSet].writes;
                    touches += others * uses[taskSet].touches;
                }
                double most = 1 / group.transferNanos;
                double rate =
                        transferRate(uses[group.taskSet], onLine, Math.min(most, writes), Math.min(most, touches));
                total += group.cpus * rate * group.transferNanos;
            }
        }
        return total * 1e9;
    }

    /** {@return the rate of transfers that a CPU waits for, per ns} */
    private double transferRate(LineUse own, TaskMoments.OnLine[] onLine, double writes, double touches) {
        double total = 0;
        int most = own.touching.stream().mapToInt(task -> phasesOf[task]).max().orElse(0);
        for (int phases = 1; phases <= most; phases++) {
            double reading = 0;
            double writing = 0;
            double twice = 0;
            double within = 0;
            for (int task : own.touching) {
                if (phasesOf[task] == phases) {
                    TaskMoments.OnLine one = onLine[task];
                    boolean waitsToWrite = one.waitsToWrite(isMigratory);
                    reading += one.isWaiting() && !waitsToWrite ? perNano[task] : 0;
                    writing += waitsToWrite ? perNano[task] : 0;
                    twice += one.fetchesTwice(isMigratory) ? perNano[task] : 0;
                    within += perNano[task] * within(one, writes, touches);
                }
            }
            total += (between(reading, writing, writes, touches) + met(twice, writes) + within) / phases;
        }
        return total;
    }

    /**
     * {@return the largest of met(reading, writes - u) + met(writing, touches - writes + u) for u from 0 to writes}
     */
    private static double between(double reading, double writing, double writes, double touches) {
        double onlyRead = touches - writes;
        return onlyRead * reading <= writes * writing
                ? met(reading + writing, touches)
                : met(reading, writes) + met(writing, onlyRead);
    }

    /** {@return how often per ns a foreign access falls between two own operations} */
    private static double met(double own, double foreign) {
        return own == 0 || foreign == 0 ? 0 : own * foreign / (own + foreign);
    }

    /** {@return the expected number of transfers between the accesses of one operation} */
    private static double within(TaskMoments.OnLine one, double writes, double touches) {
        double lost = 0;
        double[] times = one.waits();
        for (int i = 1; i < times.length; i++) {
            lost -= Math.expm1(-writes * (times[i] - times[i - 1]));
        }
        times = one.atomics();
        for (int i = 1; i < times.length; i++) {
            double gap = times[i] - times[i - 1];
            lost += Math.exp(-writes * gap) - Math.exp(-touches * gap);
        }
        return lost;
    }
}
