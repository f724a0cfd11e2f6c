package dev.faultline.bench.grid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.faultline.access.AccessKind;
import dev.faultline.bench.layout.loop.AccessScript;
import dev.faultline.bench.layout.loop.ScriptedAccess;
import dev.faultline.machine.Machine;
import dev.faultline.machine.Machines;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the threads of a grid do, and that the simulator plays the same. */
class SharingScenarioTest {

    private static final long ACCESSES = 5_000;
    private static final Machine MACHINE = Machines.x86().withCpus(2, "test");

    private static List<ScriptedAccess> accesses(SharingScenario scenario, int thread) {
        AccessScript script = scenario.script();
        return script.plays().get(script.parts().get(thread).get(0).play()).accesses();
    }

    private static long line(SharingScenario scenario, int thread, int access) {
        return accesses(scenario, thread).get(access).byteOffset() / 64;
    }

    @Test
    void words_are_on_one_line_or_on_lines_apart() {
        for (SharingScenario scenario : SharingScenario.all(List.of(20.0))) {
            if (scenario.kind().threads() == 1) {
                assertThat(scenario.script().parts()).hasSize(1);
            } else if (scenario.kind() == SharingKind.SUMMING_READER) {
                assertThat(accesses(scenario, 1)).hasSize(scenario.isApart() ? 16 : 1);
                assertThat(accesses(scenario, 1).stream()
                                .map(one -> one.byteOffset() / 64)
                                .distinct())
                        .hasSameSizeAs(accesses(scenario, 1));
            } else {
                assertThat(line(scenario, 0, 0) == line(scenario, 1, 0)).isEqualTo(!scenario.isApart());
                assertThat(accesses(scenario, 0).get(0).byteOffset())
                        .isNotEqualTo(accesses(scenario, 1).get(0).byteOffset());
            }
            assertThat(accesses(scenario, 0).get(0).gapNanos()).isEqualTo(20);
        }
    }

    @Test
    void a_load_and_store_has_its_gap_before_the_load() {
        assertThat(accesses(new SharingScenario(SharingKind.LOAD_AND_STORE, 5, false), 1))
                .extracting(ScriptedAccess::kind, ScriptedAccess::gapNanos)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(AccessKind.READ, 5.0),
                        org.assertj.core.groups.Tuple.tuple(AccessKind.WRITE, 0.0));
    }

    @Test
    void loads_of_a_sum_overlap() {
        SharingScenario apart = new SharingScenario(SharingKind.SUMMING_READER, 5, true);
        assertThat(accesses(apart, 1).stream().filter(ScriptedAccess::overlaps)).hasSize(15);
        assertThat(accesses(apart, 1).get(0).overlaps()).isFalse();
    }

    @Test
    void the_simulator_has_a_time_for_each_role_that_is_no_less_than_the_gap() {
        for (SharingScenario scenario : SharingScenario.all(List.of(0.0, 50.0))) {
            Map<String, Double> nanos = scenario.simulated(MACHINE, ACCESSES);
            assertThat(nanos.keySet()).containsExactlyElementsOf(scenario.roles());
            assertThat(nanos.values()).as(scenario.toString()).allMatch(time -> time >= scenario.gapNanos());
            assertThat(scenario.simulated(MACHINE, ACCESSES)).isEqualTo(nanos);
        }
        double alone = new SharingScenario(SharingKind.LONE_ADDER, 50, false)
                .simulated(MACHINE, ACCESSES)
                .get("adder");
        assertThat(new SharingScenario(SharingKind.ADD, 50, true)
                        .simulated(MACHINE, ACCESSES)
                        .get("each"))
                .isCloseTo(alone, within(0.01));
    }

    @Test
    void what_makes_no_sense_is_refused() {
        assertThatThrownBy(() -> new SharingScenario(SharingKind.LONE_ADDER, 0, true))
                .hasMessage("lone adder has nothing to be apart from");
        assertThatThrownBy(() -> new SharingScenario(SharingKind.ADD, -1, true)).hasMessageContaining("gap");
        assertThatThrownBy(
                        () -> new SharingSeries(new SharingScenario(SharingKind.ADD, 0, true), "reader", List.of(1.0)))
                .hasMessageContaining("has no reader");
    }
}
