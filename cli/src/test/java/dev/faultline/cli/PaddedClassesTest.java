package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Classes whose padding has names that say nothing, in every view: a layer of padding is one thing. */
class PaddedClassesTest {

    private static final String SOURCE = """
            package app;
            class FrontPad { long a0, a1, a2, a3, a4, a5, a6; }
            class Value extends FrontPad { volatile long ticket; }
            class BackPad extends Value { long z0, z1, z2, z3, z4, z5, z6; }
            final class Alone extends BackPad {}
            final class Bare { volatile long ticket; }
            class Record { private long id, created, changed; long id() { return id; } }
            """;

    @TempDir
    private static Path folder;

    private static String classes;

    @BeforeAll
    static void compile() throws IOException {
        classes = compiled("classes", SOURCE);
    }

    private static String compiled(String name, String text) throws IOException {
        Path out = Files.createDirectories(folder.resolve(name));
        Path source = Files.writeString(folder.resolve(name + ".java"), text);
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-proc:none", "-d", out.toString(), source.toString()))
                .isZero();
        return out.toString();
    }

    private static String out(String... words) {
        Cli.Run run = Cli.run(words);
        assertThat(run.status()).as(run.err()).isZero();
        return run.out();
    }

    @Test
    void inspect_shows_a_layer_as_one_line_and_each_field_on_request() {
        String text = out("inspect", "--from", classes, "app.Alone", "--vm", "17");
        assertThat(text)
                .contains("/* 56 bytes of padding, a0 to a6: byte 16 to 71 */")
                .contains("/* 56 bytes of padding, z0 to z6: byte 80 to 135 */")
                .contains("no findings")
                .doesNotContain("a3");
        assertThat(out("inspect", "--from", classes, "app.Alone", "--vm", "17", "--expand"))
                .contains("a3;")
                .doesNotContain("bytes of padding");
    }

    @Test
    void fields_that_are_merely_unused_are_told_and_are_no_padding() {
        assertThat(out("inspect", "--from", classes, "app.Record", "--vm", "17"))
                .contains("changed, created, by no code of the classes that were read")
                .doesNotContain("bytes of padding");
    }

    @Test
    void list_counts_the_bytes_of_padding() {
        assertThat(out("list", classes, "--match", "app.*", "--vm", "17").lines())
                .anyMatch(line -> line.matches(" +bytes +lines +holes +padding .*"))
                .anyMatch(line -> line.matches(" +136 +3 +4 +112 .* app\\.Alone"));
        assertThat(out("list", classes, "--match", "app.Bare", "--vm", "17")).doesNotContain("padding");
    }

    @Test
    void diff_tells_the_bytes_of_padding_that_went() {
        Cli.Run run =
                Cli.run("diff", classes + "#app.Alone", classes + "#app.Bare", "--vm", "17", "--fail-on", "worse");
        assertThat(run.out())
                .contains("padding    56 -> 0 bytes before ticket, 56 -> 0 bytes at the end")
                .contains("WORSE")
                .doesNotContain("a0")
                .doesNotContain("removed");
        assertThat(run.status()).isEqualTo(1);
        assertThat(out("diff", classes + "#app.Alone", classes + "#app.Bare", "--vm", "17", "--format", "json"))
                .contains("\"padding\":[{\"field\":\"ticket\",\"byteSizeBefore\":56,\"byteSizeAfter\":0}");
    }

    @Test
    void json_says_of_each_field_whether_it_is_padding() throws IOException {
        String json = out("inspect", "--from", classes, "app.Alone", "--vm", "17", "--format", "json");
        assertThat(json.split("\"isPadding\":true", -1)).hasSize(15);
        JsonSchemaTest.assertFollows(json);
        JsonSchemaTest.assertFollows(
                out("diff", classes + "#app.Alone", classes + "#app.Bare", "--vm", "17", "--format", "json"));
    }

    @Test
    void the_line_map_has_one_block_for_a_layer() {
        for (String format : List.of("html", "svg")) {
            String picture = out("inspect", "--from", classes, "app.Alone", "--vm", "17", "--format", format);
            assertThat(picture).as(format).contains("56 bytes of padding, a0 to a6");
        }
    }

    @Test
    void a_promise_holds_beside_padding_without_naming_it() throws IOException {
        Path contract = Files.writeString(folder.resolve("alone.contract.yaml"), """
                contract: the ticket is alone
                source: classes
                structs:
                  app.Alone:
                    promises:
                      - alone: ticket
                """);
        assertThat(out("check", contract.toString())).contains("1 promise kept");
    }

    @Test
    void rows_of_a_long_package_can_be_told_apart() throws IOException {
        List<String> kinds = List.of("Sequencer", "Subscriber", "Scheduler", "Sampler", "Selector");
        String[] versions = Stream.of("long pad0, pad1, pad2, pad3, pad4, pad5, pad6, pad7, pad8;", "int x;")
                .map(between -> kinds.stream()
                        .map(kind ->
                                "class InboundRing" + kind + " { volatile long a; " + between + " volatile long b; }\n")
                        .reduce("package org.example.platform.messaging.dispatch;\n", String::concat))
                .toArray(String[]::new);
        String text = out("diff", compiled("old", versions[0]), compiled("new", versions[1]));
        for (String kind : kinds) {
            assertThat(text).containsOnlyOnce("InboundRing" + kind + " ");
        }
    }
}
