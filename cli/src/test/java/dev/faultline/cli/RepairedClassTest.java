package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way of a class from a finding to its repair: what {@code suggest} emits is clean, and better than before. */
class RepairedClassTest {

    private static final String METHODS = """
            {
                boolean offer(Object one) {
                    long at = tail;
                    slots[(int) at & 63] = one;
                    tail = at + 1;
                    return true;
                }

                Object poll() {
                    long at = head;
                    Object one = slots[(int) at & 63];
                    head = at + 1;
                    return one;
                }
            """;

    private static final String FIELDS = """
                volatile long head;
                volatile long tail;
                Object[] slots = new Object[64];
            }
            """;

    @TempDir
    private Path folder;

    private String before;

    @BeforeEach
    void compile() throws IOException {
        before = compiled("before", "package demo; class Ring " + METHODS + FIELDS);
    }

    private String compiled(String name, String text) throws IOException {
        Path out = Files.createDirectories(folder.resolve(name));
        Path source = Files.writeString(folder.resolve(name + ".java"), text);
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-g", "-proc:none", "-d", out.toString(), source.toString()))
                .isZero();
        return out + "#demo.Ring";
    }

    private static Cli.Run run(int status, String... words) {
        Cli.Run run = Cli.run(words);
        assertThat(run.status()).as("%s%s", run.out(), run.err()).isEqualTo(status);
        return run;
    }

    @Test
    void the_emitted_classes_with_the_methods_of_the_class_are_clean_and_better() throws IOException {
        assertThat(run(1, "inspect", before, "--fail-on", "warning", "--width", "300")
                        .out())
                .contains("WritersShareLine", "head (written at Ring.poll:", "tail (written at Ring.offer:");
        String emitted = run(0, "suggest", before, "--emit", "java").out();
        String end = "class Ring extends RingPad2 {}";
        assertThat(emitted).contains(end);

        String after = compiled("after", emitted.replace(end, end.replace("{}", METHODS + "}")));

        assertThat(run(0, "inspect", after, "--fail-on", "info").out()).contains("demo.Ring: no findings");
        assertThat(run(0, "diff", before, after, "--fail-on", "worse").out()).contains("demo.Ring  BETTER");
        assertThat(run(1, "diff", after, before, "--fail-on", "worse").out()).contains("demo.Ring  WORSE");
        assertThat(run(0, "suggest", after).out()).contains("Nothing to win");
    }

    @Test
    void what_no_layout_repairs_is_told_with_what_does() throws IOException {
        String elements = compiled("elements", """
                package demo;
                class Ring {
                    final long[] counts = new long[8];
                    void go() {
                        for (int i = 0; i < 4; i++) {
                            int id = i;
                            new Thread(() -> { while (true) counts[id]++; }).start();
                        }
                    }
                }
                """);

        assertThat(run(0, "suggest", elements, "--width", "300").out())
                .contains("No layout repairs ArrayNeighbours of counts. What does: use one element in 8 only")
                .doesNotContain("Nothing to win", "No role writes");
    }

    @Test
    void the_suggestion_names_what_can_be_emitted_and_tells_no_costs() {
        String text = run(0, "suggest", before).out();

        assertThat(text)
                .contains("--emit java or layout prints its declaration", "findings")
                .doesNotContain("CPUs lost", "--against");
        assertThat(run(2, "suggest", before, "--emit", "c").err()).contains("takes java or layout");
    }

    @Test
    void an_object_known_from_text_alone_is_not_rearranged() throws IOException {
        Path text = Files.writeString(
                folder.resolve("ring.jol"),
                String.join(
                        "\n",
                        List.of(
                                "demo.Ring object internals:",
                                "OFF  SZ   TYPE DESCRIPTION       VALUE",
                                "  0   8        (object header: mark)  N/A",
                                "  8   4        (object header: class) N/A",
                                " 12   4    int Ring.mask         N/A",
                                "Instance size: 16 bytes",
                                "")));

        assertThat(run(3, "suggest", text + "#demo.Ring").err())
                .contains("class demo.Ring: its VM places the fields; name the class file or jar");
        assertThat(run(3, "suggest", "--from", "jvm", "long[8]").err()).contains("its VM places the fields");
    }
}
