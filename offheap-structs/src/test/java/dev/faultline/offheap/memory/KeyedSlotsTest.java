package dev.faultline.offheap.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeyedSlotsTest {

    private static final long UPPER = 0x1234_5678L << 32;

    private final Block block = Block.allocate(3 * 32, 64);
    private final KeyedSlots slots =
            KeyedSlots.bind(block, 3, 32, 2, key -> new IllegalArgumentException("no " + Long.toHexString(key)));

    @AfterEach
    void close() {
        block.close();
    }

    @Test
    void a_key_that_fits_reaches_its_slot_and_no_other() {
        LongWords words = block.int64s(0, 12, 8);
        words.set(7, UPPER | 99); // the guard of the second slot, whose lower half is no part of the key
        slots.set(UPPER | 2, 1, 5);
        assertThat(words.get(5)).isEqualTo(5);
        assertThat(slots.get(UPPER | 2, 1)).isEqualTo(5);
        assertThat(slots.guard(UPPER | 2)).isEqualTo(UPPER | 99);
        slots.invert(UPPER | 2, Long.MIN_VALUE | 1);
        assertThat(words.get(7)).isEqualTo(Long.MIN_VALUE | UPPER | 98);
        assertThat(words.get(3) | words.get(4) | words.get(6) | words.get(8) | words.get(11))
                .isZero();
    }

    @Test
    void any_other_key_is_refused_and_changes_nothing() {
        block.int64(24).set(UPPER);
        byte[] before = block.toByteArray();
        for (long key : new long[] {0, 1, UPPER, UPPER | 2, UPPER | 4, UPPER | 0xffff_ffffL, -UPPER | 1, -1}) {
            String named = "no " + Long.toHexString(key);
            assertThatThrownBy(() -> slots.get(key, 0)).hasMessage(named);
            assertThatThrownBy(() -> slots.set(key, 0, 7)).hasMessage(named);
            assertThatThrownBy(() -> slots.guard(key)).hasMessage(named);
            assertThatThrownBy(() -> slots.invert(key, -1)).hasMessage(named);
        }
        for (int word : new int[] {-1, 2, 3, Integer.MIN_VALUE}) {
            assertThatThrownBy(() -> slots.get(UPPER | 1, word)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> slots.set(UPPER | 1, word, 7)).isInstanceOf(IndexOutOfBoundsException.class);
        }
        assertThat(block.toByteArray()).isEqualTo(before);
    }

    @Test
    void what_does_not_fit_into_the_block_is_refused() {
        KeyedSlots.Mismatch none = key -> new IllegalStateException();
        assertThatThrownBy(() -> KeyedSlots.bind(block, 4, 32, 2, none)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> KeyedSlots.bind(block, 0, 32, 2, none)).hasMessageContaining("count=0");
        assertThatThrownBy(() -> KeyedSlots.bind(block, 1, 12, 0, none)).hasMessageContaining("slotBytes=12");
        assertThatThrownBy(() -> KeyedSlots.bind(block, 1, 32, 4, none)).hasMessageContaining("words=4");
    }
}
