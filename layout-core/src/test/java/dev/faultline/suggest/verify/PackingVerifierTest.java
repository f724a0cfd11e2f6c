package dev.faultline.suggest.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.suggest.packing.Bin;
import dev.faultline.suggest.packing.CutDual;
import dev.faultline.suggest.packing.Item;
import dev.faultline.suggest.packing.LowerBound;
import dev.faultline.suggest.packing.Packing;
import dev.faultline.suggest.packing.PackingSolution;
import dev.faultline.suggest.packing.PackingSolver;
import dev.faultline.suggest.packing.RandomPackings;
import dev.faultline.suggest.packing.SearchEffort;
import dev.faultline.suggest.packing.SubsetProgram;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PackingVerifierTest {

    private static final int PROBLEMS = 300;
    private static final long SEED = Long.getLong("faultline.seed", 1);

    private static RandomPackings random(long seed) {
        return new RandomPackings(seed, 4 + (int) (seed % 8), Math.pow(10, 2 + seed % 4));
    }

    @Tag("slow")
    @Test
    void solutions_are_valid_with_much_and_with_little_effort() {
        int closedByPrices = 0;
        int closedBySearch = 0;
        int open = 0;
        for (long seed = SEED; seed < SEED + PROBLEMS; seed++) {
            Packing packing = random(seed).packing();
            for (long nodes : new long[] {1, 300, SearchEffort.USUAL.nodes()}) {
                Optional<PackingSolution> packed = PackingSolver.solve(packing, new SearchEffort(nodes));
                if (packed.isPresent()) {
                    assertThat(PackingVerifier.complaints(packing, packed.get()))
                            .as("seed %d, %d nodes", seed, nodes)
                            .isEmpty();
                    open += packed.get().gap() > 0 ? 1 : 0;
                    closedBySearch += packed.get().gap() == 0
                                    && packed.get().bound().how().contains("exact")
                            ? 1
                            : 0;
                    closedByPrices += packed.get().gap() == 0
                                    && !packed.get().bound().how().contains("exact")
                            ? 1
                            : 0;
                }
            }
        }
        assertThat(open).isGreaterThan(50);
        assertThat(closedByPrices).isGreaterThan(100);
        assertThat(closedBySearch).isGreaterThan(10);
    }

    @Tag("slow")
    @Test
    void a_tampered_solution_is_rejected() {
        int moved = 0;
        int swollen = 0;
        for (long seed = SEED; seed < SEED + PROBLEMS / 3; seed++) {
            Packing packing = random(seed).packing();
            Optional<PackingSolution> solved = PackingSolver.solve(packing, SearchEffort.USUAL);
            if (solved.isEmpty() || solved.get().cost() == 0 || packing.loose().isEmpty()) {
                continue;
            }
            PackingSolution packed = solved.get();
            int item = packing.loose().nextSetBit(0);

            assertRejected(seed, packing, withLines(packed, lines -> lines.forEach(line -> line.clear(item))));
            assertRejected(seed, packing, withLines(packed, lines -> lines.remove(0)));
            if (packing.bins().size() > 1) {
                assertRejected(seed, packing, withLines(packed, lines -> lines.forEach(line -> line.set(item))));
                List<BitSet> elsewhere = move(packed.lines(), item);
                double cost = elsewhere.stream()
                        .mapToDouble(packing.cost()::nanosPerSecond)
                        .sum();
                if (Math.abs(cost - packed.cost()) > 1e-6 * cost) {
                    moved++;
                    assertRejected(seed, packing, new PackingSolution(elsewhere, packed.cost(), packed.bound()));
                }
            }
            assertRejected(seed, packing, new PackingSolution(packed.lines(), packed.cost() * 1.001, packed.bound()));
            assertRejected(
                    seed,
                    packing,
                    new PackingSolution(packed.lines(), packed.cost(), value(packed, packed.cost() * 1.001)));
            List<BitSet> worse = move(packed.lines(), item);
            double more =
                    worse.stream().mapToDouble(packing.cost()::nanosPerSecond).sum();
            if (more > packed.cost() * 1.001) { // not optimal, but with an equally high bound
                swollen++;
                assertRejected(seed, packing, new PackingSolution(worse, more, value(packed, more)));
                assertThat(new CertificateChecker(packing, packed.bound(), 10_000_000).undercuts(more))
                        .isEqualTo(undercut(packing, more));
            }
        }
        assertThat(moved).isGreaterThan(20);
        assertThat(swollen).isGreaterThan(20);
    }

    @Tag("slow")
    @Test
    void wrong_prices_prove_less_and_forbidden_ones_nothing() {
        int less = 0;
        for (long seed = SEED; seed < SEED + PROBLEMS / 3; seed++) {
            Packing packing = new RandomPackings(seed, 16, 1e4).packing();
            Optional<PackingSolution> solved = PackingSolver.solve(packing, new SearchEffort(20_000));
            if (solved.isEmpty() || packing.loose().isEmpty()) {
                continue;
            }
            PackingSolution packed = solved.get();
            LowerBound bound = packed.bound();
            CertificateChecker honest = new CertificateChecker(packing, bound, 1_000_000);
            List<Double> tripled =
                    bound.prices().stream().map(price -> 3 * price).toList();
            List<Double> none = Collections.nCopies(bound.prices().size(), 0.0);
            less += new CertificateChecker(packing, prices(bound, tripled), 1_000_000).bound() < honest.bound() * 0.999
                    ? 1
                    : 0;
            less += new CertificateChecker(packing, prices(bound, none), 1_000_000).bound() < honest.bound() * 0.999
                    ? 1
                    : 0;

            List<Double> negative = new ArrayList<>(bound.prices());
            negative.set(packing.loose().nextSetBit(0), -1.0);
            assertRejected(seed, packing, new PackingSolution(packed.lines(), packed.cost(), prices(bound, negative)));
            assertRejected(seed, packing, new PackingSolution(packed.lines(), packed.cost(), prices(bound, List.of())));
        }
        assertThat(less).isGreaterThan(50);
    }

    /** Nine words need two lines, whatever their cost; prices alone prove only one and an eighth. */
    @Test
    void cut_duals_prove_whole_lines_but_no_more_than_the_bytes_need() {
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            items.add(new Item("f" + i, 8, 8));
        }
        Packing packing = new Packing(64, items, Collections.nCopies(4, Bin.empty(64)), on -> on.isEmpty() ? 0 : 1);
        BitSet all = new BitSet();
        all.set(0, 9);
        List<BitSet> lines = List.of(bits(0, 8), bits(8, 9), new BitSet(), new BitSet());
        List<BitSet> three = List.of(bits(0, 7), bits(7, 8), bits(8, 9), new BitSet());
        List<Double> eighths = Collections.nCopies(9, 0.125);
        List<Double> none = Collections.nCopies(9, 0.0);

        assertThat(new CertificateChecker(packing, new LowerBound(0, "", eighths), 1_000).bound())
                .isEqualTo(1.125);
        assertThat(new CertificateChecker(packing, new LowerBound(0, "", none, List.of(new CutDual(all, 1))), 1_000)
                        .bound())
                .isEqualTo(2);
        assertThat(PackingVerifier.complaints(
                        packing,
                        new PackingSolution(lines, 2, new LowerBound(2, "", none, List.of(new CutDual(all, 1))))))
                .isEmpty();
        assertRejected(
                0, packing, new PackingSolution(three, 3, new LowerBound(3, "", none, List.of(new CutDual(all, 1)))));
        assertRejected(
                0, packing, new PackingSolution(lines, 2, new LowerBound(2, "", none, List.of(new CutDual(all, -1)))));
    }

    private static BitSet bits(int from, int to) {
        BitSet bits = new BitSet();
        bits.set(from, to);
        return bits;
    }

    private static void assertRejected(long seed, Packing packing, PackingSolution packed) {
        assertThat(PackingVerifier.complaints(packing, packed))
                .as("seed %d", seed)
                .isNotEmpty();
    }

    private static CertificateChecker.Verdict undercut(Packing packing, double nanos) {
        return SubsetProgram.least(packing) < nanos ? CertificateChecker.Verdict.YES : CertificateChecker.Verdict.NO;
    }

    private static PackingSolution withLines(PackingSolution packed, java.util.function.Consumer<List<BitSet>> change) {
        List<BitSet> lines = copy(packed.lines());
        change.accept(lines);
        return new PackingSolution(lines, packed.cost(), packed.bound());
    }

    private static List<BitSet> move(List<BitSet> lines, int item) {
        List<BitSet> moved = copy(lines);
        for (int line = 0; line < moved.size(); line++) {
            if (moved.get(line).get(item)) {
                moved.get(line).clear(item);
                moved.get((line + 1) % moved.size()).set(item);
                break;
            }
        }
        return moved;
    }

    private static List<BitSet> copy(List<BitSet> lines) {
        List<BitSet> copies = new ArrayList<>();
        lines.forEach(line -> copies.add((BitSet) line.clone()));
        return copies;
    }

    private static LowerBound value(PackingSolution packed, double value) {
        return new LowerBound(
                value, "exact", packed.bound().prices(), packed.bound().cutDuals());
    }

    private static LowerBound prices(LowerBound bound, List<Double> prices) {
        return new LowerBound(bound.value(), bound.how(), prices, bound.cutDuals());
    }
}
