package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.testing.CompiledJava;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A finding is where its field is declared, in every format. */
class DeclarationTest {

    private static final String RING = """
            package com.acme;
            import java.util.concurrent.atomic.AtomicLong;
            public class Example {
                volatile long sent = 1;
                volatile long received =
                    Long.getLong("start",
                        3);

                public Example() {
                    new Thread(() -> { while (true) sent++; }).start();
                    new Thread(() -> { while (true) received++; }).start();
                }
            }
            """;

    private static final String PROFILE = """
            profile: who
            structs:
              com.acme.Example:
                roles: { producer: { cpus: 1 }, consumer: { cpus: 1 } }
                operations:
                  - { name: put, role: producer, rate: 5e6, accesses: [ { field: sent, kind: rmw } ] }
                  - { name: take, role: consumer, rate: 5e6, accesses: [ { field: received, kind: rmw } ] }
            """;

    @TempDir
    static Path repository;

    private static String jar;

    @BeforeAll
    static void build() throws IOException {
        write("app/src/main/java/com/acme/Example.java", RING);
        write("who.yaml", PROFILE);
        jar = jar("app.jar", RING);
    }

    private static void write(String name, String text) throws IOException {
        Path file = repository.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static String jar(String name, String text) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        CompiledJava.of(text).forEach((type, bytes) -> files.put(type + ".class", bytes));
        return dev.faultline.source.jvm.ClassMaker.jar(repository.resolve(name), files)
                .toString();
    }

    private static Cli.Run run(String... words) {
        String[] all = java.util.Arrays.copyOf(words, words.length + 6);
        String[] more = {
            "--profile",
            repository.resolve("who.yaml").toString(),
            "--machine",
            "x86-64",
            "--source-root",
            repository.toString()
        };
        System.arraycopy(more, 0, all, words.length, more.length);
        return Cli.run(all);
    }

    @Test
    void text_tells_file_and_line_of_a_class() {
        Cli.Run run = run("inspect", jar + "#com.acme.Example");

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).contains("declared   com/acme/Example.java\n");
        assertThat(run.out())
                .containsPattern("\n  declared at com/acme/Example.java:(4, received at line 5|5, sent at line 4)\n");
    }

    @Test
    void so_does_the_first_screen_of_a_jar() {
        Cli.Run run = run("inspect", jar("two.jar", RING + "class Other { long x; }"));

        assertThat(run.out())
                .contains("in 1 of 2 classes")
                .containsPattern("\n  declared at com/acme/Example.java:(4, received at line 5|5, sent at line 4)\n");
    }

    @Test
    void code_scanning_shows_the_line_of_the_file_in_the_repository() throws IOException {
        GitHubSarif log = new GitHubSarif(
                run("inspect", jar + "#com.acme.Example", "--format", "sarif").out());

        assertThat(log.uris()).isNotEmpty().containsOnly("app/src/main/java/com/acme/Example.java");
        assertThat(log.lines()).containsAnyOf(4, 5).allMatch(line -> line == 1 || line == 4 || line == 5);
    }

    @Test
    void a_line_that_moves_changes_no_fingerprint() throws IOException {
        String moved = jar("moved.jar", RING.replace("public class", "\n\n\npublic class"));
        GitHubSarif one = new GitHubSarif(
                run("inspect", jar + "#com.acme.Example", "--format", "sarif").out());
        GitHubSarif two = new GitHubSarif(
                run("inspect", moved + "#com.acme.Example", "--format", "sarif").out());

        assertThat(two.fingerprints()).isEqualTo(one.fingerprints());
        assertThat(two.lines()).isNotEqualTo(one.lines());
    }

    @Test
    void json_and_diff_tell_it_too() throws IOException {
        String json =
                run("inspect", jar + "#com.acme.Example", "--format", "json").out();
        JsonSchemaTest.assertFollows(json);
        assertThat(json)
                .contains("\"declared\":{\"file\":\"com/acme/Example.java\"}")
                .contains("\"declared\":{\"line\":4}", "\"declared\":{\"line\":5}")
                .contains("\"declared\":{\"file\":\"com/acme/Example.java\",\"line\":");

        String apart = jar(
                "apart.jar",
                RING.replace("volatile long received", "long a, b, c, d, e, f, g, h;\n    volatile long received"));
        assertThat(run("diff", jar + "#com.acme.Example", apart + "#com.acme.Example")
                        .out())
                .contains("declared   com/acme/Example.java\n");
        String changed = run("diff", jar, apart, "--format", "json").out();
        JsonSchemaTest.assertFollows(changed);
        assertThat(changed).contains("\"declared\":{\"file\":\"com/acme/Example.java\"}");
        GitHubSarif log =
                new GitHubSarif(run("diff", jar, apart, "--format", "sarif").out());
        assertThat(log.uris()).isNotEmpty().containsOnly("app/src/main/java/com/acme/Example.java");
    }
}
