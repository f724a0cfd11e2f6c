package dev.faultline.offheap.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.analysis.Analysis;
import dev.faultline.analysis.Analyzer;
import dev.faultline.hazard.Saving;
import dev.faultline.hazard.Severity;
import dev.faultline.hazard.rules.Catalog;
import dev.faultline.machine.Machines;
import dev.faultline.source.Lookup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What an allocator keeps for one CPU costs nothing; where several CPUs meet, they take a lock, and no layout helps.
 */
class SlabVerdictTest {

    private static Analysis analyze(String reference) {
        Lookup.Found found = (Lookup.Found) new KernelCatalog().find(reference);
        return new Analyzer(Machines.x86(), Catalog.RULES)
                .analyze(found.subjects().get(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"array_cache@6.1", "kmem_cache_cpu@6.12", "slub_percpu_sheaves@7.2"})
    void what_one_cpu_has_to_itself_is_clean(String reference) {
        assertThat(analyze(reference).findings()).as(reference).isEmpty();
    }

    @Test
    void a_barn_is_shared_and_the_layout_is_not_to_blame() {
        Analysis analysis = analyze("node_barn@7.2");
        assertThat(analysis.worst()).contains(Severity.INFO);
        assertThat(analysis.findings())
                .filteredOn(finding -> finding.rule().equals("TrueSharing"))
                .singleElement()
                .satisfies(shared -> assertThat(shared.fields()).contains("lock"));
        assertThat(analysis.findings())
                .allSatisfy(finding -> assertThat(
                                finding.saving().map(Saving::nanosPerOp).orElse(0.0))
                        .as(finding.message())
                        .isLessThan(1));
    }

    /** The prediction that {@code docs/performance.md} compares with a measurement: four lines, or two. */
    @Test
    void what_a_cpu_has_of_the_pool_is_on_four_lines_as_posted_and_on_two_with_an_array() {
        Analysis posted = analyze("qmempool_local@posted");
        Analysis array = analyze("qmempool_local@array");
        assertThat(posted.findings()).hasSize(2).allSatisfy(finding -> {
            assertThat(finding.rule()).isEqualTo("ScatteredHotFields");
            assertThat(finding.severity()).isEqualTo(Severity.INFO);
            assertThat(finding.message()).contains("at least 4 lines");
        });
        assertThat(array.findings())
                .hasSize(2)
                .allSatisfy(finding -> assertThat(finding.message()).contains("at least 2 lines"));
    }
}
