package dev.faultline.coherence;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * CPUs that cannot be told apart: they do the same tasks, sit in the same cluster, and find their own elements on the same
 * lines. What is computed for one holds for all, so a machine costs no more than its kinds of CPUs.
 */
final class Crew {

    final int size;
    final int cluster;
    /** One CPU that stands for all. */
    final int cpu;

    final List<Shift> shifts = new ArrayList<>();
    /** Time a CPU rests between two tasks when nothing delays it, in ns. */
    double idleNanos;
    /** Tasks a second of one CPU. */
    double tasksPerSecond;

    private Crew(int size, int cluster, int cpu) {
        this.size = size;
        this.cluster = cluster;
        this.cpu = cpu;
    }

    /** One task as the crew does it. */
    static final class Shift {
        final Crew crew;
        final int task;
        final Task what;
        /** Part of the crew's tasks that are this one. */
        double share;
        /** Time of each step from the start of the task to when the line is asked for, stalls before it included. */
        final double[] offsetNanos;
        /** Expected stall of each step. */
        final double[] stallNanos;

        double baseNanos;
        double busyNanos;

        Shift(Crew crew, int task, Task what) {
            this.crew = crew;
            this.task = task;
            this.what = what;
            this.offsetNanos = new double[what.steps().size()];
            this.stallNanos = new double[what.steps().size()];
        }

        double perSecond() {
            return crew.size * crew.tasksPerSecond * share;
        }
    }

    /** {@return the mean time of a task, stalls included} */
    double busyNanos() {
        double mean = 0;
        for (Shift shift : shifts) {
            mean += shift.share * shift.busyNanos;
        }
        return mean;
    }

    /** {@return the crews of the CPUs that do one of these tasks} */
    static List<Crew> of(Workload workload, List<Integer> tasks, LineMap lines, Clusters clusters) {
        Map<List<Integer>, Integer> rosters = new IdentityHashMap<>();
        Map<Integer, List<Integer>> rostersOfCpu = new HashMap<>();
        List<Step> own = new ArrayList<>();
        for (int task : tasks) {
            Task what = workload.tasks().get(task);
            if (!rosters.containsKey(what.cpus())) {
                int id = rosters.size();
                rosters.put(what.cpus(), id);
                what.cpus()
                        .forEach(cpu -> rostersOfCpu
                                .computeIfAbsent(cpu, any -> new ArrayList<>(2))
                                .add(id));
            }
            what.steps().stream().filter(Step::ownElement).forEach(own::add);
        }
        Map<List<Object>, List<Integer>> groups = new LinkedHashMap<>();
        rostersOfCpu.keySet().stream().sorted().forEach(cpu -> {
            List<Object> key = new ArrayList<>(2 + own.size());
            key.add(rostersOfCpu.get(cpu));
            key.add(clusters.of(cpu));
            own.forEach(step -> {
                key.add(lines.firstLine(step, cpu));
                key.add(lines.lastLine(step, cpu));
            });
            groups.computeIfAbsent(key, any -> new ArrayList<>()).add(cpu);
        });
        List<Crew> crews = new ArrayList<>();
        for (List<Integer> members : groups.values()) {
            int cpu = members.get(0);
            Crew crew = new Crew(members.size(), clusters.of(cpu), cpu);
            for (int task : tasks) {
                Task what = workload.tasks().get(task);
                if (rostersOfCpu.get(cpu).contains(rosters.get(what.cpus()))) {
                    crew.shifts.add(new Shift(crew, task, what));
                }
            }
            crews.add(crew);
        }
        return crews;
    }

    /** Which cluster a CPU is in. */
    interface Clusters {
        int of(int cpu);
    }
}
