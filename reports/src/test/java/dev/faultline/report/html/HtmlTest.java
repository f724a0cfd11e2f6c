package dev.faultline.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.analysis.Analysis;
import dev.faultline.analysis.Analyzer;
import dev.faultline.hazard.rules.Catalog;
import dev.faultline.layout.notation.NotationReader;
import dev.faultline.machine.Machines;
import dev.faultline.report.build.Detail;
import dev.faultline.report.build.StructDocument;
import dev.faultline.report.document.Document;
import dev.faultline.report.document.DocumentBlock;
import dev.faultline.source.Subject;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What can be said of pages without a browser; what they do in one is tested where whole commands are. */
class HtmlTest {

    private static final String TEXT = """
            struct %s {
                    atomic_t count; /* 0 4 */
                    int limit; /* 4 4 */
                    /* size: 8 */
            };
            """;

    @Test
    void nothing_in_a_text_is_a_mark_of_html() {
        assertThat(HtmlEscaper.html("<a href='x'>\"&\u0000\u001e\n</a>"))
                .isEqualTo("&lt;a href=&#39;x&#39;&gt;&quot;&amp;\\u0000\\u001e\\u000a&lt;/a&gt;");
        assertThat(HtmlEscaper.html("länger als €, 𝄞")).isEqualTo("länger als €, 𝄞");
    }

    @Test
    void json_in_a_script_element_cannot_end_it() {
        StringBuilder out = new StringBuilder();
        HtmlEscaper.json("</script><!-- \"\\\n\u001e", out);
        assertThat(out).hasToString("\"\\u003c/script>\\u003c!-- \\u0022\\u005c\\u005cu000a\\u005cu001e\"");
    }

    @Test
    void the_policy_allows_the_one_script_and_the_one_style_that_are_in_the_page() throws Exception {
        String page = page(1);
        for (String element : List.of("script", "style")) {
            Matcher found = Pattern.compile("<" + element + ">(.*?)</" + element + ">", Pattern.DOTALL)
                    .matcher(page);
            assertThat(found.find()).isTrue();
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(found.group(1).getBytes(StandardCharsets.UTF_8));
            assertThat(page)
                    .contains(element + "-src 'sha256-" + Base64.getEncoder().encodeToString(hash) + "'");
            assertThat(found.find()).isFalse();
        }
        assertThat(page)
                .contains("default-src 'none'")
                .doesNotContain("unsafe")
                .doesNotContainPattern("(src|href)=\"http");
    }

    @Test
    void a_few_structs_are_there_to_be_read_and_many_are_packed_behind_an_overview() throws IOException {
        assertThat(page(1))
                .contains("<title>s0</title>", "<h1 tabindex=\"-1\">s0</h1>")
                .doesNotContain("id=\"overview-data\"");
        assertThat(page(HtmlWriter.FEW))
                .contains("<h1>8 structs</h1>", "<h2 tabindex=\"-1\">s7</h2>")
                .doesNotContain("id=\"overview-data\"");
        assertThat(page(HtmlWriter.FEW + 1))
                .contains("id=\"overview-data\"", "id=\"chunk0\"", " in 9 structs")
                .doesNotContain(">s8<", "\"s8\""); // packed data may contain any two letters
    }

    @Test
    void the_top_names_the_version_and_of_many_structs_what_all_say_alike() throws IOException {
        assertThat(page(1, "0.1.0<"))
                .contains("<meta name=\"generator\" content=\"Faultline 0.1.0&lt;\">")
                .contains(">Faultline <small>0.1.0&lt;</small></a>");
        assertThat(page(1)).contains("content=\"Faultline\"", ">Faultline</a>").doesNotContain("<p class=\"about\">");
        assertThat(page(HtmlWriter.FEW + 1))
                .contains("<title>test:1 · Faultline</title>")
                .contains("<p class=\"about\">layout: test:1<br>machine: line size from usual for x86-64</p>");
    }

    @Test
    void only_pages_of_rules_that_were_named_are_in_it() throws IOException {
        String page = page(1);
        assertThat(page).contains("id=\"rule-WriterBesideReaders\"").doesNotContain("id=\"rule-SplitAtomic\"");
    }

    @Test
    void every_page_of_a_rule_can_be_shown() {
        StringBuilder out = new StringBuilder();
        RulePages.write(Catalog.ids(), out);
        for (String rule : Catalog.ids()) {
            assertThat(out).contains("id=\"rule-" + rule + "\"");
        }
        assertThat(out.toString()).doesNotContain("<h2>", "## ", "```").contains("<h3>What it finds</h3>");
    }

    @Test
    void axes_begin_and_end_at_round_numbers_around_the_values() {
        HtmlChart.Axis axis = new HtmlChart.Axis(12.9, 374, true);
        assertThat(axis.ticks())
                .extracting(HtmlChart.Axis.Tick::words)
                .containsExactly("10", "20", "50", "100", "200", "500");
        assertThat(axis.part(10)).isZero();
        assertThat(axis.part(500)).isEqualTo(1);
        assertThat(new HtmlChart.Axis(0, 7, false).ticks())
                .extracting(HtmlChart.Axis.Tick::words)
                .containsExactly("0", "2", "4", "6", "8", "10");
        assertThat(new HtmlChart.Axis(5, 5, true).ticks()).isNotEmpty();
    }

    @Test
    void charts_hold_whatever_the_values_are() throws IOException {
        for (List<DocumentBlock.Point> points : List.of(
                List.<DocumentBlock.Point>of(),
                List.of(DocumentBlock.Point.exactly("1", 0, "words")),
                List.of(
                        DocumentBlock.Point.exactly("1", 1e-9, "words"),
                        DocumentBlock.Point.exactly("1024", 1e12, "words")),
                List.of(DocumentBlock.Point.exactly("a name", 5, "words")))) {
            StringBuilder out = new StringBuilder();
            new HtmlBlocks(out, new TreeSet<>(), true)
                    .write(
                            Document.of(
                                    "chart",
                                    Optional.empty(),
                                    List.of(new DocumentBlock.Chart(
                                            "c", "CPUs", "ns", true, List.of(new DocumentBlock.Series("s", points))))),
                            "d",
                            1);
            assertThat(out.toString()).doesNotContain("NaN", "Infinity");
        }
    }

    @Test
    void the_numbers_beside_a_chart_are_left_of_its_lines_and_not_cut() throws IOException {
        StringBuilder out = new StringBuilder();
        DocumentBlock.Series series = new DocumentBlock.Series(
                "s",
                List.of(
                        DocumentBlock.Point.exactly("1", 5e6, "5.0 M/s"),
                        DocumentBlock.Point.exactly("8", 1.06e7, "10.6 M/s")));
        new HtmlChart(new DocumentBlock.Chart("put", "CPUs", "operations", false, List.of(series)), out).write();

        Matcher number = Pattern.compile("<text class=\"end\" x=\"([0-9.]+)\"[^>]*>20,000,000</text>")
                .matcher(out);
        assertThat(number.find()).as(out.toString()).isTrue();
        assertThat(Double.parseDouble(number.group(1))).isGreaterThan("20,000,000".length() * 7.3);
        assertThat(out).contains("put: operations by CPUs");
    }

    @Test
    void the_same_analyses_give_the_same_bytes() throws IOException {
        assertThat(page(20)).isEqualTo(page(20));
    }

    private static String page(int structs) throws IOException {
        return page(structs, "");
    }

    private static String page(int structs, String version) throws IOException {
        StringWriter out = new StringWriter();
        HtmlWriter writer = new HtmlWriter(out, version);
        for (int i = 0; i < structs; i++) {
            writer.write(StructDocument.of(analysis("s" + i), new Detail(false, false, true)));
        }
        writer.end();
        return out.toString();
    }

    private static Analysis analysis(String name) {
        return new Analyzer(Machines.x86(), Catalog.RULES)
                .analyze(Subject.of(
                        NotationReader.read("test", TEXT.formatted(name)).get(0)));
    }
}
