package dev.faultline.offheap.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LongStackTest {

    private static final long NONE = -1;

    private final Block block = Block.allocate(1024, 64);

    @AfterEach
    void close() {
        block.close();
    }

    @Test
    void the_last_one_in_is_the_first_one_out_and_the_counts_are_of_single_ones() {
        LongStack stack = LongStack.bind(block, 64, 3);
        assertThat(stack.limit()).isEqualTo(3);
        assertThat(stack.pop(NONE)).isEqualTo(NONE);
        assertThat(stack.push(1)).isTrue();
        assertThat(stack.push(2)).isTrue();
        assertThat(stack.addAll(new long[] {9, 3, 4}, 1, 2)).isEqualTo(1);
        assertThat(stack.push(5)).isFalse();
        assertThat(stack.size()).isEqualTo(3);
        assertThat(stack.pop(NONE)).isEqualTo(3);
        assertThat(stack.pop(NONE)).isEqualTo(2);
        assertThat(stack.pushed()).isEqualTo(2);
        assertThat(stack.popped()).isEqualTo(2);
        assertThat(stack.size()).isEqualTo(1);
    }

    @Test
    void the_oldest_are_taken_in_order_and_the_others_keep_theirs() {
        LongStack stack = LongStack.bind(block, 64, 5);
        stack.addAll(new long[] {1, 2, 3, 4, 5}, 0, 5);
        long[] to = new long[4];
        assertThat(stack.takeOldest(to, 1, 2)).isEqualTo(2);
        assertThat(to).containsExactly(0, 1, 2, 0);
        assertThat(stack.pop(NONE)).isEqualTo(5);
        assertThat(stack.takeOldest(to, 0, 4)).isEqualTo(2);
        assertThat(to).startsWith(3, 4);
        assertThat(stack.size()).isZero();
    }

    @Test
    void it_agrees_with_a_list_and_writes_only_its_own_bytes() {
        Random random = new Random(7);
        LongStack stack = LongStack.bind(block, 128, 20);
        List<Long> model = new ArrayList<>();
        for (long step = 1; step < 20_000; step++) {
            int many = random.nextInt(12);
            long[] some = new long[many];
            switch (random.nextInt(4)) {
                case 0 -> {
                    assertThat(stack.push(step)).isEqualTo(model.size() < 20);
                    if (model.size() < 20) {
                        model.add(step);
                    }
                }
                case 1 ->
                    assertThat(stack.pop(NONE)).isEqualTo(model.isEmpty() ? NONE : model.remove(model.size() - 1));
                case 2 -> {
                    Arrays.fill(some, step);
                    int added = stack.addAll(some, 0, many);
                    assertThat(added).isEqualTo(Math.min(many, 20 - model.size()));
                    for (int i = 0; i < added; i++) {
                        model.add(step);
                    }
                }
                default -> {
                    int taken = stack.takeOldest(some, 0, many);
                    assertThat(taken).isEqualTo(Math.min(many, model.size()));
                    for (int i = 0; i < taken; i++) {
                        assertThat(some[i]).isEqualTo(model.remove(0));
                    }
                }
            }
            assertThat(stack.size()).isEqualTo(model.size());
        }
        byte[] bytes = block.toByteArray();
        int end = 128 + LongStack.HEADER_BYTES + 8 * 20;
        for (int i = 0; i < bytes.length; i++) {
            assertThat(i >= 128 && i < end || bytes[i] == 0).as("byte %d", i).isTrue();
        }
    }

    @Test
    void a_size_that_was_overwritten_is_no_address() {
        LongStack stack = LongStack.bind(block, 64, 3);
        for (int wrong : new int[] {4, Integer.MAX_VALUE, -1, Integer.MIN_VALUE}) {
            block.int32(64).set(wrong);
            assertThatThrownBy(() -> stack.push(1)).hasMessageContaining("size was overwritten: " + wrong);
            assertThatThrownBy(() -> stack.pop(NONE)).hasMessageContaining("size was overwritten");
            assertThatThrownBy(() -> stack.addAll(new long[1], 0, 1)).hasMessageContaining("size was overwritten");
            assertThatThrownBy(() -> stack.takeOldest(new long[1], 0, 1)).hasMessageContaining("size was overwritten");
            assertThatThrownBy(stack::size).hasMessageContaining("size was overwritten");
        }
    }

    @Test
    void what_does_not_fit_is_refused() {
        assertThatThrownBy(() -> LongStack.bind(block, 0, 0)).hasMessageContaining("limit=0");
        assertThatThrownBy(() -> LongStack.bind(block, 4, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> LongStack.bind(block, 0, 126)).isInstanceOf(IndexOutOfBoundsException.class);
        LongStack most = LongStack.bind(block, 0, 125);
        assertThatThrownBy(() -> most.addAll(new long[3], 2, 2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> most.takeOldest(new long[3], 0, 4)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
