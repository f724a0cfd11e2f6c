package dev.faultline.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.hazard.rules.Catalog;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.notation.NotationReader;
import dev.faultline.machine.Machines;
import dev.faultline.source.Subject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The analysis of a struct does not depend on those before it, whose costs the analyzer remembers. */
class AnalyzerTest {

    /** Each has the same three members at another offset, or with another neighbour. */
    private static final List<StructLayout> STRUCTS = NotationReader.read("similar", """
            struct first {
                    atomic_t                   count;            /*     0     4 */
                    int                        flags;            /*     4     4 */
                    long                       owner;            /*     8     8 */
                    /* size: 16, cachelines: 1, members: 3 */
            };
            struct behind {
                    long                       before[8];        /*     0    64 */
                    atomic_t                   count;            /*    64     4 */
                    int                        flags;            /*    68     4 */
                    long                       owner;            /*    72     8 */
                    /* size: 80, cachelines: 2, members: 4 */
            };
            struct across {
                    long                       before[7];        /*     0    56 */
                    atomic_t                   count;            /*    56     4 */
                    int                        flags;            /*    60     4 */
                    long                       owner;            /*    64     8 */
                    /* size: 72, cachelines: 2, members: 4 */
            };
            struct beside {
                    atomic_t                   count;            /*     0     4 */
                    atomic_t                   flags;            /*     4     4 */
                    long                       owner;            /*     8     8 */
                    /* size: 16, cachelines: 1, members: 3 */
            };""");

    @Test
    void a_struct_has_the_same_findings_alone_and_behind_similar_ones() {
        Analyzer shared = new Analyzer(Machines.neoverse(), Catalog.RULES);
        for (int round = 0; round < 2; round++) {
            for (StructLayout struct : STRUCTS) {
                Analysis alone = new Analyzer(Machines.neoverse(), Catalog.RULES).analyze(Subject.of(struct));
                assertThat(alone.findings())
                        .as(struct.name())
                        .anyMatch(finding -> finding.saving().isPresent());
                assertThat(shared.analyze(Subject.of(struct)).findings())
                        .as(struct.name())
                        .isEqualTo(alone.findings());
            }
        }
    }
}
