package dev.faultline.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {

    private static final List<String> NAMES = List.of("dst_entry", "rtable", "rt6_info", "rtable_cache", "sk_buff");

    @Test
    void a_letter_too_few_a_swap_and_another_case_find_the_name() {
        assertThat(Nearest.of("dst_entr", NAMES)).containsExactly("dst_entry");
        assertThat(Nearest.of("rtabel", NAMES)).startsWith("rtable");
        assertThat(Nearest.of("SK_BUFF", NAMES)).containsExactly("sk_buff");
    }

    @Test
    void a_part_of_a_name_finds_it() {
        assertThat(Nearest.of("_cache", NAMES)).containsExactly("rtable_cache");
    }

    @Test
    void nothing_near_gives_no_hint() {
        assertThat(Nearest.of("zzzzzz", NAMES)).isEmpty();
        assertThat(Nearest.hint("zzzzzz", NAMES)).isEmpty();
        assertThat(Nearest.hint("rtabl", NAMES)).isEqualTo(" (did you mean rtable, rtable_cache?)");
    }
}
