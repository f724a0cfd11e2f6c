package dev.faultline.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.analysis.Analysis;
import dev.faultline.analysis.Analyzer;
import dev.faultline.contract.promise.AcceptedFinding;
import dev.faultline.hazard.Finding;
import dev.faultline.hazard.Severity;
import dev.faultline.hazard.rules.Catalog;
import dev.faultline.layout.notation.NotationReader;
import dev.faultline.machine.Machines;
import dev.faultline.source.Subject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KnownFindingsTest {

    private static Analysis analysis(String name, String... readers) {
        StringBuilder text = new StringBuilder("struct " + name + " {\n\tatomic_t users; /* 0 4 */\n");
        for (int i = 0; i < readers.length; i++) {
            text.append("\tint " + readers[i] + "; /* " + (4 + 4 * i) + " 4 */\n");
        }
        text.append("\t/* size: " + (4 + 4 * readers.length) + " */\n};\n");
        return new Analyzer(Machines.x86(), Catalog.RULES)
                .analyze(Subject.of(NotationReader.read("test", text.toString()).get(0)));
    }

    private static Baseline accepting(Analysis... analyses) {
        KnownFindings known = new KnownFindings(new Baseline(Map.of()));
        for (Analysis analysis : analyses) {
            known.accept(analysis, any -> true);
        }
        return known.update(true);
    }

    @Test
    void a_finding_stays_known_when_fields_move_or_more_come_beside_its_cause() {
        Baseline baseline = accepting(analysis("foo", "flags"));

        assertThat(baseline.of("foo").orElseThrow())
                .singleElement()
                .extracting(AcceptedFinding::fields)
                .isEqualTo(List.of("users"));
        Analysis rest = new KnownFindings(baseline).rest(analysis("foo", "state", "flags", "mode"));
        assertThat(rest.findings()).isEmpty();
        assertThat(rest.heldBack().known()).isEqualTo(1);
        assertThat(new KnownFindings(baseline).rest(analysis("bar", "flags")).findings())
                .as("of another struct")
                .hasSize(1);
    }

    @Test
    void one_that_is_more_severe_than_it_was_is_new() {
        Finding found = analysis("foo", "flags").findings().get(0);
        Baseline less = new Baseline(
                Map.of("foo", List.of(new AcceptedFinding(found.rule(), List.of("users"), Severity.INFO, ""))));
        Baseline other = new Baseline(
                Map.of("foo", List.of(new AcceptedFinding("TrueSharing", List.of("users"), Severity.ERROR, ""))));

        assertThat(new KnownFindings(less).rest(analysis("foo", "flags")).findings())
                .isEmpty();
        assertThat(new KnownFindings(other).rest(analysis("foo", "flags")).findings())
                .hasSize(1);
    }

    @Test
    void an_update_keeps_reasons_and_what_was_not_looked_at_and_counts_what_is_gone() {
        Finding found = analysis("foo", "flags").findings().get(0);
        AcceptedFinding reasoned = new AcceptedFinding(found.rule(), List.of("users"), Severity.ERROR, "cold");
        AcceptedFinding old = new AcceptedFinding("SplitAtomic", List.of("users"), Severity.ERROR, "");
        Baseline before = new Baseline(Map.of("foo", List.of(reasoned, old), "elsewhere", List.of(old)));
        KnownFindings known = new KnownFindings(before);
        known.accept(analysis("foo", "flags"), any -> true);

        Baseline part = known.update(false);
        assertThat(part.structs()).containsOnlyKeys("foo", "elsewhere");
        assertThat(part.of("foo").orElseThrow())
                .containsExactly(new AcceptedFinding(found.rule(), List.of("users"), Severity.INFO, "cold"));
        assertThat(known.gone(part)).isEqualTo(1);
        assertThat(known.update(true).structs()).containsOnlyKeys("foo");
        assertThat(known.gone(known.update(true))).isEqualTo(2);
    }

    @Test
    void a_suspicion_that_was_accepted_stays_so_when_suspicions_are_not_shown() {
        KnownFindings known = new KnownFindings(accepting(analysis("foo", "flags")));
        known.accept(analysis("foo", "flags"), finding -> !finding.isSuspicion());
        Baseline after = known.update(true);

        assertThat(after.of("foo").orElseThrow()).hasSize(1);
        assertThat(known.gone(after)).isZero();
    }

    @Test
    void what_is_written_is_read_back_and_names_its_command() {
        Baseline baseline = accepting(analysis("foo", "flags"), analysis("clean"));
        String text = BaselineFile.write(baseline, "faultline inspect --baseline FILE --update");

        assertThat(text).startsWith("# Accepted findings, written by `faultline inspect --baseline FILE --update`.\n");
        assertThat(BaselineFile.read("b.yaml", text)).isEqualTo(baseline);
        assertThat(baseline.structs()).containsOnlyKeys("foo");
    }
}
