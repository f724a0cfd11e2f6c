package dev.faultline.hazard.rules.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.hazard.Finding;
import dev.faultline.hazard.Severity;
import dev.faultline.source.jvm.ClassMaker;
import java.util.List;
import org.junit.jupiter.api.Test;

class InertContendedTest {

    private static final String TEXT = """
            import jdk.internal.vm.annotation.Contended;
            final class Ends { @Contended volatile long head; @Contended volatile long tail; int size; }
            @Contended final class Alone { volatile long value; }
            """;

    private static List<Finding> examine(String mode, String className) {
        return ExaminedClass.by(new InertContended(), mode, className, TEXT);
    }

    @Test
    void fields_of_an_application_class_are_not_kept_apart_unless_the_VM_is_told_to() {
        assertThat(examine("17", "Ends")).singleElement().satisfies(finding -> {
            assertThat(finding.message())
                    .startsWith("@Contended on head and tail has no effect on JDK 17, which needs"
                            + " -XX:-RestrictContended to honour jdk.internal.vm.annotation.Contended here")
                    .contains("head at byte 16, tail at byte 24");
            assertThat(finding.fields()).containsExactly("head", "tail");
            assertThat(finding.severity()).isEqualTo(Severity.WARNING);
            assertThat(finding.advice()).contains("64 bytes of padding").contains("-XX:-RestrictContended");
        });
        assertThat(examine("17-contended", "Ends")).isEmpty();
    }

    @Test
    void an_application_class_has_its_usual_size_in_spite_of_the_annotation() {
        assertThat(examine("25", "Alone"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.message())
                        .contains("on class Alone has no effect")
                        .contains("24 bytes instead of about 280"));
        assertThat(examine("25-contended", "Alone")).isEmpty();
    }

    @Test
    void JDK_8_does_not_know_the_annotation_of_later_versions() {
        assertThat(examine("8-contended", "Ends")).singleElement().satisfies(finding -> {
            assertThat(finding.message()).contains("needs JDK 9 or later");
            assertThat(finding.advice()).doesNotContain("-XX:");
        });
    }

    @Test
    void the_annotation_of_JDK_8_has_no_effect_since_JDK_9() {
        ClassMaker old = ClassMaker.named("Old").withAnnotationOfJdk8().withContended("", "J", "value");

        assertThat(ExaminedClass.by(new InertContended(), "17-contended", "Old", old))
                .singleElement()
                .satisfies(finding -> assertThat(finding.message())
                        .startsWith("@Contended on value has no effect on JDK 17-contended, which needs JDK 8 to honour"
                                + " sun.misc.Contended here"));
        assertThat(ExaminedClass.by(new InertContended(), "8-contended", "Old", old))
                .isEmpty();
        assertThat(ExaminedClass.by(new InertContended(), "8", "Old", old)).hasSize(1);
    }
}
