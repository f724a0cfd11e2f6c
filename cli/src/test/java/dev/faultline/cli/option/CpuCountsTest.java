package dev.faultline.cli.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class CpuCountsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1|[1]",
                "8,1,8|[1, 8]",
                "1-4|[1, 2, 3, 4]",
                "1,2,4,...,112|[1, 2, 4, 8, 16, 32, 64, 112]",
                "1,2,4,\u2026,112|[1, 2, 4, 8, 16, 32, 64, 112]",
                "1,2,...,8|[1, 2, 4, 8]",
                "10,20,...,60|[10, 20, 40, 60]",
                "10,20,30,...,60|[10, 20, 30, 40, 50, 60]",
                "1,3,5,...,9|[1, 3, 5, 7, 9]",
                "2,6,18,...,60|[2, 6, 18, 54, 60]",
                "1,1024|[1, 1024]"
            })
    void numbers_ranges_and_ellipses_are_what_a_person_means(String text, String counts) {
        assertThat(CpuCounts.parse(text).counts()).hasToString(counts);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "-1",
                "1,,2",
                "one",
                "1.5",
                "1025",
                "1000000000",
                "99999999999999999999",
                "4-2",
                "...",
                "1,...,8",
                "1,2,...",
                "4,2,...,64",
                "1-1024"
            })
    void nonsense_is_refused_with_what_was_expected(String text) {
        assertThatThrownBy(() -> CpuCounts.parse(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageStartingWith("expected ")
                .hasMessageContaining("got '");
    }

    @Test
    void by_default_cpus_double_up_to_the_machines() {
        assertThat(CpuCounts.upTo(1).counts()).containsExactly(1);
        assertThat(CpuCounts.upTo(2).counts()).containsExactly(1, 2);
        assertThat(CpuCounts.upTo(112).counts()).containsExactly(1, 2, 4, 8, 16, 32, 64, 112);
    }
}
