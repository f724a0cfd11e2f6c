package dev.faultline.cost.closedform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RecurrenceTest {

    @Test
    void the_order_in_which_pairs_are_added_does_not_matter() {
        Recurrence rising = new Recurrence();
        Recurrence falling = new Recurrence();
        for (int i = 1; i <= 20; i++) {
            rising.add(i, 0.5);
            falling.add(21 - i, 0.5);
        }
        rising.close();
        falling.close();

        // Pairs up to 10 apart add their distance, the other ten the window.
        assertThat(rising.expected(10)).isEqualTo(0.5 * (55 + 10 * 10));
        assertThat(falling.expected(10)).isEqualTo(rising.expected(10));
    }

    @Test
    void very_many_pairs_in_the_worst_order_are_sorted_at_once() {
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            Recurrence recurrence = new Recurrence();
            for (int i = 0; i < 300_000; i++) {
                recurrence.add(300_000 - i, 1);
            }
            recurrence.close();
            assertThat(recurrence.expected(1)).isEqualTo(300_000);
        });
    }
}
