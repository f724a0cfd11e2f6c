package dev.faultline.offheap.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class WordsTest {

    @Test
    void words_stand_a_stride_apart() {
        try (Block block = Block.allocate(1024, 256)) {
            Words words = Words.of(block, 256);
            assertThat(words.count()).isEqualTo(4);
            assertThat(words.stride()).isEqualTo(256);
            words.set(2, 0x0102030405060708L);
            words.setVolatile(3, 9);

            byte[] bytes = block.toByteArray();

            assertThat(bytes[2 * 256]).isIn((byte) 1, (byte) 8);
            assertThat(words.get(2)).isEqualTo(0x0102030405060708L);
            assertThat(words.getVolatile(3)).isEqualTo(9);
            assertThat(words.get(1)).isZero();
        }
    }

    @Test
    void what_would_touch_other_memory_is_refused() {
        Block block = Block.allocate(1000, 256);
        Words words = Words.of(block, 256);
        assertThat(words.count()).isEqualTo(3);
        for (int index : new int[] {-1, 3, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            assertThatThrownBy(() -> words.get(index)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> words.getAndAdd(index, 1)).isInstanceOf(IndexOutOfBoundsException.class);
        }
        block.close();
        assertThatThrownBy(() -> words.get(0)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> words.compareAndSet(0, 0, 1)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void strides_out_of_range_are_refused() {
        try (Block block = Block.allocate(100, 64)) {
            for (int stride : new int[] {0, -8, 4, 12, 128}) {
                assertThatThrownBy(() -> Words.of(block, stride)).hasMessageContaining("strideBytes=" + stride);
            }
        }
        try (Block small = Block.allocate(63, 64)) {
            assertThatThrownBy(() -> Words.of(small, 64)).hasMessageContaining("no room");
        }
    }

    @Test
    void threads_that_add_either_way_lose_nothing() throws InterruptedException {
        int rounds = 100_000;
        try (Block block = Block.allocate(256, 256)) {
            Words words = Words.of(block, 256);
            Thread other = new Thread(() -> {
                for (int i = 0; i < rounds; i++) {
                    words.getAndAdd(0, 2);
                }
            });
            other.start();
            for (int i = 0; i < rounds; i++) {
                long seen = words.getVolatile(0);
                while (!words.compareAndSet(0, seen, seen - 1)) {
                    seen = words.getVolatile(0);
                }
            }
            other.join();
            assertThat(words.getAndAdd(0, 5)).isEqualTo(rounds);
            assertThat(words.get(0)).isEqualTo(rounds + 5);
        }
    }
}
