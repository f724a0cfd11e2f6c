package dev.faultline.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.faultline.access.ProfileReader;
import dev.faultline.analysis.Analysis;
import dev.faultline.analysis.Analyzer;
import dev.faultline.hazard.rules.Catalog;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.notation.NotationReader;
import dev.faultline.machine.Machines;
import dev.faultline.report.build.Detail;
import dev.faultline.report.build.StructDocument;
import dev.faultline.report.document.Document;
import dev.faultline.report.html.HtmlWriter;
import dev.faultline.report.json.JsonReportWriter;
import dev.faultline.report.markdown.MarkdownWriter;
import dev.faultline.report.sarif.SarifReportWriter;
import dev.faultline.report.sarif.SarifSettings;
import dev.faultline.report.svg.SvgWriter;
import dev.faultline.report.text.TextStyle;
import dev.faultline.report.text.TextWriter;
import dev.faultline.source.Subject;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Structs of gigabytes, arrays of billions, unions of very many arms: a report is as long as there is to say. */
class HugeStructTest {

    private static final String STRUCT = """
            struct b {
                    int lock;               /* 0 4 */
                    long table[250000000];  /* 8 2000000000 */
                    int users;              /* 2000000008 4 */
                    long cold[250000000];   /* 2000000016 2000000000 */
                    int tail;               /* 4000000016 4 */
                    /* size: 4000000024, cachelines: 62500001, members: 5 */
            };
            """;

    private static final String PROFILE = """
            profile: b
            structs:
              b:
                roles: { a: { cpus: 8 }, c: { cpus: 8 } }
                operations:
                  - { name: o, role: a, rate: 1e6,
                      accesses: [ { field: lock, kind: rmw }, { field: table, kind: KIND } ] }
                  - { name: p, role: c, rate: 1e6,
                      accesses: [ { field: "table[249999999]", kind: read }, { field: tail, kind: read } ] }
            """;

    /** Makes the writer under test. */
    private interface Begin {
        ReportWriter<Analysis> begin(Writer out) throws IOException;
    }

    private static List<Document> document(Analysis analysis) {
        return List.of(StructDocument.of(analysis, Detail.USUAL));
    }

    private static Analysis analysis(String struct, String profile) {
        StructLayout layout = NotationReader.read("huge", struct).get(0);
        Subject subject = Subject.of(layout);
        return new Analyzer(Machines.x86(), Catalog.RULES)
                .analyze(
                        profile.isEmpty()
                                ? subject
                                : subject.withProfile(
                                        ProfileReader.read("p", profile).forStruct("b")));
    }

    private static String write(String struct, String profile, Begin format) {
        return assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
            StringWriter out = new StringWriter();
            ReportWriter<Analysis> report = format.begin(out);
            report.write(analysis(struct, profile));
            report.end();
            return out.toString();
        });
    }

    @Test
    void a_picture_leaves_out_lines_that_are_alike_and_says_how_many() {
        String hot =
                write(STRUCT, PROFILE.replace("KIND", "write"), out -> new SvgWriter(out).of(HugeStructTest::document));
        assertThat(hot)
                .contains(">31249997 more lines of table, bytes 128 to 1999999935<")
                .contains(">line 31249999<", ">line 31250000<", ">line 62500000<")
                .contains(">31249999 lines without a known access, bytes 2000000064 to 3999999999<");
        assertThat(hot.length()).isLessThan(10_000);

        String cold = write(STRUCT, "", out -> new SvgWriter(out).of(HugeStructTest::document));
        assertThat(cold).contains(">62500001 lines without a known access, bytes 0 to 4000000023<");
    }

    @Test
    void text_and_markdown_show_lines_that_are_alike_as_one() {
        assertThat(write(
                        STRUCT,
                        PROFILE.replace("KIND", "write"),
                        out -> new TextWriter(out, new TextStyle(false, 80)).of(HugeStructTest::document)))
                .contains("line 1-", "written: table")
                .hasSizeLessThan(20_000);
        assertThat(write(
                        STRUCT,
                        PROFILE.replace("KIND", "write"),
                        out -> new MarkdownWriter(out).of(HugeStructTest::document)))
                .containsPattern("\\| 1-\\d+ \\| 64\\.\\.\\d+ \\| table \\|  \\|")
                .hasSizeLessThan(20_000);
    }

    @Test
    void bytes_are_integers_in_json_and_nothing_is_listed_line_by_line() {
        for (String kind : new String[] {"write", "read"}) {
            String json = write(STRUCT, PROFILE.replace("KIND", kind), JsonReportWriter::new);
            assertThat(json).contains("4000000024").doesNotContain("4.00").hasSizeLessThan(20_000);
            assertThat(write(
                            STRUCT,
                            PROFILE.replace("KIND", kind),
                            out -> new SarifReportWriter(out, new SarifSettings("1.0.0", Path.of("")))))
                    .hasSizeLessThan(100_000);
            assertThat(write(
                            STRUCT,
                            PROFILE.replace("KIND", kind),
                            out -> new HtmlWriter(out).of(HugeStructTest::document)))
                    .hasSizeLessThan(200_000);
        }
    }

    @Tag("slow")
    @Test
    void a_union_of_very_many_arms_is_drawn() {
        String arms = IntStream.range(0, 30_000)
                .mapToObj(i -> "  long a" + i + ";\n  char t" + i + "[8];\n")
                .collect(Collectors.joining());

        String svg = write("union u {\n" + arms + "};\n", "", out -> new SvgWriter(out).of(HugeStructTest::document));

        assertThat(svg).contains("a29999");
    }
}
