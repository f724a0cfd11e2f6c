package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that times cold commands prints a table. Which times are in it is not tested. */
class StartTimesTest {

    private static final Path KERNEL = Path.of("/sys/kernel/btf/vmlinux");

    private static final String TIME = "\\d+ \\(\\d+ to \\d+\\)";

    private static final String RATIO = "\\d+\\.\\d\\d \\(\\d+\\.\\d\\d to \\d+\\.\\d\\d\\)";

    @TempDir
    Path directory;

    @BeforeEach
    void there_is_a_new_bash() throws Exception {
        assumeTrue(succeeds("bash", "-c", "[ -n \"$EPOCHREALTIME\" ]"));
    }

    private static boolean succeeds(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).start().waitFor() == 0;
        } catch (IOException missing) {
            return false;
        }
    }

    private record Ended(int status, List<String> out, String err) {}

    /** Runs the script with a launcher that does nothing but this. */
    private Ended run(String launcher, String rounds) throws Exception {
        Path faultline = directory.resolve("faultline");
        Files.writeString(faultline, "#!/bin/sh\n" + launcher + "\n");
        assertThat(faultline.toFile().setExecutable(true)).isTrue();
        Path out = directory.resolve("out");
        Path err = directory.resolve("err");
        ProcessBuilder builder = new ProcessBuilder("bash", "benchmarks/start-times", rounds)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("FAULTLINE", faultline.toString());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        return new Ended(process.exitValue(), Files.readAllLines(out), Files.readString(err));
    }

    @Test
    void a_round_gives_a_row_for_each_command_with_a_ratio_and_its_limit() throws Exception {
        Ended ended = run("[ \"$1\" = --version ] || exit 1 # as with findings", "1");
        assertThat(ended.status()).isZero();
        List<String> rows = ended.out();
        assertThat(rows.get(0))
                .startsWith("| JDK " + Runtime.version() + ", 1 rounds, load average ")
                .endsWith(" at the end | ms (least to most) | ratio (95 %) | limit |");
        assertThat(rows.get(1)).isEqualTo("|---|---|---|---|");
        assertThat(rows.get(2))
                .matches(Pattern.quote("| `java -Xshare:auto -cp DIRECTORY Hello` | ") + TIME + " \\| \\| \\|");
        assertThat(rows.get(3)).matches(compared("faultline --version", "3"));
        boolean hasKernel = Files.isReadable(KERNEL) && succeeds("pahole", "--version");
        assertThat(rows).hasSize(hasKernel ? 9 : 4);
        if (hasKernel) {
            assertThat(ended.err()).isEmpty();
            assertThat(rows.get(4)).matches(".*pahole -F btf -C dst_entry .*" + TIME + " \\| \\| \\|");
            assertThat(rows.get(5)).matches(compared("faultline inspect --from kernel dst_entry", "3.5"));
            assertThat(rows.get(6)).matches(".*pahole -F btf /sys/kernel/btf/vmlinux.*" + TIME + " \\| \\| \\|");
            assertThat(rows.get(7)).matches(compared("faultline list --from kernel", "4"));
            assertThat(rows.get(8)).matches(compared("faultline inspect --from kernel --match '*' --format json", "8"));
        } else {
            assertThat(ended.err()).endsWith("here: commands on the kernel are left out\n");
        }
    }

    private static String compared(String command, String limit) {
        return Pattern.quote("| `" + command + "` | ") + TIME + " \\| " + RATIO + Pattern.quote(" | " + limit + " |");
    }

    @Test
    void a_command_that_fails_ends_the_run() throws Exception {
        Ended ended = run("[ -e \"$0.ran\" ] && { echo broken >&2; exit 3; }; touch \"$0.ran\"", "1");
        assertThat(ended.status()).isEqualTo(3);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).contains("broken\nstart-times: exit status 3 of ");
    }

    @Test
    void rounds_are_a_number() throws Exception {
        Ended ended = run("exit 3", "some");
        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.err()).isEqualTo("start-times: ROUNDS is a number of 1 or more, not 'some'\n");
    }
}
