package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What users should know about a text is said once, on standard error, whatever was asked of the text. */
class TextNotesTest {

    private static final String NOTE =
            "faultline: rustc prints no types of fields; a binary with debug information tells them to pahole\n";

    private static final String SIZES = """
            print-type-size type: `Ring`: 16 bytes, alignment: 8 bytes
            print-type-size     field `.head`: 8 bytes
            print-type-size     field `.tail`: 8 bytes
            print-type-size type: `Slot`: 8 bytes, alignment: 8 bytes
            print-type-size     field `.sequence`: 8 bytes
            """;

    @TempDir
    Path folder;

    private String text;

    @BeforeEach
    void write() throws IOException {
        text = Files.writeString(folder.resolve("sizes.txt"), SIZES).toString();
    }

    @Test
    void a_struct_that_is_named_comes_with_what_is_said_of_its_text() {
        Cli.Run run = Cli.run("inspect", text + "#Ring", text + "#Slot", "--format", "json");
        assertThat(run.err()).isEqualTo(NOTE);
        assertThat(run.out()).startsWith("{\"schema\"").doesNotContain("rustc prints");
        assertThat(run.status()).isZero();
    }

    @Test
    void a_text_on_both_sides_of_a_comparison_is_spoken_of_once() {
        assertThat(Cli.run("diff", text + "#Ring", text + "#Slot").err()).isEqualTo(NOTE);
        assertThat(Cli.run("diff", text, text).err()).startsWith(NOTE).containsOnlyOnce("rustc prints");
    }

    @Test
    void every_command_that_takes_a_struct_says_it() {
        assertThat(Cli.run("list", text).err()).isEqualTo(NOTE);
        assertThat(Cli.run("inspect", text).err()).isEqualTo(NOTE);
        assertThat(Cli.run("profile", text + "#Ring").err()).startsWith(NOTE).containsOnlyOnce("rustc prints");
        assertThat(Cli.run("suggest", text + "#Ring").err()).startsWith(NOTE).containsOnlyOnce("rustc prints");
    }

    @Test
    void the_note_is_said_of_standard_input_too() {
        assertThat(Cli.withInput(SIZES, "inspect", "--from", "-", "Ring").err()).isEqualTo(NOTE);
    }
}
