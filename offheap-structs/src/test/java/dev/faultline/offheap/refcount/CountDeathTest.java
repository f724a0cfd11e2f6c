package dev.faultline.offheap.refcount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.offheap.memory.Block;
import dev.faultline.offheap.memory.IntWord;
import dev.faultline.offheap.memory.StripeAreas;
import dev.faultline.offheap.rcu.GracePeriods;
import dev.faultline.offheap.rcu.Reader;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is left of the counts when a thread ends that has a reference, a stripe, or a reader inside. */
class CountDeathTest {

    private final GracePeriods periods = GracePeriods.forReaders(2);
    private final StripeAreas areas = StripeAreas.packed(2, 4096);
    private final Block block = Block.allocate(64, 64);
    private final AtomicInteger released = new AtomicInteger();

    @AfterEach
    void free() {
        periods.close();
        areas.close();
        block.close();
    }

    /** Has another thread register, enter and do something; it ends inside. */
    private Reader endsInside(Consumer<Reader> body) {
        AtomicReference<Reader> left = new AtomicReference<>();
        Thread thread = new Thread(
                () -> {
                    Reader reader = periods.register();
                    left.set(reader);
                    reader.enter();
                    body.accept(reader);
                },
                "dead");
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
        return left.get();
    }

    @Test
    void a_dead_reader_holds_up_grace_periods_until_another_thread_closes_it() {
        Reader dead = endsInside(reader -> {});
        periods.defer(released::incrementAndGet);
        assertThat(periods.poll()).isZero();
        assertThatThrownBy(periods::barrier).hasMessageContaining("thread dead has ended inside");
        dead.close();
        periods.barrier();
        assertThat(released).hasValue(1);
    }

    @Test
    void the_reference_of_a_dead_thread_keeps_an_rcuref_alive() throws InterruptedException {
        Rcuref count = new Rcuref(block.int32(0), new Told());
        count.init(1);
        Thread dead = new Thread(count::get);
        dead.start();
        dead.join();
        assertThat(count.put()).as("the last reference").isFalse();
        assertThat(count.read()).isEqualTo(1);
        assertThat(count.put()).as("put for the dead thread").isTrue();
    }

    @Test
    void a_put_that_ends_before_it_marks_the_object_leaves_one_without_references_that_a_get_revives() {
        AtomicInteger value = new AtomicInteger();
        AtomicInteger deaths = new AtomicInteger(1);
        Rcuref count = new Rcuref(dyingAtTheMark(value, deaths), new Told());
        assertThatThrownBy(count::put).isInstanceOf(StackOverflowError.class);
        assertThat(count.isDead()).isFalse();
        assertThat(count.read()).isZero();
        assertThat(count.get()).isTrue();
        assertThat(count.put()).as("the last reference, again").isTrue();
        assertThat(count.isDead()).isTrue();
    }

    /** A word whose first compare-and-sets end the thread. */
    private static IntWord dyingAtTheMark(AtomicInteger value, AtomicInteger deaths) {
        return new IntWord() {
            @Override
            public int get() {
                return value.get();
            }

            @Override
            public void set(int written) {
                value.set(written);
            }

            @Override
            public int getVolatile() {
                return value.get();
            }

            @Override
            public void setVolatile(int written) {
                value.set(written);
            }

            @Override
            public void setOrdered(int written) {
                value.set(written);
            }

            @Override
            public int getAndAdd(int added) {
                return value.getAndAdd(added);
            }

            @Override
            public boolean compareAndSet(int expected, int written) {
                if (deaths.getAndDecrement() > 0) {
                    throw new StackOverflowError();
                }
                return value.compareAndSet(expected, written);
            }
        };
    }

    @Test
    void references_on_the_stripe_of_a_dead_thread_are_counted_and_put_on_another_one() {
        try (PercpuRef ref = PercpuRef.open(block, 0, areas, periods, released::incrementAndGet)) {
            Reader dead = endsInside(reader -> ref.getMany(reader, 2));
            try (Reader mine = periods.register()) {
                mine.enter();
                ref.put(mine);
                ref.kill();
                mine.exit();
                assertThatThrownBy(periods::barrier).hasMessageContaining("thread dead has ended inside");
                dead.close();
                periods.barrier();
                assertThat(released)
                        .as("the dead thread's second reference is left")
                        .hasValue(0);
                mine.enter();
                ref.put(mine);
                assertThat(released).hasValue(1);
            }
        }
    }

    @Test
    void a_successor_continues_on_the_stripe_of_a_dead_thread() {
        try (PercpuRef ref = PercpuRef.open(block, 0, areas, periods, released::incrementAndGet)) {
            Reader dead = endsInside(ref::get);
            dead.close();
            try (Reader successor = periods.register()) {
                assertThat(successor.slot()).isEqualTo(dead.slot());
                successor.enter();
                ref.put(successor);
                ref.kill();
                successor.exit();
                periods.barrier();
                assertThat(released).hasValue(1);
            }
        }
    }

    @Test
    void a_dynamic_count_keeps_the_references_of_a_dead_thread() {
        try (DynamicRef ref = DynamicRef.open(block, 0, areas, periods, () -> 0, 2, released::incrementAndGet)) {
            Reader dead = endsInside(reader -> {
                for (int i = 0; i < 3; i++) {
                    ref.get(reader);
                }
                ref.put(reader);
                ref.put(reader);
            });
            assertThat(ref.isPercpu()).isTrue();
            dead.close();
            try (Reader mine = periods.register()) {
                ref.kill();
                periods.barrier();
                mine.enter();
                ref.put(mine);
                assertThat(released).as("one is the dead thread's").hasValue(0);
                ref.put(mine);
                assertThat(released).hasValue(1);
            }
        }
    }

    @Test
    void a_device_count_tells_that_a_dead_thread_still_holds_the_device() {
        try (DeviceCount count = DeviceCount.open("eth0", DeviceCount.Form.FROM_ONE, areas)) {
            Reader dead = endsInside(count::hold);
            assertThat(count.read()).isEqualTo(1 + 1);
            dead.close();
            try (Reader mine = periods.register()) {
                mine.enter();
                count.put(mine);
            }
            assertThat(count.read()).isEqualTo(1);
        }
    }
}
