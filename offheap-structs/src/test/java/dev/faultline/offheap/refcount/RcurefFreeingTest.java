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

/** Why what is counted is freed after a grace period only: in every order, nobody touches the count of a freed object. */
@Tag("slow")
class RcurefFreeingTest {

    /** A word that must not be touched once its object is freed. */
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

        /** Takes the object out and puts the table's reference. What is returned says whether it was the last. */
        boolean remove() {
            pointer.setVolatile(0);
            return count.put();
        }

        /** Finds the object, takes a reference, puts it. What is returned says whether it was the last. */
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

    /** The put that lost the race has still to look at the word. */
    @Test
    void even_if_nobody_finds_it_any_more_who_put_it_may_have_still_to_decide() {
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
    void freed_after_a_grace_period_nobody_touches_it() {
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
