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

    /**
     * Each end of a ring reads the position of the other at each turn. By the model one line is then cheaper than two,
     * but at rates that are not known: the findings decide.
     */
    @ParameterizedTest
    @ValueSource(strings = {"", " __attribute__((aligned(64)))"})
    void ends_that_read_each_other_are_kept_apart(String alignment) {
        String profile = """
                profile: a ring
                structs:
                  ring:
                    roles:
                      producers: { cpus: all }
                      consumer: { cpus: 1 }
                    operations:
                      - name: publish
                        role: producers
                        accesses:
                          - { field: published, kind: read }
                          - { field: consumed, kind: read }
                          - { field: mask, kind: read }
                          - { field: drops, kind: rmw }
                          - { field: published, kind: write }
                      - name: consume
                        role: consumer
                        accesses:
                          - { field: consumed, kind: read }
                          - { field: published, kind: read }
                          - { field: mask, kind: read }
                          - { field: consumed, kind: write }
                """;
        StructLayout layout = NotationReader.read(
                        "r.c",
                        "struct ring { long published; long consumed; int mask; int drops; char name[24]; }" + alignment
                                + ";")
                .get(0);
        Subject subject = Subject.of(layout)
                .withProfile(ProfileReader.read("p.yaml", profile).forStruct("ring"));
        Analyzer analyzer = new Analyzer(Machines.x86().withCpus(2, "test"), Catalog.RULES);
        assertThat(analyzer.analyze(subject).findings()).isNotEmpty();

        Suggestion suggestion =
                new Suggester(analyzer, new SearchEffort(100_000)).suggest(subject, Constraints.usual());

        Candidate first = suggestion.candidates().get(0);
        assertThat(first.needsLineAlignment()).isFalse();
        assertThat(first.analysis().findings()).isEmpty();
        StructLayout better = first.analysis().subject().layout();
        assertThat(lineOf(better, "published")).isNotEqualTo(lineOf(better, "consumed"));
        assertThat(better.byteSize()).isLessThanOrEqualTo(136);
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
