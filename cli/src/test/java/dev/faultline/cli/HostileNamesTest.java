package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.faultline.access.ProfileReader;
import dev.faultline.cli.command.FaultlineCommand;
import dev.faultline.cli.run.CliContext;
import dev.faultline.cli.run.ErrorReporter;
import dev.faultline.contract.BaselineFile;
import dev.faultline.input.VisibleText;
import dev.faultline.machine.MachineFiles;
import dev.faultline.machine.MachineReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Whatever is in a name, no command writes it raw: to standard output, standard error or a file, in any format, with
 * colours
 * and without. Each run is held against one on files whose names are spelt harmlessly, with escapes in place of what is
 * escaped: what a person sees of both is the same, so that no name breaks a line, forges a colour or shifts a column.
 */
@Tag("slow")
class HostileNamesTest {

    private static final List<String> FORMATS = List.of("text", "json", "markdown", "html", "sarif", "github", "svg");
    private static final Pattern OWN_COLORS = Pattern.compile("\u001b\\[(0|1|3[1-6]|1;3[1-6])m");
    /** What SARIF holds of names otherwise than shown: hashes, and a percent-encoded path. */
    private static final Pattern ENCODED = Pattern.compile(
            "\"primaryLocationLineHash\":\"[0-9a-f]{16}:1\"" + "|\"faultline/v1\":\"[0-9a-f]{32}\"|\"uri\":\"[!-~]+\"");

    @TempDir
    static Path temporary;

    private static HostileFiles hostile;
    private static HostileFiles harmless;

    @BeforeAll
    static void files() {
        hostile = new HostileFiles(temporary, UnaryOperator.identity());
        harmless = new HostileFiles(temporary, VisibleText::of);
    }

    /** The words of a command on some files. */
    private interface Words {
        List<String> on(HostileFiles files) throws IOException;
    }

    /**
     * A command that writes reports.
     *
     * @param name what the test calls it
     * @param status how it ends in a format that shows what it has to say
     * @param words the command without its format
     */
    private record Command(String name, int status, Words words) {}

    private static final String S1 = "s1" + HostileFiles.COMMANDS;
    private static final String S2 = "s2" + HostileFiles.HIDING;

    /** Commands that are told no more than what to read. */
    private static List<Command> reading() {
        return List.of(
                new Command("list of BTF", 0, f -> List.of("list", "--from", "" + f.btf())),
                new Command("list of a jar", 0, f -> List.of("list", "--from", "" + f.jar())),
                new Command("list of notation", 0, f -> List.of("list", "--from", "" + f.notation())),
                new Command("inspect of BTF", 0, f -> List.of("inspect", "--expand", f.btf() + "#" + f.spelt(S2))),
                new Command("inspect of a jar", 0, f -> List.of("inspect", "--from", "" + f.jar(), "--match", "p.C*")),
                new Command(
                        "inspect of a jar on all VMs",
                        0,
                        f -> List.of("inspect", "--from", "" + f.jar(), "--match", "p.C*", "--vm", "all")),
                new Command(
                        "diff of a jar on two VMs",
                        0,
                        f -> List.of("diff", "" + f.jar(), "--vm", "17", "--vm", "25-coh", "--match", "p.C*")),
                new Command("inspect of all of a source", 0, f -> List.of("inspect", "" + f.btf(), "--all")),
                new Command("inspect of notation", 0, f -> List.of("inspect", f.notation() + "#plain")),
                new Command(
                        "report",
                        0,
                        f -> List.of("report", "" + f.btf(), "-o", f.directory() + "/report", "--match", "s1*")),
                new Command("diff of sources", 0, f -> List.of("diff", "" + f.btf(), "" + f.otherBtf())),
                new Command("check of a contract", 3, f -> List.of("check", "" + f.contract())),
                new Command("check of markers", 0, f -> List.of("check", "--from", "" + f.btf(), "--match", "*")),
                new Command("no such struct", 3, f -> List.of("inspect", f.btf() + "#" + f.spelt("no" + S1))),
                new Command("no such file", 3, f -> List.of("inspect", f.spelt("no\u001b[31m\n.btf") + "#x")));
    }

    /** Commands with a profile, and a machine that others do not take as their own. */
    private static List<Command> judging() {
        return List.of(
                new Command("inspect", 0, f -> judged(f, "inspect", f.btf() + "#" + f.spelt(S1))),
                new Command(
                        "diff of structs",
                        0,
                        f -> judged(f, "diff", f.btf() + "#" + f.spelt(S1), f.otherBtf() + "#" + f.spelt(S1))),
                new Command("suggest", 0, f -> judged(f, "suggest", f.btf() + "#" + f.spelt(S1))),
                new Command(
                        "simulate",
                        0,
                        f -> judged(f, "simulate", f.btf() + "#" + f.spelt(S1), f.btf() + "#" + f.spelt(S1))),
                new Command("bench", 0, f -> judged(f, "bench", f.btf() + "#" + f.spelt(S1), "--placement=aligned")));
    }

    private static List<String> judged(HostileFiles files, String... words) throws IOException {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--profile", "" + files.profile(), "--machine", "" + files.machine()));
        if (words[0].equals("simulate")) {
            all.add("--accesses=2000");
        }
        return all;
    }

    @Test
    void no_report_holds_a_name_raw_and_names_change_no_line() {
        Stream.concat(reading().stream(), judging().stream()).forEach(command -> {
            for (String format : FORMATS) {
                tried(command, format, "never");
            }
            tried(command, "text", "always");
        });
    }

    private static void tried(Command command, String format, String color) {
        Function<HostileFiles, Ran> in = files -> {
            List<String> words = new ArrayList<>(on(command.words(), files));
            words.addAll(List.of("--format", format, "--color", color));
            return run(files, words);
        };
        String what = command.name() + ", " + format + ", colours " + color;
        Ran one = in.apply(hostile);
        Ran two = in.apply(harmless);

        if (format.equals("text") || format.equals("json")) { // all the others are refused by some command
            assertThat(one.status())
                    .as(what + "\n" + one.text("standard error"))
                    .isEqualTo(command.status());
        }
        check(what, one, color.equals("always"));
        same(what, format, one, two);
    }

    private static List<String> on(Words words, HostileFiles files) {
        try {
            return words.on(files);
        } catch (IOException broken) {
            throw new java.io.UncheckedIOException(broken);
        }
    }

    /** What a run left: its status, and each stream and file by name. */
    private record Ran(int status, Map<String, byte[]> bytes) {
        String text(String stream) {
            return new String(bytes.get(stream), StandardCharsets.UTF_8);
        }
    }

    private static Ran run(HostileFiles files, List<String> words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Cli.Run run = Cli.into(out, Map.of(), "", words.toArray(String[]::new));
        Map<String, byte[]> bytes = new java.util.TreeMap<>();
        bytes.put("standard output", out.toByteArray());
        bytes.put("standard error", run.err().getBytes(StandardCharsets.UTF_8));
        try {
            for (String written : List.of("report", "k\u001b[31m\n.baseline.yaml", "written")) {
                Path file = files.directory().resolve(files.spelt(written));
                if (Files.exists(file)) {
                    bytes.put(written, Files.readAllBytes(file));
                    Files.delete(file);
                }
            }
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
        return new Ran(run.status(), bytes);
    }

    private static void check(String what, Ran ran, boolean colored) {
        assertThat(ran.status()).as(what + "\n" + ran.text("standard error")).isBetween(0, 3);
        assertThat(ran.text("standard error")).as(what).doesNotContain("internal error");
        ran.text("standard error")
                .lines()
                .forEach(line ->
                        assertThat(line).as(what).matches("(faultline: (?!forged)|Try '|Usage: |Commands: |  ).*"));
        ran.bytes().forEach((stream, bytes) -> {
            String text = decoded(what + ", " + stream, bytes);
            if (colored && !stream.equals("standard error")) {
                text = OWN_COLORS.matcher(text).replaceAll("");
            }
            assertThat(dangerous(text)).as(what + ", " + stream).isEmpty();
        });
    }

    private static String decoded(String what, byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException broken) {
            throw new AssertionError(what + " is no UTF-8", broken);
        }
    }

    /** By a list of its own, so that a hole in the escape is seen. */
    private static List<String> dangerous(String text) {
        return text.codePoints()
                .filter(c -> c < 0x20 && c != '\n'
                        || c >= 0x7f && c <= 0x9f
                        || Stream.of(
                                        0xad, 0x34f, 0x61c, 0x115f, 0x1160, 0x180e, 0x200b, 0x200c, 0x200d, 0x200e,
                                        0x200f, 0x2028, 0x2029, 0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2060, 0x2061,
                                        0x2062, 0x2063, 0x2064, 0x2066, 0x2067, 0x2068, 0x2069, 0x3164, 0xfeff)
                                .anyMatch(listed -> listed == c)
                        || c >= 0xd800 && c <= 0xdfff
                        || c >= 0xfdd0 && c <= 0xfdef
                        || c >= 0xfe00 && c <= 0xfe0f
                        || (c & 0xfffe) == 0xfffe
                        || c >= 0xe0000 && c <= 0xe0fff)
                .mapToObj(Integer::toHexString)
                .distinct()
                .toList();
    }

    /** JSON holds the very names, and is compared by its lines. */
    private static void same(String what, String format, Ran one, Ran two) {
        assertThat(one.status()).as(what + "\n" + one.text("standard error")).isEqualTo(two.status());
        assertThat(one.bytes().keySet()).as(what).isEqualTo(two.bytes().keySet());
        for (String stream : one.bytes().keySet()) {
            String text = plain(one.text(stream));
            String other = plain(two.text(stream));
            if (format.equals("json") && !stream.equals("standard error")) {
                assertThat(text.lines().count())
                        .as(what + ", " + stream)
                        .isEqualTo(other.lines().count());
            } else if (!text.equals(other)) { // a page is long; its first line that differs says enough
                List<String> lines = text.lines().toList();
                List<String> others = other.lines().toList();
                for (int i = 0; i < lines.size(); i++) {
                    assertThat(lines.get(i))
                            .as(what + ", " + stream + ", line " + i)
                            .isEqualTo(others.get(i));
                }
                assertThat(lines).as(what).hasSameSizeAs(others);
            }
        }
    }

    private static String plain(String text) {
        // which names are near depends on their very letters, and so does what is suggested
        return ENCODED.matcher(text.replaceAll(" \\(did you mean .*?\\?\\)", ""))
                .replaceAll("");
    }

    @Test
    void json_and_yaml_are_safe_to_look_at_and_hold_the_very_names() throws IOException {
        Ran list = run(hostile, List.of("list", "--from", hostile.btf().toString(), "--format", "json"));
        assertThat(strings(list.text("standard output")))
                .contains(
                        S1,
                        S2,
                        "w" + HostileFiles.COMMANDS,
                        "r" + HostileFiles.HIDING,
                        hostile.btf().toString());

        Ran jar = run(hostile, List.of("list", "--from", hostile.jar().toString(), "--format", "json"));
        check("jar", jar, false);
        assertThat(strings(jar.text("standard output"))).contains("hf\ud800g\udc00");

        Ran update = run(hostile, List.of("check", "--update", withBaseline().toString()));
        check("update", update, false);
        assertThat(BaselineFile.read("b", update.text("k\u001b[31m\n.baseline.yaml"))
                        .structs())
                .containsOnlyKeys(S1);

        Ran machine = run(
                hostile,
                List.of(
                        "calibrate",
                        "--name",
                        HostileFiles.COMMANDS + HostileFiles.HIDING,
                        "-o",
                        hostile.directory() + "/written"));
        check("calibrate", machine, false);
        assertThat(MachineReader.read("m", machine.text("written"), MachineFiles.none())
                        .name())
                .isEqualTo(HostileFiles.COMMANDS + HostileFiles.HIDING);

        Ran profile = run(
                hostile,
                List.of("import", "net-cachelines", hostile.table("rcv_nxt").toString()));
        check("import", profile, false);
        check("profile", run(hostile, List.of("profile", hostile.btf() + "#" + hostile.spelt(S2))), false);
        assertThat(ProfileReader.read("p", profile.text("standard output")).forStruct("s"))
                .isPresent();
    }

    /** Of promises only the one that asks for a baseline, so that one is written. */
    private static Path withBaseline() throws IOException {
        Path contract = hostile.contract();
        String yaml = Files.readString(contract);
        int other = yaml.indexOf("      - alone");
        return Files.writeString(contract, yaml.substring(0, other).replace("      - max-size: 4\n", ""));
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

    @Test
    void no_declaration_holds_a_name_raw() throws IOException {
        for (String emission : List.of("layout", "c", "java")) {
            List<String> words = List.of(
                    "suggest",
                    hostile.btf() + "#" + S1,
                    "--profile",
                    hostile.profile().toString(),
                    "--machine",
                    "x86-64",
                    "--emit",
                    emission);
            Ran ran = run(hostile, words);
            boolean refused = emission.equals("layout"); // notation has no word for such names
            assertThat(ran.status()).as(ran.text("standard error")).isEqualTo(refused ? 3 : 0);
            assertThat(dangerous(ran.text("standard error"))).as(emission).isEmpty();
            String raw = ran.text("standard output").replace("\t", "    "); // C is indented by tabs, names hold none
            assertThat(dangerous(raw)).as(emission).isEmpty();
            assertThat(ran.text("standard output").lines().filter(line -> line.startsWith("faultline")))
                    .as(emission)
                    .isEmpty();
        }
    }

    @Test
    void a_class_no_compiler_could_make_is_not_written_as_java() throws IOException {
        Ran ran = run(
                hostile,
                List.of(
                        "suggest",
                        hostile.jar() + "#" + "p.C" + HostileFiles.COMMANDS,
                        "--profile",
                        hostile.profile().toString(),
                        "--machine",
                        "x86-64",
                        "--emit",
                        "java"));
        check("suggest of a class", ran, false);
        assertThat(ran.status()).isEqualTo(3);
        assertThat(ran.text("standard output")).isEmpty();
        assertThat(ran.text("standard error")).contains("cannot be declared in Java: `");
    }

    @Test
    void a_diff_is_exact_or_not_written() throws IOException {
        String source = "// %s\nstruct plain {\n\tunsigned int a;\n\tunsigned int b;\n\tlong c;\n};\n";
        String profile = """
                profile: p
                structs:
                  plain:
                    roles: { x: { cpus: 1 }, y: { cpus: 1 } }
                    operations:
                      - { name: o, role: x, rate: 1e6, accesses: [ { field: a, kind: rmw } ] }
                      - { name: q, role: y, rate: 1e6, accesses: [ { field: b, kind: read }, { field: c, kind: read } ] }
                """;
        Path file = Files.writeString(hostile.directory().resolve("d\u001b[31m\n.h"), source.formatted("fine"));
        List<String> words = List.of(
                "suggest",
                "--from",
                file.toString(),
                "plain",
                "--profile",
                Files.writeString(hostile.directory().resolve("plain.yaml"), profile)
                        .toString(),
                "--machine",
                "x86-64",
                "--emit",
                "diff",
                "--against",
                file.toString());
        Ran exact = run(hostile, words);
        assertThat(exact.status()).as(exact.text("standard error")).isZero();
        assertThat(exact.text("standard output")).contains("/d\\033[31m\\012.h\"\n+++ \"b/", "\n-\tunsigned int b;\n");
        assertThat(dangerous(exact.text("standard output").replace("\t", ""))).isEmpty();

        Files.writeString(file, source.formatted("reordered \u202e here"));
        Ran refused = run(hostile, words);
        check("diff", refused, false);
        assertThat(refused.status()).isEqualTo(3);
        assertThat(refused.text("standard output")).isEmpty();
        assertThat(refused.text("standard error"))
                .contains(
                        "line 1: this line has invisible or control characters, which a diff would repeat",
                        "// reordered \\u202e here");
    }

    @Test
    void no_word_of_the_command_line_and_no_broken_file_comes_back_raw() throws IOException {
        String word = HostileFiles.COMMANDS + HostileFiles.HIDING + HostileFiles.COLOR + "\ud800";
        List<List<String>> lines = new ArrayList<>(List.of(
                List.of(word),
                List.of("--" + word),
                List.of("help", word),
                List.of("--help", word),
                List.of("explain", word),
                List.of("explain", word, "--help"),
                List.of("generate-completion", word), // takes no input: its script is the same always
                List.of("list", "--match", word),
                List.of("inspect", "--from", hostile.brokenNotation().toString(), "plain"),
                List.of(
                        "import",
                        "net-cachelines",
                        hostile.table("x" + HostileFiles.COLOR).toString()),
                List.of("inspect", "rtable@6.3", "--profile", hostile.contract().toString()),
                List.of("inspect", "rtable@6.3", "--machine", hostile.profile().toString()),
                List.of("check", hostile.machine().toString()),
                List.of("inspect", word + "#" + word + "@" + word)));
        CliContext nowhere = new CliContext(
                InputStream.nullInputStream(), new ByteArrayOutputStream(), System.err, Map.of(), () -> Cli.MACHINE);
        CommandLine all = FaultlineCommand.in(nowhere);
        all.getSubcommands().forEach((name, command) -> {
            if (!name.equals("bench")) { // measures a suite it knows; layouts are above
                lines.add(List.of(name, word));
            }
            lines.add(List.of(name, "--" + word));
            for (OptionSpec option : command.getCommandSpec().options()) {
                if (option.arity().max() > 0) {
                    String value = option.longestName().equals("--output") ? "nowhere/" + word : word;
                    lines.add(List.of(name, "rtable@6.3", option.longestName(), value));
                }
            }
        });
        for (List<String> words : lines) {
            check(String.join(" ", words), run(hostile, words), false);
        }
    }

    @Test
    void not_even_a_stack_trace_is_raw() throws IOException {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        CliContext surroundings = new CliContext(
                InputStream.nullInputStream(),
                new ByteArrayOutputStream(),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Map.of(),
                () -> Cli.MACHINE);
        RuntimeException defect = new IllegalStateException(HostileFiles.COMMANDS + HostileFiles.HIDING);

        assertThat(ErrorReporter.failure(defect, List.of("--debug"), surroundings))
                .isEqualTo(3);
        String text = decoded("trace", err.toByteArray());
        assertThat(text).contains("internal error", "not_even_a_stack_trace_is_raw");
        assertThat(dangerous(text.replace("\t", ""))).isEmpty();
    }
}
