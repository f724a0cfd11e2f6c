package dev.faultline.hazard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.faultline.access.ProfileReader;
import dev.faultline.access.Resolution;
import dev.faultline.layout.FieldRef;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.notation.NotationReader;
import dev.faultline.machine.Machines;
import dev.faultline.machine.Placement;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What one repair alone is said to save. */
class WhatIfCostTest {

    private static final StructLayout LAYOUT =
            NotationReader.read("costing", """
                    struct s {
                            int                        busy;             /*     0     4 */
                            int                        idle;             /*     4     4 */
                            long                       victim;           /*     8     8 */
                            /* size: 16, cachelines: 1, members: 3 */
                    };""").get(0);

    private static final String PROFILE = """
            profile: costing
            structs:
              s:
                roles: { writer: { cpus: 2 }, rare: { cpus: 1 }, reader: { cpus: 4 } }
                operations:
                  - { name: write, role: writer, rate: 1e6, accesses: [ { field: busy, kind: rmw } ] }
                  - { name: seldom, role: rare, rate: 1e2, accesses: [ { field: idle, kind: write } ] }
                  - { name: read, role: reader, rate: 1e6, accesses: [ { field: victim, kind: read } ] }
            """;

    private final WhatIfCost costing = new RuleContext(
                    LAYOUT,
                    Resolution.resolve(
                            LAYOUT,
                            ProfileReader.read("costing", PROFILE)
                                    .forStruct("s")
                                    .orElseThrow()),
                    Machines.neoverse(),
                    new Placement(64, "the test"))
            .whatIf();

    @Test
    void a_field_is_not_charged_with_what_its_neighbour_does_to_the_same_victim() {
        Saving busy = costing.parting(List.of(field("busy")), List.of(field("victim")))
                .smaller();
        Saving idle = costing.parting(List.of(field("idle")), List.of(field("victim")))
                .smaller();

        assertThat(costing.moving(List.of(field("victim"))).cpusSaved())
                .as("away from both")
                .isCloseTo(busy.cpusSaved(), within(0.01));
        assertThat(busy.cpusSaved()).isGreaterThan(0.1);
        assertThat(idle.cpusSaved()).isLessThan(0.001 * busy.cpusSaved());
    }

    @Test
    void moving_the_victim_away_leaves_the_floor_and_what_is_saved_is_the_difference() {
        Saving saving = costing.moving(List.of(field("victim")));

        assertThat(saving.operation()).isEqualTo("read");
        assertThat(saving.floorNanosPerOp()).as("nobody writes the victim").isZero();
        assertThat(saving.nanosPerOp())
                .isCloseTo(costing.cost().operations().get(2).coherenceNanos(), within(1e-6));
        assertThat(saving.cpus()).isEqualTo(7);
    }

    @Test
    void what_nothing_touches_cannot_be_moved_to_any_avail() {
        StructLayout other = NotationReader.read("o", "struct o { int x; };").get(0);

        assertThat(costing.moving(List.of(other.resolve("x").orElseThrow())).nanosPerOp())
                .isZero();
    }

    @Test
    void the_floor_cannot_be_undercut_here_and_loops_that_are_not_there_cost_nothing() {
        assertThat(costing.untilFloor().cpusSaved()).isPositive();
        assertThat(costing.withoutLoops().cpusSaved()).isZero();
        assertThat(costing.breakdown().cost()).isEqualTo(costing.cost());
        assertThat(costing.breakdown().cpusLost()).isPositive();
    }

    private static FieldRef field(String path) {
        return LAYOUT.resolve(path).orElseThrow();
    }
}
