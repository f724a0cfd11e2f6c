package dev.faultline.hazard.rules.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.access.Certainty;
import dev.faultline.hazard.Finding;
import dev.faultline.hazard.HazardRule;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Fields and elements beside words that the VM itself writes or reads: the mark word, the length of an array. */
class WordsOfTheVmTest {

    private static List<Finding> examine(HazardRule rule, String mode, String className, String text) {
        return ExaminedClass.by(rule, mode, className, text);
    }

    @Test
    void a_field_that_is_written_without_the_lock_lies_beside_the_word_of_the_lock() {
        assertThat(examine(new HeaderBesideHotField(), "17", "Journal", """
                        final class Journal {
                            private volatile long position;
                            private int drained;
                            void append(int bytes) { position = position + bytes; }
                            synchronized void drain() { drained++; }
                        }
                        """))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.message())
                            .contains("position at byte 16 is written by append (Journal.append:4)")
                            .contains("Journal.drain takes the lock of the object");
                    assertThat(finding.certainty()).isEqualTo(Certainty.FROM_CODE);
                });
    }

    @Test
    void a_field_that_the_lock_guards_belongs_beside_it() {
        assertThat(examine(new HeaderBesideHotField(), "17", "Guarded", """
                        final class Guarded {
                            private int count;
                            private long total;
                            synchronized void add(int n) { count++; total += n; }
                            synchronized long total() { return total; }
                        }
                        """)).isEmpty();
    }

    @Test
    void a_class_that_nobody_locks_has_a_quiet_header() {
        assertThat(examine(new HeaderBesideHotField(), "17", "Free", """
                        final class Free {
                            private volatile long position;
                            void append(int bytes) { position = position + bytes; }
                        }
                        """)).isEmpty();
    }

    @Test
    void the_first_elements_lie_beside_the_length_and_later_ones_do_not() {
        String text = """
                final class Slots {
                    private final long[] slots = new long[64];
                    private volatile long offered;
                    private volatile long polled;
                    void offer(long value) { slots[FIRST] = value; offered = offered + 1; }
                    long poll() { polled = polled + 1; return slots[40]; }
                }
                """;

        assertThat(examine(new ArrayLengthBesideElements(), "17", "Slots", text.replace("FIRST", "2")))
                .singleElement()
                .satisfies(finding -> assertThat(finding.message())
                        .contains("the elements of slots begin at byte 16 of the array")
                        .contains("offer (Slots.offer:5) writes element 2")
                        .contains("poll (Slots.poll:6) reads the length"));
        assertThat(examine(new ArrayLengthBesideElements(), "17", "Slots", text.replace("FIRST", "20")))
                .isEmpty();
    }
}
