package dev.faultline.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Made-up times, so that what a grid says of them is known. */
class SharingGridTest {

    private static final Environment ENVIRONMENT = new Environment("p", "j", "s", List.of(0, 1), true);

    private static SharingTime time(double predicted, double... rounds) {
        return new SharingTime(java.util.Arrays.stream(rounds).boxed().toList(), predicted);
    }

    private static SharingRow row(boolean isFitted, SharingTime together, SharingTime apart) {
        return new SharingRow("add", "each", 2, 20, isFitted, together, Optional.ofNullable(apart));
    }

    private static SharingGrid grid(SharingRow... rows) {
        return new SharingGrid(ENVIRONMENT, "box", List.of(rows), Optional.empty(), Map.of());
    }

    @Test
    void a_prediction_is_off_by_the_same_factor_either_way() {
        assertThat(time(30, 19, 20, 21).errorFactor()).isEqualTo(1.5);
        assertThat(time(10, 19, 20, 21).errorFactor()).isEqualTo(2);
        assertThat(time(10, 19, 20, 21).predictedToMeasured()).isEqualTo(0.5);
    }

    @Test
    void close_times_are_counted_apart_from_those_that_were_fitted() {
        SharingGrid grid = grid(
                row(false, time(30, 20), time(10, 20)),
                row(true, time(20, 20), time(61, 20)),
                row(false, time(1, 1), null));
        assertThat(grid.cells()).hasSize(5);
        assertThat(SharingGrid.close(grid.cells(false))).isEqualTo(2);
        assertThat(grid.cells(false)).hasSize(3);
        assertThat(SharingGrid.close(grid.cells(true))).isEqualTo(1);
        assertThat(grid.worst().orElseThrow().time().predictedNanos()).isEqualTo(61);
        assertThat(grid.worst().orElseThrow().isApart()).isTrue();
    }

    @Test
    void a_sign_is_wrong_when_the_measured_interval_excludes_what_is_predicted() {
        SharingTime slow = time(40, 40, 41, 42, 43);
        SharingRow right = row(false, slow, time(20, 20, 21, 22, 23));
        SharingRow wrong = row(false, slow, time(40, 20, 21, 22, 23));
        SharingRow against = row(false, slow, time(80, 20, 21, 22, 23));
        SharingRow undecided = row(false, slow, time(20, 40, 41, 42, 43));
        SharingRow fewRounds = row(false, time(40, 40), time(40, 20));
        SharingRow alone = row(false, slow, null);

        assertThat(right.isDecided()).isTrue();
        assertThat(right.isSignRight()).isTrue();
        assertThat(right.predictedRatio()).contains(2.0);
        assertThat(wrong.isSignRight()).isFalse();
        assertThat(against.isSignRight()).isFalse();
        assertThat(undecided.isDecided()).isFalse();
        assertThat(fewRounds.isDecided()).isFalse();
        assertThat(alone.isDecided()).isFalse();
        SharingGrid grid = grid(right, wrong, against, undecided, fewRounds, alone);
        assertThat(grid.decided()).containsExactly(right, wrong, against);
        assertThat(grid.wrongSigns()).containsExactly(wrong, against);
    }

    @Test
    void a_difference_that_may_be_negligible_may_be_predicted_as_none() {
        SharingRow slight = row(
                false,
                time(100, 100.5, 100.5, 100.5, 100.5, 100.5, 103, 103, 103),
                time(100, 100, 100, 100, 100, 100, 100, 100, 100));
        assertThat(slight.isDecided()).isTrue();
        assertThat(slight.isSignRight()).isTrue();
    }

    @Test
    void a_grid_has_rows_or_says_why_not() {
        assertThatThrownBy(() -> new SharingGrid(ENVIRONMENT, "box", List.of(), Optional.empty(), Map.of()))
                .hasMessageContaining("either rows or why there are none");
        assertThat(new SharingGrid(ENVIRONMENT, "box", List.of(), Optional.of("busy"), Map.of()).worst())
                .isEmpty();
    }
}
