package dev.faultline.coherence;

import dev.faultline.machine.Topology;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntToLongFunction;

/**
 * Which CPUs do the same tasks of one phase in the same cluster: what crews are made of. It does not depend on where the
 * fields lie, unless CPUs have elements of their own, so one roster serves all arrangements. Immutable.
 */
final class Roster {

    private static final long LARGEST_ATOMIC_BYTES = 16;
    private static final int SEVERAL = -1;

    private final Workload workload;
    private final List<Integer> tasks;
    private final Topology topology;
    private final List<Step> own = new ArrayList<>();
    /** For each CPU the number of its kind, the one without tasks included. */
    private final int[] kinds;
    /** For each CPU whether it has something to do. */
    private final boolean[] busy;
    /** A compare-and-set fails when its own field was changed; nothing else asks more than whether lines are the same. */
    private boolean fieldsMatter;

    Roster(Workload workload, List<Integer> tasks, Topology topology) {
        this.workload = workload;
        this.tasks = tasks;
        this.topology = topology;
        this.kinds = new int[workload.cpus()];
        this.busy = new boolean[workload.cpus()];
        Set<List<Integer>> teams = new LinkedHashSet<>();
        for (int task : tasks) {
            Task what = workload.tasks().get(task);
            teams.add(what.cpus());
            for (Step step : what.steps()) {
                if (step.ownElement()) {
                    own.add(step);
                }
                fieldsMatter |= step.primitive() == Primitive.CAS;
            }
        }
        split(kinds, topology::cluster);
        for (List<Integer> team : teams) {
            boolean[] member = new boolean[busy.length];
            for (int cpu : team) {
                member[cpu] = true;
                busy[cpu] = true;
            }
            split(kinds, cpu -> member[cpu] ? 1 : 0);
        }
    }

    /** Tells CPUs of one kind apart by some number; kinds are numbered anew, by their first CPUs. */
    private static void split(int[] kinds, IntToLongFunction number) {
        Map<Long, Integer> one = null;
        List<Map<Long, Integer>> found = new ArrayList<>();
        int next = 0;
        for (int cpu = 0; cpu < kinds.length; cpu++) {
            while (found.size() <= kinds[cpu]) {
                found.add(new HashMap<>(4));
            }
            one = found.get(kinds[cpu]);
            Integer known = one.putIfAbsent(number.applyAsLong(cpu), next);
            kinds[cpu] = known == null ? next++ : known;
        }
    }

    /** {@return new crews, in order of their first CPUs} */
    List<Crew> crews(LineMap lines) {
        int[] now = kinds;
        Map<Long, Integer> owners = own.isEmpty() ? Map.of() : owners(lines);
        if (!own.isEmpty()) {
            now = kinds.clone();
            for (Step step : own) {
                split(now, cpu -> place(step, cpu, lines, owners));
            }
        }
        int[] size = new int[now.length];
        for (int kind : now) {
            size[kind]++;
        }
        List<Crew> crews = new ArrayList<>();
        for (int cpu = 0; cpu < now.length; cpu++) {
            if (busy[cpu] && size[now[cpu]] > 0) {
                crews.add(crew(size[now[cpu]], cpu, lines, owners));
            }
            size[now[cpu]] = 0; // its first CPU stands for all
        }
        return crews;
    }

    /** {@return for each line the one CPU that touches it, or {@link #SEVERAL}} */
    private Map<Long, Integer> owners(LineMap lines) {
        Map<Long, Integer> owners = new HashMap<>();
        for (int task : tasks) {
            Task what = workload.tasks().get(task);
            for (Step step : what.steps()) {
                // Without elements of their own all are on the same lines; one CPU shows which.
                List<Integer> cpus =
                        step.ownElement() ? what.cpus() : what.cpus().subList(0, 1);
                for (int cpu : cpus) {
                    int owner = step.ownElement() ? cpu : SEVERAL;
                    Crew.Access.forEachLine(
                            lines.firstLine(step, cpu),
                            lines.lastLine(step, cpu),
                            (line, weight) -> owners.merge(line, owner, (a, b) -> a.equals(b) ? a : SEVERAL));
                }
            }
        }
        return owners;
    }

    /** {@return the same number for CPUs whose elements are on the same lines, or each on lines that are theirs alone} */
    private static long place(Step step, int cpu, LineMap lines, Map<Long, Integer> owners) {
        long first = lines.firstLine(step, cpu);
        long last = lines.lastLine(step, cpu);
        return isAlone(cpu, first, last, owners) ? Long.MIN_VALUE + last - first : first;
    }

    private static boolean isAlone(int cpu, long first, long last, Map<Long, Integer> owners) {
        boolean[] alone = {true};
        Crew.Access.forEachLine(first, last, (line, weight) -> alone[0] &= owners.getOrDefault(line, SEVERAL) == cpu);
        return alone[0];
    }

    private Crew crew(int size, int cpu, LineMap lines, Map<Long, Integer> owners) {
        Crew crew = new Crew(size, topology.cluster(cpu));
        Map<Alike, Crew.Shift> shifts = new LinkedHashMap<>();
        List<Integer> asked = null;
        boolean member = false;
        for (int task : tasks) {
            Task what = workload.tasks().get(task);
            if (what.cpus() != asked) { // tasks of a role follow each other and share their list of CPUs
                asked = what.cpus();
                member = Collections.binarySearch(asked, cpu) >= 0;
            }
            if (member) {
                Alike alike = new Alike(what.ratePerSecond(), accesses(what, cpu, lines, owners));
                shifts.computeIfAbsent(alike, one -> new Crew.Shift(crew, one.ratePerSecond, one.accesses))
                        .tasks
                        .add(task);
            }
        }
        crew.shifts.addAll(shifts.values());
        return crew;
    }

    private List<Crew.Access> accesses(Task task, int cpu, LineMap lines, Map<Long, Integer> owners) {
        List<Crew.Access> accesses = new ArrayList<>(task.steps().size());
        for (Step step : task.steps()) {
            long first = lines.firstLine(step, cpu);
            long last = lines.lastLine(step, cpu);
            boolean split =
                    first != last && step.primitive().isAtomicUpdate() && lines.bytesOf(step) <= LARGEST_ATOMIC_BYTES;
            boolean alone = step.ownElement() && isAlone(cpu, first, last, owners);
            int field = fieldsMatter ? step.field() : -1;
            accesses.add(new Crew.Access(first, last, step.primitive(), step.gapNanos(), split, alone, field));
        }
        return accesses;
    }

    private record Alike(double ratePerSecond, List<Crew.Access> accesses) {}
}
