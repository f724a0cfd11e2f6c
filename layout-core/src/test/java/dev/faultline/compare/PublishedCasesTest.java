package dev.faultline.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.faultline.access.Resolution;
import dev.faultline.analysis.Analyzer;
import dev.faultline.cost.OperationCost;
import dev.faultline.hazard.rules.Catalog;
import dev.faultline.source.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Published changes of layouts are judged as {@code docs/validation.md} says. The test prints the rows of its table;
 * when the model has changed, they replace those of the page, and {@link #RIGHT} is what they count.
 */
class PublishedCasesTest {

    /** How many cases come out as published. */
    private static final int RIGHT = 18;
    /** How far a predicted factor may be from the one on the page, as a share of it. */
    private static final double ROUNDING = 0.05;
    /** The bounds below which a comparison ignores a change of an operation. */
    private static final double LEAST_PART = 0.01;

    private static final double LEAST_NANOS = 0.1;

    private static final Path PAGE = Path.of("../docs/validation.md");
    private static final List<Judged> JUDGED =
            PublishedCase.all().stream().map(PublishedCasesTest::judge).toList();

    /**
     * A case with what the comparison says.
     *
     * @param one the case
     * @param verdict whether it is better, worse or the same
     * @param factor predicted speed after the change over speed before it, of the operations that count
     * @param reason the reason that the comparison gives
     */
    private record Judged(PublishedCase one, Verdict verdict, double factor, String reason) {

        boolean isRight() {
            return verdict == one.published().expected();
        }

        String row() {
            PublishedCase.Published published = one.published();
            String factor = published
                    .factor()
                    .map(value -> String.format(Locale.ROOT, " %.2f", value))
                    .orElse("");
            return String.format(
                    Locale.ROOT,
                    "| %s | [%s](%s) | %s%s%s | %.2f | %s | %s |",
                    one.name(),
                    published.title(),
                    published.source(),
                    published.expected().word(),
                    factor,
                    published.isComparable() ? "" : " (program)",
                    factor(),
                    verdict.word(),
                    isRight() ? "yes" : "**no**");
        }

        @Override
        public String toString() {
            return one.name();
        }
    }

    static List<Judged> judged() {
        return JUDGED;
    }

    @Test
    void each_profile_names_fields_of_both_layouts() {
        assertThat(JUDGED).hasSize(20).extracting(Judged::one).allSatisfy(one -> {
            for (Subject side : List.of(one.before(), one.after())) {
                assertThat(Resolution.resolve(side.layout(), side.profile().orElseThrow())
                                .uses())
                        .as(one.name())
                        .isNotEmpty();
            }
        });
    }

    @ParameterizedTest
    @MethodSource("judged")
    void the_page_says_what_the_comparison_says(Judged judged) throws IOException {
        String row = row(judged.one().name());
        String[] cells = row.split(" \\| ");

        assertThat(cells).as(row).hasSize(6);
        assertThat(withoutFactor(row)).as(judged.reason()).isEqualTo(withoutFactor(judged.row()));
        assertThat(Double.parseDouble(cells[3]))
                .as(judged.row())
                .isCloseTo(judged.factor(), within(ROUNDING * judged.factor()));
    }

    @Test
    void as_many_cases_as_the_page_says_come_out_as_published() throws IOException {
        System.out.println(JUDGED.stream().map(Judged::row).collect(Collectors.joining(System.lineSeparator())));
        Map<Verdict, String> byOutcome = new TreeMap<>();
        for (Verdict outcome : List.of(Verdict.BETTER, Verdict.SAME, Verdict.WORSE)) {
            List<Judged> all = JUDGED.stream()
                    .filter(judged -> judged.one().published().expected() == outcome)
                    .toList();
            long right = all.stream().filter(Judged::isRight).count();
            byOutcome.put(outcome, right + " of " + all.size());
        }

        assertThat(JUDGED.stream().filter(Judged::isRight)).hasSize(RIGHT);
        assertThat(Files.readString(PAGE))
                .contains("**" + RIGHT + " of 20 come out as published**: " + byOutcome.get(Verdict.BETTER)
                        + " gains, " + byOutcome.get(Verdict.SAME) + " changes without\neffect, "
                        + byOutcome.get(Verdict.WORSE) + " losses");
    }

    private static String row(String name) throws IOException {
        return Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| " + name + " |"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no row " + name + " in " + PAGE));
    }

    /** {@return a row of the table without the predicted factor, whose last digit may differ} */
    private static String withoutFactor(String row) {
        return row.replaceFirst(" \\| [0-9.]+ \\| ", " | | ");
    }

    private static Judged judge(PublishedCase one) {
        Comparison comparison =
                new StructComparer(new Analyzer(one.machine(), Catalog.RULES)).compare(one.before(), one.after());
        List<OperationChange> counted = comparison.operations().stream()
                .filter(change ->
                        one.published().counts().map(change.operation()::equals).orElse(true))
                .toList();
        Verdict verdict = comparison.verdict();
        if (one.published().counts().isPresent()) {
            verdict = verdict(counted.get(0));
        } else if (verdict == Verdict.MIXED) {
            verdict = comparison.cpusMore() < 0 ? Verdict.BETTER : Verdict.WORSE;
        }
        return new Judged(one, verdict, factor(counted), comparison.reason());
    }

    private static Verdict verdict(OperationChange change) {
        double whole = Math.max(
                change.before().orElseThrow().totalNanos(),
                change.after().orElseThrow().totalNanos());
        if (Math.abs(change.deltaNanos()) < Math.max(LEAST_NANOS, LEAST_PART * whole)) {
            return Verdict.SAME;
        }
        return change.deltaNanos() < 0 ? Verdict.BETTER : Verdict.WORSE;
    }

    /** {@return time of the operations before over their time after, each as often as before} */
    private static double factor(List<OperationChange> changes) {
        double before = 0;
        double after = 0;
        for (OperationChange change : changes) {
            OperationCost old = change.before().orElseThrow();
            double times = old.ratePerSecond() * old.cpus();
            before += times * old.totalNanos();
            after += times * change.after().orElseThrow().totalNanos();
        }
        return before / after;
    }
}
