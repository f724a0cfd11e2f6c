package dev.faultline.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.cli.option.OutputOptions;
import dev.faultline.machine.Machines;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionResolverTest {

    private static CliContext context(String terminals, String columns) {
        return new CliContext(
                InputStream.nullInputStream(),
                OutputStream.nullOutputStream(),
                new PrintStream(OutputStream.nullOutputStream()),
                Map.of(CliContext.TERMINALS, terminals, CliContext.COLUMNS, columns),
                Machines::x86);
    }

    @ParameterizedTest
    @CsvSource({
        "out err, 132, 132",
        "out, 40, 60",
        "out, '', 80",
        "out, 0, 80",
        "out, 99999999999, 80",
        "out, wide, 80",
        "err, 132, 80",
        "'', 132, 80"
    })
    void text_is_as_wide_as_the_terminal_it_goes_to(String terminals, String columns, int expected) {
        assertThat(OptionResolver.columns(new OutputOptions(), context(terminals, columns)))
                .isEqualTo(expected);
    }

    @Test
    void a_file_does_not_depend_on_the_terminal_and_an_option_counts_in_any_case() {
        OutputOptions options = new OutputOptions();
        options.file = Path.of("report.txt");
        assertThat(OptionResolver.columns(options, context("out", "132"))).isEqualTo(80);

        options.columns = 100;
        assertThat(OptionResolver.columns(options, context("out", "132"))).isEqualTo(100);
    }
}
