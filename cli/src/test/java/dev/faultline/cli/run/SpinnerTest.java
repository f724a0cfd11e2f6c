package dev.faultline.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.machine.Machines;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Somebody who waits is told so, on a terminal and after two seconds. */
class SpinnerTest {

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private CliContext context(Map<String, String> environment) {
        return new CliContext(
                InputStream.nullInputStream(),
                OutputStream.nullOutputStream(),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                environment,
                Machines::x86);
    }

    @Test
    void what_takes_long_is_said_on_a_terminal_and_wiped_away() {
        int answer = Spinner.during(() -> slept(2300), "looking", context(Map.of(CliContext.TERMINALS, "err")));

        assertThat(answer).isEqualTo(42);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .startsWith("\r\u001b[Klooking, 2 s")
                .endsWith("\r\u001b[K");
    }

    @Test
    void what_is_quick_or_not_on_a_terminal_is_not() {
        Spinner.during(() -> slept(10), "looking", context(Map.of(CliContext.TERMINALS, "err")));
        Spinner.during(() -> slept(10), "looking", context(Map.of()));

        assertThat(err.size()).isZero();
    }

    private static int slept(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        return 42;
    }
}
