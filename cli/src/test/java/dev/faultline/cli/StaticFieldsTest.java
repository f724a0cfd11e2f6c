package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The static fields of a class, whose threads the code of one class does not tell. */
class StaticFieldsTest {

    @Test
    void a_report_says_which_methods_write_them_again_and_again() {
        Cli.Run run = Cli.run("inspect", "cli/target/test-classes#twins.Statics.Together.class", "--width", "200");

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out())
                .startsWith("twins.Statics$Together.class: 1 warning\n")
                .contains("hits (written at Statics$Together.hit:16) shares a cache line with misses")
                .contains("read from the code; rates are not known");
    }

    @Test
    void a_report_does_not_say_that_threads_share_nothing() {
        Cli.Run run = Cli.run("inspect", "--from", "jvm", "java.util.Locale.class", "--width", "200");

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("which threads use static fields, the code does not show; `faultline record` counts it")
                .doesNotContain("no sharing");
    }
}
