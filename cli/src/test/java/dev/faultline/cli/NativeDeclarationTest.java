package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.faultline.testing.NativeCompiler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A finding in a program of C or C++ is where debug information says that its field is declared. */
@Tag("slow")
@Tag("native")
class NativeDeclarationTest {

    private static final String ENDS = """
            struct ends {
                    unsigned long head;
                    struct {
                            unsigned long tail;
                    };
            };
            """;

    private static final String RING = """
            #include "../include/net/ends.h"

            struct ring {
                    int size;
                    struct ends ends;
                    struct ends more[2];
            } ring;
            """;

    private static final String QUEUE = """
            #include "../include/net/ends.h"
            namespace net {
            class Base {
            public:
                    ends first;
            };
            class Queue : public Base {
            public:
                    long mine;
            };
            }
            net::Queue queue;
            """;

    private static final String PROFILE = """
            profile: who
            structs:
              NAME:
                roles: { producer: { cpus: 1 }, consumer: { cpus: 1 } }
                operations:
                  - { name: put, role: producer, rate: 5e6, accesses: [ { field: ONE, kind: rmw } ] }
                  - { name: take, role: consumer, rate: 5e6, accesses: [ { field: OTHER, kind: rmw } ] }
            """;

    @TempDir
    static Path repository;

    @BeforeAll
    static void files() throws IOException {
        assumeTrue(NativeCompiler.has("gcc", "g++"), "no gcc or no g++");
        write("include/net/ends.h", ENDS);
        write("src/ring.c", RING);
        write("src/queue.cc", QUEUE);
        write("ring.yaml", profile("ring", "ends.head", "ends.tail"));
        write("queue.yaml", profile("net::Queue", "mine", "net::Base.first.tail"));
    }

    private static String profile(String struct, String one, String other) {
        return PROFILE.replace("NAME", "\"" + struct + "\"").replace("ONE", one).replace("OTHER", other);
    }

    private static void write(String name, String text) throws IOException {
        Path file = repository.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static String object(String name, String... options) throws IOException, InterruptedException {
        return object(repository, "src/" + name, options);
    }

    private static String object(Path directory, String name, String... options)
            throws IOException, InterruptedException {
        Path made = repository.resolve(Path.of(name).getFileName() + ".o");
        List<String> words = new ArrayList<>(List.of(name.endsWith("c") && !name.endsWith("cc") ? "gcc" : "g++"));
        words.addAll(List.of(options));
        words.addAll(List.of("-c", name, "-o", made.toString()));
        Process process = new ProcessBuilder(words)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return made.toString();
    }

    private static Cli.Run run(String profile, String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--profile", repository.resolve(profile).toString(), "--machine", "x86-64"));
        all.addAll(List.of("--source-root", repository.toString()));
        return Cli.run(all.toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-gdwarf-4", "-gdwarf-5"})
    void file_and_line_of_a_field_are_told_in_text_and_sarif(String format) throws Exception {
        String ring = object("ring.c", "-g", format);
        Cli.Run text = run("ring.yaml", "inspect", ring + "#ring");

        assertThat(text.status()).as(text.err()).isZero();
        assertThat(text.out())
                .contains("declared   src/ring.c:3\n")
                .containsPattern(
                        "\n  declared at include/net/ends.h:(2, ends.tail at line 4|4, ends.head at line 2)\n");

        GitHubSarif log = new GitHubSarif(
                run("ring.yaml", "inspect", ring + "#ring", "--format", "sarif").out());
        assertThat(log.uris())
                .contains("include/net/ends.h")
                .allMatch(List.of("include/net/ends.h", "src/ring.c")::contains);
        assertThat(log.lines()).containsAnyOf(2, 4).allMatch(List.of(2, 3, 4)::contains);
    }

    @Test
    void a_program_that_was_compiled_elsewhere_is_found_in_the_repository() throws Exception {
        String ring = object("ring.c", "-g", "-ffile-prefix-map=src/=/build/linux-6.1/src/");
        Cli.Run text = run("ring.yaml", "inspect", ring + "#ring");

        assertThat(text.out()).contains("declared   /build/linux-6.1/src/ring.c:3\n");
        GitHubSarif log = new GitHubSarif(
                run("ring.yaml", "inspect", ring + "#ring", "--format", "sarif").out());
        assertThat(log.uris())
                .contains("include/net/ends.h")
                .allMatch(List.of("include/net/ends.h", "src/ring.c")::contains);
    }

    @Test
    void a_compiler_that_ran_in_a_directory_of_the_repository_names_files_from_there() throws Exception {
        String ring = object(repository.resolve("src"), "ring.c", "-g");
        assertThat(run("ring.yaml", "inspect", ring + "#ring").out()).contains("declared   ring.c:3\n");

        GitHubSarif log = new GitHubSarif(
                run("ring.yaml", "inspect", ring + "#ring", "--format", "sarif").out());
        assertThat(log.uris())
                .contains("include/net/ends.h")
                .allMatch(List.of("include/net/ends.h", "src/ring.c")::contains);
        String json =
                run("ring.yaml", "inspect", ring + "#ring", "--format", "json").out();
        JsonSchemaTest.assertFollows(json);
        assertThat(json).contains("\"declared\":{\"file\":\"ring.c\",\"line\":3,\"directory\":\"");
    }

    @Test
    void inherited_and_embedded_members_are_where_their_own_struct_is() throws Exception {
        String queue = object("queue.cc", "-g");
        String json = run("queue.yaml", "inspect", queue + "#net::Queue", "--format", "json")
                .out();

        JsonSchemaTest.assertFollows(json);
        assertThat(json)
                .contains("\"declared\":{\"file\":\"src/queue.cc\",\"line\":7,")
                .contains("\"declared\":{\"file\":\"include/net/ends.h\",\"line\":4}")
                .contains("\"declared\":{\"line\":9}");
    }

    @Test
    void a_comparison_tells_the_declaration_of_each_side() throws Exception {
        String ring = object("ring.c", "-g");
        String old = Files.copy(Path.of(ring), repository.resolve("old.o")).toString();
        write("src/ring.c", "\n\n" + RING.replace("int size;", "int size; long gap;"));
        String young = object("ring.c", "-g");
        write("src/ring.c", RING);

        assertThat(run("ring.yaml", "diff", old + "#ring", young + "#ring").out())
                .contains("declared   src/ring.c:3 -> src/ring.c:5\n");
        String json = run("ring.yaml", "diff", old, young, "--format", "json").out();
        JsonSchemaTest.assertFollows(json);
        assertThat(json)
                .contains("\"declared\":{\"file\":\"src/ring.c\",\"line\":3,")
                .contains("\"declared\":{\"file\":\"src/ring.c\",\"line\":5,");
    }
}
