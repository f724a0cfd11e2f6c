package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.faultline.layout.Slot;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.notation.NotationReader;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code faultline suggest} as a person uses it, and misuses it. */
class SuggestTest {

    private static final String[] RING = {
        "suggest", "--from", "docs/examples/ring.txt", "ring", "--profile", "docs/examples/ring.yaml"
    };

    /** A ring as written by hand, for diffs. */
    private static final String HEADER = """
            /* a ring */
            struct ring {
            	unsigned int head;	/* the consumer's */
            	unsigned int tail;	/* the producer's */
            	unsigned int mask;
            	void **slots;
            };
            """;

    @TempDir
    private Path directory;

    private static String[] ring(String... more) {
        return Stream.concat(Stream.of(RING), Stream.of(more)).toArray(String[]::new);
    }

    @Tag("slow")
    @Test
    void the_route_of_6_3_gets_a_proved_layout_of_the_same_size_and_says_what_each_field_wins() {
        Cli.Run run = Cli.run("suggest", "rtable@6.3");

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines()).allMatch(line -> line.length() <= 80);
        assertThat(run.out())
                .contains("  today     176      3 ")
                .containsPattern("  => 1      176 .* changes dst")
                .contains("gap 0: ")
                .containsPattern("dst\\.error, away from dst\\.__refcnt: saves [0-9.]+ (ns|us)")
                .containsPattern("dst\\.tclassid, away from dst\\.__refcnt: saves [0-9.]+ (ns|us)")
                .contains("changes struct dst_entry, and so every struct that embeds it")
                .containsPattern("128-byte lines .* % less")
                .containsPattern("8 CPUs .* % less")
                .doesNotContain("ERROR");
    }

    @Tag("slow")
    @Test
    void its_c_is_what_gcc_lays_out_and_its_java_and_notation_are_the_same_bytes() throws Exception {
        assumeTrue(isThere("gcc"), "gcc is not installed");
        String[] route = {"suggest", "rtable@6.3", "--effort", "low", "--emit"};
        Path c = Files.writeString(directory.resolve("rtable.c"), emit(route, "c"));
        assertThat(complaints("gcc", "-std=gnu11", "-Wall", "-Wextra", "-Werror", "-fsyntax-only", c.toString()))
                .isEmpty();
        Map<String, Long> asserted = offsets(Files.readString(c));

        StructLayout java = compiled("Rtable", emit(route, "java"));
        StructLayout notation =
                NotationReader.read("emitted", emit(route, "layout")).get(0);

        assertThat(asserted).hasSizeGreaterThan(25).containsKey("dst.__refcnt");
        for (StructLayout layout : List.of(java, notation)) {
            assertThat(layout.byteSize()).isEqualTo(176);
            for (Slot.Field field : layout.fields()) {
                if (field.bits().isEmpty()) {
                    assertThat(asserted).containsEntry(field.path(), field.byteOffset());
                }
            }
        }
        assertThat(java.sameBytesAs(notation)).isTrue();
    }

    @Test
    void a_ring_gets_lines_of_its_own_for_head_and_tail_where_it_may_grow() {
        Cli.Run run = Cli.run(ring());

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("aligned to a line", "Candidate 1, the cheapest; all that cost less")
                .contains("objects must be allocated at the start of a line", "--no-align asks for none")
                .contains("producer: put 51 ns -> 19 ns, 32 ns less")
                .containsPattern("slots, away from (head|tail): saves ")
                .contains("128-byte lines");
        assertThat(run.out().lines()).allMatch(line -> line.length() <= 80);
    }

    @Test
    void what_must_stay_stays_and_what_is_too_large_is_left_out() {
        Cli.Run pinned = Cli.run(ring("--pin", "slots=8", "--keep", "head,mask", "--free-first", "--emit", "layout"));
        StructLayout layout = NotationReader.read("emitted", pinned.out()).get(0);
        assertThat(layout.resolve("slots").orElseThrow().bytes().start()).isEqualTo(8);
        assertThat(layout.resolve("mask").orElseThrow().bytes().start()
                        - layout.resolve("head").orElseThrow().bytes().start())
                .isEqualTo(4);

        Cli.Run small = Cli.run(ring("--max-size", "80", "--format", "json"));
        Matcher sizes = Pattern.compile("\"byteSize\":(\\d+),\"lines\"").matcher(small.out());
        assertThat(sizes.find()).isTrue();
        do {
            assertThat(Long.parseLong(sizes.group(1))).isLessThanOrEqualTo(80);
        } while (sizes.find());
    }

    @Test
    void a_diff_applies_to_the_header_it_was_made_for() throws Exception {
        assumeTrue(isThere("patch") && isThere("gcc"), "patch or gcc is not installed");
        Path header = Files.writeString(directory.resolve("ring.h"), HEADER);
        Cli.Run run = Cli.run(
                "suggest",
                "--from",
                header.toString(),
                "ring",
                "--profile",
                "docs/examples/ring.yaml",
                "--emit",
                "diff",
                "--against",
                header.toString());
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.err()).contains("candidate 1 of ", "objects must be allocated at the start of a line");
        assertThat(Cli.run(ring("--emit", "c")).out())
                .as("what C cannot say stands beside it")
                .startsWith("/* objects must be allocated at the start of a line (aligned_alloc,");
        assertThat(run.out()).startsWith("--- a/").contains("+++ b/", " struct ring {", "+\tunsigned char pad_");
        Path diff = Files.writeString(directory.resolve("ring.diff"), run.out());

        assertThat(complaints("patch", header.toString(), diff.toString())).isEmpty();

        String patched = Files.readString(header);
        assertThat(patched).contains("/* a ring */", "\tunsigned int tail;\t/* the producer's */");
        StructLayout after = NotationReader.read("ring.h", patched).get(0);
        assertThat(after.resolve("tail").orElseThrow().bytes().start() / 64)
                .isNotEqualTo(after.resolve("head").orElseThrow().bytes().start() / 64);
        Cli.Run again = Cli.run(
                "suggest",
                "--from",
                header.toString(),
                "ring",
                "--profile",
                "docs/examples/ring.yaml",
                "--base-align",
                "64",
                "--max-size",
                String.valueOf(after.byteSize()));
        assertThat(again.out()).containsPattern("Nothing to win|Nothing better was found|No better layout was found");
    }

    @Tag("slow")
    @Test
    void what_is_guessed_or_unknown_or_never_written_is_said() throws IOException {
        assertThat(Cli.run("suggest", "dst_entry", "--profile", "none").out())
                .contains("guessed from field types, and rates are assumed");
        assertThat(Cli.run("suggest", "--from", "docs/examples/ring.txt", "ring")
                        .out())
                .contains("No access is known");
        Path profile = Files.writeString(directory.resolve("read.yaml"), """
                profile: only read
                structs:
                  ring:
                    roles:
                      reader: { cpus: all }
                    operations:
                      - name: look
                        role: reader
                        rate: 1e6
                        accesses:
                          - { field: head, kind: read }
                          - { field: slots, kind: read }
                """);
        assertThat(Cli.run("suggest", "--from", "docs/examples/ring.txt", "ring", "--profile", profile.toString())
                        .out())
                .contains("No role writes, so no CPU takes a line from another.");
    }

    @Test
    void the_same_question_has_the_same_answer() {
        String[] words = ring("--format", "json");
        assertThat(Cli.run(words).out()).isEqualTo(Cli.run(words).out());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--pin heda=0|3|heda|did you mean head",
                "--pin head|2|--pin|expected FIELD=BYTE, such as head=64, got 'head'",
                "--pin head=-4|2|--pin|expected FIELD=BYTE",
                "--pin head=2|3|head|",
                "--keep head,tial|3|tial|did you mean tail",
                "--max-size 0|2|--max-size|expected a number of bytes from 1 on, got '0'",
                "--max-size 3|3|3 bytes|take",
                "--effort huge|2|--effort|expected low, normal or high, got 'huge'",
                "--emit cpp|2|--emit|expected layout, c, java, declaration, ffm, constants, sbe or diff, got 'cpp'",
                "--emit diff|2|--against FILE|needs the file that declares the struct",
                "--against x.h|2|--against needs --emit diff|",
                "--emit c --format json|2|it does not go with --format|",
                "--open --whole|2|--open and --whole exclude each other|",
                "--pick 9|2|--pick: no candidate 9|there are",
                "--pick 0|2|--pick: no candidate 0|",
                "--emit diff --against /no/such.h|3|/no/such.h: cannot be read: no such file|",
                "--emit diff --against docs|3|docs: cannot be read: Is a directory|",
                "--emit diff --against docs/examples/ring.yaml|3|declares no struct ring|",
                "other|2|takes one struct, got 2|",
                "--frobnicate|2|suggest has no option --frobnicate|",
            })
    void wrong_words_are_complained_about_in_a_line(String words, int status, String first, String second) {
        Cli.Run run = Cli.run(ring(words.split(" ")));

        assertThat(run.status()).as(run.err()).isEqualTo(status);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains(first).contains(second == null ? "" : second);
        assertThat(run.err().lines().count()).isLessThanOrEqualTo(2);
    }

    @Test
    void a_device_without_end_is_read_no_farther_than_a_source_may_be_long() {
        assumeTrue(Files.exists(Path.of("/dev/zero")), "no /dev/zero here");
        Cli.Run run = Cli.run(ring("--emit", "diff", "--against", "/dev/zero"));
        assertThat(run.status()).isEqualTo(3);
        assertThat(run.err()).contains("/dev/zero: is longer than 16 MiB,");
    }

    @Test
    void what_is_no_struct_or_not_there_is_refused() {
        assertThat(Cli.run("suggest", "no_such_struct").status()).isEqualTo(3);
        assertThat(Cli.run("suggest").status()).isEqualTo(2);
        Cli.Run java = Cli.run("suggest", "--from", "jvm", "java.lang.Thread");
        assertThat(java.status()).isEqualTo(3);
        // JDK 17 has it @Contended, JDK 25 fields that the VM adds
        assertThat(java.err())
                .containsPattern(
                        "java\\.lang\\.Thread: .*(already separates its fields|fields that the VM adds itself)");
        Cli.Run empty = Cli.withInput("", "suggest", "--from", "-", "ring");
        assertThat(empty.status()).isEqualTo(3);
        assertThat(empty.err().lines().count()).isEqualTo(1);
    }

    @Test
    void a_class_becomes_a_chain_of_superclasses(@TempDir Path folder) throws IOException {
        Path profile = Files.writeString(folder.resolve("ring.yaml"), """
                profile: a ring
                structs:
                  com.acme.Ring:
                    roles: { producer: { cpus: 1 }, consumer: { cpus: 1 } }
                    operations:
                      - { name: put, role: producer, rate: 5e6, accesses: [ { field: head, kind: rmw } ] }
                      - { name: take, role: consumer, rate: 5e6, accesses: [ { field: tail, kind: rmw } ] }
                """);
        String[] words = {
            "suggest", "--from", "cli/target/test-classes", "com.acme.Ring", "--profile", profile.toString()
        };
        Cli.Run run = Cli.run(words);
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).contains("=>").contains("producer: put");

        String java = emit(words, "--emit=java");
        assertThat(java)
                .contains("package com.acme;")
                .contains("abstract class")
                .contains("volatile long head;");

        Cli.Run c =
                Cli.run(Stream.concat(Stream.of(words), Stream.of("--emit=c")).toArray(String[]::new));
        assertThat(c.status()).isEqualTo(2);
        assertThat(c.err()).contains("--emit of a Java class takes java or layout");
        Cli.Run pinned = Cli.run(
                Stream.concat(Stream.of(words), Stream.of("--pin", "head=16")).toArray(String[]::new));
        assertThat(pinned.status()).isEqualTo(2);
        assertThat(pinned.err()).contains("a Java VM places fields itself");
    }

    private static String emit(String[] words, String as) {
        Cli.Run run = Cli.run(Stream.concat(Stream.of(words), Stream.of(as)).toArray(String[]::new));
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.err()).startsWith("faultline: candidate ");
        return run.out();
    }

    private static Map<String, Long> offsets(String c) {
        Map<String, Long> offsets = new java.util.TreeMap<>();
        Matcher one = Pattern.compile("offsetof\\(struct rtable, ([\\w.]+)\\) == (\\d+)")
                .matcher(c);
        while (one.find()) {
            offsets.put(one.group(1), Long.parseLong(one.group(2)));
        }
        return offsets;
    }

    private StructLayout compiled(String name, String text) throws Exception {
        Path source = Files.writeString(directory.resolve(name + ".java"), text);
        String path = System.getProperty("java.class.path");
        int status = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-d", directory.toString(), "-cp", path, source.toString());
        assertThat(status).isZero();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {directory.toUri().toURL()})) {
            return (StructLayout) loader.loadClass(name).getField("LAYOUT").get(null);
        }
    }

    private static String complaints(String... words) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() == 0 ? "" : said;
    }

    private static boolean isThere(String program) {
        return Stream.of(System.getenv("PATH").split(":")).anyMatch(one -> Files.isExecutable(Path.of(one, program)));
    }
}
