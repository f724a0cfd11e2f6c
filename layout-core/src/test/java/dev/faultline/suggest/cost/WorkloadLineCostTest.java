package dev.faultline.suggest.cost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.cost.Cost;
import dev.faultline.cost.LineMap;
import dev.faultline.cost.Step;
import dev.faultline.cost.Workload;
import dev.faultline.cost.closedform.CostModel;
import dev.faultline.layout.ByteRange;
import dev.faultline.layout.FieldRef;
import dev.faultline.suggest.packing.Bin;
import dev.faultline.suggest.packing.Packing;
import dev.faultline.suggest.packing.PackingSolution;
import dev.faultline.suggest.packing.RandomPackings;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class WorkloadLineCostTest {

    private static final long SEED = Long.getLong("faultline.seed", 1);
    private static final int WORKLOADS = 150;
    private static final double ROUNDING = 1e-12;

    /** Rates from nearly none to more than any line can serve. */
    private static RandomPackings random(long seed) {
        return new RandomPackings(seed, 3 + (int) (seed % 8), Math.pow(10, seed % 8));
    }

    private static BitSet some(Random random, int of) {
        BitSet some = new BitSet();
        for (int i = 0; i < of; i++) {
            some.set(i, random.nextBoolean());
        }
        return some;
    }

    @Test
    void a_line_with_one_more_item_never_costs_less_and_an_empty_one_nothing() {
        for (long seed = SEED; seed < SEED + WORKLOADS; seed++) {
            RandomPackings problem = random(seed);
            WorkloadLineCost cost = problem.cost();
            assertThat(cost.nanosPerSecond(new BitSet())).isZero();
            for (int i = 0; i < 60; i++) {
                BitSet items = some(problem.random, problem.fields);
                double before = cost.nanosPerSecond(items);
                for (int item = items.nextClearBit(0); item < problem.fields; item = items.nextClearBit(item + 1)) {
                    BitSet more = (BitSet) items.clone();
                    more.set(item);
                    assertThat(cost.nanosPerSecond(more))
                            .as("seed %d: %s and %d", seed, items, item)
                            .isGreaterThanOrEqualTo(before * (1 - ROUNDING));
                }
            }
        }
    }

    @Test
    void below_the_limit_lines_without_a_common_operation_never_cost_less_as_one() {
        int compared = 0;
        for (long seed = SEED; seed < SEED + WORKLOADS; seed++) {
            RandomPackings problem = new RandomPackings(seed, 3 + (int) (seed % 8), 10);
            WorkloadLineCost cost = problem.cost();
            Workload workload = problem.workload();
            for (int i = 0; i < 20; i++) {
                BitSet tasks = some(problem.random, workload.tasks().size());
                BitSet one = onlyBy(problem, workload, tasks);
                tasks.flip(0, workload.tasks().size());
                BitSet other = onlyBy(problem, workload, tasks);
                BitSet both = (BitSet) one.clone();
                both.or(other);
                double apart = cost.coherenceNanosPerSecond(one) + cost.coherenceNanosPerSecond(other);
                compared += apart > 0 && !one.isEmpty() && !other.isEmpty() ? 1 : 0;
                assertThat(cost.coherenceNanosPerSecond(both))
                        .as("seed %d: %s and %s", seed, one, other)
                        .isGreaterThanOrEqualTo(apart * (1 - 1e-9) - 1e-9);
            }
        }
        assertThat(compared).isGreaterThan(50);
    }

    /** {@return the fields that only these tasks touch} */
    private static BitSet onlyBy(RandomPackings problem, Workload workload, BitSet tasks) {
        BitSet fields = new BitSet();
        for (int item = 0; item < problem.fields; item++) {
            int field = workload.indexOf(problem.refs().get(item));
            boolean only = field >= 0;
            for (int task = 0; task < workload.tasks().size(); task++) {
                for (Step step : workload.tasks().get(task).steps()) {
                    only &= step.field() != field || tasks.get(task);
                }
            }
            fields.set(item, only);
        }
        return fields;
    }

    @Test
    void items_of_equal_signatures_are_one_to_a_line() {
        int equal = 0;
        for (long seed = SEED; seed < SEED + WORKLOADS; seed++) {
            RandomPackings problem = new RandomPackings(seed, 12, 1e4);
            WorkloadLineCost cost = problem.cost();
            for (int one = 0; one < problem.fields; one++) {
                for (int other = 0; other < one; other++) {
                    if (cost.signature(one).equals(cost.signature(other))) {
                        equal++;
                        BitSet with = some(problem.random, problem.fields);
                        with.set(one);
                        with.clear(other);
                        double alone = cost.nanosPerSecond(with);
                        with.set(other);
                        assertThat(cost.nanosPerSecond(with)).isEqualTo(alone);
                        with.clear(one);
                        assertThat(cost.nanosPerSecond(with)).isEqualTo(alone);
                    }
                }
            }
        }
        assertThat(equal).isGreaterThan(WORKLOADS);
    }

    /**
     * Counts pairs of layouts of one workload that rank differently by the line costs and by the model of the
     * reports. The busiest line of each is busy for less than a fifth of the time, and their costs differ by more
     * than a given share.
     */
    private static final class Ranks {
        final double from;
        int pairs;
        int reversed;
        double worst;

        Ranks(double from) {
            this.from = from;
        }

        void compare(double[] one, double[] other) {
            if (one[0] > other[0] * (1 + from)) {
                pairs++;
                if (one[1] < other[1] * (1 - PackingSolution.ROUNDING)) {
                    reversed++;
                    worst = Math.max(worst, one[0] / other[0] - 1);
                }
            }
        }

        double part() {
            return (double) reversed / pairs;
        }
    }

    /**
     * The line costs leave out queues, retries, stalls that lengthen gaps, waits for stores in the store buffer, and
     * terms that are not monotone. 173 of the 1878 pairs that differ by more than 1 % rank differently, 64 of 1440 that
     * differ by more than 10 %, and 27 of 924 that differ by more than 30 %. Half of all costs were within 0.91 and
     * 1.06 times those of the reports, nine in ten within 0.70 and 1.22.
     */
    @Tag("slow")
    @Test
    void layouts_rank_as_by_the_model_of_the_reports_except_for_small_differences() {
        Ranks[] ranks = {new Ranks(0.01), new Ranks(0.1), new Ranks(0.3)};
        List<Double> ratios = new ArrayList<>();
        for (long seed = SEED; seed < SEED + 200; seed++) {
            List<double[]> layouts = layouts(seed);
            for (double[] one : layouts) {
                ratios.add(one[1] / one[0]);
                for (double[] other : layouts) {
                    for (Ranks some : ranks) {
                        some.compare(one, other);
                    }
                }
            }
        }
        ratios.sort(null);
        assertThat(ranks[0].pairs).isGreaterThan(1_200);
        assertThat(ranks[0].part()).isLessThan(0.10);
        assertThat(ranks[1].part()).isLessThan(0.05);
        assertThat(ranks[2].part()).isLessThan(0.035);
        assertThat(ratios.get(ratios.size() / 2)).isBetween(0.9, 1.1);
    }

    /** {@return the costs of six layouts, by the model of the reports and by line costs} */
    private static List<double[]> layouts(long seed) {
        RandomPackings problem = new RandomPackings(seed, 3 + (int) (seed % 6), Math.pow(10, 1 + seed % 4));
        Workload workload = problem.workload();
        WorkloadLineCost cost = problem.cost();
        CostModel model = new CostModel(problem.machine);
        List<double[]> layouts = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            List<BitSet> lines = lines(problem);
            Cost truth = model.cost(workload, map(problem, workload, lines));
            double nanos = truth.nanosPerSecond(workload);
            if (truth.utilisation() < 0.2 && nanos > 0) {
                layouts.add(new double[] {
                    nanos, lines.stream().mapToDouble(cost::nanosPerSecond).sum()
                });
            }
        }
        return layouts;
    }

    /** {@return fields on random lines where they fit} */
    private static List<BitSet> lines(RandomPackings problem) {
        List<BitSet> lines = new ArrayList<>();
        int most = 1 + problem.random.nextInt(problem.fields);
        for (int i = 0; i < problem.fields; i++) {
            lines.add(new BitSet());
        }
        Packing packing = new Packing(64, problem.items(), List.of(Bin.empty(64)), problem.cost());
        for (int item = 0; item < problem.fields; item++) {
            int line = problem.random.nextInt(most);
            lines.get(line).set(item);
            while (packing.places(0, lines.get(line)).isEmpty()) {
                lines.get(line).clear(item);
                line = (line + 1) % problem.fields;
                lines.get(line).set(item);
            }
        }
        return lines;
    }

    private static LineMap map(RandomPackings problem, Workload workload, List<BitSet> lines) {
        FieldRef[] moved = new FieldRef[workload.fields().size()];
        Packing packing = new Packing(64, problem.items(), List.of(Bin.empty(64)), problem.cost());
        for (int line = 0; line < lines.size(); line++) {
            for (Map.Entry<Integer, ByteRange> place :
                    packing.places(0, lines.get(line)).orElseThrow().entrySet()) {
                FieldRef field = problem.refs().get(place.getKey());
                if (workload.indexOf(field) >= 0) {
                    moved[workload.indexOf(field)] = new FieldRef(
                            field.path(), field.type(), place.getValue().plus(64L * line), field.bits());
                }
            }
        }
        return LineMap.of(List.of(moved), 64, 0);
    }
}
