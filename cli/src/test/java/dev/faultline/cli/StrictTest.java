package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a build learns of a source of which a part cannot be read. */
class StrictTest {

    private static final String LENIENT =
            "what was left out does not count for the exit status; with --strict it is 3 (could not be analysed)\n";

    @TempDir
    Path classes;

    @BeforeEach
    void aClassAndADamagedOne() throws IOException {
        Path folder = Files.createDirectories(classes.resolve("dev/faultline/cli"));
        try (InputStream whole = StrictTest.class.getResourceAsStream("StrictTest.class")) {
            byte[] bytes = whole.readAllBytes();
            Files.write(folder.resolve("StrictTest.class"), bytes);
            Files.write(folder.resolve("Damaged.class"), java.util.Arrays.copyOf(bytes, bytes.length / 2));
        }
    }

    @Test
    void a_threshold_says_that_what_was_not_read_does_not_count() {
        for (String command : List.of("inspect", "diff")) {
            List<String> words = command.equals("diff")
                    ? List.of("diff", classes.toString(), classes.toString())
                    : List.of("inspect", classes.toString());
            Cli.Run alone = run(words);
            assertThat(alone.status()).as(alone.err()).isZero();
            assertThat(alone.err()).contains("Damaged").doesNotContain("--strict");
            Cli.Run lenient = run(words, "--fail-on", "warning");
            assertThat(lenient.status()).isZero();
            assertThat(lenient.err()).containsOnlyOnce(LENIENT);
            Cli.Run strict = run(words, "--fail-on", "warning", "--strict");
            assertThat(strict.status()).isEqualTo(3);
            assertThat(strict.err()).contains("Damaged").doesNotContain(LENIENT);
        }
    }

    private static Cli.Run run(List<String> words, String... more) {
        List<String> all = new java.util.ArrayList<>(words);
        all.addAll(List.of(more));
        return Cli.run(all.toArray(String[]::new));
    }
}
