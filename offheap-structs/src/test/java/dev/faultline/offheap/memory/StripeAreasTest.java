package dev.faultline.offheap.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.offheap.interleave.StressTime;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StripeAreasTest {

    private int liveBefore;

    @BeforeEach
    void countBlocks() {
        liveBefore = Block.live();
    }

    @AfterEach
    void none_is_leaked() {
        assertThat(Block.live()).isEqualTo(liveBefore);
    }

    @Test
    void as_many_ints_fit_as_an_area_has_and_none_shares_bytes_with_another() {
        try (StripeAreas areas = StripeAreas.packed(3, 4096)) {
            List<StripeAreas.Slot> slots = new ArrayList<>();
            for (int i = 0; i < 1024; i++) {
                slots.add(areas.allocate(4));
            }
            assertThatThrownBy(() -> areas.allocate(4))
                    .isInstanceOf(StripeAreas.Exhausted.class)
                    .hasMessage("areas of 4096 bytes have no 4 bytes left; 1024 slots are in use");
            for (int i = 0; i < slots.size(); i++) {
                for (int stripe = 0; stripe < 3; stripe++) {
                    slots.get(i).int32s().set(stripe, i * 3 + stripe);
                }
            }
            for (int i = 0; i < slots.size(); i++) {
                for (int stripe = 0; stripe < 3; stripe++) {
                    assertThat(slots.get(i).int32s().get(stripe)).isEqualTo(i * 3 + stripe);
                }
            }
            assertThat(slots).extracting(StripeAreas.Slot::number).doesNotHaveDuplicates();
            slots.forEach(areas::free);
            assertThat(areas.live()).isZero();
        }
    }

    /** A write to a counter changes only its own four bytes of each area. */
    @Test
    void a_slot_is_at_the_same_offset_in_every_area() {
        try (StripeAreas areas = StripeAreas.packed(4, 8192)) {
            StripeAreas.Slot first = areas.allocate(4);
            StripeAreas.Slot wide = areas.allocate(8);
            for (int stripe = 0; stripe < 4; stripe++) {
                wide.int64s().set(stripe, -1);
                first.int32s().set(stripe, -1);
            }
            byte[] bytes = areas.bytes();
            for (int i = 0; i < bytes.length; i++) {
                boolean used = i % 8192 < 4 || i % 8192 >= 8 && i % 8192 < 16;
                assertThat(bytes[i]).as("byte " + i).isEqualTo((byte) (used ? -1 : 0));
            }
            areas.free(first);
            areas.free(wide);
        }
    }

    @Test
    void a_free_slot_is_given_out_again_and_zeroed() {
        try (StripeAreas areas = StripeAreas.packed(2, 4096)) {
            StripeAreas.Slot narrow = areas.allocate(4);
            StripeAreas.Slot beside = areas.allocate(4);
            StripeAreas.Slot wide = areas.allocate(8);
            IntWords narrowWords = narrow.int32s();
            narrowWords.set(1, 7);
            wide.int64s().set(0, 7);
            areas.free(narrow);
            StripeAreas.Slot needsTwo = areas.allocate(8);
            StripeAreas.Slot again = areas.allocate(4);

            assertThat(needsTwo.number()).isNotEqualTo(narrow.number());
            assertThat(needsTwo.number() % 8).isZero();
            assertThat(again.number()).isEqualTo(narrow.number());
            assertThat(again.int32s())
                    .as("made once for each place, so that nothing is left behind")
                    .isSameAs(narrowWords);
            assertThat(again.int32s().get(1)).isZero();

            areas.free(wide);
            StripeAreas.Slot wideAgain = areas.allocate(8);
            assertThat(wideAgain.number()).isEqualTo(wide.number());
            assertThat(wideAgain.int64s().get(0)).isZero();
            List.of(beside, needsTwo, again, wideAgain).forEach(areas::free);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void what_is_wrong_is_refused(boolean packed) {
        StripeAreas areas = packed ? StripeAreas.packed(2, 4096) : StripeAreas.padded(2, 64);
        StripeAreas.Slot slot = areas.allocate(8);
        assertThatThrownBy(slot::int32s).hasMessageContaining("has words of 8 bytes");
        assertThatThrownBy(areas::close).hasMessage("1 slots are not freed");
        areas.free(slot);
        assertThatThrownBy(() -> areas.free(slot))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is freed already");
        assertThatThrownBy(slot::int64s).hasMessageContaining("is freed");
        try (StripeAreas other = StripeAreas.packed(2, 4096)) {
            StripeAreas.Slot foreign = other.allocate(4);
            assertThatThrownBy(() -> areas.free(foreign)).isInstanceOf(IllegalArgumentException.class);
            other.free(foreign);
        }
        for (int bytes : new int[] {0, 2, 16, -4}) {
            assertThatThrownBy(() -> areas.allocate(bytes)).hasMessageContaining("wordBytes=" + bytes);
        }
        areas.close();
        areas.close();
        assertThatThrownBy(() -> areas.allocate(4))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void sizes_out_of_range_are_refused() {
        for (int bytes : new int[] {0, 2048, 4097, 6144, 1 << 21, Integer.MIN_VALUE}) {
            assertThatThrownBy(() -> StripeAreas.packed(4, bytes)).hasMessageContaining("areaBytes=" + bytes);
        }
        for (int stripes : new int[] {0, -1, 4097}) {
            assertThatThrownBy(() -> StripeAreas.packed(stripes, 4096)).hasMessageContaining("stripes=" + stripes);
            assertThatThrownBy(() -> StripeAreas.padded(stripes, 64)).hasMessageContaining("stripes=" + stripes);
        }
        assertThatThrownBy(() -> StripeAreas.padded(4, 32)).hasMessageContaining("lineBytes=32");
    }

    @ParameterizedTest
    @CsvSource({"64, 4096", "128, 8192"})
    void padded_words_are_a_line_apart_and_gone_once_freed(int lineBytes, long bytes) {
        try (StripeAreas areas = StripeAreas.padded(64, lineBytes)) {
            StripeAreas.Slot slot = areas.allocate(4);
            IntWords words = slot.int32s();
            words.setOrdered(63, 5);
            assertThat(areas.bytesTaken()).isEqualTo(bytes).isEqualTo(areas.bytesPerCounter(4));
            assertThat(Block.live()).isEqualTo(liveBefore + 1);
            areas.free(slot);
            assertThat(areas.bytesTaken()).isZero();
            assertThatThrownBy(() -> words.get(63)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void slots_come_and_go_at_random_and_never_overlap() {
        SplittableRandom random = new SplittableRandom(StressTime.seed("slots at random"));
        long end = System.nanoTime() + 200_000_000;
        try (StripeAreas areas = StripeAreas.packed(2, 4096)) {
            List<StripeAreas.Slot> narrow = new ArrayList<>();
            List<StripeAreas.Slot> wide = new ArrayList<>();
            while (System.nanoTime() < end) {
                boolean bytes8 = random.nextBoolean();
                List<StripeAreas.Slot> slots = bytes8 ? wide : narrow;
                if (random.nextInt(100) < 52) {
                    takeAndMark(areas, slots, bytes8);
                } else if (!slots.isEmpty()) {
                    areas.free(expectMark(slots.remove(random.nextInt(slots.size())), bytes8));
                }
                assertThat(areas.live()).isEqualTo(narrow.size() + wide.size());
            }
            narrow.forEach(slot -> areas.free(expectMark(slot, false)));
            wide.forEach(slot -> areas.free(expectMark(slot, true)));
        }
    }

    private static void takeAndMark(StripeAreas areas, List<StripeAreas.Slot> slots, boolean bytes8) {
        try {
            StripeAreas.Slot slot = areas.allocate(bytes8 ? 8 : 4);
            if (bytes8) {
                assertThat(slot.int64s().get(0) | slot.int64s().get(1)).isZero();
                slot.int64s().set(1, ~slot.number());
            } else {
                assertThat(slot.int32s().get(0) | slot.int32s().get(1)).isZero();
                slot.int32s().set(1, (int) ~slot.number());
            }
            slots.add(slot);
        } catch (StripeAreas.Exhausted full) {
            assertThat(areas.live()).isGreaterThanOrEqualTo(512);
        }
    }

    private static StripeAreas.Slot expectMark(StripeAreas.Slot slot, boolean bytes8) {
        assertThat(bytes8 ? slot.int64s().get(1) : slot.int32s().get(1)).isEqualTo(~slot.number());
        return slot;
    }
}
