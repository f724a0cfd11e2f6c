package dev.faultline.cost.closedform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.faultline.access.Inference;
import dev.faultline.cost.Cost;
import dev.faultline.cost.LineMap;
import dev.faultline.cost.OperationCost;
import dev.faultline.cost.Task;
import dev.faultline.cost.Workload;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.notation.NotationReader;
import dev.faultline.machine.Machine;
import dev.faultline.machine.Machines;
import dev.faultline.machine.Placement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Plain tasks cost what each island of them costs, solved on its own. */
class PlainTasksTest {

    private static final Machine MACHINE = Machines.neoverse();

    private static final int LINE = MACHINE.lineBytes().value();

    private static final List<String> TYPES =
            List.of("atomic_t", "long", "void *", "spinlock_t", "refcount_t", "atomic64_t", "int", "char");

    private static StructLayout random(Random random, int fields) {
        StringBuilder text = new StringBuilder("struct s {\n");
        for (int i = 0; i < fields; i++) {
            text.append(TYPES.get(random.nextInt(TYPES.size())))
                    .append(" f")
                    .append(i)
                    .append(";\n");
        }
        return NotationReader.read("random", text.append("};").toString()).get(0);
    }

    private static SteadyStateSolver.Tally[] oneByOne(Workload workload, List<LineMap> placements) {
        SteadyStateSolver.Tally[] tallies =
                SteadyStateSolver.Tally.empty(workload.tasks().size());
        double part = 1.0 / placements.size();
        for (LineMap lines : placements) {
            Islands islands = Islands.of(workload, workload.phases().get(0), lines);
            for (List<Islands.Reach> island : islands.contended()) {
                CpuClassification cpus = new CpuClassification(workload, Islands.tasks(island), MACHINE.topology());
                new SteadyStateSolver(MACHINE, cpus.cpuClasses(lines), WorkLimit.unlimited()).addTo(tallies, part);
            }
            for (int number : islands.uncontended()) {
                Task task = workload.tasks().get(number);
                tallies[number].add(
                        SteadyStateSolver.undisturbed(MACHINE, task, lines),
                        part * task.cpus().size());
            }
        }
        return tallies;
    }

    private static List<LineMap> arranged(Workload workload, Random random) {
        List<Integer> moved = new ArrayList<>();
        for (int field = 0; field < workload.fields().size(); field++) {
            if (random.nextInt(4) == 0) {
                moved.add(field);
            }
        }
        return LineMap.all(workload.fields(), LINE, new Placement(8, "the test")).stream()
                .map(lines -> lines.moving(moved))
                .toList();
    }

    @Test
    void tasks_cost_what_their_islands_cost_one_by_one() {
        CostModel model = new CostModel(MACHINE);
        int contended = 0;
        for (int seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            Workload workload = Workload.of(
                    Inference.infer(random(random, 2 + random.nextInt(30))),
                    MACHINE.cpus().value());
            assertThat(Islands.PlainTasks.isPlain(workload))
                    .isEqualTo(!workload.tasks().isEmpty());
            List<LineMap> placements = arranged(workload, random);
            Cost cost = model.cost(workload, placements);
            SteadyStateSolver.Tally[] expected = oneByOne(workload, placements);
            for (int i = 0; i < expected.length; i++) {
                OperationCost one = cost.operations().get(i);
                OperationCost other = expected[i].of(workload.tasks().get(i), 1);
                assertThat(one.coherenceNanos()).isCloseTo(other.coherenceNanos(), within(1e-9));
                assertThat(one.touchNanos()).isCloseTo(other.touchNanos(), within(1e-9));
                assertThat(one.totalNanos()).isCloseTo(other.totalNanos(), within(1e-9));
                assertThat(one.events().lines()).isCloseTo(other.events().lines(), within(1e-9));
                contended += one.coherenceNanos() > 0 ? 1 : 0;
            }
        }
        assertThat(contended).as("operations that wait").isGreaterThan(200);
    }

    @Test
    void tasks_that_use_an_element_of_their_own_are_not_plain() {
        StructLayout layout = NotationReader.read("own", "struct s { atomic_t counts[4]; long limit; };")
                .get(0);
        assertThat(Islands.PlainTasks.isPlain(
                        Workload.of(Inference.infer(layout), MACHINE.cpus().value())))
                .isFalse();
    }
}
