package dev.faultline.bench.layout;

import dev.faultline.bench.layout.LayoutSuite.Contender;
import dev.faultline.bench.layout.loop.AccessScript;
import dev.faultline.bench.layout.loop.ClosedLoop;
import dev.faultline.bench.layout.loop.PlayedOperation;
import dev.faultline.bench.layout.loop.ScriptCompiler;
import dev.faultline.bench.plan.BenchComparison;
import dev.faultline.bench.plan.ContestantSpec;
import dev.faultline.bench.plan.PlannedScenario;
import dev.faultline.bench.plan.ScenarioMeasurement;
import dev.faultline.bench.plan.ScenarioSpec;
import dev.faultline.bench.plan.ThreadSplit;
import dev.faultline.cost.LineMap;
import dev.faultline.machine.Machine;
import dev.faultline.measure.Predicted;
import dev.faultline.measure.Scenario;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The layouts of one phase, at one place on a line.
 *
 * @param planned what is run; its contestants are the places, in their order
 * @param places the layouts where they are put
 */
record LayoutScenario(PlannedScenario planned, List<Place> places) {

    private static final long SIMULATED_ACCESSES = 500_000;

    /**
     * A layout in this scenario.
     *
     * @param contender the layout
     * @param loop what is done to it
     * @param residue where its byte 0 stands on a line
     * @param name what it is called in this scenario
     */
    record Place(Contender contender, ClosedLoop loop, long residue, String name) {}

    /**
     * Plans a scenario.
     *
     * @param phase the phase of the profile, when it has phases
     * @param residue the place on a line
     * @param spots says where a layout goes that cannot be at that place
     * @param loops what is done to each layout
     * @return the scenario
     */
    static LayoutScenario of(
            Optional<String> phase, long residue, SpotSelection spots, Map<Contender, ClosedLoop> loops) {
        Set<PlayedOperation> operations = new LinkedHashSet<>();
        loops.values().forEach(loop -> operations.addAll(loop.operations()));
        List<PlayedOperation> rows = List.copyOf(operations);
        List<Place> places = new ArrayList<>();
        List<ContestantSpec> contestants = new ArrayList<>();
        int threads = 1;
        for (Map.Entry<Contender, ClosedLoop> one : loops.entrySet()) {
            Contender contender = one.getKey();
            long at = spots.residue(contender, residue);
            AccessScript script = ScriptCompiler.compile(
                    contender.layout(),
                    one.getValue(),
                    spots.machine().lineBytes().value(),
                    at,
                    rows,
                    contender.shape());
            boolean isAtFirst = places.isEmpty() || places.get(0).residue() == at;
            String name = contender.name() + (isAtFirst ? "" : " from byte " + at);
            places.add(new Place(contender, one.getValue(), at, name));
            contestants.add(
                    new ContestantSpec(name, summary(contender), script.text(), Optional.empty(), Integer.MAX_VALUE));
            threads = Math.max(threads, script.parts().size());
        }
        String where = residue == 0 ? "from the start of a line" : "from byte " + residue + " of a line";
        List<String> roles = new ArrayList<>(List.of(LayoutSuite.ALL));
        rows.forEach(row -> roles.add(row.label()));
        ScenarioSpec spec = ScenarioSpec.builder(
                        phase.map(one -> one + ", ").orElse("") + where,
                        titles(loops.keySet()),
                        ThreadSplit.ALL,
                        "LayoutBenchmark.play",
                        contestants)
                .timedByThreads(roles)
                .opsPerInvocation(LayoutBenchmark.BATCH)
                .build();
        return new LayoutScenario(new PlannedScenario(spec, threads, contestants), places);
    }

    private static String summary(Contender one) {
        return String.format(
                Locale.ROOT,
                "%s, %,d bytes",
                one.layout().spelling(),
                one.layout().byteSize());
    }

    /** {@return what the profiles are about, without where they come from} */
    private static String titles(Set<Contender> contenders) {
        return contenders.stream()
                .map(one -> one.access().source())
                .map(source -> source.lastIndexOf(" (") < 0 ? source : source.substring(0, source.lastIndexOf(" (")))
                .distinct()
                .collect(Collectors.joining("; "));
    }

    /** {@return the scores of this scenario, with what is predicted of it} */
    Scenario compare(ScenarioMeasurement measured, Machine machine) {
        List<Predicted> predicted = new ArrayList<>();
        for (Place place : places) {
            LineMap lines = LineMap.of(
                    place.loop().workload().fields(), machine.lineBytes().value(), place.residue());
            ClosedLoop.Prediction one = place.loop().simulated(machine, lines, SIMULATED_ACCESSES);
            predicted.add(new Predicted(place.name(), LayoutSuite.ALL, one.meanNanos()));
            one.nanos().forEach((row, nanos) -> predicted.add(new Predicted(place.name(), row.label(), nanos)));
        }
        return BenchComparison.scenario(measured, predicted);
    }
}
