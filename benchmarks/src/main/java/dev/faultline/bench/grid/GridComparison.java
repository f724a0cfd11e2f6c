package dev.faultline.bench.grid;

import dev.faultline.machine.Machine;
import dev.faultline.measure.Environment;
import dev.faultline.measure.SharingGrid;
import dev.faultline.measure.SharingRow;
import dev.faultline.measure.SharingTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Sets what a model predicts beside what was measured. */
public final class GridComparison {

    /** What is predicted to take no time takes at least so much. */
    private static final double LEAST_NANOS = 0.001;

    private final SharingModel model;
    private final Machine machine;
    private final Map<SharingScenario, Map<String, Double>> predicted = new LinkedHashMap<>();

    private GridComparison(SharingModel model, Machine machine) {
        this.model = model;
        this.machine = machine.cpus().value() >= 2 ? machine : machine.withCpus(2, "as many as threads");
    }

    /**
     * Compares a whole grid.
     *
     * @param measured what was measured
     * @param model predicts
     * @param machine the machine to predict for
     * @return all that is shown
     */
    public static SharingGrid of(GridMeasurements measured, SharingModel model, Machine machine) {
        Map<String, String> remarks = new LinkedHashMap<>();
        remarks.put(
                "played",
                String.format(
                        Locale.ROOT,
                        "%d rounds of %.0f ms a cell; %d disturbed rounds do not count",
                        measured.plan().rounds(),
                        measured.plan().windowNanos() / 1e6,
                        measured.disturbedRounds()));
        remarks.put("predicted", predicted(machine));
        return new SharingGrid(
                measured.environment(),
                machine.name(),
                new GridComparison(model, machine).rows(measured.series()),
                measured.inconclusive(),
                remarks);
    }

    /**
     * Compares some times, such as those that a machine's costs were fitted to.
     *
     * @param series the times; at least one
     * @param environment what the threads ran on
     * @param model predicts
     * @param machine the machine to predict for
     * @return all that is shown
     */
    public static SharingGrid of(
            List<SharingSeries> series, Environment environment, SharingModel model, Machine machine) {
        return new SharingGrid(
                environment,
                machine.name(),
                new GridComparison(model, machine).rows(series),
                Optional.empty(),
                Map.of("predicted", predicted(machine)));
    }

    private static String predicted(Machine machine) {
        return String.format(
                Locale.ROOT,
                "by the simulator, for two threads on %s; moving a line takes %.3g ns (%s)",
                machine.name(),
                machine.costs().transfers().clusterNanos().value(),
                machine.costs().transfers().clusterNanos().source());
    }

    private List<SharingRow> rows(List<SharingSeries> series) {
        Map<SharingScenario, Map<String, SharingSeries>> byScenario = series.stream()
                .collect(Collectors.groupingBy(
                        SharingSeries::scenario,
                        LinkedHashMap::new,
                        Collectors.toMap(SharingSeries::role, one -> one, (one, other) -> other, LinkedHashMap::new)));
        List<SharingRow> rows = new ArrayList<>();
        byScenario.forEach((scenario, roles) -> {
            if (!scenario.isApart()) {
                roles.values().forEach(one -> rows.add(row(one, byScenario)));
            }
        });
        return rows;
    }

    private SharingRow row(SharingSeries together, Map<SharingScenario, Map<String, SharingSeries>> all) {
        SharingScenario scenario = together.scenario();
        Optional<SharingTime> apart = scenario.kind().threads() == 1
                ? Optional.empty()
                : Optional.ofNullable(all.get(scenario.apart(true))).map(roles -> time(roles.get(together.role())));
        return new SharingRow(
                scenario.kind().title(),
                together.role(),
                scenario.kind().writers(),
                scenario.gapNanos(),
                SharingScenario.CALIBRATED_GAPS.contains(scenario.gapNanos()),
                time(together),
                apart);
    }

    private SharingTime time(SharingSeries series) {
        double nanos = predicted
                .computeIfAbsent(series.scenario(), scenario -> model.nanos(scenario, machine))
                .get(series.role());
        return new SharingTime(series.roundNanos(), Math.max(LEAST_NANOS, nanos));
    }
}
