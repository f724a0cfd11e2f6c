package dev.faultline.suggest.struct;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.access.ProfileReader;
import dev.faultline.analysis.Analyzer;
import dev.faultline.hazard.Severity;
import dev.faultline.hazard.rules.Catalog;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.notation.NotationReader;
import dev.faultline.machine.Machine;
import dev.faultline.machine.Machines;
import dev.faultline.source.Subject;
import dev.faultline.suggest.Candidate;
import dev.faultline.suggest.Constraints;
import dev.faultline.suggest.Suggestion;
import dev.faultline.suggest.packing.SearchEffort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Without rates the search keeps apart what different roles use, however few CPUs the machine has. */
class UnratedSuggestionTest {

    private static final String PROFILE = """
            profile: three threads
            structs:
              stats:
                roles:
                  hitter: { cpus: all }
                  misser: { cpus: all }
                  loser: { cpus: all }
                operations:
                  - name: hit
                    role: hitter
                    accesses: [{ field: hits, kind: rmw }]
                  - name: miss
                    role: misser
                    accesses: [{ field: limit, kind: read }, { field: misses, kind: rmw }]
                  - name: lose
                    role: loser
                    accesses: [{ field: losses, kind: rmw }]
            """;

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 64})
    void the_first_candidate_leaves_no_warning(int cpus) {
        suggests(PROFILE, cpus);
    }

    /** Stores wait for nothing, so at some low rate they would cost nothing on one line. */
    @Test
    void fields_that_are_only_stored_are_kept_apart_too() {
        suggests(PROFILE.replace("kind: rmw", "kind: write"), 3);
    }

    private static void suggests(String profile, int cpus) {
        Machine machine = Machines.x86().withCpus(cpus, "test");
        StructLayout layout = NotationReader.read(
                        "s.c",
                        "struct stats { long hits; long misses; long limit; long losses; char name[16]; }"
                                + " __attribute__((aligned(64)));")
                .get(0);
        Subject subject = Subject.of(layout)
                .withProfile(ProfileReader.read("p.yaml", profile).forStruct("stats"));

        Analyzer analyzer = new Analyzer(machine, Catalog.RULES);

        Suggestion suggestion =
                new Suggester(analyzer, new SearchEffort(100_000)).suggest(subject, Constraints.usual());

        assertThat(analyzer.analyze(subject).findings())
                .anyMatch(finding -> finding.severity().compareTo(Severity.WARNING) >= 0);
        Candidate first = suggestion.candidates().get(0);
        assertThat(first.analysis().findings())
                .noneMatch(finding -> finding.severity().compareTo(Severity.WARNING) >= 0);
        StructLayout better = first.analysis().subject().layout();
        assertThat(lineOf(better, "hits"))
                .isNotEqualTo(lineOf(better, "misses"))
                .isNotEqualTo(lineOf(better, "losses"));
        assertThat(lineOf(better, "misses")).isNotEqualTo(lineOf(better, "losses"));
    }

    private static long lineOf(StructLayout layout, String path) {
        return layout.resolve(path).orElseThrow().bytes().start() / 64;
    }
}
