package dev.faultline.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordWrapTest {

    @ParameterizedTest
    @CsvSource({
        "com.acme.orders.OrderBookSnapshot, 20, com.acme.orders.|OrderBookSnapshot",
        "include/linux/netdevice.h, 16, include/linux/|netdevice.h",
        "ingress_queue_lock_state, 14, ingress_queue_|lock_state",
        "std::detail::Node<long>, 16, std::detail::|Node<long>",
        "CasLoopContention, 12, CasLoop|Contention",
        "short, 10, short",
    })
    void a_long_word_is_cut_between_its_parts(String word, int width, String lines) {
        assertThat(String.join("|", WordWrap.cut(word, width))).isEqualTo(lines);
    }

    @Test
    void a_word_without_parts_is_cut_where_the_column_ends_and_nothing_is_lost() {
        assertThat(WordWrap.cut("0123456789abcdef", 6)).containsExactly("012345", "6789ab", "cdef");
        for (String word : new String[] {"....", "a", "aB.cD_eF/gH", "x".repeat(50) + "." + "y".repeat(50)}) {
            for (int width = 1; width < 12; width++) {
                int most = width;
                assertThat(WordWrap.cut(word, width)).allMatch(line -> line.length() <= most);
                assertThat(String.join("", WordWrap.cut(word, width))).isEqualTo(word);
            }
        }
    }
}
