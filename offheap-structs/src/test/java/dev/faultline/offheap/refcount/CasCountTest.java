package dev.faultline.offheap.refcount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.offheap.interleave.Interleavings;
import dev.faultline.offheap.interleave.SteppedInt;
import dev.faultline.offheap.memory.Block;
import dev.faultline.offheap.memory.IntWord;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CasCountTest {

    private final CasCount.Retries retries = new CasCount.Retries();

    @Test
    void a_count_lives_as_many_puts_as_it_has_references() {
        CasCount count = new CasCount(new SteppedInt("count", 0));
        assertThat(count.get(retries)).isFalse();

        count.init(1);
        assertThat(count.get(retries)).isTrue();
        assertThat(count.read()).isEqualTo(2);
        assertThat(count.put()).isFalse();
        assertThat(count.put()).isTrue();
        assertThat(count.read()).isZero();
        assertThat(count.get(retries)).isFalse();
        assertThat(retries.count()).isZero();
        assertThatThrownBy(() -> count.init(0)).hasMessageContaining("references=0");
    }

    @Test
    void one_put_too_many_is_refused_and_revives_nothing() {
        CasCount count = new CasCount(new SteppedInt("count", 0));
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(count::put).isInstanceOf(IllegalStateException.class);
            assertThat(count.get(retries)).isFalse();
            assertThat(count.read()).isZero();
        }
    }

    @Test
    void the_last_number_is_the_last_reference() {
        CasCount count = new CasCount(new SteppedInt("count", Integer.MAX_VALUE - 1));
        assertThat(count.get(retries)).isTrue();
        assertThatThrownBy(() -> count.get(retries))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("2147483647");
        assertThat(count.read()).isEqualTo(Integer.MAX_VALUE);
        assertThat(count.put()).isFalse();
    }

    @Test
    void in_any_order_it_is_released_once_and_retries_are_counted() {
        List<Long> retriesSeen = new ArrayList<>();

        Interleavings.of(scenario -> {
                    CasCount count = new CasCount(scenario.int32("count", 1));
                    int[] released = new int[1];
                    CasCount.Retries counted = new CasCount.Retries();
                    scenario.thread("holder", () -> released[0] += count.put() ? 1 : 0);
                    for (int i = 0; i < 2; i++) {
                        scenario.thread("finder " + i, () -> {
                            if (count.get(counted)) {
                                assertThat(released[0]).isZero();
                                released[0] += count.put() ? 1 : 0;
                            }
                        });
                    }
                    scenario.atEnd(() -> {
                        assertThat(released[0]).isOne();
                        assertThat(count.read()).isZero();
                        retriesSeen.add(counted.count());
                    });
                })
                .explore();

        assertThat(retriesSeen).contains(0L, 1L, 2L);
        assertThat(retriesSeen).allMatch(count -> count <= 4);
    }

    /** Another thread changes the word before each compare-and-set, so the number of repetitions is known exactly. */
    @Test
    void each_retry_is_counted() {
        SteppedInt word = new SteppedInt("count", 5);
        IntWord disturbed = new Disturbed(word, 7);
        CasCount count = new CasCount(disturbed);

        assertThat(count.get(retries)).isTrue();

        assertThat(retries.count()).isEqualTo(7);
        assertThat(word.get()).isEqualTo(5 + 7 + 1);
        retries.reset();
        assertThat(retries.count()).isZero();
    }

    @Test
    void a_count_whose_memory_is_gone_says_so() {
        Block block = Block.allocate(64, 64);
        CasCount offHeap = new CasCount(block.int32(0));
        offHeap.init(1);
        block.close();
        assertThatThrownBy(() -> offHeap.get(retries)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(offHeap::put)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }

    private static final class Disturbed extends IntWord {

        private final IntWord word;
        private int times;

        Disturbed(IntWord word, int times) {
            this.word = word;
            this.times = times;
        }

        @Override
        public int get() {
            return word.get();
        }

        @Override
        public void set(int value) {
            word.set(value);
        }

        @Override
        public int getVolatile() {
            return word.getVolatile();
        }

        @Override
        public void setVolatile(int value) {
            word.setVolatile(value);
        }

        @Override
        public void setOrdered(int value) {
            word.setOrdered(value);
        }

        @Override
        public int getAndAdd(int delta) {
            return word.getAndAdd(delta);
        }

        @Override
        public boolean compareAndSet(int expected, int value) {
            if (times-- > 0) {
                word.getAndAdd(1);
            }
            return word.compareAndSet(expected, value);
        }
    }
}
