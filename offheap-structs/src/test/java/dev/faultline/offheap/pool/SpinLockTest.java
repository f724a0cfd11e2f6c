package dev.faultline.offheap.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.offheap.interleave.Interleavings;
import dev.faultline.offheap.interleave.Scenario;
import dev.faultline.offheap.interleave.SteppedInt;
import dev.faultline.offheap.interleave.SteppedLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SpinLockTest {

    private static void twoWhoAdd(Scenario scenario, Consumer<SteppedInt> lock, Consumer<SteppedInt> unlock) {
        SteppedInt word = scenario.int32("lock", 0);
        SteppedLong sum = scenario.int64("sum", 0);
        for (int rounds = 1; rounds <= 2; rounds++) {
            int times = rounds; // the lock is contended because this thread takes it twice
            scenario.thread("adds " + times, () -> {
                for (int i = 0; i < times; i++) {
                    lock.accept(word);
                    sum.set(sum.get() + 1);
                    unlock.accept(word);
                }
            });
        }
        scenario.atEnd(() -> assertThat(sum.get()).isEqualTo(1 + 2));
    }

    @Tag("slow")
    @Test
    void what_is_done_under_it_is_never_mixed() {
        Interleavings.of(scenario ->
                        twoWhoAdd(scenario, word -> new SpinLock(word).lock(), word -> new SpinLock(word).unlock()))
                .explore();
    }

    @Test
    void a_lock_that_looks_and_then_takes_is_caught() {
        assertThatThrownBy(() -> Interleavings.of(scenario -> twoWhoAdd(
                                scenario,
                                word -> {
                                    while (word.getVolatile() != 0) {
                                        Thread.onSpinWait();
                                    }
                                    word.setVolatile(1);
                                },
                                word -> word.setOrdered(0)))
                        .explore())
                .isInstanceOf(AssertionError.class);
    }
}
