package dev.faultline.bench.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.faultline.access.AccessMap;
import dev.faultline.access.Inference;
import dev.faultline.access.ProfileReader;
import dev.faultline.access.Resolution;
import dev.faultline.bench.layout.LayoutSuite.Contender;
import dev.faultline.bench.layout.LayoutSuite.Spots;
import dev.faultline.bench.plan.BenchMeasurements;
import dev.faultline.bench.plan.BenchPlan;
import dev.faultline.bench.plan.ForkSample;
import dev.faultline.bench.plan.PlannedScenario;
import dev.faultline.bench.plan.ScenarioMeasurement;
import dev.faultline.input.InputException;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.notation.NotationReader;
import dev.faultline.machine.Machine;
import dev.faultline.machine.Machines;
import dev.faultline.machine.Placement;
import dev.faultline.measure.Benchmark;
import dev.faultline.measure.Contestant;
import dev.faultline.measure.Environment;
import dev.faultline.measure.RunEffort;
import dev.faultline.measure.Scenario;
import dev.faultline.offheap.kernel.KernelCatalog;
import dev.faultline.source.Lookup;
import dev.faultline.source.Subject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which layouts meet where, by which operations, and what is said of it. */
class LayoutSuiteTest {

    private static final Machine MACHINE = Machines.x86();
    private static final RunEffort TINY = new RunEffort(4, 1, 2, 10);

    private static Contender catalogued(String reference) {
        Subject subject =
                ((Lookup.Found) new KernelCatalog().find(reference)).subjects().get(0);
        return new Contender(
                reference,
                subject.layout(),
                subject.placement(),
                Resolution.resolve(subject.layout(), subject.profile().orElseThrow()));
    }

    private static Contender contender(
            String name, String struct, long baseAlignment, String roles, String operations) {
        StructLayout layout = NotationReader.read("test", struct).get(0);
        String yaml = "profile: test\nstructs:\n  s:\n    roles: { " + roles + " }\n"
                + operations.strip().indent(4);
        AccessMap access = Resolution.resolve(
                layout, ProfileReader.read("test", yaml).forStruct("s").orElseThrow());
        return new Contender(name, layout, new Placement(baseAlignment, "test"), access);
    }

    private static Contender pair(String name, String struct, long baseAlignment) {
        return contender(name, struct, baseAlignment, "a: { cpus: 1 }, b: { cpus: 1 }", """
                operations:
                  - { name: x, role: a, rate: 1e6, accesses: [ { field: x, kind: rmw, gap: 20ns } ] }
                  - { name: y, role: b, rate: 1e6, accesses: [ { field: y, kind: rmw, gap: 20ns } ] }
                """);
    }

    private static LayoutSuite suite(Spots spots, Contender... contenders) {
        return new LayoutSuite(List.of(contenders), spots, 2, MACHINE);
    }

    private static Spots at(Long... residues) {
        return new Spots(Optional.of(List.of(residues)), true);
    }

    /** Measurements in which each contestant takes 10 ns more than the one before. */
    private static BenchMeasurements fake(BenchPlan plan) {
        List<ScenarioMeasurement> scenarios = new ArrayList<>();
        for (PlannedScenario planned : plan.scenarios()) {
            List<List<ForkSample>> samples = new ArrayList<>();
            for (int i = 0; i < planned.contestants().size(); i++) {
                List<List<Double>> roles =
                        Collections.nCopies(planned.spec().roles().size(), List.of(10.0 * (i + 1)));
                samples.add(Collections.nCopies(TINY.forks(), new ForkSample(roles, 1, Map.of(), true)));
            }
            scenarios.add(new ScenarioMeasurement(planned, samples, Optional.empty()));
        }
        return new BenchMeasurements(plan, new Environment("Test", "Test", "Test", List.of(0, 1), true), scenarios);
    }

    private static Benchmark compared(LayoutSuite suite) {
        return suite.compare(fake(suite.plan(TINY, false)));
    }

    private static List<String> scenarios(LayoutSuite suite) {
        return suite.plan(TINY, false).scenarios().stream()
                .map(one -> one.spec().name())
                .toList();
    }

    private static List<String> roles(LayoutSuite suite, int scenario) {
        return suite.plan(TINY, false).scenarios().get(scenario).spec().roles();
    }

    @Test
    void two_versions_of_a_struct_meet_by_the_names_of_their_operations() {
        LayoutSuite suite = suite(Spots.promised(), catalogued("rtable@6.3"), catalogued("rtable@6.4"));
        Benchmark found = compared(suite);
        Scenario scenario = found.scenarios().get(0);

        assertThat(scenarios(suite)).containsExactly("from the start of a line");
        assertThat(scenario.contestants()).extracting(Contestant::name).containsExactly("rtable@6.3", "rtable@6.4");
        assertThat(roles(suite, 0))
                .containsExactly(
                        "all operations",
                        "sender: get, use, put",
                        "sender: send one packet",
                        "receiver: receive one packet");
        assertThat(scenario.predictedSpeedup("rtable@6.4", "all operations"))
                .hasValueSatisfying(ratio -> assertThat(ratio).isGreaterThan(1.2));
        assertThat(found.remarks().keySet())
                .containsExactly("used as", "played", "placed", "timed", "left out", "predicted");
        assertThat(found.remarks().get("placed")).isEqualTo("off heap, alone on its lines");
        assertThat(found.remarks().get("predicted"))
                .contains("never pause; inspect and suggest tell other ns, of the profile's rates");
        assertThat(found.remarks().get("left out")).contains("set up and tear down");
        assertThat(found.remarks().get("played")).contains("sender, receiver by threads 0, 1; control by thread 0");
    }

    @Test
    void what_only_one_layout_does_is_played_and_predicted_of_that_one_only() {
        LayoutSuite suite = suite(
                at(0L),
                pair("one", "struct s { long x; long y; };", 64),
                contender("other", "struct s { long x; long y; };", 64, "a: { cpus: 2 }", """
                        operations:
                          - { name: x, role: a, rate: 1e6, accesses: [ { field: x, kind: rmw } ] }
                          - { name: z, role: a, rate: 1e6, accesses: [ { field: y, kind: read } ] }
                        """));
        Scenario scenario = compared(suite).scenarios().get(0);

        assertThat(roles(suite, 0)).containsExactly("all operations", "a: x", "b: y", "a: z");
        assertThat(scenario.predicted("one", "a: z")).isEmpty();
        assertThat(scenario.predicted("other", "a: z")).isPresent();
        assertThat(scenario.predictedSpeedup("other", "a: x")).isPresent();
        assertThat(scenario.predictedSpeedup("other", "a: z"))
                .as("compared with itself")
                .isEmpty();
    }

    @Test
    void each_place_is_a_scenario_and_a_layout_that_cannot_be_there_stays_on_its_line() {
        LayoutSuite suite = suite(
                at(0L, 48L),
                pair("one", "struct s { long x; long y; };", 64),
                pair("two", "struct s { long y; long x; };", 64));
        assertThat(scenarios(suite)).containsExactly("from the start of a line", "from byte 48 of a line");

        LayoutSuite promised = suite(
                new Spots(Optional.empty(), true),
                pair("free", "struct s { long x; long y; };", 32),
                pair("fixed", "struct s { long x; char p[64]; long y; };", 64));
        Benchmark found = compared(promised);
        assertThat(found.scenarios())
                .extracting(Scenario::name)
                .containsExactly("from the start of a line", "from byte 32 of a line");
        assertThat(found.scenarios().get(1).contestants())
                .extracting(Contestant::name)
                .containsExactly("free", "fixed from byte 0");
    }

    @Test
    void of_many_places_the_first_a_middle_one_and_the_worst_are_taken() {
        Contender free = pair("free", "struct s { long x; char p[48]; long y; };", 8);
        List<String> few = scenarios(suite(Spots.promised(), free));

        assertThat(few)
                .as("x and y are 56 bytes apart: on one line only at byte 0")
                .containsExactly("from the start of a line", "from byte 32 of a line");
        assertThat(scenarios(suite(new Spots(Optional.empty(), true), free))).hasSize(8);

        Contender worst = pair("worst", "struct s { char p[56]; long x; long y; };", 8);
        assertThat(scenarios(suite(Spots.promised(), worst)))
                .as("a line starts between them at byte 0 only")
                .hasSize(3);
    }

    @Test
    void a_place_the_type_does_not_allow_is_refused() {
        assertThatThrownBy(() -> suite(at(12L), pair("one", "struct s { long x; long y; };", 8)))
                .isInstanceOf(InputException.class)
                .hasMessage("one: cannot start at byte 12 of a line of 64 bytes: it is aligned to 8");
        assertThatThrownBy(() -> suite(at(64L), pair("one", "struct s { long x; long y; };", 8)))
                .hasMessageContaining("cannot start at byte 64 of a line of 64 bytes");
    }

    @Test
    void phases_are_played_one_by_one() {
        LayoutSuite suite = suite(
                at(0L),
                contender(
                        "one",
                        "struct s { long x; long y; };",
                        64,
                        "a: { cpus: all }, b: { cpus: all }, c: { cpus: 1 }",
                        """
                        operations:
                          - { name: x, role: a, rate: 1e6, accesses: [ { field: x, kind: rmw } ] }
                          - { name: y, role: b, rate: 1e6, accesses: [ { field: y, kind: rmw } ] }
                          - { name: z, role: c, rate: 1e6, accesses: [ { field: y, kind: read } ] }
                        phases:
                          fill: [a]
                          drain: [b]
                        """));
        assertThat(scenarios(suite))
                .containsExactly("fill, from the start of a line", "drain, from the start of a line");
        assertThat(roles(suite, 0)).containsExactly("all operations", "a: x", "c: z");
        assertThat(roles(suite, 1)).containsExactly("all operations", "b: y", "c: z");
    }

    @Test
    void a_role_of_more_cpus_than_there_are_is_said_to_want_them() {
        LayoutSuite suite = suite(Spots.promised(), catalogued("alf_queue"));
        assertThat(compared(suite).remarks().get("played"))
                .contains("producer, consumer by threads 0, 1 (the profile has 4 of producer, 4 of consumer)");
    }

    @Test
    void what_types_tell_is_played_without_a_profile() {
        StructLayout layout = NotationReader.read("test", "struct s { atomic_t count; int limit; };")
                .get(0);
        LayoutSuite suite =
                suite(at(0L), new Contender("s", layout, new Placement(64, "test"), Inference.infer(layout)));
        Benchmark found = compared(suite);

        assertThat(found.remarks().get("used as")).isEqualTo("s: types of the fields");
        assertThat(found.remarks()).containsKey("assumed");
        assertThat(roles(suite, 0)).hasSize(3);
    }

    @Test
    void a_profile_that_does_nothing_is_refused() {
        assertThatThrownBy(() -> suite(at(0L), contender("one", "struct s { long x; };", 64, "a: { cpus: 1 }", """
                        operations:
                          - { name: x, role: a, rate: 0, accesses: [ { field: x, kind: read } ] }
                        """)))
                .isInstanceOf(InputException.class)
                .hasMessage("one: no operation of its profile has a rate above 0");
    }

    @Test
    void every_layout_of_the_catalogue_can_be_played() {
        for (var entry : new KernelCatalog().entries()) {
            BenchPlan plan = suite(Spots.promised(), catalogued(entry.name() + "@" + entry.version()))
                    .plan(TINY, false);
            assertThat(plan.scenarios().get(0).contestants()).as(entry.name()).hasSize(1);
        }
    }

    @Test
    void more_threads_than_the_machine_has_cpus_are_predicted_of_a_larger_one() {
        LayoutSuite suite = new LayoutSuite(
                List.of(catalogued("rtable@6.3")), at(0L), 4, Machines.x86().withCpus(2, "test"));
        assertThat(suite.plan(TINY, false).threads()).isEqualTo(4);
        assertThat(compared(suite).scenarios().get(0).predicted()).isNotEmpty();
    }

    @Test
    void the_mean_of_threads_is_the_mean_of_their_own_operations() {
        LayoutSuite suite = suite(
                at(0L),
                contender(
                        "one",
                        "struct s { long x; char p[120]; long y; };",
                        64,
                        "a: { cpus: 1 }, b: { cpus: 1 }",
                        """
                operations:
                  - { name: x, role: a, rate: 1e6, accesses: [ { field: x, kind: read, gap: 100ns } ] }
                  - { name: y, role: b, rate: 1e3, accesses: [ { field: y, kind: read, gap: 300ns } ] }
                """));
        Benchmark found = compared(suite);
        Scenario scenario = found.scenarios().get(0);

        assertThat(found.remarks().get("played"))
                .contains("(threads do not rest, though in the profile thread 0 does 1,000 times as much as thread 1)");

        assertThat(scenario.predicted("one", "all operations").orElseThrow().nanosPerOp())
                .isCloseTo(200 + MACHINE.costs().hitNanos().value(), within(1.0));
    }
}
