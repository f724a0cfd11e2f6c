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
                "{\"a\":1|ends in the middle of a value",
                "{\"a\":1,\"a\":2}|Duplicate field 'a'",
                "{a:1}|column 2: Unexpected character ('a' (code 97))",
                "01|Leading zeroes not allowed",
                "1.|Decimal point not followed by a digit",
                "1e99999|column 1: a number with more than four digits in its exponent",
                "1e-37095516159|column 1: a number with more than four digits in its exponent",
                "1e99999999999999999999|column 1: a number with more than four digits in its exponent",
                "[1 2]|Unexpected character ('2' (code 50))",
                "\"a|ends in the middle of a value",
                "\"\\x\"|Unrecognized character escape 'x'",
                "{} x|Unrecognized token 'x'",
                "{} {}|column 4: expected the end of the value",
                "` `|ends in the middle of a value",
            })
    void what_is_no_json_is_refused_with_its_place(String text, String problem) {
        assertThatThrownBy(() -> JsonText.parse("a.json", text, 3))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("a.json: line 3, column ")
                .hasMessageContaining(problem)
                .satisfies(refused -> assertThat(refused.getMessage().lines()).hasSize(1));
    }

    @Test
    void nesting_is_limited() {
        assertThatThrownBy(() -> JsonText.parse("a.json", "[".repeat(1_000_000), 1))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("nesting depth (65) exceeds the maximum allowed (64");
    }
}
