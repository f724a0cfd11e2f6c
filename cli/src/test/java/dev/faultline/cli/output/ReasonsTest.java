package dev.faultline.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Reasons of the operating system are told in a few words, and what the sentence says already is not told again. */
class ReasonsTest {

    @Test
    void a_program_that_cannot_be_started_is_not_named_twice() {
        assertThat(Reasons.of(new IOException(
                        "Cannot run program \"/no/such\": error=2, No such file or directory",
                        new IOException("error=2, No such file or directory"))))
                .isEqualTo("no such file or directory");
        assertThat(Reasons.of(new IOException(
                        "Cannot run program \"/no/such\": Exec failed, error: 2 (No such file or directory) ")))
                .isEqualTo("no such file or directory");
    }

    @Test
    void the_running_vm_says_it_in_a_form_that_is_known() {
        try {
            new ProcessBuilder("/no/such/program").start();
        } catch (IOException refused) {
            assertThat(Reasons.of(refused)).isEqualTo("no such file or directory");
        }
    }
}
