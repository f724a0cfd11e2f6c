package dev.faultline.offheap.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.analysis.Analysis;
import dev.faultline.analysis.Analyzer;
import dev.faultline.hazard.Finding;
import dev.faultline.hazard.Saving;
import dev.faultline.hazard.Severity;
import dev.faultline.hazard.rules.Catalog;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.StructLayout;
import dev.faultline.machine.Machine;
import dev.faultline.machine.Machines;
import dev.faultline.offheap.declare.Declaration;
import dev.faultline.source.Lookup;
import dev.faultline.source.Subject;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A queue with correct padding: its cost is that each side reads the other's tail. Head and tail of one side are stored
 * and swapped by one operation; with each on a line of its own, an operation would take 2 to 4 % less, as played too.
 */
class AlfQueueVerdictTest {

    static Stream<Machine> machinesWithLinesOf64() {
        return Machines.all().stream().filter(machine -> machine.lineBytes().value() == 64);
    }

    @ParameterizedTest
    @MethodSource("machinesWithLinesOf64")
    void no_layout_helps_much_because_both_sides_use_the_tails(Machine machine) {
        Analysis analysis = analyze(machine, posted());

        assertThat(analysis.worst()).isPresent().get().isNotEqualTo(Severity.ERROR);
        assertThat(of(analysis, "TrueSharing")).singleElement().satisfies(verdict -> {
            assertThat(verdict.fields().subList(0, 2))
                    .as("the two that the other side reads come first")
                    .containsExactlyInAnyOrder("producer.tail", "consumer.tail");
            assertThat(verdict.saving().map(Saving::nanosPerOp).orElse(0.0))
                    .as("what a layout could save, in ns of some 300")
                    .isLessThan(20);
        });
        assertThat(of(analysis, "WriterBesideReaders")).isEmpty();
        assertThat(of(analysis, "EmbeddedStructSpill")).isEmpty();
    }

    @Test
    void only_head_and_tail_of_one_side_share_a_line_which_costs_little() {
        assertThat(of(analyze(Machines.x86(), posted()), "WritersShareLine")).allSatisfy(finding -> {
            String side = finding.fields().get(0).split("\\.")[0];
            assertThat(finding.fields()).allMatch(field -> field.startsWith(side));
            assertThat(finding.saving().orElseThrow().nanosPerOp()).isLessThan(12);
        });
    }

    @Test
    void with_the_sides_on_one_line_the_fault_would_be_the_layouts() {
        StructLayout actor = Declaration.struct("alf_actor", "")
                .field("head", Declaration.number("u32", 4), 0)
                .field("tail", Declaration.number("u32", 4), 4)
                .ofSize(8, 4);
        StructLayout packed = Declaration.struct("alf_queue", "")
                .field("size", Declaration.number("u32", 4), 0)
                .field("mask", Declaration.number("u32", 4), 4)
                .field("flags", Declaration.number("u32", 4), 8)
                .field("producer", actor, 12)
                .field("consumer", actor, 20)
                .hole(28, 4)
                .field("ring", new FieldType.Array(Declaration.pointer("void *"), 512), 32)
                .ofSize(32 + 8 * 512, 8);
        Subject posted = posted();
        Subject moved = new Subject(packed, "packed", posted.placement(), posted.profile(), posted.code());

        Analysis analysis = analyze(Machines.x86(), moved);

        assertThat(analysis.worst()).contains(Severity.ERROR);
        assertThat(analysis.findings())
                .filteredOn(finding -> finding.severity() == Severity.ERROR)
                .anySatisfy(fault -> assertThat(fault.fields()).contains("producer.head", "consumer.head"));
        assertThat(of(analysis, "TrueSharing")).isEmpty();
    }

    private static Subject posted() {
        return ((Lookup.Found) new KernelCatalog().find("alf_queue@posted"))
                .subjects()
                .get(0);
    }

    private static Analysis analyze(Machine machine, Subject subject) {
        return new Analyzer(machine, Catalog.RULES).analyze(subject);
    }

    private static List<Finding> of(Analysis analysis, String rule) {
        return analysis.findings().stream()
                .filter(finding -> finding.rule().equals(rule))
                .toList();
    }
}
