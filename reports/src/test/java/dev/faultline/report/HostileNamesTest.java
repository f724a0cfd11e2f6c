package dev.faultline.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.faultline.analysis.Analysis;
import dev.faultline.analysis.Analyzer;
import dev.faultline.hazard.rules.Catalog;
import dev.faultline.input.VisibleText;
import dev.faultline.layout.AggregateKind;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.Member;
import dev.faultline.layout.Provenance;
import dev.faultline.layout.StructLayout;
import dev.faultline.machine.Machines;
import dev.faultline.report.build.Detail;
import dev.faultline.report.build.StructDocument;
import dev.faultline.report.document.Document;
import dev.faultline.report.json.JsonReportWriter;
import dev.faultline.report.markdown.MarkdownWriter;
import dev.faultline.report.sarif.SarifReportWriter;
import dev.faultline.report.sarif.SarifSettings;
import dev.faultline.report.svg.SvgWriter;
import dev.faultline.report.text.TextStyle;
import dev.faultline.report.text.TextWriter;
import dev.faultline.source.FieldOrigins;
import dev.faultline.source.SourceLocation;
import dev.faultline.source.Subject;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

/**
 * Names as only a damaged or hostile file has them mean nothing in any format; those of HTML are tested with its pages.
 */
class HostileNamesTest {

    private static final String STRUCT = "a<script>alert('1')</script>&\"b";
    private static final String FIELD = "x\"><img src=x onerror=alert(1)>]]>--><!--`|*\u001b\n\u202e[a](b)";

    private static final String FILE = "<b>/x\"><img src=x onerror=alert(1)>`|*\u001b\n\u202e[a](b).h";

    /** Makes the writer under test. */
    private interface Begin {
        ReportWriter<Analysis> begin(Writer out) throws IOException;
    }

    private static String write(Begin format) throws IOException {
        StructLayout layout = StructLayout.of(
                STRUCT,
                AggregateKind.STRUCT,
                16,
                8,
                List.of(
                        Member.of(FIELD, FieldType.Scalar.natural("atomic_t", 4), 0),
                        Member.of("second", FieldType.Scalar.natural("<b>long</b> *", 8), 8)),
                Provenance.of(Provenance.Origin.BTF, "<i>file</i>"));
        Analysis analysis = new Analyzer(Machines.x86(), Catalog.RULES)
                .analyze(Subject.of(layout)
                        .withOrigins(FieldOrigins.declaredAt(
                                new SourceLocation(FILE, 3), Map.of(FIELD, new SourceLocation(FILE, 5)))));
        assertThat(analysis.findings()).isNotEmpty();
        StringWriter out = new StringWriter();
        ReportWriter<Analysis> report = format.begin(out);
        report.write(analysis);
        report.end();
        return out.toString();
    }

    private static List<Document> document(Analysis analysis) {
        return List.of(StructDocument.of(analysis, new Detail(true, true, true)));
    }

    @Test
    void in_text_of_any_width_they_are_text() throws IOException {
        for (int columns : new int[] {60, 80, 200}) {
            String text =
                    write(out -> new TextWriter(out, new TextStyle(false, columns)).of(HostileNamesTest::document));
            assertThat(VisibleText.lines(text)).isEqualTo(text).contains("\\u001b\\u000a\\u202e");
            assertThat(text.replaceAll("\\s+", "")).contains("declaredat" + shown(5), "declared" + shown(3));
        }
    }

    private static String shown(int line) {
        return VisibleText.of(FILE).replace(" ", "") + ":" + line;
    }

    @Test
    void in_a_picture_they_are_text() throws Exception {
        String svg = write(out -> new SvgWriter(out).of(HostileNamesTest::document));

        assertThat(svg).doesNotContain("<script").doesNotContain("<img").doesNotContain("<b>");
        assertThat(VisibleText.lines(svg)).isEqualTo(svg).contains("*\\u001b\\u000a\\u202e");
        var document =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
        assertThat(document.getElementsByTagName("title").item(0).getTextContent())
                .contains(STRUCT);
    }

    @Test
    void in_markdown_they_are_text() throws IOException {
        String text = write(out -> new MarkdownWriter(out).of(HostileNamesTest::document));
        String outsideCode = text.replaceAll("(?s)(`{3,}).*?\\1", "");

        assertThat(VisibleText.lines(text)).isEqualTo(text).contains("\\u001b\\u000a\\u202e");
        assertThat(outsideCode)
                .doesNotContain("<script")
                .doesNotContain("<img")
                .doesNotContain("<b>")
                .doesNotContain("<i>");
    }

    @Test
    void in_json_they_are_read_back_as_they_were() throws IOException {
        assertThat(strings(write(JsonReportWriter::new))).contains(STRUCT, FIELD, FILE);
    }

    @Test
    void in_sarif_they_are_shown_and_no_link() throws IOException {
        List<String> strings =
                strings(write(out -> new SarifReportWriter(out, new SarifSettings("1.0.0", Path.of("")))));
        assertThat(strings)
                .contains("%3Cb%3E/x%22%3E%3Cimg%20src=x%20onerror=alert(1)%3E%60%7C*%1B%0A%E2%80%AE%5Ba%5D(b).h");
        assertThat(strings).contains("struct " + STRUCT, STRUCT + "." + VisibleText.of(FIELD));
        assertThat(strings)
                .filteredOn(text -> text.contains("onerror=alert(1)") && text.contains(" line"))
                .isNotEmpty()
                .allSatisfy(text -> assertThat(text).contains("\\[a](b)").isEqualTo(VisibleText.of(text)));
    }

    private static List<String> strings(String json) throws IOException {
        List<String> strings = new ArrayList<>();
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.VALUE_STRING) {
                    strings.add(parser.getText());
                }
            }
        }
        return strings;
    }
}
