package dev.faultline.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.layout.ByteRange;
import org.junit.jupiter.api.Test;

class PlacementTest {

    private static final Placement HEAP = new Placement(8, "object alignment");
    private static final Placement LINE_ALIGNED = new Placement(64, "aligned block");

    @Test
    void two_adjacent_longs_share_a_line_in_7_of_8_placements() {
        assertThat(HEAP.meeting(ByteRange.ofSize(16, 8), ByteRange.ofSize(24, 8), 64))
                .isEqualTo(new PlacementCount(7, 8));
    }

    @Test
    void longs_48_bytes_apart_share_a_line_in_1_of_8_and_56_apart_in_none() {
        assertThat(HEAP.meeting(ByteRange.ofSize(0, 8), ByteRange.ofSize(8 + 48, 8), 64))
                .isEqualTo(new PlacementCount(1, 8));
        assertThat(HEAP.meeting(ByteRange.ofSize(0, 8), ByteRange.ofSize(8 + 56, 8), 64)
                        .never())
                .isTrue();
    }

    @Test
    void with_128_byte_pairs_longs_need_120_bytes_between_them() {
        assertThat(HEAP.meeting(ByteRange.ofSize(0, 8), ByteRange.ofSize(8 + 112, 8), 128)
                        .never())
                .isFalse();
        assertThat(HEAP.meeting(ByteRange.ofSize(0, 8), ByteRange.ofSize(8 + 120, 8), 128)
                        .never())
                .isTrue();
    }

    @Test
    void two_adjacent_bytes_anywhere_need_63_bytes_between_them() {
        Placement anywhere = new Placement(1, "nothing known");

        assertThat(anywhere.meeting(ByteRange.ofSize(0, 1), ByteRange.ofSize(1 + 62, 1), 64))
                .isEqualTo(new PlacementCount(1, 64));
        assertThat(anywhere.meeting(ByteRange.ofSize(0, 1), ByteRange.ofSize(1 + 63, 1), 64)
                        .never())
                .isTrue();
    }

    @Test
    void a_line_aligned_block_has_one_placement_and_a_plain_answer() {
        assertThat(LINE_ALIGNED.meeting(ByteRange.ofSize(64, 4), ByteRange.ofSize(112, 4), 64))
                .isEqualTo(new PlacementCount(1, 1));
        assertThat(LINE_ALIGNED.meeting(ByteRange.ofSize(64, 4), ByteRange.ofSize(128, 8), 64))
                .isEqualTo(new PlacementCount(0, 1));
    }

    @Test
    void an_aligned_long_never_straddles_and_a_16_byte_pair_does_in_1_of_8() {
        assertThat(HEAP.straddling(ByteRange.ofSize(24, 8), 64).never()).isTrue();
        assertThat(HEAP.straddling(ByteRange.ofSize(24, 16), 64)).isEqualTo(new PlacementCount(1, 8));
    }

    @Test
    void an_alignment_that_is_no_power_of_two_is_refused_with_the_number() {
        assertThatThrownBy(() -> new Placement(24, "x")).hasMessage("base alignment must be a power of two, got 24");
        assertThatThrownBy(() -> new Placement(0, "x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Placement(Long.MIN_VALUE, "x")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_machine_with_a_line_of_60_bytes_cannot_exist() {
        assertThatThrownBy(() -> Machines.x86().withLineBytes(60, "--line"))
                .hasMessage("line size must be a power of two from 16 to 1024, got 60");
        assertThat(Machines.x86().withLineBytes(256, "--line").pairBytes().value())
                .isEqualTo(256);
    }
}
