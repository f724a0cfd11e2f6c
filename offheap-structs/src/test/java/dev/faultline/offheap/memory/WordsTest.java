package dev.faultline.offheap.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.layout.AggregateKind;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.Member;
import dev.faultline.layout.Provenance;
import dev.faultline.layout.StructLayout;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordsTest {

    private static final StructLayout STRIPE = StructLayout.of(
            "stripe",
            AggregateKind.STRUCT,
            24,
            8,
            List.of(
                    Member.of("count", FieldType.Scalar.natural("atomic64_t", 8), 0),
                    Member.of("state", FieldType.Scalar.natural("u32", 4), 8),
                    Member.of("packed", new FieldType.Scalar("u64", 8, 1), 12)),
            Provenance.of(Provenance.Origin.DECLARED, "test"));

    @Test
    void words_stand_a_stride_apart() {
        try (Block block = Block.allocate(1024, 256)) {
            LongWords words = block.int64s(8, 4, 256);
            IntWords ints = block.int32s(16, 4, 256);
            words.set(2, 0x0102030405060708L);
            words.setVolatile(3, 9);
            ints.setOrdered(3, -7);

            byte[] bytes = block.toByteArray();

            assertThat(bytes[2 * 256 + 8]).isIn((byte) 1, (byte) 8);
            assertThat(words.get(2)).isEqualTo(0x0102030405060708L);
            assertThat(words.getVolatile(3)).isEqualTo(9);
            assertThat(words.get(1)).isZero();
            assertThat(block.int32(3 * 256 + 16).get()).isEqualTo(-7);
            assertThat(block.int64(3 * 256 + 8).getVolatile()).isEqualTo(9);
        }
    }

    @Test
    void words_of_a_struct_and_of_each_of_an_array_are_where_the_layout_says() {
        try (Block block = Block.allocate(4 * 64, 64)) {
            StructArray stripes = StructArray.bind(STRIPE, block, 0, 4, 64);
            stripes.int64s("count").setVolatile(3, 11);
            stripes.int32s("state").set(1, 12);

            assertThat(stripes.at(3).int64("count").get()).isEqualTo(11);
            assertThat(stripes.at(1).number("state").get()).isEqualTo(12);
            assertThat(stripes.count()).isEqualTo(4);

            assertThatThrownBy(() -> stripes.int64s("state")).hasMessageContaining("no word of 8 bytes");
            assertThatThrownBy(() -> stripes.at(0).int64("packed")).hasMessageContaining("no multiple of 8");
            assertThatThrownBy(() -> stripes.at(4)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> StructArray.bind(STRIPE, block, 0, 5, 64))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> StructArray.bind(STRIPE, block, 0, 4, 16)).hasMessageContaining("strideBytes=16");
            assertThatThrownBy(() -> StructArray.bind(STRIPE, block, 0, 0, 64)).hasMessageContaining("count=0");
        }
    }

    @Test
    void what_would_touch_other_memory_is_refused() {
        try (Block block = Block.allocate(1000, 256)) {
            assertThatThrownBy(() -> block.int64s(0, 5, 256)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> block.int64s(0, Integer.MAX_VALUE, 1L << 32))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> block.int64(996)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> block.int32(-4)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> block.int32(2)).hasMessageContaining("no multiple of 4");
            for (long stride : new long[] {0, -8, 4, 12, 1L << 33}) {
                assertThatThrownBy(() -> block.int64s(0, 1, stride)).hasMessageContaining("strideBytes=" + stride);
            }
            LongWords words = block.int64s(0, 3, 256);
            for (int index : new int[] {-1, 3, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
                for (Consumer<LongWords> access : List.<Consumer<LongWords>>of(
                        all -> all.get(index),
                        all -> all.set(index, 1),
                        all -> all.getVolatile(index),
                        all -> all.setVolatile(index, 1),
                        all -> all.setOrdered(index, 1),
                        all -> all.getAndAdd(index, 1),
                        all -> all.compareAndSet(index, 0, 1),
                        all -> all.setAll(index, new long[1], 0, 1),
                        all -> all.getAll(index, new long[1], 0, 1))) {
                    assertThatThrownBy(() -> access.accept(words)).isInstanceOf(IndexOutOfBoundsException.class);
                }
            }
            assertThatThrownBy(() -> words.setAll(1, new long[3], 0, 3)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> words.getAll(0, new long[2], 0, 3)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void many_words_are_moved_at_once() {
        try (Block block = Block.allocate(64, 64)) {
            LongWords words = block.int64s(0, 8, 8);
            words.setAll(3, new long[] {9, 1, 2, 3}, 1, 3);
            long[] back = new long[4];
            words.getAll(2, back, 0, 4);
            assertThat(back).containsExactly(0, 1, 2, 3);

            LongWords apart = block.int64s(8, 2, 32);
            apart.setAll(0, new long[] {7, 8}, 0, 2);
            apart.getAll(0, back, 2, 2);
            assertThat(back).containsExactly(0, 1, 7, 8);
            assertThat(words.get(1)).isEqualTo(7);
            assertThat(words.get(5)).isEqualTo(8);
        }
    }

    @Test
    void words_of_a_closed_block_answer_with_an_exception() {
        Block block = Block.allocate(64, 64);
        IntWord one = block.int32(4);
        LongWord other = block.int64(8);
        IntWords ones = block.int32s(0, 16, 4);
        LongWords others = block.int64s(0, 8, 8);
        block.close();
        for (Runnable use : List.<Runnable>of(
                one::get,
                () -> one.set(1),
                () -> one.setVolatile(1),
                () -> one.getAndAdd(1),
                other::getVolatile,
                () -> other.setOrdered(1),
                () -> other.compareAndSet(0, 1),
                () -> ones.get(0),
                () -> ones.compareAndSet(3, 0, 1),
                () -> others.set(0, 1),
                () -> others.setAll(0, new long[1], 0, 1),
                () -> others.getAndAdd(7, 1),
                () -> block.int32(0))) {
            assertThatThrownBy(use::run)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("block of 64 bytes is closed");
        }
    }

    @Test
    void a_detached_word_throws_and_others_at_its_place_go_on() {
        try (Block block = Block.allocate(64, 64)) {
            LongWord word = block.int64(8);
            LongWord other = block.int64(8);
            IntWord half = block.int32(8);
            word.set(5);
            word.detach();
            half.detach();
            assertThatThrownBy(word::get)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("closed");
            assertThatThrownBy(() -> half.set(1)).isInstanceOf(IllegalStateException.class);
            assertThat(other.get()).isEqualTo(5);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void threads_that_add_either_way_lose_nothing(boolean wide) throws InterruptedException {
        int rounds = 100_000;
        try (Block block = Block.allocate(256, 256)) {
            LongWord word = block.int64(0);
            IntWord half = block.int32(64);
            Thread other = new Thread(() -> {
                for (int i = 0; i < rounds; i++) {
                    if (wide) {
                        word.getAndAdd(2);
                    } else {
                        half.getAndAdd(2);
                    }
                }
            });
            other.start();
            for (int i = 0; i < rounds; i++) {
                if (wide) {
                    long seen = word.getVolatile();
                    while (!word.compareAndSet(seen, seen - 1)) {
                        seen = word.getVolatile();
                    }
                } else {
                    int seen = half.getVolatile();
                    while (!half.compareAndSet(seen, seen - 1)) {
                        seen = half.getVolatile();
                    }
                }
            }
            other.join();
            assertThat(wide ? word.getAndAdd(5) : half.getAndAdd(5)).isEqualTo(rounds);
            assertThat(wide ? word.get() : half.get()).isEqualTo(rounds + 5);
        }
    }
}
