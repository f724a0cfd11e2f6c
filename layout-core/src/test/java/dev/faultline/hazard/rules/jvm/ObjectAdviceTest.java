package dev.faultline.hazard.rules.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.analysis.Analyzer;
import dev.faultline.hazard.Finding;
import dev.faultline.hazard.rules.Catalog;
import dev.faultline.machine.Machines;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said about classes can be followed by their authors, and is about classes. */
class ObjectAdviceTest {

    private static List<Finding> examine(String className, String text) {
        return new Analyzer(Machines.x86(), Catalog.RULES)
                .analyze(ExaminedClass.subject("17", className, text))
                .findings();
    }

    @Test
    void an_inherited_field_of_the_same_name_is_no_embedded_struct() {
        List<Finding> findings = examine("Leaf", """
                class Base { volatile boolean closed; long seen; }
                final class Leaf extends Base { volatile boolean closed; int limit; long seen; }
                """);

        assertThat(findings).isNotEmpty().noneMatch(finding -> finding.rule().equals("EmbeddedStructSpill"));
    }

    @Test
    void nobody_is_told_to_choose_the_address_of_an_object() {
        List<Finding> findings =
                examine("Ends", "final class Ends { volatile long head; volatile long tail; int size; }");

        assertThat(findings)
                .isNotEmpty()
                .allSatisfy(finding -> assertThat(finding.advice()).doesNotContain("start objects", "start the array"))
                .noneMatch(finding -> finding.rule().equals("UncertainPlacement"));
    }
}
