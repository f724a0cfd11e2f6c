package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code diff}: what it says, what it fails on, and what it makes of words and files that are wrong. */
class DiffTest {

    private static final String SHARED = "atomic_t refcnt; int flags; void *ops; long key;";
    private static final String PADDED = "atomic_t refcnt; char pad[60]; int flags; void *ops; long key;";
    private static final String ALIGNED =
            "atomic_t refcnt; int flags __attribute__((aligned(64))); void *ops; long key;";
    private static final String SPARE = "atomic_t refcnt; void *ops; long key; int flags;";
    private static final String FILLED = "long key; atomic_t refcnt; int flags; void *ops; int added;";

    @TempDir
    private Path directory;

    private String file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text).toString();
    }

    private String foo(String name, String members) throws IOException {
        return file(name, "struct foo { " + members + " };\n");
    }

    @Test
    void the_seed_change_is_better_and_says_what_moved_and_what_it_costs() {
        Cli.Run run = Cli.run("diff", "rtable@6.3", "rtable@6.4", "--machine", "x86-64", "--fail-on", "worse");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out())
                .startsWith("rtable@6.3 -> rtable@6.4  BETTER\n")
                .contains("moved into dst")
                .contains("  gone  EmbeddedStructSpill  error\n")
                .contains("sender: get, use, put");
        assertThat(run.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
        Cli.Run back = Cli.run("diff", "rtable@6.4", "rtable@6.3", "--machine", "x86-64", "--fail-on", "worse");
        assertThat(back.status()).isEqualTo(1);
    }

    @Test
    void a_template_of_the_library_that_embeds_what_changed_is_counted_and_shown_with_all() throws IOException {
        String text = """
                struct Pos { long x;%1$s };
                struct std::atomic<Pos> {
                        struct Pos _M_i; /* 0 %2$d */
                };
                struct Ring { struct Pos head; };
                """;
        String old = file("old.txt", text.formatted("", 8));
        String young = file("new.txt", text.formatted(" long y;", 16));
        Cli.Run run = Cli.run("diff", old, young);
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out().replaceAll("\\s+", " "))
                .contains("3 structs changed", "struct Pos (2); of std::, 1 is shown with --all", "Ring: same")
                .doesNotContain("std::atomic");
        assertThat(Cli.run("diff", old, young, "--all").out()).contains("std::atomic<Pos>: same");
    }

    @ParameterizedTest
    @ValueSource(strings = {"source", "btf"})
    void a_gate_without_a_profile_defends_padding(String form) throws IOException {
        assertThat(gate(form, SPARE, FILLED)).isZero();
        assertThat(gate(form, SHARED, PADDED)).isZero();
        assertThat(gate(form, SHARED, ALIGNED)).isZero();
        assertThat(gate(form, ALIGNED, SHARED)).isEqualTo(1);
        assertThat(gate(form, PADDED, SHARED)).isEqualTo(1);
    }

    private int gate(String form, String before, String after) throws IOException {
        String old = form.equals("btf") ? compiled("old", before) : foo("old.txt", before);
        String young = form.equals("btf") ? compiled("new", after) : foo("new.txt", after);
        int named = Cli.run("diff", old + "#foo", young + "#foo", "--fail-on", "worse")
                .status();
        assertThat(Cli.run("diff", old, young, "--fail-on", "worse").status()).isEqualTo(named);
        return named;
    }

    /** An object file with BTF, as gcc and pahole make it. */
    private String compiled(String name, String members) throws IOException {
        String source =
                file(name + ".c", "typedef struct { int counter; } atomic_t; struct foo { " + members + " } x;\n");
        String object = directory.resolve(name + ".o").toString();
        run("gcc", "-g", "-c", source, "-o", object);
        run("pahole", "-J", object);
        return object;
    }

    private static void run(String... words) {
        try {
            Process process =
                    new ProcessBuilder(words).redirectErrorStream(true).start();
            process.getInputStream().readAllBytes();
            assumeTrue(process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0, words[0] + " failed");
        } catch (IOException missing) {
            assumeTrue(false, "no " + words[0]);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    @ParameterizedTest
    @CsvSource({"worse, 1", "mixed, 1", "info, 1", "warning, 0", "error, 0", "never, 0"})
    void what_is_inferred_is_worse_but_info_at_most(String failOn, int status) throws IOException {
        String old = foo("old.txt", ALIGNED);
        String young = foo("new.txt", SHARED);
        assertThat(Cli.run("diff", old, young, "--fail-on", failOn).status()).isEqualTo(status);
    }

    @Test
    void each_side_can_start_where_its_allocator_puts_it() throws IOException {
        String profile = file("foo.yaml", """
                profile: a counter beside what others read
                structs:
                  foo:
                    roles: { writer: { cpus: 1 }, reader: { cpus: 3 } }
                    operations:
                      - { name: add, role: writer, rate: 1e6, accesses: [ { field: count, kind: rmw } ] }
                      - { name: get, role: reader, rate: 1e6, accesses: [ { field: limit, kind: read } ] }
                """);
        String foo = file("foo.txt", "struct foo { long count; char filler[56]; long limit; long more[7]; };\n");
        String[] words = {
            "diff",
            foo + "#foo",
            foo + "#foo",
            "--profile",
            profile,
            "--machine",
            "x86-64",
            "--width",
            "120",
            "--base-align",
            "64",
            "--base-align",
            "8"
        };
        String lost = Cli.run(words).out();
        words[10] = "8";
        words[12] = "64";
        String gained = Cli.run(words).out();

        assertThat(lost)
                .startsWith("foo  WORSE")
                .contains("objects start on a line: --base-align -> objects start at any multiple of 8");
        assertThat(gained)
                .startsWith("foo  BETTER")
                .contains("objects start at any multiple of 8 (8 placements): --base-align -> objects start on a line");
    }

    @Test
    void what_a_profile_declares_can_be_an_error() throws IOException {
        String profile = file("foo.yaml", """
                profile: get and put
                structs:
                  foo:
                    roles: { user: { cpus: all } }
                    operations:
                      - name: get
                        role: user
                        rate: 1e6
                        accesses: [ { field: refcnt, kind: rmw } ]
                      - name: look
                        role: user
                        rate: 1e6
                        accesses: [ { field: flags, kind: read } ]
                """);
        Cli.Run run = Cli.run(
                "diff", foo("old.txt", ALIGNED), foo("new.txt", SHARED), "--profile", profile, "--fail-on", "warning");
        assertThat(run.status()).as(run.out() + run.err()).isEqualTo(1);
        assertThat(run.out()).contains("user: look").contains("  new   WriterBesideReaders  error\n");
    }

    @Test
    void where_nothing_differs_nothing_is_printed() throws IOException {
        String source = foo("same.txt", SHARED);
        for (String[] words : new String[][] {
            {"diff", source, source, "--fail-on", "info"},
            {"diff", source + "#foo", source + "#foo"},
            {"diff", "rtable@6.3", "rtable@6.3"}
        }) {
            Cli.Run run = Cli.run(words);
            assertThat(run.status()).as(run.err()).isZero();
            assertThat(run.out()).isEmpty();
            assertThat(run.err()).contains("nothing differs");
        }
    }

    @Test
    void many_structs_are_counted_and_listed_worst_first() throws IOException {
        List<String> old = new ArrayList<>();
        List<String> young = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            old.add("struct s" + i + " { " + (i == 7 ? ALIGNED : i == 8 ? SHARED : "long a; int b;") + " };");
            young.add("struct s" + i + " { " + (i == 7 ? SHARED : i == 8 ? ALIGNED : "long a; int b; long c;") + " };");
        }
        old.add("struct gone { int x; };");
        young.add("struct come { int x; };");
        old.add("struct kept { int x; };");
        young.add("struct kept { int x; };");
        String before = file("old.txt", String.join("\n", old));
        String after = file("new.txt", String.join("\n", young));
        Cli.Run run = Cli.run("diff", before, after);
        assertThat(run.out())
                .contains("30 structs changed, 1 as before, 1 added, 1 removed")
                .contains("1 worse, 0 mixed, 28 same, 1 better")
                .contains("added: come")
                .contains("removed: gone")
                .contains("10 more with --all");
        assertThat(run.out()
                        .lines()
                        .filter(line -> line.contains(" s"))
                        .filter(line -> line.startsWith("  worse "))
                        .findFirst())
                .hasValueSatisfying(line -> assertThat(line).contains("s7 ").contains("refcnt"));
        assertThat(Cli.run("diff", before, after, "--all").out())
                .doesNotContain("more with --all")
                .contains("s29");
        assertThat(Cli.run("diff", before, after, "--top", "3").out())
                .contains("s7 ", "27 more with --all")
                .doesNotContain("s29");
        assertThat(Cli.run("diff", before, after, "--match", "s7").out()).contains("refcnt is no longer alone");
        assertThat(Cli.run("diff", before + "#s7", after).out()).startsWith("s7  WORSE\n");
        assertThat(Cli.run("diff", before, after, "--sort", "size").status()).isZero();
    }

    @Test
    void what_is_missing_is_named_with_what_is_near() throws IOException {
        String old = foo("old.txt", SHARED);
        Cli.Run run = Cli.run("diff", old + "#fooo", old + "#foo");
        assertThat(run.status()).isEqualTo(3);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("fooo").contains("did you mean foo");
        assertThat(Cli.run("diff", "rtabel", "rtable").err()).contains("rtable").contains("there is no file");
        assertThat(Cli.run("diff", old, "nope.jar").err()).startsWith("faultline: nope.jar: no such file");
        Cli.Run file = Cli.run("diff", "/no/such/file", old);
        assertThat(file.status()).isEqualTo(3);
        assertThat(file.err()).contains("no such file");
        Cli.Run none = Cli.run("diff", old, old, "--match", "x*");
        assertThat(none.status()).isEqualTo(3);
        assertThat(none.err()).contains("'x*' matches no struct of 1");
        Cli.Run empty = Cli.run("diff", file("empty.txt", ""), old);
        assertThat(empty.status()).isEqualTo(3);
        assertThat(empty.err()).contains("empty.txt: is empty");
    }

    @ParameterizedTest
    @CsvSource({
        "diff, got 0",
        "diff rtable@6.3, got 1",
        "diff a b c, got 3",
        "diff rtable@6.3 rtable@6.4 --match x, --match",
        "diff - -, standard input",
        "diff rtable@ rtable, expected [SOURCE#]NAME",
        "diff rtable@6.3 rtable@6.4 --fail-on wrose, did you mean worse",
        "diff rtable@6.3 rtable@6.4 --sort verdicts, did you mean verdict"
    })
    void words_that_make_no_sense_are_told_so(String words, String complaint) {
        Cli.Run run = Cli.run(words.split(" "));
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains(complaint);
    }

    @Test
    void one_side_can_come_from_standard_input() throws IOException {
        Cli.Run run = Cli.withInput("struct foo { " + SHARED + " };", "diff", foo("old.txt", ALIGNED), "-");
        assertThat(run.out())
                .contains("foo: worse, refcnt is no longer alone")
                .contains("1 worse, 0 mixed, 0 same, 0 better\n");
    }

    @Test
    void colour_paints_the_verdict_and_changes_no_letter() {
        String[] words = {"diff", "rtable@6.3", "rtable@6.4"};
        String plain = Cli.run(words).out();
        String painted =
                Cli.run("diff", "rtable@6.3", "rtable@6.4", "--color", "always").out();
        assertThat(painted).contains("\u001b[1;32mBETTER");
        assertThat(painted.replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(plain);
    }

    @Test
    void json_has_every_struct_even_when_none_changed() throws IOException {
        String source = foo("same.txt", SHARED);
        assertThat(Cli.run("diff", source, source, "--format", "json").out()).contains("\"changed\":[]");
    }

    /** A reviewer sees what matters without unfolding anything. */
    @Test
    void a_comment_for_a_review_says_what_matters_in_fifteen_lines() {
        String comment = Cli.run("diff", "rtable@6.3", "rtable@6.4", "--machine", "x86-64", "--format", "markdown")
                .out();
        String seen = comment.substring(0, comment.indexOf("<details>"));
        assertThat(seen.lines().filter(line -> !line.isBlank())).hasSizeLessThanOrEqualTo(15);
        assertThat(seen)
                .startsWith("### rtable@6.3 -> rtable@6.4\n\n**better: `get, use, put` costs ")
                .contains("- size: 176 bytes, 3 lines of 64")
                .contains("- moved: dst.lwtstate, rt\\_genid, rt\\_flags, rt\\_type and 2 more, line 1 -> 2, "
                        + "now beside rt\\_gw\\_family, rt\\_gw4, only read")
                .contains("- gone: EmbeddedStructSpill, error: dst.\\_\\_refcnt beside rt\\_genid")
                .containsPattern("- gains: sender: get, use, put, [0-9.]+ us -> [0-9.]+ us \\(-\\d+ %\\)")
                .contains("- known from: declared: ", "predicted for x86-64 with 112 CPUs, not measured");
        assertThat(comment).contains("| rt\\_genid .. rt\\_iif (6) | 112 -> 136 |"); // folded, and whole

        assertThat(Cli.run(
                                "diff",
                                "docs/examples/ring-padded.txt#ring",
                                "docs/examples/ring.txt#ring",
                                "--profile",
                                "docs/examples/ring.yaml",
                                "--format",
                                "markdown")
                        .out())
                .contains("- moved: head, line 2 -> 0, now beside written tail and read mask, slots (of a struct that"
                        + " starts on a line)");

        String back = Cli.run("diff", "rtable@6.4", "rtable@6.3", "--machine", "x86-64", "--format", "markdown")
                .out();
        assertThat(back.substring(0, back.indexOf("<details>")))
                .contains("**worse: ", "- new: EmbeddedStructSpill, error", "- loses: sender: get, use, put, ")
                .contains("line 2 -> 1, now beside written dst.\\_\\_refcnt");
    }

    @Test
    void a_mail_has_verdict_costs_and_the_layouts_before_and_after_in_72_columns() {
        Cli.Run run = Cli.run("diff", "rtable@6.3", "rtable@6.4", "--machine", "x86-64", "--format", "mail");
        assertThat(run.status()).isZero();
        assertThat(run.out())
                .startsWith("rtable@6.3 -> rtable@6.4  BETTER\n")
                .containsSubsequence(
                        "gains       sender: get, use, put, ",
                        "Before:\n\nstruct rtable {",
                        "__refcnt;             /*    64     4 */", // dst changed inside, so it is written out
                        "rt_genid;             /*   112     4 */",
                        "After:\n\nstruct rtable {",
                        "lwtstate;        /*   128     8 */",
                        "rt_genid;             /*   136     4 */");
        assertThat(run.out().lines().filter(line -> !line.contains("/*"))).allMatch(line -> line.length() <= 72);
        assertThat(Cli.run("diff", "docs/examples/ring.txt", "docs/examples/ring-padded.txt", "--format", "mail"))
                .satisfies(whole -> assertThat(whole.status()).isEqualTo(2))
                .satisfies(whole -> assertThat(whole.err()).contains("mail shows one struct before and after"));
        assertThat(Cli.run("inspect", "rtable@6.3", "--format", "mail").status())
                .isEqualTo(2);
        assertThat(Cli.run("check", "docs/examples", "--format", "mail").status())
                .isEqualTo(2);
    }
}
