package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.faultline.cli.Cli.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code inspect} says first, what it holds back, and what a baseline accepts. */
class FirstScreenTest {

    private static final String TEXT = """
            struct ring {
                    unsigned int               head;                 /*     0     4 */
                    unsigned int               tail;                 /*     4     4 */
                    unsigned int               mask;                 /*     8     4 */
                    /* XXX 4 bytes hole, try to pack */
                    void **                    slots;                /*    16     8 */
                    /* size: 24, cachelines: 1, members: 4 */
            };
            struct guess {
                    atomic_t                   users;                /*     0     4 */
                    int                        flags;                /*     4     4 */
                    /* size: 8, cachelines: 1, members: 2 */
            };
            struct clean {
                    long                       one;                  /*     0     8 */
                    /* size: 8, cachelines: 1, members: 1 */
            };
            """;

    @TempDir
    private Path directory;

    private String source;

    @BeforeEach
    void write() throws IOException {
        source = Files.writeString(directory.resolve("all.txt"), TEXT).toString();
    }

    private Run inspect(String... more) {
        List<String> words = new ArrayList<>(List.of("inspect", "--machine", "x86-64", "--width", "120"));
        words.addAll(List.of(more));
        return Cli.run(words.toArray(String[]::new));
    }

    private Run profiled(String... more) {
        List<String> words = new ArrayList<>(List.of(source, "--profile", "docs/examples/ring.yaml"));
        words.addAll(List.of(more));
        return inspect(words.toArray(String[]::new));
    }

    @Test
    void a_source_begins_with_a_verdict_and_shows_the_findings_that_matter_without_bodies() {
        Run run = profiled();

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out())
                .startsWith(source + ": 3 errors, 1 warning in 1 of 3 structs\n\nerror  ")
                .contains("error  WritersShareLine  ring\n", "declared\n  faultline inspect " + source + "#ring")
                .contains(" --profile docs/examples/ring.yaml")
                .endsWith("\n  not shown: 2 info and 1 suspicion from field types; --all shows them\n")
                .doesNotContain("cachelines:", "guess");
        assertThat(run.out().lines()).filteredOn(line -> !line.contains(source)).allMatch(line -> line.length() <= 120);
    }

    @Test
    void the_command_under_a_finding_shows_its_struct_with_the_same_findings() {
        String command = profiled()
                .out()
                .lines()
                .filter(line -> line.contains("faultline inspect "))
                .findFirst()
                .orElseThrow()
                .replaceFirst(".*faultline inspect ", "");

        List<String> words = new ArrayList<>(List.of("inspect"));
        words.addAll(List.of(command.split(" ")));
        assertThat(Cli.run(words.toArray(String[]::new)).out())
                .startsWith("ring: 3 errors, 1 warning, 2 info\nstruct of 24 bytes on 1 line of 64 bytes\n")
                .contains("unsigned int               tail;");
    }

    @Test
    void all_shows_suspicions_too_which_then_count() {
        Run all = profiled("--all", "--fail-on", "info");
        assertThat(all.out())
                .startsWith(source + ": 3 errors, 1 warning, 2 info, 1 suspicion in 2 of 3 structs\n")
                .contains("suspicion  WriterBesideReaders  guess\n")
                .doesNotContain("not shown", "at assumed rates");
        assertThat(all.status()).isEqualTo(1);
        assertThat(inspect(source, "--fail-on", "info").status()).isZero();
        assertThat(inspect(source, "--fail-on", "info", "--all").status()).isEqualTo(1);
        assertThat(inspect(source).out()).startsWith(source + ": no findings in 3 structs\n");
    }

    @Test
    void top_shows_the_worst_structs_and_says_that_there_are_more() throws IOException {
        String pond = """
                struct pond {
                        unsigned int               head;                 /*     0     4 */
                        unsigned int               mask;                 /*     4     4 */
                        void **                    slots;                /*     8     8 */
                        /* XXX 48 bytes hole, try to pack */
                        unsigned int               tail;                 /*    64     4 */
                        /* size: 72, cachelines: 2, members: 4 */
                };
                """;
        Path more = Files.writeString(directory.resolve("more.txt"), pond + TEXT);
        String profile = Files.readString(Path.of("docs/examples/ring.yaml"));
        Path both = Files.writeString(directory.resolve("both.yaml"), profile.replace("  ring:", "  \"*n[dg]\":"));
        List<String> words = List.of(more.toString(), "--profile", both.toString());

        Run whole = inspect(with(words));
        assertThat(whole.out()).contains("  pond\n", "  ring\n");
        Run top = inspect(with(words, "--top", "1"));
        assertThat(top.out())
                .startsWith(whole.out().substring(0, whole.out().indexOf('\n')))
                .contains("  ring\n")
                .doesNotContain("  pond\n")
                .contains("--all and a larger --top show more\n");
        assertThat(inspect(with(words, "--top", "2", "--all")).out())
                .contains("  pond\n")
                .doesNotContain("  guess\n")
                .endsWith("  not shown: 1 suspicion from field types; a larger --top shows more\n");

        Run json = inspect(with(words, "--top", "1", "--format", "json", "--fail-on", "error"));
        assertThat(json.out()).contains("\"name\":\"ring\"").doesNotContain("\"name\":\"pond\"");
        assertThat(json.err()).isEqualTo("faultline: 1 of 4 structs shown (--top)\n");
        assertThat(json.status()).isEqualTo(1);
        assertThat(inspect(with(words, "--match", "[pg]*", "--top", "1")).out()).startsWith("pond: ");

        Run list = Cli.run("list", more.toString(), "--profile", both.toString(), "--top", "1");
        assertThat(list.out().lines()).hasSize(2);
        assertThat(list.out()).endsWith("  ring\n");
        assertThat(Cli.run("list", more.toString(), "--sort", "name", "--top", "1")
                        .out())
                .endsWith("  clean\n");
        for (String wrong : List.of("0", "-1", "many")) {
            Run refused = inspect(source, "--top", wrong);
            assertThat(refused.status()).isEqualTo(2);
            assertThat(refused.err()).contains("expected a number from 1 on, got '" + wrong + "'");
        }
    }

    private static String[] with(List<String> words, String... more) {
        List<String> all = new ArrayList<>(words);
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    @Test
    void the_running_kernel_is_named_with_its_release() throws IOException {
        assumeTrue(Files.exists(Path.of("/sys/kernel/btf/vmlinux")), "this machine has no kernel BTF");
        String release = Files.readString(Path.of("/proc/sys/kernel/osrelease")).strip();

        assertThat(inspect("kernel#list_head").out()).contains("layout     kernel, " + release + "\n");
        assertThat(inspect("kernel", "--match", "*_head", "--format", "html").out())
                .contains("<title>kernel, " + release + " · Faultline</title>");
    }

    @Test
    void a_struct_with_suspicions_only_has_no_findings() {
        assertThat(inspect(source + "#guess").out())
                .startsWith("guess: no findings; 1 suspicion from field types (--all)\n")
                .contains("atomic_t                   users;")
                .doesNotContain("WriterBesideReaders");
        assertThat(inspect(source + "#guess", "--all").out())
                .startsWith("guess: 1 suspicion\n")
                .contains("/* ! WriterBesideReaders */", "suspicion  WriterBesideReaders\n");
        assertThat(inspect(source, "--match", "*").out()).contains("clean: no findings\n", "cachelines: 1");
    }

    @Test
    void json_marks_suspicions_and_code_scanning_is_spared_them_unless_all_are_asked_for() {
        String json = inspect(source, "--format", "json").out();
        assertThat(json)
                .contains("\"certainty\":\"inferred\",\"suspicion\":true")
                .doesNotContain("\"saving\"");
        assertThat(inspect(source, "--format", "sarif").out()).doesNotContain("\"ruleId\"");
        assertThat(inspect(source, "--format", "sarif", "--all").out()).contains("\"ruleId\":\"WriterBesideReaders\"");
        assertThat(inspect(source, "--format", "html").out())
                .contains("<summary>1 suspicion from field types</summary>");
    }

    @Test
    void markdown_sums_a_source_up_likewise() {
        assertThat(profiled("--format", "markdown").out())
                .contains("**3 errors, 1 warning in 1 of 3 structs**", "- **error** `WritersShareLine` in `ring`: ");
    }

    @Test
    void a_baseline_accepts_what_is_there_and_only_what_is_new_is_reported() throws IOException {
        Path known = directory.resolve("known.yaml");

        Run missing = profiled("--baseline", known.toString());
        assertThat(missing.status()).isEqualTo(3);
        assertThat(missing.err()).isEqualTo("faultline: " + known + ": no such file; --update writes it\n");

        Run update = profiled("--baseline", known.toString(), "--update", "--fail-on", "warning");
        assertThat(update.status()).as(update.err()).isZero();
        assertThat(update.err()).isEqualTo("faultline: " + known + ": 6 findings accepted\n");
        assertThat(known).content().contains("{rule: WritersShareLine, fields: [head], severity: error, reason: \"\"}");

        Run again = profiled("--baseline", known.toString(), "--fail-on", "warning");
        assertThat(again.status()).isZero();
        assertThat(again.out())
                .startsWith(source + ": no findings in 3 structs\n")
                .contains("  6 known findings not shown\n");
        assertThat(profiled("--baseline", known.toString(), "--format", "json").out())
                .contains("\"known\":6");

        String less = Files.readString(known).replaceAll("(?m)^.*WritersShareLine.*\n", "");
        Files.writeString(known, less);
        Run fresh = profiled("--baseline", known.toString(), "--fail-on", "warning");
        assertThat(fresh.status()).isEqualTo(1);
        assertThat(fresh.out()).startsWith(source + ": 1 error in 1 of 3 structs\n");
    }

    @Test
    void an_update_says_what_is_gone() throws IOException {
        Path known = directory.resolve("known.yaml");
        profiled("--baseline", known.toString(), "--update");
        Run gone = inspect(source, "--baseline", known.toString(), "--update");

        assertThat(gone.err()).isEqualTo("faultline: " + known + ": 0 findings accepted, 6 gone\n");
    }

    @Test
    void a_broken_baseline_is_a_clear_line_and_never_overwritten() throws IOException {
        Path known = Files.writeString(directory.resolve("known.yaml"), "baseline: 9\nstructs: {}\n");
        for (String update : List.of("", "--update")) {
            List<String> words = new ArrayList<>(List.of("--baseline", known.toString()));
            if (!update.isEmpty()) {
                words.add(update);
            }
            Run run = profiled(words.toArray(String[]::new));
            assertThat(run.status()).isEqualTo(3);
            assertThat(run.err()).contains("expected version 1, found 9").hasLineCount(1);
        }
        assertThat(known).hasContent("baseline: 9\nstructs: {}\n");
        assertThat(inspect(source, "--update").status()).isEqualTo(2);
        Run replaced = profiled("--baseline", known.toString(), "-o", known.toString());
        assertThat(replaced.status()).isEqualTo(2);
        assertThat(replaced.err()).contains("would replace");
    }
}
