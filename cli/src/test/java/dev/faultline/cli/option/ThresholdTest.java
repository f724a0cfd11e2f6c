package dev.faultline.cli.option;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.hazard.Severity;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ThresholdTest {

    @Test
    void a_threshold_is_reached_by_its_own_severity_and_worse() {
        for (Threshold threshold : Threshold.values()) {
            assertThat(threshold.isReachedBy(Optional.empty())).isFalse();
        }
        assertThat(Threshold.WARNING.isReachedBy(Optional.of(Severity.INFO))).isFalse();
        assertThat(Threshold.WARNING.isReachedBy(Optional.of(Severity.WARNING))).isTrue();
        assertThat(Threshold.WARNING.isReachedBy(Optional.of(Severity.ERROR))).isTrue();
        assertThat(Threshold.ERROR.isReachedBy(Optional.of(Severity.WARNING))).isFalse();
        assertThat(Threshold.INFO.isReachedBy(Optional.of(Severity.INFO))).isTrue();
        assertThat(Threshold.NEVER.isReachedBy(Optional.of(Severity.ERROR))).isFalse();
    }
}
