package dev.faultline.offheap.bench.layout;

import dev.faultline.access.AccessMap;
import dev.faultline.access.FieldUse;
import dev.faultline.cost.LineMap;
import dev.faultline.cost.Task;
import dev.faultline.cost.Workload;
import dev.faultline.cost.closedform.CostModel;
import dev.faultline.cost.simulate.Simulation;
import dev.faultline.cost.simulate.SimulationOptions;
import dev.faultline.cost.simulate.SimulationOptions.Arbitration;
import dev.faultline.cost.simulate.SimulationOptions.Protocol;
import dev.faultline.cost.simulate.Simulator;
import dev.faultline.machine.Machine;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * A profile as threads play it: roles are bound to threads as {@link Workload} binds them to CPUs, each thread does one
 * operation after the other without a rest, and the rates say how often it does which of its own. What is measured and what
 * is predicted are both of this.
 */
public final class ClosedLoop {

    /** So many times the rates, CPUs never rest. */
    private static final double WITHOUT_REST = 1e4;

    private final Workload workload;
    private final List<String> leftOut;

    private ClosedLoop(Workload workload, List<String> leftOut) {
        this.workload = workload;
        this.leftOut = List.copyOf(leftOut);
    }

    /**
     * Binds a profile.
     *
     * @param access who touches what; of phases, all are played at once
     * @param threads how many there are, at least 1
     * @return the loop, in which operations that a thread does less often than once in 4096 are left out
     */
    public static ClosedLoop of(AccessMap access, int threads) {
        Workload asked = Workload.of(access, threads);
        Map<Integer, Double> sums = new TreeMap<>();
        asked.tasks().forEach(task -> task.cpus().forEach(cpu -> sums.merge(cpu, task.ratePerSecond(), Double::sum)));
        Set<String> played = new LinkedHashSet<>();
        for (Task task : asked.tasks()) {
            if (task.cpus().stream().anyMatch(cpu -> task.ratePerSecond() * Script.TURNS >= sums.get(cpu))) {
                played.add(name(task));
            }
        }
        List<String> rare = asked.tasks().stream()
                .map(ClosedLoop::name)
                .filter(name -> !played.contains(name))
                .distinct()
                .toList();
        AccessMap restless = changed(access, use -> played.contains(name(use)), WITHOUT_REST);
        return new ClosedLoop(Workload.of(restless, threads), rare);
    }

    /**
     * A part of what is done.
     *
     * @param access who touches what
     * @param roles decides by name who takes part
     * @return the uses of those roles, all at the same time
     */
    public static AccessMap only(AccessMap access, Predicate<String> roles) {
        return changed(access, use -> roles.test(use.role().name()), 1);
    }

    private static AccessMap changed(AccessMap access, Predicate<FieldUse> kept, double times) {
        List<FieldUse> uses = access.uses().stream()
                .filter(kept)
                .map(use -> new FieldUse(
                        use.field(),
                        use.kind(),
                        use.role(),
                        use.operation(),
                        use.position(),
                        times * (use.hasRate() ? use.ratePerSecond() : Workload.ASSUMED_RATE),
                        use.gapNanos(),
                        use.ownElement(),
                        use.certainty()))
                .toList();
        return new AccessMap(access.certainty(), access.source(), uses, List.of());
    }

    private static String name(FieldUse use) {
        return name(use.role().name(), use.operation());
    }

    /** {@return role and operation of a task, as one name} */
    public static String name(Task task) {
        return name(task.role(), task.operation());
    }

    private static String name(String role, String operation) {
        return role + ": " + operation;
    }

    /** {@return who does what, bound to as many CPUs as there are threads; rates are far above what can be done} */
    public Workload workload() {
        return workload;
    }

    /** {@return names of operations that are too rare to be played} */
    public List<String> leftOut() {
        return leftOut;
    }

    /** {@return names of the operations that are played, in order; those of one name count as one} */
    public List<String> operations() {
        return workload.tasks().stream().map(ClosedLoop::name).distinct().toList();
    }

    /** {@return the CPUs that have something to do, in order: a thread each} */
    public List<Integer> busyCpus() {
        return workload.tasks().stream()
                .flatMap(task -> task.cpus().stream())
                .distinct()
                .sorted()
                .toList();
    }

    /**
     * What is predicted of an arrangement.
     *
     * @param meanNanos ns an operation of one thread, the mean of the threads
     * @param nanos ns of each operation, by name
     */
    public record Prediction(double meanNanos, Map<String, Double> nanos) {
        /** Copies the map, in order. */
        public Prediction {
            nanos = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(nanos));
        }
    }

    /**
     * Plays it in a simulator.
     *
     * @param machine the hardware, with a CPU for each thread
     * @param lines where the fields are
     * @param accesses how many to play
     * @return what is predicted; the same question has the same answer
     */
    public Prediction simulated(Machine machine, LineMap lines, long accesses) {
        double retention = machine.costs().retention().value();
        SimulationOptions options = new SimulationOptions(1, Protocol.MESI, Arbitration.RANDOM, 0, retention, accesses);
        return prediction(new Simulator(machine, options)
                .run(workload, lines).operations().stream()
                        .map(Simulation.Played::nanosPerOp)
                        .toList());
    }

    /** {@return what the closed form predicts of an arrangement} */
    public Prediction calculated(Machine machine, LineMap lines) {
        return prediction(new CostModel(machine)
                .cost(workload, lines).operations().stream()
                        .map(one -> one.baseNanos() + one.coherenceNanos())
                        .toList());
    }

    private Prediction prediction(List<Double> ofTasks) {
        Map<String, double[]> sums = new LinkedHashMap<>();
        Map<Integer, double[]> threads = new TreeMap<>();
        for (int i = 0; i < ofTasks.size(); i++) {
            Task task = workload.tasks().get(i);
            add(sums, name(task), task.ratePerSecond() * task.cpus().size(), ofTasks.get(i));
            for (int cpu : task.cpus()) {
                add(threads, cpu, task.ratePerSecond(), ofTasks.get(i));
            }
        }
        Map<String, Double> nanos = new LinkedHashMap<>();
        sums.forEach((name, sum) -> nanos.put(name, sum[0] / sum[1]));
        double mean = threads.values().stream()
                .mapToDouble(sum -> sum[0] / sum[1])
                .average()
                .orElseThrow();
        return new Prediction(mean, nanos);
    }

    private static <K> void add(Map<K, double[]> sums, K key, double weight, double nanos) {
        if (!Double.isNaN(nanos)) { // so rare that the simulator did not come to play it
            double[] sum = sums.computeIfAbsent(key, any -> new double[2]);
            sum[0] += weight * nanos;
            sum[1] += weight;
        }
    }
}
