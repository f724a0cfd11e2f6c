package dev.faultline.suggest.cost;

import dev.faultline.cost.Primitive;
import dev.faultline.cost.Task;
import dev.faultline.cost.Workload;
import dev.faultline.machine.Machine;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The CPUs that run in one phase, and what they do to each other on a line. Rates are per ns. */
final class PhaseCpus {

    private final List<Integer> tasks;
    private final double[] perNano;
    /** In how many phases each task runs: it pays its part in each. */
    private final int[] phasesOf;
    /** The sets of tasks that CPUs have. */
    private final List<BitSet> duties = new ArrayList<>();

    private final List<Stand> stands = new ArrayList<>();

    /** So many CPUs of one duty that see the same: the mean time of a transfer to them. */
    private record Stand(int duty, int cpus, double transferNanos) {}

    private final int[] cpusOfDuty;

    PhaseCpus(Workload workload, List<Integer> tasks, Machine machine) {
        this.tasks = tasks;
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
        List<int[]> members = new ArrayList<>(); // of each duty, how many CPUs in each cluster
        for (int cpu = 0; cpu < ofCpus.length; cpu++) {
            if (ofCpus[cpu] != null) {
                int duty = numbers.computeIfAbsent(ofCpus[cpu], any -> numbers.size());
                if (duty == members.size()) {
                    members.add(new int[clusters]);
                    duties.add(ofCpus[cpu]);
                }
                members.get(duty)[machine.topology().cluster(cpu)]++;
            }
        }
        cpusOfDuty = members.stream()
                .mapToInt(of -> java.util.Arrays.stream(of).sum())
                .toArray();
        stand(workload, machine, members);
    }

    private void stand(Workload workload, Machine machine, List<int[]> members) {
        int clusters = machine.topology().clusters().value();
        int[] writers = new int[clusters];
        boolean[] writes = new boolean[duties.size()];
        for (int duty = 0; duty < writes.length; duty++) {
            writes[duty] = duties.get(duty).stream()
                    .anyMatch(task -> isWriting(workload.tasks().get(task)));
            for (int cluster = 0; cluster < clusters && writes[duty]; cluster++) {
                writers[cluster] += members.get(duty)[cluster];
            }
        }
        for (int duty = 0; duty < writes.length; duty++) {
            Map<Double, Integer> byDistance = new LinkedHashMap<>();
            for (int cluster = 0; cluster < clusters; cluster++) {
                int cpus = members.get(duty)[cluster];
                if (cpus > 0) {
                    byDistance.merge(distance(machine, cluster, writers, writes[duty]), cpus, Integer::sum);
                }
            }
            int number = duty;
            byDistance.forEach((nanos, cpus) -> stands.add(new Stand(number, cpus, nanos)));
        }
    }

    private static boolean isWriting(Task task) {
        return task.steps().stream().map(step -> step.primitive()).anyMatch(Primitive::writes);
    }

    /** The mean time of a transfer from all who write to a CPU. */
    private static double distance(Machine machine, int cluster, int[] writers, boolean isWriter) {
        double total = 0;
        double nanos = 0;
        for (int other = 0; other < writers.length; other++) {
            int cpus = writers[other] - (isWriter && other == cluster ? 1 : 0);
            total += cpus;
            nanos += cpus * machine.transferNanos(cluster, other);
        }
        return total == 0 ? machine.costs().clusterNanos().value() : nanos / total;
    }

    /** What the CPUs of a duty do to a line that others feel, and what of theirs others can disturb. */
    private final class Deed {
        double writes;
        double touches;
        final List<Integer> here = new ArrayList<>();

        Deed(BitSet duty, TaskMoments.OnLine[] onLine) {
            for (int task = duty.nextSetBit(0); task >= 0; task = duty.nextSetBit(task + 1)) {
                if (onLine[task] != null) {
                    here.add(task);
                }
            }
        }

        void count(TaskMoments.OnLine[] onLine, double nanos) {
            writes = 0;
            touches = 0;
            for (int task : here) {
                writes += perNano[task] * TaskMoments.apart(onLine[task].writes(), nanos);
                touches += perNano[task] * TaskMoments.apart(onLine[task].touches(), nanos);
            }
        }
    }

    /**
     * What coherence costs on a line.
     *
     * @param onLine what each task does there; null for one that does nothing
     * @return ns a second
     */
    double nanosPerSecond(TaskMoments.OnLine[] onLine) {
        boolean written = false;
        for (int task : tasks) {
            written |= onLine[task] != null && onLine[task].isWriting();
        }
        if (!written) {
            return 0;
        }
        Deed[] deeds = new Deed[duties.size()];
        for (int duty = 0; duty < deeds.length; duty++) {
            deeds[duty] = new Deed(duties.get(duty), onLine);
        }
        double total = 0;
        for (Stand stand : stands) {
            if (!deeds[stand.duty].here.isEmpty()) {
                double writes = 0;
                double touches = 0;
                for (int duty = 0; duty < deeds.length; duty++) {
                    deeds[duty].count(onLine, stand.transferNanos);
                    int others = cpusOfDuty[duty] - (duty == stand.duty ? 1 : 0);
                    writes += others * deeds[duty].writes;
                    touches += others * deeds[duty].touches;
                }
                double most = 1 / stand.transferNanos;
                double lost = lost(deeds[stand.duty], onLine, Math.min(most, writes), Math.min(most, touches));
                total += stand.cpus * lost * stand.transferNanos;
            }
        }
        return total * 1e9;
    }

    /** Transfers a CPU waits for, per ns. */
    private double lost(Deed own, TaskMoments.OnLine[] onLine, double writes, double touches) {
        double total = 0;
        int most = own.here.stream().mapToInt(task -> phasesOf[task]).max().orElse(0);
        for (int phases = 1; phases <= most; phases++) {
            double reading = 0;
            double writing = 0;
            double twice = 0;
            double within = 0;
            for (int task : own.here) {
                if (phasesOf[task] == phases) {
                    TaskMoments.OnLine one = onLine[task];
                    reading += one.isWriting() ? 0 : perNano[task];
                    writing += one.isWriting() ? perNano[task] : 0;
                    twice += one.fetchesTwice() ? perNano[task] : 0;
                    within += perNano[task] * within(one, writes, touches);
                }
            }
            total += (between(reading, writing, writes, touches) + met(twice, writes) + within) / phases;
        }
        return total;
    }

    /** The largest of met(reading, writes - u) + met(writing, touches - writes + u). */
    private static double between(double reading, double writing, double writes, double touches) {
        double onlyRead = touches - writes;
        return onlyRead * reading <= writes * writing
                ? met(reading + writing, touches)
                : met(reading, writes) + met(writing, onlyRead);
    }

    private static double met(double own, double foreign) {
        return own == 0 || foreign == 0 ? 0 : own * foreign / (own + foreign);
    }

    private static double within(TaskMoments.OnLine one, double writes, double touches) {
        double lost = 0;
        double[] times = one.touches();
        for (int i = 1; i < times.length; i++) {
            lost -= Math.expm1(-writes * (times[i] - times[i - 1]));
        }
        times = one.writes();
        for (int i = 1; i < times.length; i++) {
            double gap = times[i] - times[i - 1];
            lost += Math.exp(-writes * gap) - Math.exp(-touches * gap);
        }
        return lost;
    }
}
