package dev.faultline.suggest.struct;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.access.Access;
import dev.faultline.access.AccessKind;
import dev.faultline.access.AccessMap;
import dev.faultline.access.Cpus;
import dev.faultline.access.Operation;
import dev.faultline.access.Resolution;
import dev.faultline.access.Role;
import dev.faultline.access.StructProfile;
import dev.faultline.cost.Workload;
import dev.faultline.cost.closedform.CostModel;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.notation.NotationReader;
import dev.faultline.machine.Machine;
import dev.faultline.machine.Machines;
import dev.faultline.machine.Placement;
import dev.faultline.suggest.Constraints;
import dev.faultline.suggest.cost.LayoutCostEvaluator;
import dev.faultline.suggest.cost.RelaxedBound;
import dev.faultline.suggest.packing.SearchEffort;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Structs of up to six numbers on small lines: compares the search with every order of the members, each member
 * directly behind the one before or on the next line.
 */
@Tag("slow")
class TinyStructsTest {

    private static final long SEED = Long.getLong("faultline.seed", 20_261_122L);
    private static final int STRUCTS = Integer.getInteger("faultline.structs", 80);
    private static final int LINE = 16;
    /** Here the best lines of the touched units leave no room for the others. */
    private static final long NO_ROOM_FOR_THE_REST = 777_011L;

    private static final double CLOSE = 1.001;

    private final Machine machine = Machines.x86().withCpus(8, "test").withLineBytes(LINE, "test");
    private final Placement onLine = new Placement(64, "test");

    private record Tried(double cost, long byteSize) {}

    @Test
    void no_order_of_the_members_beats_the_arrangements_found() {
        System.out.println("TinyStructsTest: -Dfaultline.seed=" + SEED);
        int partings = 0;
        for (int i = -1; i < STRUCTS; i++) {
            long seed = i < 0 ? NO_ROOM_FOR_THE_REST : SEED + i;
            RandomStructs structs = new RandomStructs(seed);
            StructLayout layout = structs.plain(2 + new Random(seed).nextInt(5));
            AccessMap access = Resolution.resolve(layout, structs.profile(layout));
            LayoutCostEvaluator evaluator = new LayoutCostEvaluator(Workload.of(access, 8), new CostModel(machine));
            DecomposedStruct struct = StructDecomposer.of(OpenedStruct.whole(layout))
                    .touchedBy(evaluator.workload().fields());
            ConstrainedStruct constrained = ConstraintResolver.of(struct, Constraints.usual());

            List<ArrangementSearch.Arrangement> found =
                    new ArrangementSearch(constrained, evaluator, new SearchEffort(1_000_000), FreeSpace.END).all();
            List<Tried> ours = found.stream()
                    .map(one -> new Tried(cost(evaluator, struct, one.offsets()), one.byteSize()))
                    .toList();
            List<Tried> all = new ArrayList<>();
            everyOrder(
                    struct,
                    new long[struct.units().size()],
                    1,
                    struct.units().get(0).byteSize(),
                    (offsets, end) -> all.add(new Tried(cost(evaluator, struct, offsets), struct.sizeFor(end))));

            double bounded =
                    ours.get(ours.size() - 1).cost - found.get(found.size() - 1).gapNanos();
            for (Tried one : all) {
                assertThat(ours)
                        .as("seed %d: %s of %s", seed, one, layout.slots())
                        .anyMatch(other -> other.cost <= one.cost * CLOSE + 1e-9 && other.byteSize <= one.byteSize);
                assertThat(one.cost).as("seed %d: the bound", seed).isGreaterThanOrEqualTo(bounded * (1 - 1e-9));
            }
            partings += ours.size() > 1 ? 1 : 0;
        }
        assertThat(partings).as("structs with more than one arrangement").isPositive();
    }

    @Test
    void wherever_the_struct_starts_no_order_undercuts_the_relaxed_bound() {
        int tight = 0;
        for (int i = 0; i < STRUCTS; i++) {
            long seed = SEED + i;
            RandomStructs structs = new RandomStructs(seed);
            StructLayout layout = structs.plain(2 + new Random(seed).nextInt(4));
            AccessMap access = Resolution.resolve(layout, structs.profile(layout));
            LayoutCostEvaluator evaluator = new LayoutCostEvaluator(Workload.of(access, 8), new CostModel(machine));
            DecomposedStruct struct = StructDecomposer.of(OpenedStruct.whole(layout))
                    .touchedBy(evaluator.workload().fields());
            Placement anywhere = new Placement(1L << new Random(seed).nextInt(5), "test");
            double bound = new RelaxedBound(evaluator, anywhere, layout.byteAlignment(), new SearchEffort(1_000_000))
                    .bound()
                    .value();

            List<Double> all = new ArrayList<>();
            everyOrder(
                    struct,
                    new long[struct.units().size()],
                    1,
                    struct.units().get(0).byteSize(),
                    (offsets, end) -> all.add(evaluator
                            .figures(
                                    MoveUnit.moved(evaluator.workload().fields(), struct.units(), offsets), 0, anywhere)
                            .modelNanosPerSecond()));
            double least = all.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
            assertThat(least)
                    .as("seed %d: %s at %s", seed, layout.slots(), anywhere)
                    .isGreaterThanOrEqualTo(bound * (1 - 1e-9));
            tight += least <= bound * CLOSE ? 1 : 0;
        }
        assertThat(tight).as("bounds that are reached").isPositive();
    }

    @Test
    void fields_that_may_straddle_two_lines_count_with_half_their_size() {
        StructLayout layout = NotationReader.read("s.c", "struct s { int a[3]; int b[3]; int c[3]; int d[3]; };")
                .get(0);
        List<Access> all = List.of("a", "b", "c", "d").stream()
                .map(field -> Access.of(field, AccessKind.READ, 0))
                .toList();
        StructProfile profile = new StructProfile(
                "s",
                "test",
                List.of(new Role("all", new Cpus.All())),
                List.of(new Operation("look", "all", 1e6, all)),
                List.of(),
                "test");
        LayoutCostEvaluator evaluator =
                new LayoutCostEvaluator(Workload.of(Resolution.resolve(layout, profile), 8), new CostModel(machine));
        Placement onLine16 = new Placement(LINE, "test");

        RelaxedBound relaxation = new RelaxedBound(evaluator, onLine16, 4, new SearchEffort(100_000));

        double today =
                evaluator.figures(evaluator.workload().fields(), 48, onLine16).modelNanosPerSecond();
        assertThat(relaxation.bound().value()).as("three lines, all full").isLessThanOrEqualTo(today);
    }

    private interface Taker {
        void take(long[] offsets, long end);
    }

    private double cost(LayoutCostEvaluator evaluator, DecomposedStruct struct, long[] offsets) {
        return evaluator
                .figures(MoveUnit.moved(evaluator.workload().fields(), struct.units(), offsets), 0, onLine)
                .modelNanosPerSecond();
    }

    /** Tries all orders; the first member stays, and {@code placed} is the set of members that have an offset. */
    private void everyOrder(DecomposedStruct struct, long[] offsets, int placed, long end, Taker taker) {
        int count = offsets.length;
        if (placed == (1 << count) - 1) {
            taker.take(offsets, end);
            return;
        }
        for (int i = 1; i < count; i++) {
            if ((placed & 1 << i) == 0) {
                MoveUnit unit = struct.units().get(i);
                long tight = unit.startFrom(end);
                long next = DecomposedStruct.roundUp(end, LINE);
                for (long start : tight == next ? new long[] {tight} : new long[] {tight, next}) {
                    offsets[i] = start;
                    everyOrder(struct, offsets, placed | 1 << i, start + unit.byteSize(), taker);
                }
            }
        }
    }
}
