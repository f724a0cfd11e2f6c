package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From what a profiler printed to a report: import, inspect, profile and merge of access files. */
class AccessFilesTest {

    private static final Path SCHEMA = Path.of("docs/schema/faultline-access-1.schema.json");

    private static final String RING = """
            struct ring {
                    long tail;
                    long mask;
                    long head;
                    long size;
            } __attribute__((aligned(64)));
            """;

    /** Rows as pasted into a mail; the byte of the last row is past the end of the struct. */
    private static final String C2C = """
            Total records                     :       2000
              ----------------------------------------------------------------------
                  0      100      100      500        0        0      0x7f0000001000
              ----------------------------------------------------------------------
               0.00%   20.00%  100.00%    0.00%    0.00%   0x0  0  1  0x401000  0  190  150  600  1  [.] put  app  ring.c:4  0
              90.00%   60.00%    0.00%    0.00%    0.00%   0x8  0  1  0x401100  9  180   60  300  2  [.] get  app  ring.c:9  0
              10.00%   20.00%    0.00%    0.00%    0.00%  0x28  0  1  0x401110  9  180   60  100  2  [.] get  app  ring.c:9  0
            """;

    @TempDir
    Path folder;

    private String layout;
    private String access;

    @BeforeEach
    void files() throws IOException {
        layout = file("ring.txt", RING);
        access = folder.resolve("run.access").toString();
        Cli.Run run = imported("c2c.txt", C2C, "-o", access);
        assertThat(run.status()).as(run.err()).isZero();
    }

    private Cli.Run imported(String name, String text, String... more) throws IOException {
        List<String> words = new java.util.ArrayList<>(List.of("import", "perf-c2c", file(name, text)));
        words.addAll(List.of("--from", layout, "--as", "ring@0x7f0000001000"));
        words.addAll(List.of(more));
        return Cli.run(words.toArray(String[]::new));
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private Cli.Run inspect(String profile, String... more) {
        List<String> words =
                new java.util.ArrayList<>(List.of("inspect", "--from", layout, "ring", "--profile", profile));
        words.addAll(List.of(more));
        return Cli.run(words.toArray(String[]::new));
    }

    @Test
    void the_hot_line_is_explained_with_writers_readers_and_shares_of_hitms() {
        Cli.Run run = inspect(access);

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("warning  WriterBesideReaders")
                .contains("sampled · faultline explain WriterBesideReaders")
                .containsPattern("tail +500 +100 +20 +12 %")
                .containsPattern("mask +- +300 +150 +88 % +-")
                .contains("written: tail (600) · read: mask (300)");
        assertThat(run.out().replaceAll("\\s+", " "))
                .contains("tail (write by put ring.c:4) shares a cache line with mask (read by get ring.c:9)")
                .contains("perf c2c report, duration unknown, 50 % of samples have a type")
                .contains("seen: tail 500 writes, 100 reads, 20 HITM (12 %); mask 300 reads, 150 HITM (88 %). Run: perf"
                        + " c2c report, duration unknown, 50 % of samples have a type");
    }

    @Test
    void fields_that_no_sample_hit_are_not_called_cold_and_bytes_without_field_are_told() throws IOException {
        String kept = Files.readString(Path.of(access)).lines().findFirst().orElseThrow() + "\n"
                + "{\"role\":\"r\",\"type\":\"ring\",\"byteOffset\":8,\"kind\":\"read\",\"count\":3}\n"
                + "{\"role\":\"r\",\"type\":\"ring\",\"byteOffset\":40,\"kind\":\"read\",\"count\":9}\n";
        Cli.Run run = inspect(file("read.access", kept));

        assertThat(run.out().replaceAll("\\s+", " "))
                .contains("no store to ring was seen, which does not mean that there is none")
                .contains("9 samples left out, at what struct ring has no field for: +40")
                .doesNotContain("cold");
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "html", "markdown", "sarif"})
    void every_format_says_certainty_and_run(String format) throws IOException {
        Cli.Run run = inspect(access, "--format", format);

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).contains("sampled", "perf c2c report");
        if (format.equals("json")) {
            JsonSchemaTest.assertFollows(run.out());
            assertThat(run.out().replaceAll("\\s", ""))
                    .contains(
                            "\"observation\":{\"tool\":\"perfc2creport\",\"runs\":1,\"unit\":\"samples\",\"coverage\":{"
                                    + "\"seen\":2000,\"attributed\":1000}")
                    .contains("{\"field\":\"mask\",\"reads\":300,\"writes\":0,\"hitm\":150}");
        }
        if (format.equals("html")) {
            assertThat(run.out()).contains("seen 300 times, 150 HITM", ",300]");
        }
    }

    @Test
    void a_printed_profile_gives_the_same_findings() throws IOException {
        Cli.Run yaml = Cli.run("profile", access, "--from", layout);
        assertThat(yaml.status()).as(yaml.err()).isZero();
        assertThat(yaml.out())
                .startsWith("# sampled: perf c2c report, duration unknown, 50 % of samples have a type\n")
                .contains("- { field: tail, kind: write }");
        String before = findings(inspect(access, "--format", "sarif").out());
        String after = findings(
                inspect(file("run.yaml", yaml.out()), "--format", "sarif").out());

        assertThat(after).isEqualTo(before).contains("WriterBesideReaders");
    }

    @Test
    void offsets_in_a_profile_name_fields() throws IOException {
        String offsets =
                file("offsets.access", Files.readString(Path.of(access)).replaceAll("\"field\":\"[a-z]+\",", ""));
        Cli.Run yaml = Cli.run("profile", offsets);

        assertThat(yaml.out()).contains("- { field: \"+0\", kind: write }");
        assertThat(inspect(file("past.yaml", yaml.out())).err())
                .contains("past.yaml: line", "struct ring has no field at byte 40");
        assertThat(inspect(file("run.yaml", yaml.out().replace("+40", "+24"))).out())
                .contains("WriterBesideReaders", "declared · faultline explain");
    }

    @Test
    void a_comparison_takes_offsets_as_those_of_the_old_layout() throws IOException {
        String offsets =
                file("offsets.access", Files.readString(Path.of(access)).replaceAll("\"field\":\"[a-z]+\",", ""));
        String apart = file("apart.txt", RING.replace("long mask", "char apart[56]; long mask"));
        Cli.Run run = Cli.run("diff", layout + "#ring", apart + "#ring", "--profile", offsets);

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).contains("ring  BETTER", "WriterBesideReaders");
    }

    private static String findings(String sarif) {
        return sarif.lines()
                .filter(line -> line.contains("\"ruleId\"") || line.contains("shares a cache line"))
                .map(line -> line.replaceAll("; sampled: .*? have a type", ""))
                .reduce("", (a, b) -> a + b.strip() + "\n");
    }

    @Test
    void every_command_that_takes_a_profile_takes_an_access_file() {
        for (String command : List.of("suggest", "report", "diff")) {
            String[] all = command.equals("diff")
                    ? new String[] {"diff", layout + "#ring", layout + "#ring", "--profile", access}
                    : command.equals("report")
                            ? new String[] {
                                "report",
                                "--from",
                                layout,
                                "ring",
                                "--profile",
                                access,
                                "-o",
                                folder.resolve("page.html").toString()
                            }
                            : new String[] {"suggest", "--from", layout, "ring", "--profile", access, "--effort", "low"
                            };
            Cli.Run run = Cli.run(all);

            assertThat(run.status()).as(command + ": " + run.err()).isZero();
        }
    }

    @Test
    void a_contract_may_name_an_access_file() throws IOException {
        String contract = file("ring.contract.yaml", """
                contract: nothing is written beside what others read
                source: ring.txt
                profile: run.access
                structs:
                  ring:
                    promises:
                      - max-hazard: none
                """);
        Cli.Run run = Cli.run("check", contract);

        assertThat(run.status()).as(run.out() + run.err()).isEqualTo(1);
        assertThat(run.out()).contains("WriterBesideReaders");
    }

    @Test
    void runs_of_one_program_are_merged_and_others_refused_by_name() throws IOException {
        String twice = folder.resolve("twice.access").toString();
        assertThat(Cli.run("merge", access, access, "-o", twice).status()).isZero();
        assertThat(inspect(twice).out()).contains("written: tail (1,200) · read: mask (600)", "2 runs");

        String other = file("other.access", Files.readString(Path.of(access)).replace("\"app\"", "\"other\""));
        Cli.Run refused = Cli.run("merge", access, other);
        assertThat(refused.status()).isEqualTo(3);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err())
                .contains(other + ": line 1: cannot be added to " + access
                        + ", it differs in identity, program: 'other' instead of 'app'");
    }

    @Test
    void blocks_of_memory_become_the_struct_that_is_in_them() throws IOException {
        String recorded = file("blocks.access", """
                {"format":"faultline-access 1","certainty":"recorded","identity":{"program":"app"},\
                "tool":"faultline record","runs":1,"seconds":1.0,"unit":"accesses"}
                {"role":"p","type":"block app.Ring.<init>:4","byteOffset":64,"bytes":8,"kind":"write","count":50}
                {"role":"p","type":"block app.Ring.grow:9","byteOffset":64,"bytes":8,"kind":"write","count":7}
                {"role":"c","type":"block app.Ring.<init>:4","byteOffset":72,"bytes":8,"kind":"read","count":40}
                {"role":"c","type":"block app.Ring.<init>:4","byteOffset":0,"bytes":8,"kind":"read","count":30}
                {"role":"c","type":"block app.Other.<init>:4","byteOffset":64,"bytes":8,"kind":"read","count":20}
                """);
        Cli.Run typed =
                Cli.run("merge", recorded, "--as", "ring@app.Ring.<init>+64", "--as", "ring@app.Ring.grow:9+64");
        assertThat(typed.status()).as(typed.err()).isZero();
        assertThat(typed.out())
                .contains(
                        "\"type\":\"ring\",\"byteOffset\":0,\"bytes\":8,\"kind\":\"write\",\"count\":57",
                        "\"type\":\"ring\",\"byteOffset\":8,\"bytes\":8,\"kind\":\"read\",\"count\":40",
                        "\"type\":\"block app.Ring.<init>:4\",\"byteOffset\":0",
                        "\"type\":\"block app.Other.<init>:4\"");
        Cli.Run unknown = Cli.run("merge", recorded, "--as", "ring@app.Ring.<init>:5");
        assertThat(unknown.status()).isEqualTo(3);
        assertThat(unknown.out()).isEmpty();
        assertThat(unknown.err())
                .contains("--as: no access was of a block that is allocated at app.Ring.<init>:5"
                        + " (did you mean app.Ring.<init>:4");
        assertThat(Cli.run("merge", recorded, "--as", "ring").status()).isEqualTo(2);
    }

    @Test
    void a_file_that_is_cut_off_is_read_up_to_there_and_that_is_said() throws IOException {
        String text = Files.readString(Path.of(access));
        String cut = file("cut.access", text.substring(0, text.length() - 10));
        Cli.Run run = inspect(cut);

        assertThat(run.status()).isZero();
        assertThat(run.err()).contains("cut.access: line 5 is cut off; read up to there");
    }

    @Test
    void what_is_written_follows_the_schema() throws IOException {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(SCHEMA));
        List<String> lines = Files.readAllLines(Path.of(access));

        assertThat(lines).hasSizeGreaterThan(3);
        for (String line : lines) {
            assertThat(schema.validate(line, InputFormat.JSON)).as(line).isEmpty();
        }
        assertThat(schema.validate(lines.get(1).replace("\"count\":", "\"count\":-"), InputFormat.JSON))
                .isNotEmpty();
        assertThat(schema.validate(lines.get(1).replaceAll("field|byteOffset", "place"), InputFormat.JSON))
                .isNotEmpty();
        assertThat(schema.validate(lines.get(0).replace("access 1", "access 2"), InputFormat.JSON))
                .isNotEmpty();
        assertThat(schema.validate(lines.get(0).replace("sampled", "declared"), InputFormat.JSON))
                .isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "import perf-c2c                          | 2 | name a file, or - for standard input",
                "import perf-c2d x.txt                    | 2 | there is no format 'perf-c2d' (did you mean perf-c2c?)",
                "import perf-c2c - --rate tx=1            | 2 | are for net-cachelines",
                "import net-cachelines - --as a@1         | 2 | are for the output of a profiler",
                "import perf-c2c - -                      | 2 | one file is one run",
                "import perf-c2c - --as nonsense          | 3 | --as: expected TYPE@ADDRESS or TYPE@SYMBOL",
                "import perf-c2c - --as a[3]@1            | 3 | the size of a is not known",
                "import perf-c2c - --seconds -1           | 2 | '--seconds': expected a number above 0",
                "import perf-script -                     | 3 | standard input: no sample with an address",
                "import dhat -                            | 3 | standard input: line 1, column 1: ends",
                "merge                                    | 2 | name access files",
                "merge no-such-file                       | 3 | no-such-file: cannot be read",
            })
    void wrong_usage_is_one_line(String words, int status, String message) {
        Cli.Run run = Cli.withInput("", words.split(" +"));

        assertThat(run.status()).isEqualTo(status);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains(message);
    }
}
