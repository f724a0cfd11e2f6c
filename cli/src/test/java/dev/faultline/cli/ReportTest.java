package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/** Reports in every format, as files and on standard output. */
class ReportTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "r.md, '**2 structs:**'",
        "r.markdown, '**2 structs:**'",
        "r.sarif, '{\"version\":\"2.1.0\"'",
        "r.json, '{\"schema\":\"faultline/1\"'",
        "r.txt, 'rtable@6.3: '",
        "r, 'rtable@6.3: '"
    })
    void the_ending_of_the_file_tells_the_format(String file, String beginning) throws IOException {
        Path to = folder.resolve(file);

        Cli.Run run = Cli.run("report", "rtable@6.3", "rtable@6.4", "-o", to.toString());

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).isEmpty();
        assertThat(Files.readString(to)).startsWith(beginning);
    }

    @Test
    void an_ending_that_tells_no_format_is_wrong_usage() {
        for (String command : List.of("inspect rtable@6.3", "diff rtable@6.3 rtable@6.4", "list")) {
            Path to = folder.resolve("x.pdf");

            Cli.Run run = Cli.run((command + " -o " + to).split(" "));

            assertThat(run.status()).isEqualTo(2);
            assertThat(run.err())
                    .contains("expected a name with the ending .txt, .json, .html, .htm, .md, .markdown, .sarif or"
                            + " .svg, or --format, got 'x.pdf'");
            assertThat(to).doesNotExist();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rtable@6.3 rtable@6.4 -o r.txt",
                "rtable@6.3 docs/examples/ring.txt -o r.html",
                "--from docs/examples/ring.txt -o r.md",
                "cli/target/test-classes --match *Ring -o r.json",
                "docs/examples/ring.txt --profile docs/examples/ring.yaml -o r.sarif",
                "rtable@6.3 -o r.svg"
            })
    void report_writes_what_inspect_writes(String words) throws IOException {
        String[] all = words.replace("-o ", "-o " + folder + "/").split(" ");
        Path to = Path.of(all[all.length - 1]);
        List<String> written = new ArrayList<>();
        for (String command : List.of("report", "inspect")) {
            Cli.Run run = Cli.run((command + " " + String.join(" ", all)).split(" "));
            assertThat(run.status()).as(run.err()).isZero();
            assertThat(run.out()).isEmpty();
            written.add(Files.readString(to));
            Files.delete(to);
        }
        assertThat(written.get(0)).isNotEmpty().isEqualTo(written.get(1));
    }

    @Test
    void report_without_a_file_says_how_to_get_standard_output() {
        Cli.Run run = Cli.run("report", "rtable@6.3", "--format", "markdown");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("'faultline inspect rtable@6.3 --format markdown'");
    }

    @Test
    void what_is_said_beats_the_ending() throws IOException {
        Path to = folder.resolve("r.md");

        Cli.run("report", "rtable@6.3", "-o", to.toString(), "--format", "text");

        assertThat(Files.readString(to)).startsWith("rtable@6.3: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "inspect rtable@6.3 rtable@6.4 --format sarif",
                "inspect --match * --format sarif",
                "inspect --from docs/examples/ring.txt --profile docs/examples/ring.yaml --format sarif",
                "list --format sarif",
                "diff rtable@6.3 rtable@6.4 --format sarif",
                "diff rtable@6.3 rtable@6.3 --format sarif",
                "check docs/examples --format sarif",
                "check --match net_device --format sarif",
                "suggest rtable@6.3 --effort low --format sarif"
            })
    void sarif_follows_its_schema(String words) throws IOException {
        Cli.Run run = Cli.run(words.split(" "));

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(sarif().validate(run.out(), InputFormat.JSON)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "inspect rtable@6.3 rtable@6.4",
                "inspect --from docs/examples/ring.txt --profile docs/examples/ring.yaml",
                "diff rtable@6.4 rtable@6.3",
                "check docs/examples/ring.contract.yaml --from docs/examples/ring.txt",
                "suggest rtable@6.3 --effort low"
            })
    void annotations_are_commands_of_a_workflow(String words) {
        Cli.Run run = Cli.run((words + " --format github").split(" "));
        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines())
                .isNotEmpty()
                .allMatch(line -> line.matches("::(error|warning|notice) file=[^:,]+,line=\\d+,title=[^:,]+::.+"));
    }

    static Schema sarif() throws IOException {
        // the schema of the OASIS standard, errata 01, as Microsoft's jest-sarif ships it (MIT)
        try (InputStream in = ReportTest.class.getResourceAsStream("/sarif-2.1.0-rtm.5.json")) {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                    .getSchema(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void sarif_names_file_and_line_where_they_are_known_and_fields_always() {
        String log = Cli.run(
                        "inspect",
                        "docs/examples/ring.txt",
                        "--profile",
                        "docs/examples/ring.yaml",
                        "--format",
                        "sarif")
                .out();

        assertThat(log)
                .contains("\"artifactLocation\":{\"uri\":\"docs/examples/ring.txt\"},\"region\":{\"startLine\":1,")
                .contains("\"fullyQualifiedName\":\"ring.head\",\"kind\":\"member\"")
                .contains("\"level\":\"error\"");
    }

    @Test
    void fingerprints_outlive_changes_that_are_not_meant() throws IOException {
        String before = Files.readString(Path.of("docs/examples/ring.txt"));
        String after = "\n\n" + before.replace("unsigned int ", "unsigned     ");
        List<String> first = fingerprints(before);
        List<String> second = fingerprints(after);

        assertThat(first).isNotEmpty().doesNotHaveDuplicates().isEqualTo(second);
    }

    private List<String> fingerprints(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("ring.txt"), text);
        String log = Cli.run("inspect", file.toString(), "--profile", "docs/examples/ring.yaml", "--format", "sarif")
                .out();
        Matcher matcher = Pattern.compile("\"faultline/v1\":\"([0-9a-f]+)\"").matcher(log);
        List<String> found = new ArrayList<>();
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }

    @Test
    void a_picture_is_well_formed_and_shows_every_field_and_hole() throws Exception {
        Cli.Run run = Cli.run("inspect", "rtable@6.3", "--format", "svg");

        assertThat(run.status()).as(run.err()).isZero();
        Document svg = xml(run.out());
        String titles = run.out();
        assertThat(svg.getDocumentElement().getTagName()).isEqualTo("svg");
        assertThat(titles)
                .contains("dst.__refcnt: written, 4 bytes")
                .contains("rt_genid: read, 4 bytes")
                .contains("hole: 3 bytes");
        assertThat(svg.getElementsByTagName("g").getLength()).isGreaterThan(30);
    }

    private static Document xml(String text) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(text)));
    }

    @Test
    void a_picture_of_two_structs_is_a_wrong_use() {
        Cli.Run run = Cli.run("inspect", "rtable@6.3", "rtable@6.4", "--format", "svg");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("svg shows one struct, not 2");
        assertThat(run.out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "simulate rtable@6.3 --cpus 1,2 --accesses 1e3 --format sarif",
                "simulate rtable@6.3 --cpus 1,2 --accesses 1e3 --format svg",
                "bench refcount --format sarif"
            })
    void what_has_no_findings_is_not_written_as_such(String words) {
        Cli.Run run = Cli.run(words.split(" "));

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("text, json, html and markdown do");
    }

    @ParameterizedTest
    @ValueSource(strings = {"diff rtable@6.3 rtable@6.4 --format svg", "check docs/examples --format svg"})
    void what_is_more_than_one_struct_is_no_picture_but_may_be_sarif(String words) {
        Cli.Run run = Cli.run(words.split(" "));

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("text, json, html, markdown, sarif and github do");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "simulate rtable@6.3 rtable@6.4 --cpus 1,2 --accesses 1e4 --format markdown",
                "diff rtable@6.3 rtable@6.4 --format markdown",
                "check docs/examples --format markdown",
                "suggest rtable@6.3 --effort low --format markdown",
                "bench refcount --format markdown"
            })
    void what_is_a_document_is_written_as_markdown(String words) {
        Cli.Run run = Cli.run(words.split(" "));

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).startsWith("### ").contains("|---");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "simulate rtable@6.3 rtable@6.4 --cpus 1,2 --accesses 1e4 --format html",
                "diff rtable@6.3 rtable@6.4 --format html",
                "check docs/examples --format html",
                "suggest rtable@6.3 --effort low --format html",
                "bench refcount --format html",
                "list --format html"
            })
    void every_report_is_a_page_that_loads_nothing(String words) {
        Cli.Run run = Cli.run(words.split(" "));

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out())
                .startsWith("<!DOCTYPE html>")
                .contains("Content-Security-Policy")
                .doesNotContainPattern("(src=|<link [^>]*href=)\"https?:");
    }

    @Test
    void what_broke_is_new_and_what_went_is_absent_in_the_log_of_a_comparison() {
        String log =
                Cli.run("diff", "rtable@6.4", "rtable@6.3", "--format", "sarif").out();

        assertThat(log)
                .contains("\"ruleId\":\"WorseLayout\"")
                .contains("\"baselineState\":\"new\"")
                .contains("\"baselineState\":\"absent\"");
    }

    @Test
    void a_broken_promise_is_found_in_its_contract() {
        Cli.Run run = Cli.run(
                "check", "docs/examples/ring.contract.yaml", "--from", "docs/examples/ring.txt", "--format", "sarif");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out())
                .contains("\"ruleId\":\"BrokenPromise\"")
                .contains("\"uri\":\"docs/examples/ring.contract.yaml\"");
    }

    @Test
    void a_word_that_is_neither_a_source_nor_a_struct_is_said_to_be_none() {
        Cli.Run run = Cli.run("inspect", "rtabel@6.3", "--format", "markdown");

        assertThat(run.status()).isEqualTo(3);
        assertThat(run.err()).contains("rtabel");
    }

    @Test
    void nothing_named_is_a_wrong_use() {
        assertThat(Cli.run("report").status()).isEqualTo(2);
    }
}
