package dev.faultline.offheap.bench;

import dev.faultline.access.AccessMap;
import dev.faultline.access.Phase;
import dev.faultline.cost.LineMap;
import dev.faultline.input.InputException;
import dev.faultline.layout.StructLayout;
import dev.faultline.machine.Machine;
import dev.faultline.machine.Placement;
import dev.faultline.measure.Benchmark;
import dev.faultline.measure.Contestant;
import dev.faultline.measure.Effort;
import dev.faultline.measure.Predicted;
import dev.faultline.measure.Scenario;
import dev.faultline.offheap.bench.layout.ClosedLoop;
import dev.faultline.offheap.bench.layout.Compiler;
import dev.faultline.offheap.bench.layout.Script;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Layouts as contestants: a scenario for each place a struct is put at, and for each phase of the profile. What is played is
 * what is predicted, a {@link ClosedLoop}; operations of the same name are compared, whatever they touch.
 */
public final class LayoutSuite {

    /** What people call it; no other suite is called so. */
    public static final String NAME = "layouts";

    /** The name of the first row: one thread's mean over all it does. */
    public static final String ALL = "all operations";

    private static final long ACCESSES = 500_000;
    private static final int FEW_SPOTS = 3;

    /**
     * A layout that competes.
     *
     * @param name what the user calls it, distinct
     * @param layout where the fields are
     * @param placement where byte 0 may stand
     * @param access who touches what
     */
    public record Contender(String name, StructLayout layout, Placement placement, AccessMap access) {}

    /**
     * Where structs are put.
     *
     * @param residues where byte 0 stands on its line, at least one; nothing for the places their allocators promise
     * @param isExhaustive whether all promised places are wanted, not a few of many
     */
    public record Spots(Optional<List<Long>> residues, boolean isExhaustive) {
        /** {@return the promised places; a few, the worst among them, where there are many} */
        public static Spots promised() {
            return new Spots(Optional.empty(), false);
        }
    }

    /** One contender in one scenario. */
    private record Place(String entry, Contender contender, ClosedLoop loop, long residue, Script script) {}

    /** What is compared in one scenario. */
    private record Stage(String name, String operation, int threads, List<String> rows, List<Place> places) {}

    private final Machine machine;
    private final int threads;
    private final List<Contender> contenders;
    private final List<Stage> stages = new ArrayList<>();

    /**
     * Lays them out and compiles what is done to them; nothing is run, and no memory taken.
     *
     * @param contenders at least one, the one all others are compared with first
     * @param spots where to put them
     * @param threads how many threads play, at least 2
     * @param machine for which it is predicted; its line is the one structs are put on
     * @throws InputException when one of them cannot be played
     */
    public LayoutSuite(List<Contender> contenders, Spots spots, int threads, Machine machine) {
        this.machine = threads <= machine.cpus().value() ? machine : machine.withCpus(threads, "as many as threads");
        this.threads = threads;
        this.contenders = List.copyOf(contenders);
        Set<String> phases = new LinkedHashSet<>();
        contenders.forEach(
                one -> one.access().phases().stream().map(Phase::name).forEach(phases::add));
        List<Optional<String>> all = phases.isEmpty()
                ? List.of(Optional.empty())
                : phases.stream().map(Optional::of).toList();
        for (Optional<String> phase : all) {
            Map<Contender, ClosedLoop> loops = loops(phase);
            if (!loops.isEmpty()) {
                List<Long> residues = residues(loops, spots);
                for (long residue : residues) {
                    stages.add(stage(phase, residue, spots.residues().isPresent(), residues.size() > 1, loops));
                }
            }
        }
        if (stages.isEmpty()) {
            throw new InputException(contenders.get(0).name(), "", "no operation of its profile has a rate above 0");
        }
    }

    private Map<Contender, ClosedLoop> loops(Optional<String> phase) {
        Map<Contender, ClosedLoop> loops = new LinkedHashMap<>();
        for (Contender one : contenders) {
            List<Phase> known = one.access().phases();
            ClosedLoop loop = ClosedLoop.of(
                    phase.isEmpty()
                            ? one.access()
                            : ClosedLoop.only(one.access(), role -> isIn(role, phase.get(), known)),
                    threads);
            if (!loop.operations().isEmpty()) {
                loops.put(one, loop);
            }
        }
        return loops;
    }

    private static boolean isIn(String role, String phase, List<Phase> known) {
        return known.stream().noneMatch(any -> any.roles().contains(role))
                || known.stream()
                        .anyMatch(any -> any.name().equals(phase) && any.roles().contains(role));
    }

    private int lineBytes() {
        return machine.lineBytes().value();
    }

    private List<Long> residues(Map<Contender, ClosedLoop> loops, Spots spots) {
        if (spots.residues().isPresent()) {
            List<Long> given = spots.residues().get();
            loops.keySet().forEach(one -> given.forEach(residue -> check(one, residue)));
            return given;
        }
        TreeSet<Long> promised = new TreeSet<>();
        loops.keySet().forEach(one -> promised.addAll(promised(one)));
        if (promised.size() <= FEW_SPOTS || spots.isExhaustive()) {
            return List.copyOf(promised);
        }
        long worst = promised.stream()
                .max(java.util.Comparator.comparingDouble(residue -> predicted(loops, residue)))
                .orElseThrow();
        List<Long> sorted = List.copyOf(promised);
        return List.copyOf(new TreeSet<>(List.of(sorted.get(0), worst, sorted.get(sorted.size() / 2))));
    }

    private void check(Contender one, long residue) {
        long alignment = Math.min(one.layout().byteAlignment(), lineBytes());
        if (residue % alignment != 0 || residue >= lineBytes()) {
            throw new InputException(
                    one.name(),
                    "",
                    "cannot start at byte " + residue + " of a line of " + lineBytes() + " bytes: it is aligned to "
                            + one.layout().byteAlignment());
        }
    }

    private List<Long> promised(Contender one) {
        List<Long> residues = new ArrayList<>();
        for (int i = 0; i < one.placement().residues(lineBytes()); i++) {
            residues.add(i * one.placement().baseAlignment());
        }
        return residues;
    }

    private double predicted(Map<Contender, ClosedLoop> loops, long residue) {
        double sum = 0;
        for (Map.Entry<Contender, ClosedLoop> one : loops.entrySet()) {
            if (promised(one.getKey()).contains(residue)) {
                sum += one.getValue()
                        .calculated(machine, lines(one.getValue(), residue))
                        .meanNanos();
            }
        }
        return sum;
    }

    private LineMap lines(ClosedLoop loop, long residue) {
        return LineMap.of(loop.workload().fields(), lineBytes(), residue);
    }

    private Stage stage(
            Optional<String> phase,
            long residue,
            boolean isGiven,
            boolean isOneOfMany,
            Map<Contender, ClosedLoop> loops) {
        String where = residue == 0 ? "from the start of a line" : "from byte " + residue + " of a line";
        String name = phase.map(one -> one + ", ").orElse("") + where;
        Set<String> names = new LinkedHashSet<>(List.of(ALL));
        loops.values().forEach(loop -> names.addAll(loop.operations()));
        List<String> rows = List.copyOf(names);
        List<Place> places = new ArrayList<>();
        int busy = 0;
        for (Map.Entry<Contender, ClosedLoop> one : loops.entrySet()) {
            long at = isGiven || promised(one.getKey()).contains(residue) ? residue : 0;
            Script script = Compiler.compile(one.getKey().layout(), one.getValue(), lineBytes(), at, rows);
            String entry = !isOneOfMany && phase.isEmpty()
                    ? one.getKey().name()
                    : one.getKey().name() + ", " + name;
            places.add(new Place(entry, one.getKey(), one.getValue(), at, script));
            busy = Math.max(busy, script.parts().size());
        }
        Set<String> titles = loops.keySet().stream()
                .map(contender -> title(contender.access().source()))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return new Stage(name, String.join("; ", titles), busy, rows, places);
    }

    /** What a profile is about, without where it is from. */
    private static String title(String source) {
        int from = source.lastIndexOf(" (");
        return from < 0 ? source : source.substring(0, from);
    }

    private Suite suite() {
        List<Entry> entries = new ArrayList<>();
        List<Shape> shapes = new ArrayList<>();
        for (Stage stage : stages) {
            for (Place place : stage.places()) {
                entries.add(new Entry(
                        place.entry(),
                        summary(place.contender()),
                        place.script().text(),
                        Optional.empty(),
                        Integer.MAX_VALUE));
            }
            shapes.add(Shape.of(
                            stage.name(),
                            stage.operation(),
                            stage.threads() == 1 ? Crowd.ONE : Crowd.ALL,
                            "LayoutBenchmark.play")
                    .toldBy(stage.rows().toArray(String[]::new))
                    .ops(LayoutBenchmark.BATCH)
                    .only(stage.places().stream().map(Place::entry).toArray(String[]::new)));
        }
        return new Suite(
                NAME, contenders.stream().map(Contender::name).collect(Collectors.joining(", ")), entries, shapes);
    }

    private static String summary(Contender one) {
        return String.format(
                Locale.ROOT,
                "%s, %,d bytes",
                one.layout().spelling(),
                one.layout().byteSize());
    }

    /**
     * Asks for all of it.
     *
     * @param effort how much of each layout
     * @param isPatient whether disturbances are waited for
     * @return the request
     */
    public Bench.Request request(Effort effort, boolean isPatient) {
        Suite suite = suite();
        int busy = stages.stream().mapToInt(Stage::threads).max().orElseThrow();
        return new Bench.Request(
                suite, Math.max(2, busy), effort, isPatient, suite.contestants(), suite.scenarios(true));
    }

    /**
     * Sets beside what was measured what is predicted, and how it was played.
     *
     * @param measured what came of {@link #request}
     * @return the same, layouts by the names of contenders
     */
    public Benchmark beside(Benchmark measured) {
        List<Scenario> scenarios = new ArrayList<>();
        for (Scenario scenario : measured.scenarios()) {
            Stage stage = stages.stream()
                    .filter(one -> one.name().equals(scenario.name()))
                    .findFirst()
                    .orElseThrow();
            scenarios.add(beside(scenario, stage));
        }
        return new Benchmark(
                measured.suite(), measured.summary(), measured.environment(), measured.effort(), scenarios, remarks());
    }

    private Scenario beside(Scenario scenario, Stage stage) {
        List<Predicted> predicted = new ArrayList<>();
        List<Contestant> contestants = new ArrayList<>();
        long first = stage.places().get(0).residue();
        for (Place place : stage.places()) {
            String name = place.contender().name() + (place.residue() == first ? "" : " from byte " + place.residue());
            ClosedLoop.Prediction one = place.loop().simulated(machine, lines(place.loop(), place.residue()), ACCESSES);
            predicted.add(new Predicted(name, ALL, one.meanNanos()));
            one.nanos().forEach((row, nanos) -> predicted.add(new Predicted(name, row, nanos)));
            scenario.contestant(place.entry())
                    .ifPresent(found -> contestants.add(
                            new Contestant(name, found.summary(), found.scores(), found.countsPerOp())));
        }
        return new Scenario(
                scenario.name(),
                scenario.operation(),
                scenario.threads(),
                contestants,
                scenario.inconclusive(),
                scenario.published(),
                predicted);
    }

    private Map<String, String> remarks() {
        Map<String, String> remarks = new LinkedHashMap<>();
        remarks.put(
                "used as",
                contenders.stream()
                        .map(one -> one.name() + ": " + one.access().source())
                        .collect(Collectors.joining("; ")));
        remarks.put("played", played());
        Set<String> leftOut = new LinkedHashSet<>();
        stages.forEach(stage ->
                stage.places().forEach(place -> leftOut.addAll(place.loop().leftOut())));
        if (!leftOut.isEmpty()) {
            remarks.put(
                    "left out",
                    "done less often than once in " + String.format(Locale.ROOT, "%,d", Script.TURNS)
                            + " operations of a thread: " + String.join("; ", leftOut));
        }
        if (contenders.stream().anyMatch(one -> one.access().uses().stream().anyMatch(use -> !use.hasRate()))) {
            remarks.put("assumed", "where nobody says how often a field is used, all are used as often");
        }
        remarks.put(
                "predicted",
                "by the simulator, of the same threads on " + machine.name() + "; a line moves in "
                        + String.format(
                                Locale.ROOT,
                                "%.3g ns (%s)",
                                machine.costs().clusterNanos().value(),
                                machine.costs().clusterNanos().source()));
        return remarks;
    }

    /** Which role is played by which threads; roles of the first contender, since others differ in fields, not roles. */
    private String played() {
        return "one operation after the other, as fast as each thread can, in proportion to the rates: "
                + new Cast(contenders.get(0).access(), threads).words()
                + "; one turn in some hundred is timed by the clock, whose own time is taken off";
    }
}
