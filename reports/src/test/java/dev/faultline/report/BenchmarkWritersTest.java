package dev.faultline.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.measure.Benchmark;
import dev.faultline.measure.Contestant;
import dev.faultline.measure.Environment;
import dev.faultline.measure.Predicted;
import dev.faultline.measure.Published;
import dev.faultline.measure.RunEffort;
import dev.faultline.measure.Scenario;
import dev.faultline.measure.Score;
import dev.faultline.report.build.BenchmarkDocument;
import dev.faultline.report.html.HtmlWriter;
import dev.faultline.report.json.JsonBenchmarkWriter;
import dev.faultline.report.markdown.MarkdownWriter;
import dev.faultline.report.text.TextStyle;
import dev.faultline.report.text.TextWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Made-up scores, so that what must be printed is known. */
class BenchmarkWritersTest {

    private static final Environment BOX =
            new Environment("Test Processor 9000", "Test VM 17", "Linux 6 amd64", List.of(0, 1), true);

    private static Score score(String role, double... forks) {
        return new Score(role, Arrays.stream(forks).mapToObj(List::of).toList());
    }

    private static Scenario contended() {
        return new Scenario(
                "contended",
                "get a reference, read two fields, put it",
                2,
                List.of(
                        new Contestant(
                                "loop", "a loop", List.of(score("each", 60, 62, 64, 66)), Map.of("retries", 0.25)),
                        new Contestant("add", "an add", List.of(score("each", 30, 31, 32, 33)), Map.of()),
                        new Contestant("slow", "a lock", List.of(score("each", 1200, 1300, 1400, 1500)), Map.of()),
                        new Contestant("same", "a loop", List.of(score("each", 60, 62, 64, 66)), Map.of())),
                Optional.empty(),
                List.of(
                        Published.speedup("add", "loop", 1.2, 4.7, "112 CPUs, which do nothing but that", "a letter"),
                        Published.nanos("add", 9.5, "an old Xeon", "a posting"),
                        Published.count("loop", "retries", 8, "112 CPUs", "a letter"),
                        Published.nanos("other", 0.5, "an old Xeon", "a posting")));
    }

    private static Scenario oneToOne() {
        return new Scenario(
                "one-to-one",
                "hand over",
                2,
                List.of(new Contestant(
                        "queue", "q", List.of(score("producer", 9, 9, 9, 9), score("consumer", 8, 8, 8, 8)), Map.of())),
                Optional.empty(),
                List.of());
    }

    private static Scenario busy() {
        return new Scenario(
                "uncontended",
                "get and put",
                1,
                List.of(),
                Optional.of("the CPUs were not free (working together each did 60 % of what it does alone)"),
                List.of(Published.nanos("add", 9.5, "an old Xeon", "a posting")));
    }

    /** The second layout is faster as predicted, slower where it should be faster, and alone in one operation. */
    private static Scenario layouts(Optional<String> inconclusive) {
        List<Contestant> contestants = List.of(
                new Contestant(
                        "route@1",
                        "a layout",
                        List.of(score("all operations", 60, 62, 64, 66), score("sender: send", 60, 62, 64, 66)),
                        Map.of()),
                new Contestant(
                        "build/route.o#route@2",
                        "another",
                        List.of(
                                score("all operations", 30, 31, 32, 33),
                                score("sender: send", 90, 93, 96, 99),
                                score("sender: drop", 5, 5, 5, 5)),
                        Map.of()));
        return new Scenario(
                "from the start of a line",
                "routes",
                2,
                inconclusive.isPresent() ? List.of() : contestants,
                inconclusive,
                List.of(),
                List.of(
                        new Predicted("route@1", "all operations", 70),
                        new Predicted("route@1", "sender: send", 70),
                        new Predicted("build/route.o#route@2", "all operations", 35),
                        new Predicted("build/route.o#route@2", "sender: send", 69.5),
                        new Predicted("build/route.o#route@2", "sender: drop", 4)));
    }

    private static Benchmark remarked(Scenario scenario) {
        Benchmark plain = benchmark(scenario);
        return new Benchmark(
                plain.suite(),
                plain.summary(),
                plain.environment(),
                plain.effort(),
                plain.scenarios(),
                Map.of("played", "as fast as each thread can"));
    }

    private static Benchmark benchmark(Scenario... scenarios) {
        return new Benchmark("test", "made-up things", BOX, new RunEffort(4, 2, 3, 150), List.of(scenarios));
    }

    private static String text(Benchmark benchmark, boolean color) throws IOException {
        StringWriter out = new StringWriter();
        new TextWriter(out, new TextStyle(color, 80)).write(BenchmarkDocument.of(benchmark));
        return out.toString();
    }

    private static String json(Benchmark benchmark) throws IOException {
        StringWriter out = new StringWriter();
        new JsonBenchmarkWriter(out).write(benchmark);
        return out.toString();
    }

    @Test
    void text_says_how_it_was_measured_and_shows_roles_ratios_counts_and_published_figures() throws IOException {
        assertThat(text(benchmark(contended(), oneToOne(), busy()), false)).isEqualTo("""
                test: made-up things: some scenarios are inconclusive
                machine    Test Processor 9000, CPUs 0, 1, threads pinned
                java       Test VM 17 on Linux 6 amd64
                measured   4 forks of each, alternating, of 3 x 150 ms after 2 x 150 ms; ns of
                           one thread, the median of the forks' medians, in an interval of 88 %;
                           ratios, by ranks, in one of at least 95 %

                contended, 2 threads: get a reference, read two fields, put it
                  contestant  ns/op      interval  as fast      interval
                  loop         63.0    60.0..66.0       1x
                  add          31.5    30.0..33.0    2.00x    1.82..2.20
                  slow        1,350  1,200..1,500   0.047x  0.040..0.055
                  same         63.0    60.0..66.0    1.00x   0.909..1.10
                  loop: 0.250 retries an operation
                  published: add 1.20x to 4.70x as fast as loop (112 CPUs, which do nothing
                    but that; a letter); here 2.00x
                  published: add 9.50 ns (an old Xeon; a posting); here 31.5 ns
                  published: loop 8.00 retries an operation (112 CPUs; a letter); here 0.250
                  published: other 0.500 ns (an old Xeon; a posting); here not measured

                one-to-one, 2 threads: hand over
                  contestant       ns/op    interval  as fast
                  queue, producer   9.00  9.00..9.00       1x
                  queue, consumer   8.00  8.00..8.00       1x

                uncontended, 1 thread: get and put
                  inconclusive: the CPUs were not free (working together each did 60 % of what
                    it does alone)
                  published: add 9.50 ns (an old Xeon; a posting); here not measured
                """);
    }

    @Test
    void text_fits_80_columns_and_colour_adds_escapes_and_nothing_else() throws IOException {
        String plain = text(benchmark(contended(), busy()), false);
        String colored = text(benchmark(contended(), busy()), true);

        assertThat(plain.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
        assertThat(colored).contains("\u001b[1;32madd\u001b[0m", "\u001b[1;31mslow\u001b[0m");
        assertThat(colored.replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(plain);
    }

    @Test
    void nothing_that_was_inconclusive_has_a_ratio_in_either_format() throws IOException {
        assertThat(text(benchmark(busy()), false)).doesNotContain("1x", "ns/op", "interval", "pinned");
        assertThat(json(benchmark(busy())))
                .contains("\"conclusive\":false", "\"inconclusive\":\"the CPUs were not free", "\"contestants\":[]")
                .doesNotContain("\"speedup\":", "\"measured\":");
    }

    @Test
    void text_shows_layouts_role_by_role_with_what_was_predicted_and_whether_the_sign_is_right() throws IOException {
        String text = text(remarked(layouts(Optional.empty())), false);
        assertThat(text).contains("played     as fast as each thread can\n").endsWith("""
                from the start of a line, 2 threads: routes
                all operations
                                                               as                            as
                  contestant             ns/op    interval   fast    interval  predicted   fast
                  route@1                 63.0  60.0..66.0     1x                   70.0     1x
                  build/route.o#route@2   31.5  30.0..33.0  2.00x  1.82..2.20       35.0  2.00x
                  build/route.o#route@2: faster, as predicted (within 1.5 times)

                sender: send
                                                              as                              as
                  contestant           ns/op    interval    fast      interval  predicted   fast
                  route@1               63.0  60.0..66.0      1x                     70.0     1x
                  build/route.o#route@2
                                        94.5  90.0..99.0  0.667x  0.606..0.733       69.5  1.01x
                  build/route.o#route@2: slower; predicted was no difference

                sender: drop
                  contestant             ns/op    interval  as fast  predicted  as fast
                  build/route.o#route@2   5.00  5.00..5.00       1x       4.00       1x
                  only in build/route.o#route@2
                """);
    }

    /** The second is below three times what the clock tells, as a single store is. */
    private static Scenario tooShort() {
        List<List<Double>> forks = List.of(List.of(1e-4), List.of(1e-4), List.of(1e-4), List.of(1e-4));
        return new Scenario(
                "from the start of a line",
                "stores",
                2,
                List.of(
                        new Contestant("s@1", "a layout", List.of(score("io: put", 60, 62, 64, 66)), Map.of()),
                        new Contestant("s@2", "another", List.of(new Score("io: put", forks, 0.4)), Map.of())),
                Optional.empty(),
                List.of(),
                List.of(new Predicted("s@1", "io: put", 300), new Predicted("s@2", "io: put", 8)));
    }

    @Test
    void what_is_too_short_to_be_timed_has_no_number_no_ratio_and_says_so_in_every_format() throws IOException {
        Benchmark found = remarked(tooShort());
        assertThat(text(found, false)).endsWith("""
                io: put
                  contestant  ns/op    interval  as fast  predicted  as fast
                  s@1          63.0  60.0..66.0       1x        300       1x
                  s@2         <1.20   too short        -       8.00    37.5x
                  s@1: takes 4.8 times less time than predicted
                  s@2: too short to be timed alone; no ratio is told
                """);
        StringWriter html = new StringWriter();
        HtmlWriter page = new HtmlWriter(html);
        page.write(BenchmarkDocument.of(found));
        page.end();
        StringWriter markdown = new StringWriter();
        MarkdownWriter note = new MarkdownWriter(markdown);
        note.write(BenchmarkDocument.of(found));
        note.end();
        assertThat(html.toString()).contains("below 1.20 ns, too short to be timed", "&lt;1.20");
        assertThat(markdown.toString()).contains("1.20", "too short");
        assertThat(text(found, false) + html + markdown).doesNotContain("0.000", "600,000x");
        assertThat(json(found))
                .contains("\"resolutionNanos\":0.4,\"tooShort\":true")
                .doesNotContain("\"baseline\"", "\"verdict\"", "\"asMeasured\"");
    }

    @Test
    void of_layouts_that_were_inconclusive_only_the_prediction_is_left() throws IOException {
        Benchmark busy = remarked(layouts(Optional.of("the CPUs were not free")));
        assertThat(text(busy, false))
                .contains("  inconclusive: the CPUs were not free\n")
                .contains("  predicted: route@1, all operations: 70.0 ns\n")
                .contains("  predicted: build/route.o#route@2, all operations: 35.0 ns, 2.00x\n")
                .doesNotContain("faster", "slower", "ns/op", "interval");
        assertThat(json(busy))
                .contains("\"role\":\"all operations\",\"nanosPerOp\":35.0,\"speedup\":2.0}")
                .doesNotContain("asMeasured");
    }

    @Test
    void json_says_of_each_prediction_whether_it_was_measured_so() throws IOException {
        assertThat(json(remarked(layouts(Optional.empty()))))
                .contains("\"remarks\":{\"played\":\"as fast as each thread can\"}")
                .contains("\"role\":\"all operations\",\"nanosPerOp\":35.0,\"speedup\":2.0,\"asMeasured\":true,"
                        + "\"verdict\":\"faster, as predicted (within 1.5 times)\"}")
                .contains("\"role\":\"sender: send\",\"nanosPerOp\":69.5,\"speedup\":1.00719,\"asMeasured\":false,"
                        + "\"verdict\":\"slower; predicted was no difference\"}")
                .contains("\"role\":\"sender: drop\",\"nanosPerOp\":4.0}");
    }

    @Test
    void json_has_every_iteration_and_the_baseline_of_every_ratio() throws IOException {
        assertThat(json(benchmark(contended(), oneToOne())))
                .startsWith("{\"schema\":\"faultline/1\",\"benchmark\":{\"suite\":\"test\"")
                .contains("\"forks\":[[60.0],[62.0],[64.0],[66.0]]")
                .contains("\"nanosPerOp\":{\"low\":30.0,\"estimate\":31.5,\"high\":33.0,\"confidence\":0.875}")
                .contains("\"baseline\":\"loop\",\"speedup\":{\"low\":1.81818,\"estimate\":2.0")
                .contains("\"countsPerOp\":{\"retries\":0.25}")
                .contains("\"kind\":\"speedup\",\"of\":\"loop\",\"low\":1.2,\"high\":4.7")
                .endsWith("\n");
    }

    @Test
    void too_few_forks_are_said_to_be_too_few_for_ratios() throws IOException {
        Scenario few = new Scenario(
                "contended",
                "get",
                2,
                List.of(
                        new Contestant("loop", "a", List.of(score("each", 60)), Map.of()),
                        new Contestant("add", "b", List.of(score("each", 30)), Map.of())),
                Optional.empty(),
                List.of());
        String text =
                text(new Benchmark("test", "made-up things", BOX, new RunEffort(1, 1, 1, 1), List.of(few)), false);

        assertThat(text.replaceAll("\\s+", " "))
                .contains("too few forks for ratios, which need 4", "add 30.0 30.0..30.0 -");
    }
}
