package dev.faultline.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.access.ProfileReader;
import dev.faultline.analysis.Analysis;
import dev.faultline.analysis.Analyzer;
import dev.faultline.analysis.ScalingCurve;
import dev.faultline.cost.simulate.SimulationOptions;
import dev.faultline.hazard.rules.Catalog;
import dev.faultline.layout.AggregateKind;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.Member;
import dev.faultline.layout.Provenance;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.notation.NotationReader;
import dev.faultline.machine.Machines;
import dev.faultline.report.build.Detail;
import dev.faultline.report.build.ScalingDocument;
import dev.faultline.report.build.StructDocument;
import dev.faultline.report.document.Document;
import dev.faultline.report.document.DocumentBlock;
import dev.faultline.report.html.HtmlWriter;
import dev.faultline.report.json.JsonReportWriter;
import dev.faultline.report.markdown.MarkdownWriter;
import dev.faultline.report.text.TextStyle;
import dev.faultline.report.text.TextWriter;
import dev.faultline.source.FieldOrigins;
import dev.faultline.source.SourceLocation;
import dev.faultline.source.Subject;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WritersTest {

    private static final String RING = """
            struct ring {
                    unsigned int               head;             /*     0     4 */
                    u32                        full:1;           /*     4: 0  4 */
                    union {
                            u64                tail;             /*     8     8 */
                            char               bytes[8];         /*     8     8 */
                    };                                           /*     8     8 */
                    char                       end[];            /*    16     0 */

                    /* size: 16, cachelines: 1, members: 4 */
            };
            """;

    private static final String PROFILE = """
            profile: a ring
            structs:
              ring:
                roles: { a: { cpus: 1 }, b: { cpus: 1 } }
                operations:
                  - { name: put, role: a, rate: 1e6, accesses: [ { field: tail, kind: rmw } ] }
                  - { name: take, role: b, rate: 1e6, accesses: [ { field: head, kind: rmw } ] }
            """;

    @Test
    void text_begins_with_the_verdict_fits_80_columns_and_shows_every_byte() throws IOException {
        String text = text(ring(), false);

        assertThat(text.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
        assertThat(text)
                .startsWith("ring: 1 error, 1 warning\nstruct of 16 bytes on 1 line of 64 bytes\n")
                .contains("u32                        full:1;               /*     4: 0  4 */")
                .contains("31 bits hole")
                .contains("! UncertainPlacement, WritersShareLine")
                .contains("written: head, tail")
                .containsSubsequence(
                        "\n\nwarning  UncertainPlacement\n",
                        "\n\nlayout  ",
                        "\n\nstruct ring {\n",
                        "\n\nline 0 ",
                        "\n\ncost ");
    }

    @Test
    void what_operations_cost_and_what_repairs_save_is_said_with_the_machine_it_is_said_of() throws IOException {
        String text = text(ring(), false);

        assertThat(text)
                .contains("cost       predicted for neoverse, 64 CPUs, not measured; a line moves in 47 ns")
                .containsPattern("  a: put +[0-9.]+ ns +[0-9.]+ ns +0.00 ns +[0-9.]+ ns +[0-9.]+\n")
                .containsPattern("  fixing this saves [0-9.]+ of [0-9.]+ ns per `(put|take)` \\([0-9]+ %\\)\n");
        assertThat(json(ring()))
                .contains("\"cost\":{\"machine\":\"neoverse\",\"cpus\":64,\"assumedRates\":false,\"cpusLost\":")
                .contains("\"operation\":\"put\"", "\"saving\":{\"role\":\"");
    }

    @Test
    void played_and_predicted_stand_side_by_side_and_one_bar_is_the_longest() throws IOException {
        Subject subject = ring().subject();
        ScalingCurve scaling = ScalingCurve.play(
                subject,
                ring().access(),
                Machines.x86(),
                SimulationOptions.of(1, 20_000),
                List.of(1, 2, 4),
                played -> {});
        StringWriter text = new StringWriter();
        new TextWriter(text, new TextStyle(false, 80)).write(ScalingDocument.of(List.of(scaling, scaling)));

        assertThat(text.toString().lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
        for (List<ScalingCurve> one : List.of(List.of(scaling), List.of(scaling, scaling))) {
            StringWriter narrow = new StringWriter();
            new TextWriter(narrow, new TextStyle(false, 60)).write(ScalingDocument.of(one));
            assertThat(narrow.toString().lines())
                    .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(60));
        }
        assertThat(text.toString()).contains("a: put", "1.00x", "### ring", "=== ring");
        assertThat(text.toString()).containsPattern("(?m)^ +[124] \\|#{56} ");
        Document alone = ScalingDocument.of(List.of(scaling));
        assertThat(blocks(DocumentBlock.Heading.class, alone))
                .extracting(DocumentBlock.Heading::text)
                .contains("a: put", "b: take");
        assertThat(blocks(DocumentBlock.Table.class, alone))
                .allMatch(table -> table.columns().size() == 8 && table.rows().size() == 3);
        assertThat(blocks(DocumentBlock.Chart.class, alone))
                .filteredOn(chart -> !chart.isLogarithmic())
                .hasSize(1)
                .allMatch(chart -> chart.series().get(0).points().size() == 3);
    }

    private static <T extends DocumentBlock> List<T> blocks(Class<T> kind, Document document) {
        return document.blocks().stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    private static Analysis declared() throws IOException {
        Analysis ring = ring();
        FieldOrigins origins = FieldOrigins.declaredAt(
                new SourceLocation("net/ring.h", 10),
                Map.of("head", new SourceLocation("net/ring.h", 12), "tail", new SourceLocation("net/ends.h", 7)));
        return new Analyzer(Machines.neoverse(), Catalog.RULES)
                .analyze(ring.subject().withOrigins(origins));
    }

    @Test
    void a_finding_says_where_its_fields_are_declared() throws IOException {
        assertThat(text(declared(), false))
                .contains("\ndeclared   net/ring.h:10\n")
                .containsPattern(
                        "\n  declared at net/(ring.h:12, tail at net/ends.h:7|ends.h:7, head at net/ring.h:12)\n");
        StringWriter markdown = new StringWriter();
        ReportWriter<Analysis> note = new MarkdownWriter(markdown).of(WritersTest::document);
        note.write(declared());
        note.end();
        assertThat(markdown.toString()).contains("- declared: net/ring.h:10").contains("; declared at net/");
        StringWriter html = new StringWriter();
        ReportWriter<Analysis> page = new HtmlWriter(html).of(WritersTest::document);
        page.write(declared());
        page.end();
        assertThat(html.toString())
                .contains("<dt>declared</dt>")
                .contains("<dd>net/ring.h:10</dd>")
                .containsPattern("<p class=\"note\">declared · declared at net/(ring.h:12|ends.h:7), ");
    }

    @Test
    void json_holds_the_file_once_where_a_field_is_in_that_of_its_struct() throws IOException {
        assertThat(json(declared()))
                .contains("\"declared\":{\"file\":\"net/ring.h\",\"line\":10},\"byteSize\":16")
                .contains("\"path\":\"head\",\"type\":\"unsigned int\",\"byteOffset\":0,\"byteSize\":4,"
                        + "\"declared\":{\"line\":12}}")
                .contains("\"declared\":{\"file\":\"net/ends.h\",\"line\":7}")
                .containsPattern(
                        "\"fields\":\\[\"head\"[^]]*\\],\"declared\":\\{\"file\":\"net/ring.h\",\"line\":12\\}");
        assertThat(json(ring())).doesNotContain("declared\":");
    }

    @Test
    void colour_adds_escapes_and_nothing_else() throws IOException {
        assertThat(text(ring(), true)).contains("\u001b[1;31merror\u001b[0m");
        assertThat(text(ring(), true).replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(text(ring(), false));
        assertThat(text(ring(), false)).doesNotContain("\u001b");
    }

    @Test
    void json_has_bit_keys_only_on_bit_fields_and_marks_overlapping_arms() throws IOException {
        assertThat(json(ring()))
                .startsWith("{\"schema\":\"faultline/1\",\"structs\":[{\"name\":\"ring\"")
                .contains("{\"kind\":\"field\",\"path\":\"full\",\"type\":\"u32\",\"byteOffset\":4,\"byteSize\":4,"
                        + "\"bitOffset\":0,\"bitSize\":1}")
                .contains(
                        "{\"kind\":\"field\",\"path\":\"head\",\"type\":\"unsigned int\",\"byteOffset\":0,\"byteSize\":4}")
                .contains("\"path\":\"tail\",\"type\":\"u64\",\"byteOffset\":8,\"byteSize\":8,\"overlaps\":true")
                .contains("{\"name\":\"\",\"type\":\"union\",\"byteOffset\":8,\"byteSize\":8}")
                .contains("\"placements\":{\"sharing\":");
    }

    @Test
    void names_that_mean_something_to_a_reader_are_inert_in_json() throws IOException {
        FieldType word = FieldType.Scalar.natural("\"quoted\"\u0000\ud800</script>", 4);
        StructLayout layout = StructLayout.of(
                "a\\\"b\n",
                AggregateKind.STRUCT,
                4,
                4,
                List.of(Member.of("\u2028", word, 0)),
                Provenance.of(Provenance.Origin.DECLARED, "test"));

        String json = json(new Analyzer(Machines.x86(), Catalog.RULES).analyze(Subject.of(layout)));

        assertThat(json).contains("a\\\\\\\"b\\n").contains("\\\"quoted\\\"\\u0000");
        assertThat(json.chars().filter(c -> c < ' ' && c != '\n')).isEmpty();
    }

    @Test
    void several_structs_make_one_document() throws IOException {
        StringWriter out = new StringWriter();
        ReportWriter<Analysis> writer = new JsonReportWriter(out);
        writer.write(ring());
        writer.write(ring());
        writer.end();

        assertThat(out.toString().split("\"name\":\"ring\"", -1)).hasSize(3);
        assertThat(out.toString()).endsWith("]}\n");
    }

    private static Analysis ring() {
        StructLayout layout = NotationReader.read("ring.txt", RING).get(0);
        return new Analyzer(Machines.neoverse(), Catalog.RULES)
                .analyze(Subject.of(layout)
                        .withProfile(ProfileReader.read("ring.yaml", PROFILE).forStruct("ring")));
    }

    private static List<Document> document(Analysis analysis) {
        return List.of(StructDocument.of(analysis, Detail.USUAL));
    }

    private static String text(Analysis analysis, boolean color) throws IOException {
        StringBuilder out = new StringBuilder();
        ReportWriter<Analysis> writer = new TextWriter(out, new TextStyle(color, 80)).of(WritersTest::document);
        writer.write(analysis);
        writer.end();
        return out.toString();
    }

    private static String json(Analysis analysis) throws IOException {
        StringWriter out = new StringWriter();
        ReportWriter<Analysis> writer = new JsonReportWriter(out);
        writer.write(analysis);
        writer.end();
        return out.toString();
    }
}
