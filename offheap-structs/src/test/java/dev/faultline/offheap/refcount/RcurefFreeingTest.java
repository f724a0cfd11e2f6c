package dev.faultline.offheap.refcount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.offheap.interleave.Interleavings;
import dev.faultline.offheap.interleave.Scenario;
import dev.faultline.offheap.interleave.SteppedInt;
import dev.faultline.offheap.memory.IntWord;
import dev.faultline.offheap.rcu.GracePeriods;
import dev.faultline.offheap.rcu.Reader;
import dev.faultline.offheap.rcu.SteppedGracePeriods;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Counted objects are freed only after a grace period: then, in every order of steps, no thread accesses the count of a
 * freed object.
 */
@Tag("slow")
class RcurefFreeingTest {

    /** A word that must not be accessed when its object is freed. */
    private static final class Freeable extends IntWord {

        private final SteppedInt word;
        private boolean freed;

        Freeable(SteppedInt word) {
            this.word = word;
        }

        private <T> T ofLiving(T value) {
            assertThat(freed).as("freed when it is touched").isFalse();
            return value;
        }

        void free() {
            assertThat(freed).as("freed before").isFalse();
            freed = true;
        }

        @Override
        public int get() {
            return ofLiving(word.get());
        }

        @Override
        public void set(int value) {
            word.set(value);
            ofLiving(value);
        }

        @Override
        public int getVolatile() {
            return ofLiving(word.getVolatile());
        }

        @Override
        public void setVolatile(int value) {
            word.setVolatile(value);
            ofLiving(value);
        }

        @Override
        public void setOrdered(int value) {
            word.setOrdered(value);
            ofLiving(value);
        }

        @Override
        public int getAndAdd(int delta) {
            return ofLiving(word.getAndAdd(delta));
        }

        @Override
        public boolean compareAndSet(int expected, int value) {
            return ofLiving(word.compareAndSet(expected, value));
        }
    }

    /** One object that is found through a pointer, which holds a reference. */
    private static final class Table {

        private final SteppedInt pointer;
        private final Freeable word;
        private final Rcuref count;
        private final GracePeriods periods;

        Table(Scenario scenario) {
            pointer = scenario.int32("pointer", 1);
            word = new Freeable(scenario.int32("count", Rcuref.ONEREF));
            count = new Rcuref(word, new Told());
            periods = SteppedGracePeriods.in(scenario, 2);
        }

        /** Removes the object and puts the table's reference; returns whether it was the last one. */
        boolean remove() {
            pointer.setVolatile(0);
            return count.put();
        }

        /** Finds the object, takes a reference, puts it; returns whether it was the last one. */
        boolean use() {
            return pointer.getVolatile() == 1 && count.get() && count.put();
        }
    }

    @Test
    void freed_at_once_a_count_is_touched_after_it() {
        assertThatThrownBy(() -> Interleavings.of(scenario -> {
                            Table table = new Table(scenario);
                            scenario.thread("remover", () -> freeAtOnce(table, table.remove()));
                            scenario.thread("user", () -> freeAtOnce(table, table.use()));
                        })
                        .explore())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("freed when it is touched");
    }

    /** The put that lost the race has yet to read the word. */
    @Test
    void a_put_may_still_have_to_decide_when_the_object_cannot_be_found_any_more() {
        assertThatThrownBy(() -> Interleavings.of(scenario -> {
                            Table table = new Table(scenario);
                            scenario.thread("holder", () -> freeAtOnce(table, table.count.put()));
                            scenario.thread("other", () -> {
                                if (table.pointer.getVolatile() == 1 && !table.word.freed && table.count.get()) {
                                    freeAtOnce(table, table.count.put());
                                }
                            });
                        })
                        .explore())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("freed when it is touched")
                .hasMessageMatching("(?s).*count.compareAndSet +-1 => -536870912\n.*  holder +count.compareAndSet .*");
    }

    private static void freeAtOnce(Table table, boolean last) {
        if (last) {
            table.word.free();
        }
    }

    @Test
    void freed_after_a_grace_period_it_is_not_touched() {
        assertThat(freeing(true).explore()).isGreaterThan(1000);
    }

    @Test
    void a_put_outside_of_a_read_section_is_not_waited_for() {
        assertThatThrownBy(() -> freeing(false).explore())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("freed when it is touched");
    }

    private static Interleavings freeing(boolean inside) {
        return Interleavings.of(scenario -> {
            Table table = new Table(scenario);
            scenario.thread("remover", () -> inSection(table, inside, table::remove));
            scenario.thread("user", () -> inSection(table, true, table::use));
            scenario.atEnd(() -> {
                table.periods.close();
                assertThat(table.word.freed).isTrue();
            });
        });
    }

    private static void inSection(Table table, boolean inside, java.util.function.BooleanSupplier last) {
        Reader reader = table.periods.register();
        if (inside) {
            reader.enter();
        }
        if (last.getAsBoolean()) {
            table.periods.defer(table.word::free);
        }
        if (inside) {
            reader.exit();
        }
        reader.close();
        table.periods.poll();
    }
}
