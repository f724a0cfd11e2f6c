package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.faultline.cli.command.FaultlineCommand;
import dev.faultline.cli.run.CliContext;
import dev.faultline.machine.MachineWriter;
import dev.faultline.machine.Machines;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Laws over the help texts: they fit, they leave nothing out, and what they show works. */
class HelpTest {

    private static final Path KERNEL = Path.of("/sys/kernel/btf/vmlinux");

    @TempDir
    Path temporary;

    private static final CliContext NOWHERE = new CliContext(
            InputStream.nullInputStream(),
            OutputStream.nullOutputStream(),
            new PrintStream(OutputStream.nullOutputStream()),
            Map.of(),
            Machines::x86);

    private static List<CommandLine> commands() {
        CommandLine root = FaultlineCommand.in(NOWHERE);
        List<CommandLine> commands = new ArrayList<>(List.of(root));
        commands.addAll(root.getSubcommands().values());
        return commands;
    }

    @Test
    void every_help_text_fits_80_columns() {
        for (CommandLine command : commands()) {
            assertThat(command.getUsageMessage(CommandLine.Help.Ansi.OFF).lines())
                    .as(command.getCommandName())
                    .allMatch(line -> line.length() <= 80);
        }
    }

    @Test
    void a_command_that_is_built_alone_is_as_it_is_beside_the_others() {
        List<CommandLine> commands = commands();
        for (CommandLine command : commands.subList(1, commands.size())) {
            String name = command.getCommandName();
            CommandLine root = FaultlineCommand.in(NOWHERE, List.of(name, "--top"));
            boolean tellsAll = name.equals("help") || name.equals("generate-completion");
            assertThat(root.getSubcommands()).as(name).hasSize(tellsAll ? commands.size() - 1 : 1);
            CommandLine alone = root.getSubcommands().get(name);
            assertThat(alone.getUsageMessage()).isEqualTo(command.getUsageMessage());
            assertThat(alone.getCommandSpec().qualifiedName())
                    .isEqualTo(command.getCommandSpec().qualifiedName())
                    .isEqualTo("faultline " + name);
            assertThat(alone.isStopAtPositional()).isEqualTo(command.isStopAtPositional());
            assertThat(alone.isExpandAtFiles()).isEqualTo(command.isExpandAtFiles());
        }
        for (String word : List.of("--help", "inspekt", "-")) {
            assertThat(FaultlineCommand.in(NOWHERE, List.of(word)).getSubcommands())
                    .hasSize(commands.size() - 1);
        }
    }

    @Test
    void the_version_is_the_same_text_with_and_without_the_parser() {
        Cli.Run parsed = Cli.run("--debug", "--version");
        for (String word : List.of("--version", "-V")) {
            Cli.Run run = Cli.run(word);
            assertThat(run.out()).isEqualTo(parsed.out()).startsWith("faultline ");
            assertThat(run.err()).isEqualTo(parsed.err()).isEmpty();
            assertThat(run.status()).isEqualTo(parsed.status()).isZero();
        }
    }

    @Test
    void every_summary_is_a_whole_sentence_in_the_list_of_commands() {
        String list =
                commands().get(0).getUsageMessage(CommandLine.Help.Ansi.OFF).replaceAll("\\s+", " ");
        for (CommandLine command : commands().subList(1, commands().size())) {
            String[] description = command.getCommandSpec().usageMessage().description();
            assertThat(description[0]).as(command.getCommandName()).endsWith(".");
            if (!command.getCommandName().equals("help")) {
                assertThat(list).contains(command.getCommandName() + " " + description[0]);
            }
        }
    }

    @Test
    void every_option_and_argument_is_described() {
        for (CommandLine command : commands()) {
            String text = command.getUsageMessage(CommandLine.Help.Ansi.OFF);
            for (OptionSpec option : command.getCommandSpec().options()) {
                assertThat(option.description()).as(option.longestName()).isNotEmpty();
                assertThat(text).contains(option.longestName());
            }
            assertThat(command.getCommandSpec().usageMessage().description()).isNotEmpty();
        }
    }

    @Test
    void every_command_of_ours_shows_examples_and_answers_help() {
        for (CommandLine command : commands()) {
            if (command.getCommandName().equals("help")) {
                continue;
            }
            assertThat(command.getUsageMessage()).contains("Examples:\n  ");
            String[] words = command.getParent() == null
                    ? new String[] {"--help"}
                    : new String[] {command.getCommandName(), "--help"};
            Cli.Run run = Cli.run(words);
            assertThat(run.status()).isZero();
            assertThat(run.err()).isEmpty();
            assertThat(run.out()).startsWith("Usage: faultline");
        }
        assertThat(Cli.run("help", "inspect").out())
                .isEqualTo(Cli.run("inspect", "--help").out());
    }

    static List<String> examples() {
        return commands().stream()
                .flatMap(command ->
                        Arrays.stream(command.getCommandSpec().usageMessage().footer()))
                .filter(line -> line.startsWith("  ") && line.contains("faultline "))
                .filter(line -> !line.contains("faultline record")) // RecordIT: the agent is in the distribution
                .map(String::strip)
                .toList();
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("examples")
    void examples_run(String example) throws IOException {
        String command = example.replaceFirst("^.*?\\bfaultline ", "").replaceFirst("(\\s{2,}| > |\\)).*$", "");
        assumeTrue(!command.contains("kernel") || Files.exists(KERNEL), "this machine has no kernel BTF");
        Path written = temporary.resolve("written");
        String[] words = command.replace("'", "")
                .replaceFirst("-o \\w+", "-o " + written)
                .replace("./app", program().toString())
                .replace("build/*.ll", text().toString() + "/*.ll")
                .replace("app.jar", jar().toString())
                .replace("lib/core.jar", jar().toString())
                .replace("mine.yaml", profile().toString())
                .replace("--profile ring.yaml", "--profile " + profile())
                .replace("c2c.txt", samples("c2c.txt", C2C))
                .replace("mail.txt", samples("mail.txt", C2C))
                .replace("samples.txt", samples("samples.txt", SCRIPT))
                .replace("--profile run.access", "--profile " + samples("run.access", ACCESS))
                .replace("profile run.access", "profile " + samples("run.access", ACCESS))
                .replace("merge run.access", "merge " + samples("run.access", ACCESS))
                .replace("run1.access", samples("run1.access", ACCESS))
                .replace("run2.access", samples("run2.access", ACCESS))
                .replace("hosts/*.access", samples("run1.access", ACCESS))
                .replace("known.yaml", baseline().toString())
                .replace("box.yaml", machine().toString())
                .replace("mine.contract.yaml", contract().toString())
                .replaceAll("old\\.o|vmlinux-6\\.1\\.btf", padded("__attribute__((aligned(64)))"))
                .replaceAll("new\\.o|vmlinux-6\\.12\\.btf", padded(""))
                .replace("tcp_sock.rst", table().toString())
                .split(" ");
        Cli.Run run = Cli.withInput("struct foo {\n\tint a; /* 0 4 */\n\t/* size: 4 */\n};\n", words);
        assertThat(run.status()).as(run.err()).isEqualTo(command.contains("--fail-on") ? 1 : 0);
        String[] named = temporary.toFile().list((folder, name) -> name.startsWith("written"));
        assertThat(run.out().isEmpty()).as(run.out()).isEqualTo(named.length == 1);
    }

    private static final String C2C = """
              0      100      100      500        0        0            0x602180
             0.00%   20.00%  100.00%    0.00%    0.00%   0x0  0  1  0x401000  0  190  150  600  1  [.] put  app  b.c:4  0
            90.00%   60.00%    0.00%    0.00%    0.00%   0x8  0  1  0x401100  9  180   60  300  2  [.] get  app  b.c:9  0
            """;
    private static final String SCRIPT = """
            7f31a2c04088 all     1026a080144 |OP STORE|LVL L1 or L1 hit|SNP N/A|TLB L1 or L2 hit|LCK Yes|BLK  N/A  55e0 put
            7f31a2c04090 all     10669800842 |OP LOAD|LVL L3 or L3 hit|SNP HitM|TLB L1 or L2 hit|LCK N/A|BLK  N/A  55f0 get
            """;
    private static final String ACCESS = """
            {"format":"faultline-access 1","certainty":"recorded","identity":{"jar":"app.jar"},"tool":"test","unit":"accesses"}
            {"role":"w","operation":"put","type":"buf","field":"a","kind":"write","count":5}
            {"role":"w","operation":"put","type":"block com.acme.Ring.<init>:13","byteOffset":0,"kind":"write","count":5}
            """;

    private String samples(String name, String text) throws IOException {
        return Files.writeString(temporary.resolve("in-" + name), text).toString();
    }

    private Path baseline() throws IOException {
        return Files.writeString(temporary.resolve("known.yaml"), "baseline: 1\nstructs: {}\n");
    }

    private Path machine() throws IOException {
        return Files.writeString(temporary.resolve("box.yaml"), MachineWriter.write(Cli.MACHINE));
    }

    /** {@return what pahole prints of a program} */
    private Path program() throws IOException {
        return Files.writeString(
                temporary.resolve("app"),
                "struct ns::Ring<long> {\n\tlong head; /* 0 8 */\n\t/* size: 8 */\n};\n"
                        + "struct buf {\n\tlong a; /* 0 8 */\n\tlong b; /* 8 8 */\n\t/* size: 16 */\n};\n"
                        + "struct other {\n\tint a; /* 0 4 */\n\t/* size: 4 */\n};\n");
    }

    /** {@return a directory with LLVM IR} */
    private Path text() throws IOException {
        Path build = Files.createDirectories(temporary.resolve("build"));
        Files.writeString(build.resolve("ring.ll"), """
                source_filename = "ring.c"
                target datalayout = "e-i64:64"
                !llvm.dbg.cu = !{!0}
                !0 = distinct !DICompileUnit(language: DW_LANG_C99, file: !1)
                !1 = !DIFile(filename: "ring.c", directory: "/src")
                !2 = !DICompositeType(tag: DW_TAG_structure_type, name: "ring", file: !1, line: 1, size: 64, elements: !3)
                !3 = !{!4}
                !4 = !DIDerivedType(tag: DW_TAG_member, name: "head", scope: !2, baseType: !5, size: 64)
                !5 = !DIBasicType(name: "long", size: 64, encoding: DW_ATE_signed)
                """);
        return build;
    }

    private Path jar() throws IOException {
        Path jar = temporary.resolve("app.jar");
        try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (String name : List.of("Ring.class", "Slots.class")) {
                out.putNextEntry(new JarEntry("com/acme/" + name));
                try (var in = com.acme.Ring.class.getResourceAsStream(name)) {
                    in.transferTo(out);
                }
            }
        }
        return jar;
    }

    private Path contract() throws IOException {
        return Files.writeString(temporary.resolve("mine.contract.yaml"), """
                contract: mine
                structs:
                  rtable:
                    promises:
                      - max-hazard: baseline
                """);
    }

    /** A source is told by its content, so that a text does for an object file. */
    private String padded(String attribute) throws IOException {
        String members = " { atomic_t refcnt; int flags " + attribute + "; };\n";
        return Files.writeString(
                        temporary.resolve(attribute.isEmpty() ? "bare" : "padded"),
                        "struct foo" + members + "struct inet_sock" + members)
                .toString();
    }

    private Path table() throws IOException {
        return Files.writeString(temporary.resolve("tcp_sock.rst"), ImportTest.TABLE);
    }

    private Path profile() throws IOException {
        return Files.writeString(temporary.resolve("mine.yaml"), """
                profile: mine
                structs:
                  Ring:
                    roles:
                      user: { cpus: all }
                    operations:
                      - { name: put, role: user, accesses: [ { field: tail, kind: rmw } ] }
                  foo:
                    roles:
                      user: { cpus: all }
                    operations:
                      - name: look
                        role: user
                        rate: 1e6
                        accesses: [ { field: flags, kind: read } ]
                  rtable:
                    roles:
                      sender: { cpus: all }
                    operations:
                      - name: send
                        role: sender
                        rate: 5e6
                        accesses:
                          - { field: rt_genid, kind: rmw }
                          - { field: rt_flags, kind: read, gap: 20ns }
                          - { field: dst.ops, kind: read, gap: 20ns }
                """);
    }
}
