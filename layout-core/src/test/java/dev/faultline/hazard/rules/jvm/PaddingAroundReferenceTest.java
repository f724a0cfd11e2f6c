package dev.faultline.hazard.rules.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.access.Certainty;
import dev.faultline.hazard.Finding;
import dev.faultline.hazard.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaddingAroundReferenceTest {

    private static final String TEXT = """
            import java.util.concurrent.atomic.*;
            class Front { long pad1, pad2, pad3, pad4, pad5, pad6, pad7, pad8; }
            class Work extends Front { FIELD }
            class Back extends Work { long pad11, pad12, pad13, pad14, pad15, pad16, pad17, pad18; }
            final class Drain extends Back { METHOD }
            """;

    private static List<Finding> examine(String field, String method) {
        String text = TEXT.replace("FIELD", field).replace("METHOD", method);
        return ExaminedClass.by(new PaddingAroundReference(), "17", "Drain", text);
    }

    @Test
    void padding_around_a_final_atomic_guards_a_reference_and_the_writer_of_its_value_is_quoted() {
        assertThat(examine(
                        "final AtomicInteger wip = new AtomicInteger();",
                        "boolean enter() { return wip.getAndIncrement() == 0; }"))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.message())
                            .contains("the padding around wip, 128 bytes around wip, guards a final reference")
                            .contains("which enter writes (Drain.enter:5)")
                            .contains("an object of 16 bytes elsewhere on the heap");
                    assertThat(finding.severity()).isEqualTo(Severity.WARNING);
                    assertThat(finding.certainty()).isEqualTo(Certainty.FROM_CODE);
                });
    }

    @Test
    void without_code_that_writes_it_the_declaration_is_enough_for_a_note() {
        assertThat(examine("final AtomicLong left = new AtomicLong();", ""))
                .singleElement()
                .satisfies(finding -> assertThat(finding.severity()).isEqualTo(Severity.INFO));
    }

    @Test
    void a_word_in_the_object_itself_is_what_padding_is_for() {
        assertThat(examine("volatile long wip;", "long enter() { return wip++; }"))
                .isEmpty();
        assertThat(examine(
                        "final AtomicInteger wip = new AtomicInteger(); volatile long seen;",
                        "long enter() { return seen++ + wip.getAndIncrement(); }"))
                .isEmpty();
    }
}
