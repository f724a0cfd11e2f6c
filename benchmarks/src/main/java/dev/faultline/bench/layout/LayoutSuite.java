package dev.faultline.bench.layout;

import dev.faultline.access.AccessMap;
import dev.faultline.access.Phase;
import dev.faultline.bench.layout.loop.AccessScript;
import dev.faultline.bench.layout.loop.ClosedLoop;
import dev.faultline.bench.layout.loop.PlayedOperation;
import dev.faultline.bench.plan.BenchComparison;
import dev.faultline.bench.plan.BenchMeasurements;
import dev.faultline.bench.plan.BenchPlan;
import dev.faultline.input.InputException;
import dev.faultline.layout.AggregateKind;
import dev.faultline.layout.StructLayout;
import dev.faultline.machine.Machine;
import dev.faultline.machine.Placement;
import dev.faultline.measure.Benchmark;
import dev.faultline.measure.RunEffort;
import dev.faultline.measure.Scenario;
import dev.faultline.source.jvm.ObjectShape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Layouts as contestants: a scenario for each phase of the profile and each place a struct is put at. What is
 * predicted is what is measured, a {@link ClosedLoop}. Operations of the same role and name are compared, whatever
 * they access.
 */
public final class LayoutSuite {

    /** The name of this suite; no other suite has it. */
    public static final String NAME = "layouts";

    /** The first role: the mean over all operations of a thread. */
    public static final String ALL = "all operations";

    /**
     * A layout that is compared.
     *
     * @param name what the user calls it, distinct
     * @param layout where the fields are
     * @param placement where byte 0 may stand
     * @param access who accesses what
     * @param shape what the classes of an object with that layout declare, when it is measured on the heap; empty to
     *     measure it off heap
     */
    public record Contender(
            String name, StructLayout layout, Placement placement, AccessMap access, Optional<ObjectShape> shape) {

        /** A layout that is measured off heap. */
        public Contender(String name, StructLayout layout, Placement placement, AccessMap access) {
            this(name, layout, placement, access, Optional.empty());
        }
    }

    /**
     * The places on a line at which layouts are measured.
     *
     * @param residues where byte 0 stands on its line, at least one; nothing for the places their allocators promise
     * @param isExhaustive whether all promised places are measured, instead of a few of many
     */
    public record Spots(Optional<List<Long>> residues, boolean isExhaustive) {
        /** {@return the promised places, or three of them with the worst when there are more} */
        public static Spots promised() {
            return new Spots(Optional.empty(), false);
        }
    }

    private final Machine machine;
    private final int threads;
    private final List<Contender> contenders;
    private final List<LayoutScenario> scenarios = new ArrayList<>();

    /**
     * Compiles what is done to each layout; runs nothing and allocates no block.
     *
     * @param contenders at least one; the first is the one all others are compared with
     * @param spots where to put them
     * @param threads how many threads play, at least 2
     * @param machine the machine to predict for, whose lines layouts are put on
     * @throws InputException when a layout cannot be measured
     */
    public LayoutSuite(List<Contender> contenders, Spots spots, int threads, Machine machine) {
        this.machine = threads <= machine.cpus().value() ? machine : machine.withCpus(threads, "as many as threads");
        this.threads = threads;
        this.contenders = List.copyOf(contenders);
        SpotSelection selection = new SpotSelection(this.machine, spots);
        for (Optional<String> phase : phases()) {
            Map<Contender, ClosedLoop> loops = loops(phase);
            if (!loops.isEmpty()) {
                for (long residue : selection.residues(loops)) {
                    scenarios.add(LayoutScenario.of(phase, residue, selection, loops));
                }
            }
        }
        if (scenarios.isEmpty()) {
            throw new InputException(contenders.get(0).name(), "", "no operation of its profile has a rate above 0");
        }
    }

    private List<Optional<String>> phases() {
        List<Optional<String>> phases = contenders.stream()
                .flatMap(one -> one.access().phases().stream())
                .map(phase -> Optional.of(phase.name()))
                .distinct()
                .toList();
        return phases.isEmpty() ? List.of(Optional.empty()) : phases;
    }

    private Map<Contender, ClosedLoop> loops(Optional<String> phase) {
        Map<Contender, ClosedLoop> loops = new LinkedHashMap<>();
        for (Contender one : contenders) {
            List<Phase> known = one.access().phases();
            AccessMap access = phase.map(name -> ClosedLoop.only(one.access(), role -> isIn(role, name, known)))
                    .orElse(one.access());
            ClosedLoop loop = ClosedLoop.of(access, threads);
            if (!loop.operations().isEmpty()) {
                loops.put(one, loop);
            }
        }
        return loops;
    }

    /** A role that is in no phase plays in all of them. */
    private static boolean isIn(String role, String phase, List<Phase> known) {
        List<Phase> playing =
                known.stream().filter(any -> any.roles().contains(role)).toList();
        return playing.isEmpty() || playing.stream().anyMatch(any -> any.name().equals(phase));
    }

    /**
     * Plans all of it.
     *
     * @param effort how much of each layout
     * @param isPatient whether disturbances are waited out
     * @return the plan
     */
    public BenchPlan plan(RunEffort effort, boolean isPatient) {
        int busy = scenarios.stream()
                .mapToInt(one -> one.planned().threads())
                .max()
                .orElseThrow();
        return new BenchPlan(
                NAME,
                contenders.stream().map(Contender::name).collect(Collectors.joining(", ")),
                Math.max(2, busy),
                effort,
                isPatient,
                scenarios.stream().map(LayoutScenario::planned).toList());
    }

    /**
     * Sets what is predicted beside what was measured.
     *
     * @param measured what the forks of {@link #plan} measured
     * @return all that is shown
     */
    public Benchmark compare(BenchMeasurements measured) {
        List<Scenario> compared = new ArrayList<>();
        for (int i = 0; i < scenarios.size(); i++) {
            compared.add(scenarios.get(i).compare(measured.scenarios().get(i), machine));
        }
        return BenchComparison.of(measured, compared, remarks());
    }

    private String placed() {
        long onHeap = contenders.stream().filter(one -> one.shape().isPresent()).count();
        if (onHeap > 0) {
            return "on the heap, as objects of generated classes that declare the same fields in the same hierarchy,"
                    + " alone on their lines; references stay null";
        }
        return "off heap, alone on its lines"
                + (contenders.stream().anyMatch(one -> one.layout().kind() == AggregateKind.CLASS)
                        ? ", at the offsets of the VM: no objects"
                        : "");
    }

    private Map<String, String> remarks() {
        Map<String, String> remarks = new LinkedHashMap<>();
        remarks.put(
                "used as",
                contenders.stream()
                        .map(one -> one.name() + ": " + one.access().source())
                        .collect(Collectors.joining("; ")));
        // the roles of the first contender: others differ in fields, not in roles
        remarks.put(
                "played",
                "one operation after the other, as fast as each thread can, in proportion to the rates: "
                        + new RoleAssignment(contenders.get(0).access(), threads).words());
        remarks.put("placed", placed());
        remarks.put(
                "timed",
                "all operations together by whole iterations; each kind now and then, a short one in batches of its own"
                        + " turns, where it follows itself and not others; the clock's own cost is subtracted");
        String leftOut = scenarios.stream()
                .flatMap(scenario -> scenario.places().stream())
                .flatMap(place -> place.loop().leftOut().stream())
                .distinct()
                .map(PlayedOperation::label)
                .collect(Collectors.joining("; "));
        if (!leftOut.isEmpty()) {
            remarks.put(
                    "left out",
                    String.format(
                            Locale.ROOT,
                            "done less often than once in %,d operations of a thread: %s",
                            AccessScript.TURNS,
                            leftOut));
        }
        if (contenders.stream().anyMatch(one -> one.access().uses().stream().anyMatch(use -> !use.hasRate()))) {
            remarks.put("assumed", "fields without a stated rate are used equally often");
        }
        remarks.put(
                "predicted",
                String.format(
                        Locale.ROOT,
                        "by the simulator, for the same threads on %s, which never pause; inspect and suggest tell"
                                + " other ns, of the profile's rates; moving a line takes %.3g ns (%s)",
                        machine.name(),
                        machine.costs().transfers().clusterNanos().value(),
                        machine.costs().transfers().clusterNanos().source()));
        return remarks;
    }
}
