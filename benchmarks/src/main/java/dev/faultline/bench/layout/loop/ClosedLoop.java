package dev.faultline.bench.layout.loop;

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
import dev.faultline.input.InputException;
import dev.faultline.machine.Machine;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * A profile as threads play it. Roles are bound to threads as {@link Workload} binds them to CPUs. Each thread does one
 * operation after the other without a rest; the rates decide how often it does each of its operations. Both the
 * measurement and the prediction are of this.
 */
public final class ClosedLoop {

    /** At this multiple of the rates, CPUs never rest. */
    private static final double WITHOUT_REST = 1e4;

    private final Workload workload;
    private final List<PlayedOperation> leftOut;

    private ClosedLoop(Workload workload, List<PlayedOperation> leftOut) {
        this.workload = workload;
        this.leftOut = List.copyOf(leftOut);
    }

    /**
     * Binds a profile.
     *
     * @param access who accesses what; all phases are played at the same time
     * @param threads how many threads play, at least 1
     * @return the loop, without operations that a thread does less often than once in 4096
     * @throws InputException when an operation waits for a change of a field
     */
    public static ClosedLoop of(AccessMap access, int threads) {
        checkWaitsForNothing(access);
        Workload asked = Workload.of(access, threads);
        Map<Integer, Double> sums = new TreeMap<>();
        asked.tasks().forEach(task -> task.cpus().forEach(cpu -> sums.merge(cpu, task.ratePerSecond(), Double::sum)));
        Set<PlayedOperation> played = new LinkedHashSet<>();
        for (Task task : asked.tasks()) {
            if (task.cpus().stream().anyMatch(cpu -> task.ratePerSecond() * AccessScript.TURNS >= sums.get(cpu))) {
                played.add(PlayedOperation.of(task));
            }
        }
        List<PlayedOperation> rare = asked.tasks().stream()
                .map(PlayedOperation::of)
                .filter(one -> !played.contains(one))
                .distinct()
                .toList();
        AccessMap restless = changed(access, use -> played.contains(PlayedOperation.of(use)), WITHOUT_REST);
        return new ClosedLoop(Workload.of(restless, threads), rare);
    }

    /** Threads that do one operation after the other would wait for one that has ended, or for each other. */
    private static void checkWaitsForNothing(AccessMap access) {
        access.uses().stream().filter(use -> use.manner().awaits()).findFirst().ifPresent(use -> {
            throw new InputException(
                    access.source(),
                    "operation " + use.operation(),
                    "waits for a change of " + use.field().path()
                            + ", which cannot be played; give a profile that reads it at a rate");
        });
    }

    /**
     * Selects the uses of some roles.
     *
     * @param access who accesses what
     * @param roles decides by the role's name
     * @return the uses of those roles, without phases
     */
    public static AccessMap only(AccessMap access, Predicate<String> roles) {
        return changed(access, use -> roles.test(use.role().name()), 1);
    }

    private static AccessMap changed(AccessMap access, Predicate<FieldUse> kept, double times) {
        List<FieldUse> uses = access.uses().stream()
                .filter(kept)
                .map(use -> use.withRate(times * (use.hasRate() ? use.ratePerSecond() : Workload.ASSUMED_RATE)))
                .toList();
        return new AccessMap(access.certainty(), access.source(), uses, List.of(), access.observation());
    }

    /** {@return the tasks, bound to as many CPUs as there are threads, at rates far above what CPUs can do} */
    public Workload workload() {
        return workload;
    }

    /** {@return the operations that are too rare to be played} */
    public List<PlayedOperation> leftOut() {
        return leftOut;
    }

    /** {@return the operations that are played, in order, each once} */
    public List<PlayedOperation> operations() {
        return workload.tasks().stream().map(PlayedOperation::of).distinct().toList();
    }

    /** {@return the CPUs that do something, in order; each is a thread} */
    public List<Integer> busyCpus() {
        return workload.tasks().stream()
                .flatMap(task -> task.cpus().stream())
                .distinct()
                .sorted()
                .toList();
    }

    /**
     * What is predicted of a layout at a place.
     *
     * @param meanNanos ns per operation of one thread, the mean of all threads
     * @param nanos ns of each operation, in order
     */
    public record Prediction(double meanNanos, Map<PlayedOperation, Double> nanos) {
        public Prediction {
            nanos = Collections.unmodifiableMap(new LinkedHashMap<>(nanos));
        }
    }

    /**
     * Predicts by the simulator.
     *
     * @param machine the hardware, with a CPU for each thread
     * @param lines where the fields are
     * @param accesses how many accesses to simulate
     * @return the prediction, the same each time
     */
    public Prediction simulated(Machine machine, LineMap lines, long accesses) {
        double retention = machine.costs().retention().value();
        SimulationOptions options = new SimulationOptions(1, Protocol.MESI, Arbitration.RANDOM, 0, retention, accesses);
        return prediction(new Simulator(machine, options)
                .run(workload, lines).operations().stream()
                        .map(Simulation.Played::nanosPerOp)
                        .toList());
    }

    /** {@return what the closed form predicts} */
    public Prediction calculated(Machine machine, LineMap lines) {
        return prediction(new CostModel(machine)
                .cost(workload, lines).operations().stream()
                        .map(one -> one.baseNanos() + one.coherenceNanos())
                        .toList());
    }

    private Prediction prediction(List<Double> ofTasks) {
        Map<PlayedOperation, double[]> sums = new LinkedHashMap<>();
        Map<Integer, double[]> threads = new TreeMap<>();
        for (int i = 0; i < ofTasks.size(); i++) {
            Task task = workload.tasks().get(i);
            add(
                    sums,
                    PlayedOperation.of(task),
                    task.ratePerSecond() * task.cpus().size(),
                    ofTasks.get(i));
            for (int cpu : task.cpus()) {
                add(threads, cpu, task.ratePerSecond(), ofTasks.get(i));
            }
        }
        Map<PlayedOperation, Double> nanos = new LinkedHashMap<>();
        sums.forEach((operation, sum) -> nanos.put(operation, sum[0] / sum[1]));
        double mean = threads.values().stream()
                .mapToDouble(sum -> sum[0] / sum[1])
                .average()
                .orElseThrow();
        return new Prediction(mean, nanos);
    }

    private static <K> void add(Map<K, double[]> sums, K key, double weight, double nanos) {
        if (!Double.isNaN(nanos)) { // NaN: so rare that the simulator never played it
            double[] sum = sums.computeIfAbsent(key, any -> new double[2]);
            sum[0] += weight * nanos;
            sum[1] += weight;
        }
    }
}
