package dev.faultline.reorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class PackingSolverTest {

    private static final int PROBLEMS = 1_000;
    /** So many fields that 3 to the power of them are tried, once a line: mostly few, now and then a dozen. */
    private static final int[] FIELDS = {2, 4, 5, 6, 7, 8, 8, 9, 9, 10};

    private static final long SEED = Long.getLong("faultline.seed", 1);

    private static RandomPackings random(long seed) {
        int fields = seed % 100 == 0 ? 12 : FIELDS[(int) (seed % FIELDS.length)];
        return new RandomPackings(seed, fields, Math.pow(10, 2 + seed % 4));
    }

    @Test
    void over_random_structs_profiles_and_lines_it_equals_brute_force() {
        int solved = 0;
        for (long seed = SEED; seed < SEED + PROBLEMS; seed++) {
            Packing packing = random(seed).packing();
            double least = SubsetProgram.least(packing);
            Optional<Packed> packed = PackingSolver.solve(packing, Effort.USUAL);

            assertThat(packed.isPresent()).as("seed %d", seed).isEqualTo(least < Double.POSITIVE_INFINITY);
            if (packed.isPresent()) {
                solved++;
                assertThat(packed.get().cost()).as("seed %d", seed).isCloseTo(least, within(1e-9 * least));
                assertThat(packed.get().bound().value()).as("seed %d", seed).isLessThanOrEqualTo(least * (1 + 1e-9));
                assertThat(packed.get().gap()).as("seed %d", seed).isZero();
            }
        }
        System.err.println("solved " + solved);
        assertThat(solved).isGreaterThan(PROBLEMS / 2);
    }
}
