package dev.faultline.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTextTest {

    @Test
    void every_kind_of_value_is_read() {
        Object value = JsonText.parse(
                "a.json",
                "{\"a\": [1, -2.5, 1e3, true, false, null], \"b\": {\"c\": \"x\\n\\u00e9\\\"\"}, \"d\": []}",
                1);

        assertThat(value)
                .isEqualTo(Map.of(
                        "a",
                        List.of(1L, new BigDecimal("-2.5"), new BigDecimal("1e3"), true, false, JsonText.NULL),
                        "b",
                        Map.of("c", "x\n\u00e9\""),
                        "d",
                        List.of()));
    }

    @Test
    void a_number_is_long_only_when_it_fits() {
        assertThat(JsonText.parse("a", "9223372036854775807", 1)).isEqualTo(Long.MAX_VALUE);
        assertThat(JsonText.parse("a", "9223372036854775808", 1)).isEqualTo(new BigDecimal("9223372036854775808"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":1|column 7: ends in the middle of a value",
                "{\"a\":1,\"a\":2}|column 8: \"a\" stands twice in one object",
                "{a:1}|column 2: expected a name in quotes, found 'a'",
                "01|column 1: expected a value",
                "1.|column 1: expected a value",
                "1e99999|column 1: expected a value",
                "[1 2]|column 4: expected a comma or ], found '2'",
                "\"a|column 3: ends in the middle of a value",
                "\"\\x\"|column 4: an unknown escape in quotes",
                "{} x|column 4: expected the end of the value, found 'x'",
            })
    void what_is_no_json_is_refused_with_its_place(String text, String problem) {
        assertThatThrownBy(() -> JsonText.parse("a.json", text, 3))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("a.json: line 3, " + problem);
    }

    @Test
    void nesting_is_limited() {
        assertThatThrownBy(() -> JsonText.parse("a.json", "[".repeat(1_000_000), 1))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("nested deeper than 64");
    }
}
