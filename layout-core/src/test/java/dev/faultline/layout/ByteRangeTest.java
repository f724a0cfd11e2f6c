package dev.faultline.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ByteRangeTest {

    @Test
    void ranges_that_touch_do_not_overlap_and_are_no_bytes_apart() {
        ByteRange first = ByteRange.ofSize(0, 8);
        ByteRange second = ByteRange.ofSize(8, 8);

        assertThat(first.overlaps(second)).isFalse();
        assertThat(first.bytesTo(second)).isZero();
        assertThat(second.bytesTo(ByteRange.ofSize(24, 1))).isEqualTo(24 - (8 + 8));
    }

    @Test
    void bits_far_behind_the_start_of_their_unit_are_in_bytes_as_far() {
        assertThat(new BitField(Integer.MAX_VALUE, Integer.MAX_VALUE).bytes(0))
                .isEqualTo(new ByteRange(Integer.MAX_VALUE / 8, 1 << 29));
    }

    @Test
    void an_empty_a_reversed_and_a_negative_range_cannot_exist() {
        assertThatThrownBy(() -> new ByteRange(4, 4)).hasMessage("not a byte range: start=4, end=4");
        assertThatThrownBy(() -> new ByteRange(4, 3)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ByteRange(-1, 3)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ByteRange.ofSize(Long.MAX_VALUE, 1)).isInstanceOf(ArithmeticException.class);
    }
}
