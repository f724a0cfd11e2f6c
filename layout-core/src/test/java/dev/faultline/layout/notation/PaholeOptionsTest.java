package dev.faultline.layout.notation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.faultline.layout.Member;
import dev.faultline.layout.StructLayout;
import dev.faultline.testing.NativeHeaders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The types of the C library's headers, as pahole prints them with different options, are the same layouts. */
@Tag("slow")
@Tag("native")
class PaholeOptionsTest {

    private static final String TYPES = """
            typedef struct { int counter; } atomic_t;
            typedef atomic_t count_t;
            typedef unsigned int word_t;
            typedef word_t flags_t;
            struct mixed {
                atomic_t users; flags_t flags; count_t counts[3]; atomic_t *others; char c;
                unsigned a : 3, b : 5; word_t d : 9; long tail : 40; struct { word_t x : 31; } inner;
            };
            struct mixed mixed;
            """;

    @TempDir
    private static Path directory;

    private static List<StructLayout> plain;

    @BeforeAll
    static void compile() throws IOException, InterruptedException {
        for (String tool : List.of("gcc", "pahole")) {
            assumeTrue(
                    Stream.of(System.getenv("PATH").split(":")).anyMatch(one -> Files.isExecutable(Path.of(one, tool))),
                    tool + " is not installed");
        }
        String includes = "#define _GNU_SOURCE\n" + TYPES + NativeHeaders.includes();
        Files.writeString(directory.resolve("types.c"), includes);
        run("gcc", "-g", "-gdwarf-4", "-fno-eliminate-unused-debug-types", "-c", "types.c", "-o", "types.o");
        plain = NotationReader.read("plain", run("pahole", "types.o"));
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(String.join(" ", command)).isZero();
        return output;
    }

    private static List<String> facts(List<StructLayout> layouts) {
        List<String> facts = new ArrayList<>();
        for (StructLayout layout : layouts) {
            String members =
                    layout.members().stream().map(PaholeOptionsTest::facts).collect(Collectors.joining(", "));
            facts.add(layout.spelling() + " of " + layout.byteSize() + ": " + members);
        }
        return facts;
    }

    private static String facts(Member member) {
        String bits = member.bits()
                .map(of -> ":" + of.bitOffset() + "+" + of.bitSize())
                .orElse("");
        return member.name() + " at " + member.byteOffset() + bits + " of "
                + member.type().byteSize();
    }

    @Test
    void the_headers_have_hundreds_of_types() {
        assertThat(plain).hasSizeGreaterThan(300);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--hex", "-E", "-I", "-M", "--show_only_data_members", "--suppress_aligned_attribute"})
    void an_option_changes_the_text_but_not_the_layouts(String option) throws IOException, InterruptedException {
        TextLayouts read = NotationReader.readAll("text", run("pahole", option, "types.o"));
        assertThat(read.skipped()).isEmpty();
        assertThat(facts(read.layouts())).isEqualTo(facts(plain));
    }

    @Test
    void a_quoted_text_that_was_wrapped_is_the_same() throws IOException, InterruptedException {
        String wrapped = run("pahole", "types.o")
                .lines()
                .map(line -> {
                    int at = line.length() > 70 ? line.lastIndexOf(' ', 66) : -1;
                    return at > 0 ? line.substring(0, at) + "\n> " + line.substring(at + 1) : line;
                })
                .collect(Collectors.joining("\n> ", "> ", "\n"));
        TextLayouts read = NotationReader.readAll("text", wrapped);
        assertThat(read.skipped()).isEmpty();
        assertThat(facts(read.layouts())).isEqualTo(facts(plain));
    }

    @Test
    void expanded_members_are_spelled_by_their_typedefs() throws IOException, InterruptedException {
        StructLayout mixed = NotationReader.read("text", run("pahole", "-E", "-C", "mixed", "types.o"))
                .get(0);
        assertThat(mixed.members())
                .extracting(member -> member.name() + ": " + member.type().spelling())
                .containsExactly(
                        "users: atomic_t",
                        "flags: flags_t",
                        "counts: atomic_t[3]",
                        "others: atomic_t *",
                        "c: char",
                        "a: unsigned int",
                        "b: unsigned int",
                        "d: word_t",
                        "tail: long int",
                        "inner: struct");
    }
}
