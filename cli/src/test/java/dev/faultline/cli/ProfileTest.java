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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code faultline profile}: what it prints can be inspected with. */
class ProfileTest {

    private static final String RING = """
            class Ring {
                private volatile long head;
                private volatile long tail;
                private final long[] slots = new long[64];
                void offer(long one) { slots[(int) tail & 63] = one; tail++; }
                long poll() { long one = slots[(int) head & 63]; head++; return one; }
                long size() { return tail - head; }
            }
            """;

    private static final String STRUCT = """
            struct counter {
                    atomic_t hits;  /* 0 4 */
                    int      limit; /* 4 4 */
                    /* size: 8 */
            };
            """;

    @TempDir
    Path temporary;

    private Path classes;
    private String struct;

    @BeforeEach
    void files() throws IOException {
        classes = Files.createDirectory(temporary.resolve("classes"));
        Path source = Files.writeString(temporary.resolve("Ring.java"), RING);
        int status = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-g", "-d", classes.toString(), source.toString());
        assertThat(status).isZero();
        struct = Files.writeString(temporary.resolve("counter.txt"), STRUCT).toString();
    }

    @Test
    void a_class_says_what_its_roles_rest_on_and_finds_the_same_with_it() {
        Path file = temporary.resolve("ring.yaml");
        Cli.Run printed = Cli.run("profile", classes + "#Ring", "-o", file.toString());
        assertThat(printed.status()).as(printed.err()).isZero();
        assertThat(file)
                .content()
                .contains("# offer: it is a producer by its name; it alone writes tail (Ring.offer:5)")
                .contains("name: poll", "#   - name: size")
                .doesNotContain("rate: 1");

        Cli.Run code = Cli.run("inspect", classes + "#Ring", "--width", "300");
        Cli.Run declared = Cli.run("inspect", classes + "#Ring", "--profile", file.toString(), "--width", "300");
        for (Cli.Run run : List.of(code, declared)) {
            assertThat(run.status()).as(run.err()).isZero();
            assertThat(run.out()).contains("warning  WritersShareLine").doesNotContain("fixing this saves");
        }
        assertThat(code.out()).contains("head (written at Ring.poll:6)", "tail (written at Ring.offer:5)");
        assertThat(declared.out()).contains("without rates", "head (volatile-write by consumer)");
    }

    @Test
    void without_code_the_types_suggest_a_profile() {
        Cli.Run printed = Cli.run("profile", struct + "#counter");

        assertThat(printed.status()).as(printed.err()).isZero();
        assertThat(printed.out()).contains("# a guess: hits is written", "field: limit, kind: read");
        Path file = temporary.resolve("counter.yaml");
        assertThat(Cli.run("profile", struct + "#counter", "-o", file.toString())
                        .status())
                .isZero();
        assertThat(Cli.run("inspect", struct + "#counter", "--profile", file.toString())
                        .status())
                .isZero();
    }

    @Test
    void a_struct_of_the_catalogue_has_a_profile_already() {
        assertThat(Cli.run("profile", "rtable").out()).contains("rate: ").doesNotContain("# Edit");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            profile         | 2 | name a struct or class
            profile noSuch  | 3 | noSuch
            """)
    void words_are_checked(String words, int status, String message) {
        Cli.Run run = Cli.run(words.split(" "));

        assertThat(run.status()).isEqualTo(status);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains(message);
    }
}
