package dev.faultline.suggest.packing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.faultline.suggest.verify.PackingVerifier;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** From a poor solution without a bound to the optimum, proved; with too little effort, no worse and not proved. */
class ExhaustiveSearchTest {

    private static final int PROBLEMS = 120;
    private static final long SEED = Long.getLong("faultline.seed", 1);

    @Tag("slow")
    @Test
    void the_solution_equals_brute_force() {
        int tried = 0;
        for (long seed = SEED; seed < SEED + PROBLEMS; seed++) {
            Packing packing = new RandomPackings(seed, 2 + (int) (seed % 8), 1e4).packing();
            Optional<PackingSolution> poor = anySolution(packing);
            if (poor.isPresent()) {
                double least = SubsetProgram.least(packing);

                PackingSolution closed = ExhaustiveSearch.closeGap(packing, poor.get(), new SearchEffort(10_000_000));

                assertThat(closed.cost()).as("seed %d", seed).isCloseTo(least, within(1e-9 * least));
                assertThat(closed.gap()).as("seed %d", seed).isZero();
                PackingSolution priced = new PackingSolution(closed.lines(), closed.cost(), prices(packing, closed));
                assertThat(PackingVerifier.complaints(packing, priced))
                        .as("seed %d", seed)
                        .isEmpty();
                tried += closed.cost() < poor.get().cost() ? 1 : 0;
            }
        }
        assertThat(tried).as("solutions improved").isGreaterThan(PROBLEMS / 10);
    }

    @Test
    void with_too_little_effort_the_solution_is_no_worse_and_its_bound_is_valid() {
        int open = 0;
        for (long seed = SEED; seed < SEED + PROBLEMS; seed++) {
            Packing packing = new RandomPackings(seed, 8, 1e4).packing();
            Optional<PackingSolution> poor = anySolution(packing);
            if (poor.isPresent()) {
                PackingSolution closed = ExhaustiveSearch.closeGap(packing, poor.get(), new SearchEffort(3));

                assertThat(closed.cost()).isLessThanOrEqualTo(poor.get().cost());
                assertThat(closed.bound().value())
                        .as("seed %d", seed)
                        .isLessThanOrEqualTo(SubsetProgram.least(packing) * (1 + 1e-9));
                open += closed.gap() > 0 ? 1 : 0;
            }
        }
        assertThat(open).as("left open").isPositive();
    }

    /** Any prices will do: the verifier decides by itself whether a packing undercuts the value. */
    private static LowerBound prices(Packing packing, PackingSolution closed) {
        List<Double> free = java.util.Collections.nCopies(packing.items().size(), 0.0);
        return new LowerBound(closed.bound().value(), closed.bound().how(), free);
    }

    /** Puts each item in the first bin that has room. */
    private static Optional<PackingSolution> anySolution(Packing packing) {
        List<BitSet> lines = new ArrayList<>();
        packing.bins().forEach(bin -> lines.add(bin.fixed()));
        for (int item : packing.loose().stream().toArray()) {
            boolean placed = false;
            for (int bin = 0; bin < lines.size() && !placed; bin++) {
                BitSet added = (BitSet) lines.get(bin).clone();
                added.andNot(packing.bins().get(bin).fixed());
                added.set(item);
                placed = packing.places(bin, added).map(Map::size).isPresent();
                if (placed) {
                    lines.get(bin).set(item);
                }
            }
            if (!placed) {
                return Optional.empty();
            }
        }
        double cost = lines.stream()
                .mapToDouble(line -> packing.cost().nanosPerSecond(line))
                .sum();
        return Optional.of(new PackingSolution(lines, cost, new LowerBound(0, "none", List.of())));
    }
}
