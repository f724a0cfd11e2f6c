package dev.faultline.offheap.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.access.Certainty;
import dev.faultline.analysis.Analysis;
import dev.faultline.analysis.Analyzer;
import dev.faultline.hazard.Finding;
import dev.faultline.hazard.Severity;
import dev.faultline.hazard.rules.Catalog;
import dev.faultline.machine.Machines;
import dev.faultline.machine.PlacementCount;
import dev.faultline.source.Lookup;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The case that gave the project its subject, found before the repair and gone after it. */
class SeedVerdictTest {

    private final Analyzer analyzer = new Analyzer(Machines.x86(), Catalog.RULES);

    @Test
    void before_6_4_the_count_of_a_route_stood_beside_lwtstate_and_spilled_onto_rt_genid() {
        Analysis analysis = analyze("rtable@6.3");

        assertThat(against(analysis, "WriterBesideReaders", "dst.__refcnt", "dst.lwtstate"))
                .extracting(Finding::severity, Finding::certainty, Finding::placements)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(
                        Severity.ERROR, Certainty.DECLARED, Optional.of(new PlacementCount(1, 1))));
        assertThat(against(analysis, "EmbeddedStructSpill", "dst.__refcnt", "rt_genid"))
                .extracting(Finding::severity)
                .containsExactly(Severity.ERROR);
        assertThat(analysis.findings().get(0).severity()).as("worst first").isEqualTo(Severity.ERROR);
    }

    @Test
    void from_6_4_on_neither_is_left_and_what_remains_is_named_at_a_lower_severity() {
        Analysis analysis = analyze("rtable@6.4");

        assertThat(against(analysis, "WriterBesideReaders", "dst.__rcuref", "dst.lwtstate"))
                .isEmpty();
        assertThat(of(analysis, "EmbeddedStructSpill")).isEmpty();
        assertThat(of(analysis, "WriterBesideReaders"))
                .as("tclassid and error still share the count's line; the kernel accepted that")
                .singleElement()
                .satisfies(rest -> {
                    assertThat(rest.severity()).isEqualTo(Severity.INFO);
                    assertThat(rest.fields()).containsExactlyInAnyOrder("dst.__rcuref", "dst.error", "dst.tclassid");
                });
        assertThat(analysis.worst()).contains(Severity.INFO);
    }

    @Test
    void an_ipv6_route_had_from_and_sernum_on_the_line_of_the_count() {
        Analysis before = analyze("rt6_info@6.3");
        Analysis after = analyze("rt6_info@6.4");

        assertThat(against(before, "EmbeddedStructSpill", "dst.__refcnt", "from"))
                .extracting(Finding::severity)
                .containsExactly(Severity.ERROR);
        assertThat(against(before, "EmbeddedStructSpill", "dst.__refcnt", "sernum"))
                .hasSize(1);
        assertThat(against(before, "WriterBesideReaders", "dst.__refcnt", "dst.lwtstate"))
                .hasSize(1);
        assertThat(of(after, "EmbeddedStructSpill")).isEmpty();
        assertThat(after.findings()).noneMatch(finding -> finding.severity() == Severity.ERROR);
    }

    @Test
    void a_bare_destination_shows_the_count_beside_lwtstate_but_no_spill() {
        assertThat(against(analyze("dst_entry@6.3"), "WriterBesideReaders", "__refcnt", "lwtstate"))
                .hasSize(1);
        assertThat(of(analyze("dst_entry@6.3"), "EmbeddedStructSpill")).isEmpty();
        assertThat(against(analyze("dst_entry@6.4"), "WriterBesideReaders", "__rcuref", "lwtstate"))
                .isEmpty();
    }

    private Analysis analyze(String reference) {
        Lookup lookup = new KernelCatalog().find(reference);
        return analyzer.analyze(((Lookup.Found) lookup).subjects().get(0));
    }

    private static List<Finding> of(Analysis analysis, String rule) {
        return analysis.findings().stream()
                .filter(finding -> finding.rule().equals(rule))
                .toList();
    }

    private static List<Finding> against(Analysis analysis, String rule, String culprit, String victim) {
        return of(analysis, rule).stream()
                .filter(finding -> finding.fields().get(0).equals(culprit)
                        && finding.fields().contains(victim))
                .toList();
    }
}
