package dev.faultline.hazard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.access.Certainty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SavingTest {

    @ParameterizedTest
    @CsvSource({
        "0.5, 10, ERROR, DECLARED, ERROR",
        "0.1, 10, ERROR, DECLARED, ERROR",
        "0.099, 10, ERROR, DECLARED, WARNING",
        "0.01, 10, ERROR, DECLARED, WARNING",
        "0.0099, 10, ERROR, DECLARED, INFO",
        "-3, 10, ERROR, DECLARED, INFO",
        "5, 10, WARNING, DECLARED, WARNING",
        "5, 10, INFO, DECLARED, INFO",
        "5, 10, ERROR, DECLARED_BY_TYPE, WARNING",
        "5, 10, ERROR, INFERRED, INFO",
        "0, 0, ERROR, DECLARED, INFO"
    })
    void severity_is_the_share_of_the_cpus_time_within_what_rule_and_certainty_allow(
            double saved, int cpus, Severity most, Certainty certainty, Severity expected) {
        assertThat(saving(10, 100, 0, saved, cpus, false).severity(most, certainty))
                .isEqualTo(expected);
    }

    @Test
    void words_name_the_operation_the_share_the_floor_and_assumed_rates() {
        assertThat(saving(15, 293, 148, 1, 2, false).words())
                .isEqualTo("fixing this saves 15 of 293 ns per `get` (5 %); 148 ns are true sharing and remain");
        assertThat(saving(0.5, 200, 0, 1, 2, true).words())
                .isEqualTo("fixing this saves 0.50 of 200 ns per `get` (0.25 %), at assumed rates");
        assertThat(saving(-12, 100, 40, -1, 2, false).words())
                .isEqualTo("moving the fields apart would add 12 ns to the 100 ns of `get`");
        assertThat(saving(900, 12_500, 0, 1, 2, false).words())
                .isEqualTo("fixing this saves 900 ns of 12.5 us per `get` (7 %)");
        assertThat(saving(0.001, 100, 40, 0, 2, false).words()).isEqualTo("fixing this saves almost no time");
        assertThat(saving(40, 1000, 0, 40e-9, 2, false).words())
                .as("of an operation done once a second")
                .isEqualTo("fixing this saves almost no time");
    }

    @ParameterizedTest
    @CsvSource({"0,0.00 ns", "0.456,0.46 ns", "4.56,4.6 ns", "45.6,46 ns", "9999,9999 ns", "12345,12.3 us"})
    void times_are_written_as_people_read_them(double nanos, String words) {
        assertThat(Saving.nanos(nanos)).isEqualTo(words);
    }

    @Test
    void what_is_no_number_is_refused() {
        assertThatThrownBy(() -> saving(Double.NaN, 1, 0, 0, 1, false)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> saving(1, 1, 0, Double.POSITIVE_INFINITY, 1, false))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Saving saving(double nanos, double of, double floor, double saved, int cpus, boolean assumed) {
        return new Saving("role", "get", nanos, of, floor, saved, cpus, assumed);
    }
}
