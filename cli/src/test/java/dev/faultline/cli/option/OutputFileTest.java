package dev.faultline.cli.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class OutputFileTest {

    private final OutputFile converter = new OutputFile();

    @Test
    void a_file_and_a_dash_are_taken_as_they_are() {
        assertThat(converter.convert("a/b.txt")).isEqualTo(Path.of("a/b.txt"));
        assertThat(converter.convert("-")).isEqualTo(Path.of("-"));
        assertThat(converter.convert("@a b")).isEqualTo(Path.of("@a b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "a/", "a/b//", "a\0b"})
    void what_can_be_no_file_is_refused(String word) {
        assertThatThrownBy(() -> converter.convert(word))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageStartingWith("expected a file");
    }
}
