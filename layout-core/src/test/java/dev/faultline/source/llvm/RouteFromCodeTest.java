package dev.faultline.source.llvm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.access.Certainty;
import dev.faultline.analysis.Analyzer;
import dev.faultline.hazard.Finding;
import dev.faultline.hazard.Severity;
import dev.faultline.hazard.rules.Catalog;
import dev.faultline.machine.Machines;
import dev.faultline.source.Subject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The two hazards of the seed case are found from code alone, and are gone with the layout that repaired them. */
@Tag("slow")
@Tag("native")
class RouteFromCodeTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"-O0", "-O1", "-O2"})
    void the_count_shares_its_line_with_what_senders_read(String level) {
        List<Finding> findings = findings(level);
        assertThat(findings)
                .extracting(Finding::rule)
                .containsExactlyInAnyOrder("WriterBesideReaders", "EmbeddedStructSpill");
        assertThat(findings).allSatisfy(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.WARNING);
            assertThat(finding.certainty()).isEqualTo(Certainty.FROM_CODE);
            assertThat(finding.message())
                    .contains("__refcnt (written at route.c:64 in dst_hold)")
                    .containsPattern("(lwtstate|rt_genid) \\(read at route.c:7[79] in route_use\\)");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"-O0", "-O1", "-O2"})
    void nothing_is_left_of_it_after_the_change(String level) {
        assertThat(findings(level, "-DAFTER")).isEmpty();
    }

    private List<Finding> findings(String... options) {
        Analyzer analyzer = new Analyzer(Machines.byName("x86-64").orElseThrow(), Catalog.RULES);
        LlvmSource source = LlvmSource.open("route.ll", new LlvmWorkshop(directory).text("route.c", options));
        List<Finding> findings = new ArrayList<>();
        for (Subject subject : source.all()) {
            findings.addAll(analyzer.analyze(subject).findings());
        }
        // of a struct inside another one, each finding is told once
        return findings.stream()
                .filter(finding -> !finding.isSuspicion() && !finding.fields().contains("dst.lwtstate"))
                .toList();
    }
}
