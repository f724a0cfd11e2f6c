package dev.faultline.offheap.refcount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.offheap.interleave.SteppedInt;
import dev.faultline.offheap.interleave.StressTime;
import dev.faultline.offheap.memory.Block;
import dev.faultline.offheap.memory.IntWord;
import dev.faultline.offheap.rcu.GracePeriods;
import dev.faultline.offheap.rcu.Reader;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RcurefTest {

    private final Told told = new Told();
    private final IntWord word = new SteppedInt("count", 0);
    private final Rcuref count = new Rcuref(word, told);

    @Test
    void a_missing_listener_is_refused_when_the_count_is_made() {
        assertThatThrownBy(() -> new Rcuref(word, null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("listener");
    }

    /** The word before, the operation, the word after, the result, and the calls to the listener. */
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        // the life of an object
        "00000000, get, 00000001, true,  -",
        "00000001, put, 00000000, false, -",
        "00000000, put, E0000000, true,  -",
        "E0000000, get, E0000000, false, -",
        "E0000000, put, E0000000, false, imbalanced",
        // saturation
        "7FFFFFFE, get, 7FFFFFFF, true,  -",
        "7FFFFFFF, get, A0000000, true,  saturated",
        "7FFFFFFF, put, 7FFFFFFE, false, -",
        "80000000, get, A0000000, true,  saturated",
        "80000000, put, 7FFFFFFF, false, -",
        "80000001, put, A0000000, false, -",
        "A0000000, get, A0000000, true,  saturated",
        "A0000000, put, A0000000, false, -",
        "BFFFFFFE, get, A0000000, true,  saturated",
        "BFFFFFFF, put, A0000000, false, -",
        // from one zone into the next, if very many threads race
        "BFFFFFFF, get, E0000000, false, -",
        "C0000000, get, E0000000, false, -",
        "C0000000, put, A0000000, false, -",
        "C0000001, put, E0000000, false, imbalanced",
        "FFFFFFFD, get, E0000000, false, -",
        "FFFFFFFE, put, E0000000, false, imbalanced",
        // the last reference is put, and the object is not marked dead yet
        "FFFFFFFF, get, 00000000, true,  -",
        "FFFFFFFF, put, E0000000, false, imbalanced",
        // one step before the decision
        "FFFFFFFE, get, E0000000, false, -",
    })
    void every_zone_answers_as_the_table_says(String before, String done, String after, boolean answer, String tells) {
        word.set(Integer.parseUnsignedInt(before, 16));

        assertThat(done.equals("get") ? count.get() : count.put()).isEqualTo(answer);

        assertThat(String.format("%08X", word.get())).isEqualTo(after);
        assertThat(told.timesSaturated()).isEqualTo(tells.equals("saturated") ? 1 : 0);
        assertThat(told.timesImbalanced()).isEqualTo(tells.equals("imbalanced") ? 1 : 0);
    }

    @ParameterizedTest
    @CsvSource({
        "00000000, 1, false",
        "7FFFFFFF, 2147483648, false",
        "80000000, 2147483649, false",
        "A0000000, 2684354561, false",
        "BFFFFFFF, 3221225472, false",
        "C0000000, 0, true",
        "E0000000, 0, true",
        "FFFFFFFE, 0, true",
        "FFFFFFFF, 0, false",
    })
    void what_is_read_follows_the_zones(String value, long references, boolean dead) {
        word.set(Integer.parseUnsignedInt(value, 16));

        assertThat(count.read()).isEqualTo(references);
        assertThat(count.isDead()).isEqualTo(dead);
        assertThat(count.toString()).endsWith("(0x" + value.toLowerCase(java.util.Locale.ROOT) + ")");
    }

    /** Between a thread's addition and its correction, many other threads may add or subtract too. */
    @ParameterizedTest
    @ValueSource(ints = {1, 1 << 28, (1 << 29) - 1})
    void the_middle_of_a_zone_is_far_from_its_ends(int threads) {
        for (int value : new int[] {Rcuref.SATURATED - threads, Rcuref.SATURATED, Rcuref.SATURATED + threads}) {
            assertThat(Integer.compareUnsigned(value, Rcuref.MAXREF)).isPositive();
            assertThat(Integer.compareUnsigned(value, Rcuref.RELEASED)).isNegative();
        }
        assertThat(Integer.compareUnsigned(Rcuref.DEAD - threads, Rcuref.RELEASED))
                .isNotNegative();
        assertThat(Integer.compareUnsigned(Rcuref.DEAD + threads, Rcuref.NOREF))
                .as("2^29 - 1 gets too many of a dead object would make it look as if just put")
                .isEqualTo(threads == (1 << 29) - 1 ? 0 : -1);
    }

    @Test
    void a_count_lives_as_many_puts_as_it_has_references() {
        count.init(3);
        assertThat(count.read()).isEqualTo(3);
        assertThat(count.get()).isTrue();
        for (int i = 0; i < 3; i++) {
            assertThat(count.put()).isFalse();
        }
        assertThat(count.put()).isTrue();
        assertThat(count.isDead()).isTrue();
        assertThat(count.get()).isFalse();

        count.init(1);
        assertThat(count.get()).isTrue();
        assertThat(count.read()).isEqualTo(2);
        assertThatThrownBy(() -> count.init(0)).hasMessageContaining("references=0");
        count.init(Integer.MAX_VALUE);
        assertThat(count.read()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void saturation_is_told_once_and_an_imbalanced_put_each_time() {
        word.set(Rcuref.SATURATED);
        for (int i = 0; i < 5; i++) {
            assertThat(count.get()).isTrue();
            assertThat(count.put()).isFalse();
        }
        assertThat(told.timesSaturated()).isEqualTo(1);

        word.set(Rcuref.DEAD);
        count.put();
        count.put();
        assertThat(told.timesImbalanced()).isEqualTo(2);

        count.init(1);
        word.set(Rcuref.MAXREF);
        count.get();
        assertThat(told.timesSaturated()).as("a new object").isEqualTo(2);
    }

    @Test
    void only_who_is_inside_may_put() {
        try (GracePeriods periods = GracePeriods.forReaders(1);
                Block block = Block.allocate(64, 64);
                Reader reader = periods.register()) {
            Rcuref offHeap = new Rcuref(block.int32(4), told);
            offHeap.init(2);

            assertThatThrownBy(() -> offHeap.put(reader))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("not inside");
            assertThat(offHeap.read()).isEqualTo(2);
            reader.enter();
            assertThat(offHeap.put(reader)).isFalse();
            assertThat(offHeap.put(reader)).isTrue();
            reader.exit();
        }
    }

    @Test
    void a_count_whose_memory_is_gone_says_so() {
        Block block = Block.allocate(64, 64);
        Rcuref offHeap = new Rcuref(block.int32(0), told);
        offHeap.init(1);
        block.close();
        assertThatThrownBy(offHeap::get).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(offHeap::put).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(offHeap::read).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> offHeap.init(1)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void the_first_form_answers_the_same_with_words_of_one_more() {
        long seed = StressTime.seed("the_first_form_answers_the_same");
        SplittableRandom random = new SplittableRandom(seed);
        IntWord first = new SteppedInt("first", 0);
        TestCount firstForm = new FirstRcuref(first, new Told());
        for (int life = 0; life < 2000; life++) {
            count.init(1 + random.nextInt(3));
            first.set(word.get() + 1);
            for (int step = 0; step < 20; step++) {
                boolean isGet = random.nextInt(5) < 2;
                assertThat(isGet ? firstForm.get() : firstForm.put())
                        .as("seed %d, life %d, step %d", seed, life, step)
                        .isEqualTo(isGet ? count.get() : count.put());
                assertThat(first.get()).isEqualTo(count.isDead() ? Rcuref.DEAD : word.get() + 1);
            }
        }
    }
}
