package dev.faultline.coherence;

import dev.faultline.machine.Machine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The steady state of tasks that run at the same time on one arrangement of fields: rates make misses, misses make tasks
 * longer, longer tasks make lower rates. Found by going round until nothing changes.
 */
final class Equilibrium {

    private static final int MOST_ROUNDS = 2000;
    private static final double LEAST_PART = 0.02;
    private static final double LOADED = 0.3;
    private static final double CROWDED_RETRIES = 10;
    private static final double CLOSE = 1e-7;
    /** A machine without hit times and gaps would do infinitely many tasks. */
    private static final double SHORTEST_NANOS = 0.01;

    private static final long LARGEST_ATOMIC_BYTES = 16;

    private final Machine machine;
    private final LineMap lines;
    private final Stretches stretches;
    private final List<Crew> crews;
    private final List<SharedLine> shared = new ArrayList<>();
    private final Map<Crew.Shift, Double> touched = new HashMap<>();
    private final Map<Crew.Shift, Integer> split = new HashMap<>();

    Equilibrium(Machine machine, Workload workload, List<Integer> tasks, LineMap lines) {
        this.machine = machine;
        this.lines = lines;
        this.stretches = Stretches.of(workload, tasks, lines);
        this.crews = Crew.of(workload, tasks, lines, machine.topology()::cluster);
        Map<Long, SharedLine> byNumber = new LinkedHashMap<>();
        for (Crew crew : crews) {
            for (Crew.Shift shift : crew.shifts) {
                visit(shift, byNumber);
            }
            rest(crew);
        }
        for (SharedLine line : byNumber.values()) {
            if (!line.isQuiet()) {
                shared.add(line);
            }
        }
        if (!shared.isEmpty()) {
            settle();
            if (utilisation() > LOADED) {
                crowd();
                settle();
            }
        }
    }

    private void visit(Crew.Shift shift, Map<Long, SharedLine> byNumber) {
        Map<Long, SharedLine.Visit> visits = new LinkedHashMap<>();
        List<Step> steps = shift.what.steps();
        for (int s = 0; s < steps.size(); s++) {
            int index = s;
            Step step = steps.get(s);
            long first = lines.firstLine(step, shift.crew.cpu);
            long last = lines.lastLine(step, shift.crew.cpu);
            if (first != last && step.primitive().isAtomicUpdate() && lines.bytesOf(step) <= LARGEST_ATOMIC_BYTES) {
                split.merge(shift, 1, Integer::sum);
            }
            stretches.walk(first, last, (at, weight) -> {
                SharedLine line = byNumber.computeIfAbsent(at, any -> new SharedLine(machine, weight));
                visits.computeIfAbsent(at, any -> line.visit(shift))
                        .add(new SharedLine.Touch(index, step.field(), step.primitive()));
            });
        }
        double count = 0;
        for (long at : visits.keySet()) {
            count += byNumber.get(at).weight();
        }
        touched.put(shift, count);
    }

    private void rest(Crew crew) {
        double perSecond = 0;
        for (Crew.Shift shift : crew.shifts) {
            perSecond += shift.what.ratePerSecond();
        }
        double work = 0;
        for (Crew.Shift shift : crew.shifts) {
            shift.share = shift.what.ratePerSecond() / perSecond;
            time(shift);
            shift.baseNanos = shift.busyNanos;
            work += shift.share * shift.baseNanos;
        }
        crew.idleNanos = Program.rest(perSecond, work);
        crew.tasksPerSecond = 1e9 / Math.max(SHORTEST_NANOS, crew.idleNanos + work);
    }

    /** Adds up the times of a task's steps, stalls included. */
    private void time(Crew.Shift shift) {
        double now = 0;
        List<Step> steps = shift.what.steps();
        for (int s = 0; s < steps.size(); s++) {
            Step step = steps.get(s);
            now += step.gapNanos();
            shift.offsetNanos[s] = now;
            now += hitNanos(step.primitive()) + shift.stallNanos[s];
        }
        shift.busyNanos = now;
    }

    private double hitNanos(Primitive primitive) {
        return primitive.isAtomicUpdate()
                ? machine.costs().atomicNanos().value()
                : machine.costs().hitNanos().value();
    }

    private void settle() {
        double part = 1;
        double before = Double.POSITIVE_INFINITY;
        for (int round = 0; round < MOST_ROUNDS; round++) {
            for (SharedLine line : shared) {
                line.update();
            }
            double change = advance(part) / part;
            if (change < CLOSE) {
                return;
            }
            if (change > 0.8 * before) {
                part = Math.max(LEAST_PART, part * 0.7); // it swings: take smaller steps
            }
            before = change;
        }
    }

    /**
     * Starts again from a queue of everybody. A compare-and-set loop can have two steady states, a quick one and one that its
     * own retries keep congested; the simulator ends in the second, and so does this.
     */
    private void crowd() {
        for (SharedLine line : shared) {
            int cpus = crews.stream().mapToInt(crew -> crew.size).sum();
            for (SharedLine.Visit visit : visits(line)) {
                for (SharedLine.Touch touch : visit.touches) {
                    double moved =
                            (touch.primitive == Primitive.CAS ? CROWDED_RETRIES : 1) * cpus * visit.station.latencyNanos
                                    - touch.stallNanos;
                    touch.stallNanos += moved;
                    visit.shift.stallNanos[touch.step] += moved;
                }
            }
        }
        for (Crew crew : crews) {
            crew.shifts.forEach(this::time);
            renew(crew);
        }
    }

    /** Moves the times a part of the way to what the chances make of them, and says by how much they changed at most. */
    private double advance(double part) {
        for (SharedLine line : shared) {
            for (SharedLine.Visit visit : visits(line)) {
                for (SharedLine.Touch touch : visit.touches) {
                    double moved = part * (line.stallNanos(visit, touch) - touch.stallNanos);
                    touch.stallNanos += moved;
                    visit.shift.stallNanos[touch.step] += moved;
                }
            }
        }
        for (Crew crew : crews) {
            crew.shifts.forEach(this::time);
        }
        double change = 0;
        for (Crew crew : crews) {
            double before = crew.tasksPerSecond;
            renew(crew);
            change = Math.max(change, Math.abs(crew.tasksPerSecond / before - 1));
        }
        return change;
    }

    private static List<SharedLine.Visit> visits(SharedLine line) {
        List<SharedLine.Visit> visits = new ArrayList<>();
        line.stations().forEach(station -> visits.addAll(station.visits));
        return visits;
    }

    private static void renew(Crew crew) {
        double work = 0;
        for (Crew.Shift shift : crew.shifts) {
            work += shift.share * shift.busyNanos;
        }
        crew.tasksPerSecond = 1e9 / Math.max(SHORTEST_NANOS, crew.idleNanos + work);
    }

    double utilisation() {
        double highest = 0;
        for (SharedLine line : shared) {
            highest = Math.max(highest, line.utilisation());
        }
        return highest;
    }

    /** Adds what each task costs to its tally. */
    void addTo(Tally[] tallies, double part) {
        for (Crew crew : crews) {
            for (Crew.Shift shift : crew.shifts) {
                Tally tally = tallies[shift.task];
                double weight = part * crew.size;
                tally.rate += weight * crew.tasksPerSecond * shift.share;
                tally.base += weight * shift.baseNanos;
                tally.lines += weight * touched.get(shift);
                tally.touch += weight
                        * touched.get(shift)
                        * machine.costs().lineTouchNanos().value();
                tally.split += weight * splitNanos(shift);
            }
        }
        for (SharedLine line : shared) {
            for (SharedLine.Visit visit : visits(line)) {
                add(line, visit, tallies[visit.shift.task], part * visit.shift.crew.size);
            }
        }
    }

    private static void add(SharedLine line, SharedLine.Visit visit, Tally tally, double weight) {
        for (SharedLine.Touch touch : visit.touches) {
            tally.misses += weight * line.weight() * touch.miss;
            tally.upgrades += weight * line.weight() * touch.upgrade;
            tally.retries += weight * line.weight() * touch.retries;
            tally.miss += weight * line.missNanos(visit, touch);
            tally.upgrade += weight * line.upgradeNanos(visit, touch);
            tally.retry += weight * line.retryNanos(visit, touch);
            tally.queue += weight * line.queueNanos(visit, touch);
        }
    }

    /** Its own split operations, and the time every other CPU's stop it. */
    private double splitNanos(Crew.Shift shift) {
        if (split.isEmpty()) {
            return 0;
        }
        double nanos = machine.costs().splitAtomicNanos().value();
        double stopped = 0;
        for (Map.Entry<Crew.Shift, Integer> other : split.entrySet()) {
            double perSecond = other.getKey().perSecond();
            Crew crew = other.getKey().crew;
            double foreign = crew == shift.crew ? perSecond * (crew.size - 1) / crew.size : perSecond;
            stopped += foreign * other.getValue() * nanos * 1e-9;
        }
        return split.getOrDefault(shift, 0) * nanos + Math.min(1, stopped) * shift.busyNanos;
    }

    /** Sums over the CPUs of a task. */
    static final class Tally {
        double rate;
        double base;
        double miss;
        double upgrade;
        double retry;
        double queue;
        double split;
        double touch;
        double misses;
        double upgrades;
        double retries;
        double lines;

        OperationCost of(Task task, int phases) {
            double cpus = (double) task.cpus().size() * phases;
            return new OperationCost(
                    task.role(),
                    task.operation(),
                    task.cpus().size(),
                    rate / cpus,
                    base / cpus,
                    miss / cpus,
                    upgrade / cpus,
                    retry / cpus,
                    queue / cpus,
                    split / cpus,
                    touch / cpus,
                    misses / cpus,
                    upgrades / cpus,
                    retries / cpus,
                    lines / cpus);
        }
    }
}
