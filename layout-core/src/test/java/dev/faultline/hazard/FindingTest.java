package dev.faultline.hazard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.access.Certainty;
import dev.faultline.machine.PlacementCount;
import java.util.List;
import org.junit.jupiter.api.Test;

class FindingTest {

    private static final Saving SMALL = new Saving("role", "get", 1, 100, 0, 0.002, 1, false);

    @Test
    void a_finding_has_the_rule_severity_and_certainty_of_its_builder_unless_it_sets_others() {
        Finding plain = builder().build();
        assertThat(plain.rule()).isEqualTo("Rule");
        assertThat(plain.severity()).isEqualTo(Severity.ERROR);
        assertThat(plain.certainty()).isEqualTo(Certainty.DECLARED);
        assertThat(plain.page()).isEqualTo("docs/hazards/Rule.md");
        assertThat(plain.fields()).isEmpty();
        assertThat(plain.placements()).isEmpty();
        assertThat(plain.saving()).isEmpty();

        Finding other = builder()
                .severity(Severity.INFO)
                .certainty(Certainty.INFERRED)
                .fields(List.of("a", "b"))
                .placements(new PlacementCount(3, 8))
                .saving(SMALL)
                .build();
        assertThat(other.severity()).isEqualTo(Severity.INFO);
        assertThat(other.certainty()).isEqualTo(Certainty.INFERRED);
        assertThat(other.fields()).containsExactly("a", "b");
        assertThat(other.placements()).contains(new PlacementCount(3, 8));
        assertThat(other.saving()).contains(SMALL);
    }

    @Test
    void a_saving_decides_the_severity_only_where_the_rule_asks_for_it() {
        assertThat(builder().saving(SMALL).build().severity()).isEqualTo(Severity.ERROR);
        assertThat(builder().gradedBy(SMALL).build().severity()).isEqualTo(Severity.WARNING);
        assertThat(builder().gradedBy(SMALL).severity(Severity.INFO).build().severity())
                .isEqualTo(Severity.INFO);
        assertThat(builder()
                        .gradedBy(SMALL)
                        .certainty(Certainty.INFERRED)
                        .build()
                        .severity())
                .isEqualTo(Severity.INFO);
    }

    @Test
    void a_finding_without_message_or_advice_is_refused() {
        assertThatThrownBy(() -> new FindingBuilder("Rule", Severity.INFO, Certainty.DECLARED)
                        .message("fact")
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Rule");
    }

    @Test
    void placements_are_named_only_where_there_are_several() {
        assertThat(new PlacementCount(1, 1).phrase()).isEmpty();
        assertThat(new PlacementCount(8, 8).phrase()).isEqualTo(" in all 8 placements");
        assertThat(new PlacementCount(7, 8).phrase()).isEqualTo(" in 7 of 8 placements");
    }

    private static FindingBuilder builder() {
        return new FindingBuilder("Rule", Severity.ERROR, Certainty.DECLARED)
                .message("fact")
                .advice("repair");
    }
}
