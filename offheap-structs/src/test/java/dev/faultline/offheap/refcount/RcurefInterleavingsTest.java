package dev.faultline.offheap.refcount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.offheap.interleave.Interleavings;
import dev.faultline.offheap.interleave.Scenario;
import dev.faultline.offheap.interleave.SteppedInt;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Threads get and put one object, in every order of steps. */
@Tag("slow")
class RcurefInterleavingsTest {

    /** An object that some threads hold; the count's results must agree with what they do. */
    private static final class Held {

        private final SteppedInt word;
        private final Told told = new Told();
        private final TestCount count;
        private int holders;
        private int released;

        Held(Scenario scenario, TestCount.Form form, int firstWord, int holders) {
            word = scenario.int32("count", firstWord);
            count = form.on(word, told);
            this.holders = holders;
        }

        boolean get() {
            boolean has = count.get();
            if (has) {
                assertThat(released).as("released when a reference is taken").isZero();
                holders++;
            }
            return has;
        }

        void put() {
            holders--; // before the put, after which the object may be released
            if (count.put()) {
                released++;
                assertThat(holders).as("references when it is released").isZero();
            }
        }

        void expectReleasedOnce() {
            assertThat(holders).isZero();
            assertThat(released).as("times released").isOne();
            assertThat(told.timesImbalanced()).as("puts said to be too many").isZero();
            assertThat(told.timesSaturated()).isZero();
            assertThat(word.get()).isEqualTo(Rcuref.DEAD);
        }
    }

    /**
     * Each letter is a thread: {@code p} puts, {@code g} gets, and puts later if it got. There are as many initial
     * references as {@code p}.
     */
    private static Interleavings of(TestCount.Form form, int oneReference, String... threads) {
        long puts = String.join("", threads).chars().filter(c -> c == 'p').count();
        return Interleavings.of(scenario -> {
            Held held = new Held(scenario, form, oneReference + (int) puts - 1, (int) puts);
            for (int i = 0; i < threads.length; i++) {
                String steps = threads[i];
                scenario.thread("T" + (i + 1), () -> {
                    int extra = 0;
                    for (char step : steps.toCharArray()) {
                        if (step == 'p') {
                            held.put();
                        } else if (held.get()) {
                            extra++;
                        }
                    }
                    for (; extra > 0; extra--) {
                        held.put();
                    }
                });
            }
            scenario.atEnd(held::expectReleasedOnce);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "p, p, ''",
        "p, g, ''",
        "p, gg, ''",
        "pp, gg, ''",
        "gp, gp, ''",
        "gpg, ggp, ''",
        "p, p, p",
        "p, g, g",
        "gp, p, g",
        "pg, p, gg",
    })
    void released_once_and_without_misuse_in_any_order(String first, String second, String third) {
        assertThat(of(TestCount::rcuref, Rcuref.ONEREF, first, second, third).explore())
                .isGreaterThan(1);
    }

    @ParameterizedTest
    @CsvSource({"p, g, ''", "gp, gp, ''", "p, g, g", "gp, p, g"})
    void so_it_is_in_the_first_form(String first, String second, String third) {
        assertThatCode(() -> of(FirstRcuref::new, 1, first, second, third).explore())
                .doesNotThrowAnyException();
    }

    /** The race that was found in Linux in January 2025. */
    @Test
    void reading_the_word_again_takes_a_good_put_for_one_too_many() {
        assertThatThrownBy(
                        () -> of(RereadingRcuref::new, Rcuref.ONEREF, "p", "g").explore())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("puts said to be too many")
                .hasMessageContaining("count.compareAndSet");
    }

    @Test
    void counts_at_the_upper_end_saturate_and_are_never_released() {
        for (int value : new int[] {Rcuref.MAXREF - 1, Rcuref.MAXREF, Rcuref.SATURATED}) {
            Interleavings.of(scenario -> {
                        SteppedInt word = scenario.int32("count", value);
                        Told told = new Told();
                        Rcuref count = new Rcuref(word, told);
                        scenario.thread("T1", () -> assertThat(count.get()).isTrue());
                        scenario.thread("T2", () -> {
                            assertThat(count.get()).isTrue();
                            assertThat(count.put()).isFalse();
                        });
                        scenario.thread("T3", () -> assertThat(count.put()).isFalse());
                        scenario.atEnd(() -> {
                            assertThat(count.read()).isGreaterThanOrEqualTo(Integer.toUnsignedLong(value));
                            assertThat(told.timesImbalanced()).isZero();
                            assertThat(told.timesSaturated()).isLessThan(2);
                        });
                    })
                    .explore();
        }
    }

    @Test
    void the_dead_stay_dead() {
        Interleavings.of(scenario -> {
                    SteppedInt word = scenario.int32("count", Rcuref.DEAD);
                    Told told = new Told();
                    Rcuref count = new Rcuref(word, told);
                    for (int i = 0; i < 2; i++) {
                        scenario.thread(
                                "getter " + i, () -> assertThat(count.get()).isFalse());
                    }
                    scenario.thread("putter", () -> assertThat(count.put()).isFalse());
                    scenario.afterEachStep(() -> assertThat(count.isDead()).isTrue());
                    scenario.atEnd(() -> {
                        assertThat(word.get()).isEqualTo(Rcuref.DEAD);
                        assertThat(told.timesImbalanced()).isOne();
                    });
                })
                .explore();
    }
}
