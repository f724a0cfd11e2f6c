package dev.faultline.report.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Numbers are written as a formatter of the JDK writes them. */
class FindingWordsTest {

    @Test
    void a_count_has_commas_between_thousands() {
        long[] counts = {0, 9, 12, 999, 1000, 65_536, 999_999, 1_000_000, 1_234_567_890_123L, -1, -999, -1000, -65_536};
        for (long count : counts) {
            assertThat(FindingWords.number(count)).isEqualTo(String.format(Locale.ROOT, "%,d", count));
        }
    }

    @Test
    void a_decimal_number_is_rounded_like_one_of_a_formatter() {
        double[] numbers = {0, -0.0, -0.04, 0.05, 0.15, 0.25, 0.35, 2.5, 999.95, 1e-9, 123_456.7, -3.14159};
        for (double number : numbers) {
            same(number);
        }
        Random random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            same(random.nextDouble() * Math.pow(10, random.nextInt(9) - 3));
        }
    }

    private static void same(double number) {
        assertThat(FindingWords.decimal(number, 1)).isEqualTo(String.format(Locale.ROOT, "%.1f", number));
        assertThat(FindingWords.decimal(number, 2)).isEqualTo(String.format(Locale.ROOT, "%.2f", number));
    }
}
