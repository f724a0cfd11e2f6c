package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.cli.Cli.Run;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole commands, seen from outside: what goes in, what comes out where, and with which status. */
class CommandsTest {

    private static final String TWO = "struct foo {\n\tint a; /* 0 4 */\n\t/* size: 4 */\n};\n"
            + "struct bar {\n\tstruct foo in[2]; /* 0 8 */\n\tlong b; /* 8 8 */\n\t/* size: 16 */\n};\n"
            + "struct baz {\n\tstruct {\n\t\tstruct bar deep; /* 0 16 */\n\t}; /* 0 16 */\n\t/* size: 16 */\n};\n";
    private static final String RING = "docs/examples/ring.txt";
    private static final String RING_PROFILE = "docs/examples/ring.yaml";

    @TempDir
    Path temporary;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0 | --version
            0 | --help
            0 | help inspect
            0 | list
            0 | explain
            0 | explain WriterBesideReaders
            0 | explain writerbesidereaders
            0 | generate-completion
            0 | inspect rtable@6.3
            0 | inspect rtable@6.3 --fail-on never
            1 | inspect rtable@6.3 --fail-on error
            1 | inspect rtable@6.3 --fail-on warning
            1 | inspect rtable@6.3 --fail-on info
            0 | inspect rtable@6.4 --fail-on error
            2 | inspect
            2 | no-such-command
            2 | inspect --no-such-option
            2 | inspect rtable@
            2 | help inspct
            2 | inspect rtable --format xml
            2 | inspect rtable --line 60
            2 | inspect rtable --base-align 3
            2 | inspect rtable --base-align 64 --base-align 8
            2 | inspect rtable --cpus 0
            2 | inspect rtable --cpus 1,2
            0 | inspect rtable --cpus 2
            2 | diff rtable@6.3 rtable@6.4 --cpus 1-2
            0 | diff rtable@6.3 rtable@6.4 --cpus 2
            2 | diff rtable@6.3 rtable@6.4 --base-align 64 --base-align 8 --base-align 8
            2 | inspect rtable --machine vax
            2 | inspect rtable --machine no/such/file
            2 | inspect rtable --vm 7
            0 | inspect rtable --vm 8
            2 | inspect rtable --vm all
            2 | inspect rtable --color blue
            2 | inspect rtable --fail-on panic
            2 | inspect rtable --ignore NoSuchRule
            2 | inspect rtable --match *
            2 | inspect rtable --from
            2 | inspect rtable --verify
            2 | inspect --embedders
            2 | inspect docs/examples/ring.txt --embedders
            2 | inspect rtable --width 59
            2 | inspect rtable --width wide
            0 | inspect rtable --width 60
            0 | inspect docs/examples/ring.txt
            2 | report rtable
            2 | check kernel#
            2 | list rtable
            2 | list --sort colour
            2 | explain NoSuchRule
            2 | calibrate box
            2 | calibrate --rounds 0
            2 | calibrate --rounds -3
            2 | calibrate --rounds 1002
            2 | calibrate --rounds many
            2 | calibrate --seconds 0
            2 | calibrate --seconds -1
            2 | calibrate --seconds NaN
            2 | calibrate --seconds 1e9
            2 | calibrate --seconds soon
            2 | calibrate --machine neoverse
            3 | calibrate -o no/such/directory/box.yaml
            3 | inspect rtable --machine docs
            3 | inspect rtable --machine docs/examples/ring.yaml
            3 | inspect no_such_struct
            3 | inspect rtable no_such_struct
            3 | inspect --match no_such_*
            3 | inspect --from no-such-file foo
            3 | inspect rtable --profile no-such-file
            3 | inspect rtable --profile docs/examples/ring.yaml
            3 | inspect rtable -o no/such/directory/report
            3 | list --from no-such-file
            3 | list --match no_such_*
            """)
    void every_outcome_has_its_status(int status, String words) {
        Run run = Cli.run(words.strip().split(" "));
        assertThat(run.status()).as(run.err()).isEqualTo(status);
        if (status == 2) {
            assertThat(run.out()).isEmpty();
            assertThat(run.err())
                    .startsWith("faultline: ")
                    .endsWith("--help'.\n")
                    .hasLineCount(2);
        } else if (status == 3) {
            assertThat(run.err()).startsWith("faultline: ").hasLineCount(1);
        } else {
            assertThat(run.out()).isNotEmpty();
            assertThat(run.err()).isEmpty();
        }
    }

    @Test
    void no_words_at_all_are_answered_with_a_short_usage() {
        Run run = Cli.run();
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("Usage: faultline COMMAND").hasLineCount(4);
        assertThat(run.err().lines()).allMatch(line -> line.length() <= 80);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            inspcet                             | inspect
            rtable                              | faultline inspect rtable
            inspect --form kernel x             | --from
            inspect rtable --fromat=json        | --format
            inspect rtable --format jsn         | json
            inspect rtable --machine neovers    | neoverse
            inspect rtable --ignore WastedPading| WastedPadding
            inspect rtabel                      | rtable
            explain TrueWriterBesideReader      | WriterBesideReaders
            list --sort siez                    | size
            calibarte                           | calibrate
            calibrate --round 3                 | --rounds
            import net-cachlines x.rst          | net-cachelines
            import net-cachelines x.rst --rat=1 | --rate
            help inspct                         | inspect
            """)
    void what_is_misspelt_gets_the_nearest_word(String words, String meant) {
        Run run = Cli.run(words.strip().split(" "));
        assertThat(run.status()).isIn(2, 3);
        assertThat(run.err().lines().findFirst().orElseThrow()).containsPattern("did you mean .*\\Q" + meant + "\\E");
    }

    @Test
    void what_is_found_is_reported_though_something_else_is_missing() {
        Run run = Cli.run("inspect", "rtable@6.3", "no_such", "dst_entry@6.3", "nor_this");
        assertThat(run.status()).isEqualTo(3);
        assertThat(run.out()).contains("rtable").contains("dst_entry");
        assertThat(run.err()).hasLineCount(2).contains("no_such").contains("nor_this");
    }

    @Test
    void text_from_standard_input_needs_no_name() {
        Run run = Cli.withInput(TWO, "inspect", "--from", "-");
        assertThat(run.status()).isZero();
        assertThat(run.out()).isEqualTo("standard input: no findings in 3 structs\n");
        assertThat(Cli.withInput(TWO, "inspect", "--from", "-", "--match", "*").out())
                .contains("foo", "bar", "baz");
        assertThat(Cli.withInput(TWO, "inspect", "--from", "-", "bar").out())
                .contains("bar")
                .doesNotContain("baz");
        Run nothing = Cli.withInput("", "inspect", "--from", "-");
        assertThat(nothing.status()).isEqualTo(3);
        assertThat(nothing.err()).isEqualTo("faultline: standard input: is empty\n");
    }

    /** As of a variable of a script that is not set: it is not the current directory. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "inspect EMPTY",
                "report EMPTY -o NOWHERE",
                "check EMPTY",
                "diff EMPTY EMPTY",
                "inspect --from EMPTY",
                "list --from EMPTY",
                "inspect rtable --profile EMPTY"
            })
    void an_empty_name_names_nothing(String words) {
        String[] all = Stream.of(words.split(" "))
                .map(word -> word.replace("EMPTY", "")
                        .replace("NOWHERE", temporary.resolve("report").toString()))
                .toArray(String[]::new);

        Run run = Cli.run(all);

        assertThat(run.status()).isEqualTo(3);
        assertThat(run.err()).startsWith("faultline: '': ").hasLineCount(1);
    }

    @Test
    void inspect_takes_whole_sources_too() {
        Run whole = Cli.run("inspect", RING, "rtable@6.3", "--format", "json");
        assertThat(whole.status()).as(whole.err()).isZero();
        assertThat(whole.out()).contains("\"name\":\"ring\"").contains("\"name\":\"rtable\"");
        Run input = Cli.withInput(TWO, "inspect", "-", "--match", "b*", "--format", "json");
        assertThat(input.out()).contains("\"name\":\"bar\"").contains("\"name\":\"baz\"");
        assertThat(input.out().split("\"slots\":")).hasSize(3);
        Run missing = Cli.run("inspect", "no/such.jar");
        assertThat(missing.status()).isEqualTo(3);
        assertThat(missing.err()).startsWith("faultline: no/such.jar: no such file");
        Run name = Cli.run("inspect", "--from", RING, "cli");
        assertThat(name.err()).as("with --from it is a struct").contains("declares no cli");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"--from docs/examples/ring.txt --match r*", "--match rt*", "--from cli/target/test-classes"})
    void list_shows_in_json_what_inspect_shows(String words) {
        String[] more = (words + (words.contains("--match") ? "" : " --match *") + " --format json").split(" ");
        Run list = Cli.run(Stream.concat(Stream.of("list"), Stream.of(more)).toArray(String[]::new));
        Run inspect =
                Cli.run(Stream.concat(Stream.of("inspect"), Stream.of(more)).toArray(String[]::new));
        assertThat(list.status()).as(list.err()).isZero();
        assertThat(list.out()).isNotEmpty().isEqualTo(inspect.out());
    }

    @Test
    void a_struct_is_told_verdict_first_then_what_matters_then_its_layout_then_what_matters_less() {
        String text = Cli.run("inspect", "rtable@6.3", "--machine", "x86-64", "--cpus", "2")
                .out();

        assertThat(text)
                .startsWith("rtable@6.3: 2 errors, 1 warning, 4 info\nstruct of 176 bytes ")
                .containsSubsequence(
                        "\nerror  ", "\nwarning  ", "\nlayout  ", "\nstruct rtable {", "\ncost ", "\ninfo  ");
        assertThat(text.indexOf("\ninfo  ")).isGreaterThan(text.indexOf("\ncost "));
        assertThat(text.lastIndexOf("\nwarning  ")).isLessThan(text.indexOf("\nlayout  "));
    }

    @Test
    void a_pattern_that_matches_nothing_is_answered_with_the_one_that_may_be_meant() {
        assertThat(Cli.run("list", "--match", "entry").err())
                .isEqualTo("faultline: catalogue: 'entry' matches no struct of 23; a pattern is for the whole name,"
                        + " and '*entry*' matches 2\n");
        assertThat(Cli.run("list", "--match", "zork").err())
                .isEqualTo("faultline: catalogue: 'zork' matches no struct of 23\n");
    }

    @Test
    void suggest_takes_a_number_of_cpus_as_inspect_does() {
        Cli.Run run = Cli.run("suggest", "percpu_ref@6.12", "--machine", "x86-64", "--cpus", "2");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).contains("x86-64, 2 CPUs");
    }

    @Test
    void merge_tells_wrong_usage_before_it_reads_a_file() {
        Cli.Run run = Cli.run("merge", "--as", "nope", "missing.access");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).startsWith("faultline: --as: expected TYPE@PLACE or TYPE@PLACE+BYTE, got 'nope'\n");
    }

    @Test
    void what_is_neither_a_struct_nor_a_file_is_called_so_and_a_source_in_place_of_a_struct_too() {
        Run missing = Cli.run("inspect", "missing.jar");
        assertThat(missing.status()).isEqualTo(3);
        assertThat(missing.err()).startsWith("faultline: missing.jar: no such file");
        Run word = Cli.run("inspect", "missing");
        assertThat(word.status()).isEqualTo(3);
        assertThat(word.err())
                .startsWith("faultline: there is no file missing, and the catalogue has no struct missing; it has ");
        assertThat(Cli.run("suggest", "missing.jar").err()).isEqualTo("faultline: missing.jar: no such file\n");
        assertThat(Cli.run("inspect", "rtable@9.9").err()).doesNotContain("file");

        Run source = Cli.run("suggest", "docs/examples/ring.txt");
        assertThat(source.status()).isEqualTo(3);
        assertThat(source.err()).contains("is a source, not a struct").contains("docs/examples/ring.txt#NAME");
    }

    @Test
    void a_reference_may_name_its_source() {
        Run run = Cli.run("inspect", RING + "#ring", "rtable@6.3", "--format", "json");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).contains("\"name\":\"ring\"").contains("\"name\":\"rtable\"");
    }

    @Test
    void embedders_are_found_directly_deeper_and_in_arrays() {
        Run direct = Cli.withInput(TWO, "inspect", "--from", "-", "foo", "--embedders", "--format", "json");
        assertThat(direct.out()).contains("\"name\":\"bar\"").contains("\"name\":\"baz\"");
        Run none = Cli.withInput(TWO, "inspect", "--from", "-", "baz", "--embedders");
        assertThat(none.status()).isEqualTo(3);
        assertThat(none.err()).isEqualTo("faultline: standard input: nothing embeds struct baz\n");
        Run versioned = Cli.run("inspect", "dst_entry@6.3", "--embedders", "--format", "json");
        assertThat(versioned.out()).contains("\"name\":\"rtable\"").contains("\"name\":\"rt6_info\"");
        assertThat(versioned.out().split("\"slots\":")).hasSize(3);
    }

    @Test
    void a_profile_of_the_users_takes_the_place_of_the_shipped_one() {
        Run without = Cli.run("inspect", "--from", RING, "--fail-on", "warning");
        assertThat(without.status()).isZero();
        Run with = Cli.run("inspect", "--from", RING, "--profile", RING_PROFILE, "--fail-on", "warning");
        assertThat(with.status()).isEqualTo(1);
        assertThat(with.out()).contains("WritersShareLine");
        Run ignored = Cli.run(
                "inspect",
                "--from",
                RING,
                "--profile",
                RING_PROFILE,
                "--fail-on",
                "error",
                "--ignore",
                "WritersShareLine,WriterBesideReaders");
        assertThat(ignored.out()).doesNotContain("WritersShareLine").doesNotContain("WriterBesideReaders");
        Run shipped = Cli.run("inspect", "rtable@6.3", "--profile", "none", "--fail-on", "warning");
        assertThat(shipped.status()).isZero();
    }

    @Test
    void a_longer_line_and_another_alignment_change_the_verdict() {
        Run padded = Cli.run(
                "inspect",
                "--from",
                "docs/examples/ring-padded.txt",
                "--profile",
                RING_PROFILE,
                "--fail-on",
                "warning");
        assertThat(padded.status()).as(padded.out()).isZero();
        Run longLines = Cli.run(
                "inspect",
                "--from",
                "docs/examples/ring-padded.txt",
                "--profile",
                RING_PROFILE,
                "--fail-on",
                "warning",
                "--line",
                "1024",
                "--base-align",
                "1024");
        assertThat(longLines.status()).isEqualTo(1);
    }

    @Test
    void a_class_is_laid_out_for_the_vm_asked_for_and_verified_against_the_one_that_runs() {
        String classes = "cli/target/test-classes";
        Run old = Cli.run("inspect", "--from", classes, "com.acme.Ring", "--vm", "17", "--format", "json");
        Run compact = Cli.run("inspect", "--from", classes, "com.acme.Ring", "--vm", "25-coh", "--format", "json");
        assertThat(old.out()).contains("\"byteSize\":40");
        assertThat(compact.out()).contains("\"byteSize\":32");
        Run verified = Cli.run("inspect", "--from", classes, "com.acme.Ring", "--verify");
        assertThat(verified.status()).as(verified.err()).isZero();
        assertThat(verified.err())
                .startsWith("faultline: verified com.acme.Ring: 4 fields")
                .hasLineCount(1);
    }

    @Test
    void an_output_file_gets_what_standard_output_would() throws IOException {
        Path file = temporary.resolve("report.json");
        Run run = Cli.run("inspect", "rtable@6.3", "--format", "json", "-o", file.toString());
        assertThat(run.status()).isZero();
        assertThat(run.out()).isEmpty();
        assertThat(Files.readString(file))
                .isEqualTo(Cli.run("inspect", "rtable@6.3", "--format", "json").out());
        assertThat(Cli.run(
                                "inspect",
                                "no_such_struct",
                                "-o",
                                temporary.resolve("none").toString())
                        .status())
                .isEqualTo(3);
        assertThat(temporary.resolve("none")).doesNotExist();
    }

    @Test
    void colours_come_on_a_terminal_unless_they_are_forbidden() {
        Map<String, String> terminal = Map.of("FAULTLINE_TERMINAL", "out err", "TERM", "xterm");
        assertThat(colored(terminal)).isTrue();
        assertThat(colored(Map.of())).isFalse();
        assertThat(colored(Map.of("FAULTLINE_TERMINAL", "err"))).isFalse();
        assertThat(colored(Map.of("FAULTLINE_TERMINAL", "out", "NO_COLOR", "1")))
                .isFalse();
        assertThat(colored(Map.of("FAULTLINE_TERMINAL", "out", "NO_COLOR", ""))).isTrue();
        assertThat(colored(Map.of("FAULTLINE_TERMINAL", "out", "TERM", "dumb"))).isFalse();
        assertThat(colored(terminal, "--color", "never")).isFalse();
        assertThat(colored(Map.of("NO_COLOR", "1"), "--color", "always")).isTrue();
        assertThat(colored(terminal, "--format", "json")).isFalse();
    }

    private static boolean colored(Map<String, String> environment, String... more) {
        String[] words = new String[more.length + 2];
        words[0] = "inspect";
        words[1] = "rtable@6.3";
        System.arraycopy(more, 0, words, 2, more.length);
        return Cli.run(environment, "", words).out().contains("\u001b[");
    }

    @Test
    void a_reader_that_goes_away_is_no_failure_and_a_full_disk_is() {
        Run gone = Cli.into(failing("Broken pipe"), Map.of(), "", "inspect", "rtable@6.3");
        assertThat(gone.status()).isZero();
        assertThat(gone.err()).isEmpty();
        Run judged = Cli.into(failing("Broken pipe"), Map.of(), "", "inspect", "rtable@6.3", "--fail-on", "info");
        assertThat(judged.status()).isEqualTo(1);
        for (String words : new String[] {"inspect rtable@6.3", "inspect rtable --format json", "list", "explain"}) {
            Run full = Cli.into(failing("No space left on device"), Map.of(), "", words.split(" "));
            assertThat(full.status()).as(words).isEqualTo(3);
            assertThat(full.err()).hasLineCount(1).contains("No space left on device");
        }
        for (String words : new String[] {"list", "explain", "generate-completion", "--help", "--version"}) {
            Run closed = Cli.into(failing("Broken pipe"), Map.of(), "", words.split(" "));
            assertThat(closed.err()).as(words).isEmpty();
            assertThat(closed.status()).isZero();
        }
    }

    private static OutputStream failing(String reason) {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(reason);
            }
        };
    }

    @Test
    void a_defect_is_one_line_and_with_debug_a_trace() {
        OutputStream defective = new ByteArrayOutputStream() {
            @Override
            public synchronized void write(byte[] bytes, int from, int length) {
                throw new IllegalStateException("boom");
            }
        };
        Run brief = Cli.into(defective, Map.of(), "", "inspect", "rtable@6.3");
        assertThat(brief.status()).isEqualTo(3);
        assertThat(brief.err())
                .isEqualTo("faultline: internal error: java.lang.IllegalStateException: boom (run with --debug for the"
                        + " trace)\n");
        Run whole = Cli.into(defective, Map.of(), "", "inspect", "rtable@6.3", "--debug");
        assertThat(whole.err()).contains("\tat dev.faultline.");
    }

    @Test
    void list_takes_its_source_as_an_argument_too() {
        String ring = "docs/examples/ring.txt";

        assertThat(Cli.run("list", ring).out())
                .isNotEmpty()
                .isEqualTo(Cli.run("list", "--from", ring).out());
        assertThat(Cli.run("list", ring, "--from", ring).status()).isEqualTo(2);
        assertThat(Cli.run("list", "./no-such.jar").status()).isEqualTo(3);
        assertThat(Cli.run("list", "rtable").err()).contains("'faultline inspect rtable' shows a struct");
    }

    @Test
    void a_list_is_in_the_order_asked_for() {
        Run byName = Cli.withInput(TWO, "list", "--from", "-");
        assertThat(byName.out().lines().map(line -> line.replaceFirst(".* ", "")))
                .containsExactly("name", "bar", "baz", "foo");
        Run bySize = Cli.withInput(
                TWO + "struct big {\n\tchar c[99]; /* 0 99 */\n\t/* size: 99 */\n};\n",
                "list",
                "--from",
                "-",
                "--sort",
                "size");
        assertThat(bySize.out().lines().map(line -> line.replaceFirst(".* ", "")))
                .containsExactly("name", "big", "bar", "baz", "foo");
        Run byFindings = Cli.run("list", "--sort", "findings");
        assertThat(byFindings.out().lines().skip(1).findFirst().orElseThrow())
                .contains("error")
                .contains("6.3");
    }

    @Test
    void the_completion_is_a_script_that_bash_takes() throws Exception {
        Path script = Files.writeString(
                temporary.resolve("completion"), Cli.run("generate-completion").out());
        Process bash = new ProcessBuilder("bash", "-n", script.toString())
                .redirectErrorStream(true)
                .start();
        assertThat(new String(bash.getInputStream().readAllBytes())).isEmpty();
        assertThat(bash.waitFor()).isZero();
        assertThat(script).content().contains("inspect").contains("--embedders").contains("complete ");
    }
}
