package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.hazard.Finding;
import dev.faultline.measure.Benchmark;
import dev.faultline.measure.Contestant;
import dev.faultline.measure.Environment;
import dev.faultline.measure.RunEffort;
import dev.faultline.measure.Scenario;
import dev.faultline.measure.Score;
import dev.faultline.report.build.BenchmarkDocument;
import dev.faultline.report.build.StructLinesBuilder;
import dev.faultline.report.build.StructWords;
import dev.faultline.report.document.Document;
import dev.faultline.report.document.DocumentBlock;
import dev.faultline.report.document.Headline;
import dev.faultline.report.document.Tone;
import dev.faultline.report.html.HtmlWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The pictures under {@code docs/pictures}: what they show is checked with every build, and they are taken anew with
 * {@code -Dpictures.update}, which ends the test as failed, so that new pictures do not count as a green build.
 */
@Tag("slow")
class HtmlPicturesTest {

    private static final Path PICTURES = Path.of("docs/pictures");

    @TempDir
    static Path directory;

    private static Browser browser;

    @BeforeAll
    static void open() throws IOException {
        browser = Browser.open();
    }

    @AfterAll
    static void close() throws IOException {
        if (browser != null) {
            browser.close();
        }
        assertThat(System.getProperty("pictures.update"))
                .as("pictures were taken anew: look at them, then run without -Dpictures.update")
                .isNull();
    }

    @Test
    void overview_in_light_and_dark_and_on_a_telephone() throws IOException {
        Path page = inspected("overview.html", "--match", "*");
        look(page, "overview", 1280, 860);
        browser.prefersDark(true);
        look(page, "overview-dark", 1280, 860);
        browser.prefersDark(false);
        browser.phone();
        look(page, "overview-phone", 0, 0);
        browser.reset();
    }

    @Test
    void rtable_with_what_is_wrong_with_it() throws IOException {
        Path page = inspected("rtable.html", "rtable@6.3");
        browser.size(1280, 1040);
        browser.load(page);
        shoot("rtable");
        browser.prefersDark(true);
        shoot("rtable-dark");
        browser.prefersDark(false);
        browser.phone();
        look(page, "rtable-phone", 0, 0);
        browser.reset();
    }

    @Test
    void rtable_before_and_after() throws IOException {
        var before = HtmlPagesTest.analysis("rtable@6.3");
        var after = HtmlPagesTest.analysis("rtable@6.4");
        List<Finding> gone = before.findings().stream()
                .filter(finding -> after.findings().stream()
                        .noneMatch(other -> other.rule().equals(finding.rule())))
                .toList();
        Path page = document(
                "before-after.html",
                Document.of(
                        "rtable, 6.3 and 6.4",
                        Optional.of(Headline.verdict(Tone.GOOD, gone.size() + " findings are gone")),
                        List.of(
                                new DocumentBlock.LineMaps(
                                        List.of(StructLinesBuilder.of(before), StructLinesBuilder.of(after))),
                                new DocumentBlock.Heading("What 6.4 repaired"),
                                new DocumentBlock.Findings(gone.stream()
                                        .map(finding -> StructWords.entry(
                                                finding, before.subject().origins()))
                                        .toList()))));
        look(page, "before-after", 1280, 1240);
        assertThat(browser.all(".maps.two .map")).hasSize(2);
        assertThat(browser.run("""
                const [a, b] = document.querySelectorAll('.map');
                return a.getBoundingClientRect().right <= b.getBoundingClientRect().left
                    && Math.abs(a.getBoundingClientRect().top - b.getBoundingClientRect().top) < 1
                """)).as("side by side").isEqualTo(true);
    }

    @Test
    void cost_over_cpus() throws IOException {
        Path page = directory.resolve("simulate.html");
        Cli.Run run = Cli.run(
                "simulate",
                "rtable@6.3",
                "rtable@6.4",
                "--cpus",
                "1,2,4,8,16,28,56,112",
                "--machine",
                "x86-64",
                "--accesses",
                "2e4",
                "--format",
                "html",
                "-o",
                page.toString());
        assertThat(run.status()).as(run.err()).isZero();
        look(page, "simulate", 1440, 1000);
    }

    @Test
    void intervals_of_a_benchmark() throws IOException {
        look(document("bench.html", BenchmarkDocument.of(pools())), "bench", 900, 1480);
        assertThat(browser.all(".chart")).hasSize(2);
    }

    /**
     * What {@code bench pool} measured once, as docs/performance.md tells it: lowest, median and highest of the forks.
     */
    private static Benchmark pools() {
        List<Contestant> instant = new ArrayList<>();
        instant.add(contestant("slab", "each", 40.1, 40.4, 40.4));
        instant.add(contestant("array-caches", "each", 16.9, 17.1, 19.0));
        instant.add(contestant("magazines", "each", 21.0, 21.1, 21.2));
        instant.add(contestant("qmempool", "each", 23.6, 23.6, 23.9));
        instant.add(contestant("new-object", "each", 15.6, 16.1, 19.0));
        instant.add(contestant("commons-pool", "each", 360, 363, 374));
        instant.add(contestant("netty", "each", 12.9, 12.9, 12.9));
        List<Contestant> across = new ArrayList<>();
        across.add(contestant("slab", "producer", 377, 395, 418));
        across.add(contestant("array-caches", "producer", 70.6, 78.9, 103));
        across.add(contestant("alien-caches", "producer", 113, 117, 121));
        across.add(contestant("magazines", "producer", 82.2, 83.5, 89.4));
        across.add(contestant("deferred", "producer", 142, 148, 157));
        across.add(contestant("qmempool", "producer", 89.7, 94.8, 118));
        across.add(contestant("new-object", "producer", 52.6, 121, 134));
        across.add(contestant("netty", "producer", 156, 157, 170));
        return new Benchmark(
                "pool",
                "objects taken and given back",
                new Environment("Intel Xeon", "OpenJDK 17", "Linux", List.of(0, 1), true),
                new RunEffort(5, 5, 5, 150),
                List.of(
                        new Scenario("instant", "take and give back", 1, instant, Optional.empty(), List.of()),
                        new Scenario("cross-thread", "give back elsewhere", 2, across, Optional.empty(), List.of())));
    }

    private static Contestant contestant(String name, String role, double low, double median, double high) {
        return new Contestant(
                name,
                "a pool",
                List.of(new Score(
                        role, List.of(List.of(low), List.of(median), List.of(median), List.of(median), List.of(high)))),
                Map.of());
    }

    private static Path inspected(String name, String... words) {
        Path file = directory.resolve(name);
        List<String> all = new ArrayList<>(List.of("inspect", "--format", "html", "-o", file.toString()));
        all.addAll(List.of(words));
        Cli.Run run = Cli.run(all.toArray(String[]::new));
        assertThat(run.status()).as(run.err()).isZero();
        return file;
    }

    private static Path document(String name, Document document) throws IOException {
        Path file = directory.resolve(name);
        try (Writer out = Files.newBufferedWriter(file)) {
            HtmlWriter writer = new HtmlWriter(out);
            writer.write(document);
            writer.end();
        }
        return file;
    }

    private static void look(Path page, String name, int width, int height) throws IOException {
        if (width > 0) {
            browser.size(width, height);
        }
        browser.load(page);
        shoot(name);
    }

    /** Checks that no text of a drawing lies on another, and takes the picture when that is asked for. */
    private static void shoot(String name) throws IOException {
        assertThat(browser.run("""
                const found = [];
                for (const svg of document.querySelectorAll('svg')) {
                  const texts = [...svg.querySelectorAll('text')].map(text => [text.textContent, text.getBoundingClientRect()])
                  for (let i = 0; i < texts.length; i++) {
                    for (let j = i + 1; j < texts.length; j++) {
                      const [a, b] = [texts[i][1], texts[j][1]];
                      if (a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 3 && b.top < a.bottom - 3) {
                        found.push(texts[i][0] + ' / ' + texts[j][0]);
                      }
                    }
                  }
                }
                return found;
                """)).as(name).isEqualTo(List.of());
        if (System.getProperty("pictures.update") != null) {
            Files.createDirectories(PICTURES);
            Files.write(PICTURES.resolve(name + ".png"), browser.screenshot());
        }
    }
}
