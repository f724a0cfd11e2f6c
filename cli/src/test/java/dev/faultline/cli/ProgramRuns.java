package dev.faultline.cli;

import dev.faultline.cli.command.FaultlineCommand;
import dev.faultline.cli.run.CliContext;
import dev.faultline.hazard.rules.Catalog;
import dev.faultline.machine.MachineWriter;
import dev.faultline.machine.Machines;
import dev.faultline.source.btf.BtfBuilder;
import dev.faultline.source.jvm.ClassMaker;
import dev.faultline.testing.ByteMutator;
import dev.faultline.testing.TextMutator;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Makes runs of the program: any command with any of its options, over good and broken files. No word names anything
 * outside of
 * the run's directory, and none asks for much work.
 */
final class ProgramRuns implements Function<Random, ProgramRun> {

    private static final String DIRECTORY = ProgramRun.DIRECTORY;

    private static final String STRUCTS = """
            struct counter { long hits; };
            struct ring { int head; atomic_t users; struct counter seen; char name[8]; unsigned flags : 3; int tail; };
            """;

    private static final String NEWER = """
            struct ring {
                    int                        tail;             /*     0     4 */
                    int                        head;             /*     4     4 */
                    /* XXX 56 bytes hole, try to pack */
                    atomic_t                   users;            /*    64     4 */
                    /* size: 68, cachelines: 2, members: 3 */
            };
            """;

    private static final String PROFILE = """
            profile: who uses a ring
            structs:
              ring:
                roles:
                  producer: { cpus: all }
                  consumer: { cpus: 1 }
                operations:
                  - {name: put, role: producer, rate: 1e6, accesses: [{field: head, kind: rmw}, {field: users, kind: cas-loop}]}
                  - {name: get, role: consumer, rate: 2e6, accesses: [{field: tail, kind: write, gap: 20ns}, {field: head, kind: read}]}
            """;

    private static final String CONTRACT = """
            contract: what the ring promises
            source: old.txt
            profile: who.yaml
            line: [64, 128]
            structs:
              ring:
                promises:
                  - different-lines: [head, tail]
                  - max-size: 128
                  - max-hazard: {at-most: warning}
              'c*':
                promises: [{max-hazard: baseline}]
            """;

    private static final String TABLE = """
            ======================================
            ring struct fast path usage breakdown
            ======================================

            ====== ====== =================== =================== =======
            Type   Name   fastpath_tx_access  fastpath_rx_access  Comment
            ====== ====== =================== =================== =======
            int    head   read_write          read_mostly         put
            int    tail                       write_mostly
            ====== ====== =================== =================== =======
            """;

    private static final List<String> HOSTILE = List.of(
            "",
            " ",
            "*",
            "?",
            "[",
            "a*b*c*d*e*f*",
            "#",
            "@",
            "a#b#c",
            "-",
            "--",
            "---",
            "-1",
            "0",
            "1e99",
            "NaN",
            "99999999999999999999",
            "\u001b[31m",
            "\u202eabc",
            "\u200b",
            "a\nb",
            "a\tb",
            "\ufffd",
            "%s%n",
            "${x}",
            "{{x}}",
            "<script>",
            "'",
            "\"",
            "a=b",
            "=",
            ",",
            "x".repeat(3000));

    private static final List<String> STRUCT_NAMES = List.of(
            "ring", "ring", "counter", "everything", "a.A", "rtable@6.3", "rtable@6.4", "dst_entry", "nothing", "a.B");

    private final Map<String, byte[]> good = new TreeMap<>();
    private final Map<String, Function<Random, byte[]>> broken = new TreeMap<>();
    private final List<CommandLine> commands;

    /** Runs over files like these. */
    ProgramRuns(Path scratch) throws IOException {
        byte[] type = ClassMaker.named("a/A").with("J", "x", "y").bytes();
        Path jar = ClassMaker.jar(
                scratch.resolve("good.jar"),
                Map.of("a/A.class", type, "a/B.class", ClassMaker.named("a/B").bytes()));
        text(
                "old.txt",
                STRUCTS,
                new TextMutator(List.of(STRUCTS, NEWER), List.of("struct ", "{", "}", "/*", "*/", "[3]")));
        text(
                "new.txt",
                NEWER,
                new TextMutator(List.of(NEWER, STRUCTS), List.of("struct ", "{", "}", "/*", "*/", "[3]")));
        text("who.yaml", PROFILE, TextMutator.yaml(PROFILE));
        String machine = MachineWriter.write(Machines.x86());
        text("box.yaml", machine, TextMutator.yaml(machine));
        text("ring.contract.yaml", CONTRACT, TextMutator.yaml(CONTRACT));
        text("ring.rst", TABLE, new TextMutator(List.of(TABLE), List.of("read_mostly", "===", "..struct")));
        bytes("all.btf", BtfBuilder.everyKind(), ByteOrder.LITTLE_ENDIAN);
        bytes("app.jar", Files.readAllBytes(jar), ByteOrder.LITTLE_ENDIAN);
        bytes("A.class", type, ByteOrder.BIG_ENDIAN);
        commands = List.copyOf(FaultlineCommand.in(new CliContext(
                        InputStream.nullInputStream(),
                        OutputStream.nullOutputStream(),
                        new PrintStream(OutputStream.nullOutputStream()),
                        Map.of(),
                        Machines::x86))
                .getSubcommands()
                .values());
    }

    private void text(String name, String text, TextMutator mutator) {
        good.put(name, text.getBytes(StandardCharsets.UTF_8));
        broken.put(name, random -> mutator.apply(random).getBytes(StandardCharsets.UTF_8));
    }

    private void bytes(String name, byte[] bytes, ByteOrder order) {
        good.put(name, bytes);
        broken.put(name, new ByteMutator(List.of(bytes), order, any -> List.of()));
    }

    @Override
    public ProgramRun apply(Random random) {
        CommandLine command = one(commands, random);
        List<String> words = new ArrayList<>(List.of(command.getCommandName()));
        List<OptionSpec> options = command.getCommandSpec().options();
        for (int count = Integer.numberOfTrailingZeros(random.nextInt() | 16); count > 0; count--) {
            OptionSpec option = one(options, random);
            if (!option.longestName().equals("--help") || random.nextInt(20) == 0) {
                words.add(option.longestName());
                if (option.arity().max() > 0) {
                    words.add(value(option.longestName(), random));
                }
            }
        }
        for (int count = random.nextInt(3) + (command.getCommandName().equals("diff") ? 1 : 0); count > 0; count--) {
            words.add(argument(command.getCommandName(), random));
        }
        for (int changes = random.nextInt(8) - 5; changes > 0; changes--) {
            change(words, random);
        }
        return new ProgramRun(harmless(words), files(random), input(random));
    }

    private Map<String, byte[]> files(Random random) {
        Map<String, byte[]> files = new TreeMap<>(good);
        for (Map.Entry<String, Function<Random, byte[]>> each : broken.entrySet()) {
            if (random.nextInt(5) == 0) {
                files.put(each.getKey(), each.getValue().apply(random));
            }
        }
        return files;
    }

    private String input(Random random) {
        byte[] bytes = random.nextInt(8) == 0 ? broken.get("old.txt").apply(random) : good.get("old.txt");
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private String value(String option, Random random) {
        if (random.nextInt(24) == 0) {
            return one(HOSTILE, random);
        }
        return switch (option) {
            case "--from", "--base" -> random.nextInt(8) == 0 ? "-" : file(random);
            case "--profile" -> random.nextInt(6) == 0 ? "none" : DIRECTORY + "who.yaml";
            case "--machine" -> random.nextBoolean() ? DIRECTORY + "box.yaml" : one(Machines.names(), random);
            case "--against" -> DIRECTORY + one(List.of("old.txt", "new.txt"), random);
            case "--output" ->
                DIRECTORY + one(List.of("out.html", "out.json", "out.sarif", "out", "out.svg", "o\u202eut"), random);
            case "--source-root" -> random.nextInt(6) == 0 ? DIRECTORY + "missing" : DIRECTORY;
            case "--format" -> one(List.of("text", "json", "json", "html", "markdown", "sarif", "svg"), random);
            case "--color" -> one(List.of("always", "never", "auto"), random);
            case "--fail-on" -> one(List.of("error", "warning", "info", "never", "worse", "mixed"), random);
            case "--ignore" -> one(Catalog.ids(), random);
            case "--match", "--only", "--scenario" -> one(List.of("*", "r*", "?ing", "[a-z]*", "nothing*"), random);
            case "--sort" -> one(List.of("name", "size", "holes", "findings", "cost", "verdict"), random);
            case "--vm" -> one(List.of("8", "17", "25", "25-coh", "17-no-coops", "27", "all", "3"), random);
            case "--emit" ->
                one(List.of("layout", "c", "java", "declaration", "ffm", "constants", "sbe", "diff"), random);
            case "--effort" -> "low";
            case "--accesses" -> one(List.of("1000", "2e3"), random);
            case "--cpus" -> one(List.of("1", "1-3", "1,2,...,8", "tx=2", "rx=all"), random);
            case "--for" -> random.nextBoolean() ? DIRECTORY + "old.txt#ring" : one(STRUCT_NAMES, random);
            case "--pin" -> one(List.of("head=0", "tail=64", "users=3"), random);
            case "--keep" -> one(List.of("head,tail", "head,head", "head"), random);
            case "--rate" -> one(List.of("tx=1e6", "rx=0"), random);
            default -> one(List.of("1", "2", "64", "128", "0.5", "x", "1000000"), random);
        };
    }

    private String argument(String command, Random random) {
        if (random.nextInt(24) == 0) {
            return one(HOSTILE, random);
        }
        return switch (command) {
            case "check" -> random.nextInt(3) == 0 ? name(random) : DIRECTORY + "ring.contract.yaml";
            case "import" -> random.nextBoolean() ? "net-cachelines" : DIRECTORY + "ring.rst";
            case "explain" -> one(Catalog.ids(), random);
            case "bench" -> one(List.of("refcount", "queue", "pool", "rpc", "layout", "rtable@6.3"), random);
            case "help" -> one(commands, random).getCommandName();
            case "report", "diff" -> random.nextBoolean() ? file(random) : name(random);
            default -> name(random);
        };
    }

    private String name(Random random) {
        if (random.nextInt(4) > 0) {
            return one(
                    List.of(
                            "rtable@6.3",
                            "rtable@6.4",
                            DIRECTORY + "old.txt#ring",
                            DIRECTORY + "new.txt#ring",
                            DIRECTORY + "all.btf#everything",
                            DIRECTORY + "app.jar#a.A",
                            DIRECTORY + "A.class#a.A"),
                    random);
        }
        String name = one(STRUCT_NAMES, random);
        return random.nextInt(3) == 0 ? name : file(random) + "#" + name;
    }

    private String file(Random random) {
        return DIRECTORY + one(List.of("old.txt", "new.txt", "all.btf", "app.jar", "A.class", "missing"), random);
    }

    private static void change(List<String> words, Random random) {
        int at = random.nextInt(words.size());
        switch (random.nextInt(5)) {
            case 0 -> words.remove(at);
            case 1 -> words.add(at, words.get(random.nextInt(words.size())));
            case 2 -> words.set(at, one(HOSTILE, random));
            case 3 -> words.add(at, one(HOSTILE, random));
            default -> {
                String word = words.get(at);
                words.set(at, word.startsWith(DIRECTORY) ? word + "x" : word.substring(word.length() / 2));
            }
        }
        if (words.isEmpty()) {
            words.add("list");
        }
    }

    /** {@return the words without those that could write elsewhere, or play for hours} */
    static List<String> harmless(List<String> words) {
        List<String> kept = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            boolean inside = i + 1 < words.size() && words.get(i + 1).startsWith(DIRECTORY);
            boolean output = word.equals("-o") || word.equals("--output");
            boolean joined = word.startsWith("--output=") || word.matches("-[^-].*o.*");
            boolean lasting = word.equals("--accesses")
                    && !(i + 1 < words.size() && List.of("1000", "2e3").contains(words.get(i + 1)));
            boolean elsewhere =
                    word.matches("\\.+|~.*|kernel|jvm") || word.contains("/") && !word.startsWith(DIRECTORY);
            if (!(output && !inside) && !joined && !lasting && !elsewhere) {
                kept.add(word);
            }
        }
        if (kept.contains("simulate") && !kept.contains("--accesses")) {
            kept.addAll(List.of("--accesses", "1000"));
        }
        return kept.equals(words) ? kept : harmless(kept);
    }

    private static <T> T one(List<T> from, Random random) {
        return from.get(random.nextInt(from.size()));
    }
}
