package dev.faultline.suggest.struct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.faultline.access.ProfileReader;
import dev.faultline.analysis.Analyzer;
import dev.faultline.hazard.rules.Catalog;
import dev.faultline.input.InputException;
import dev.faultline.layout.notation.NotationReader;
import dev.faultline.machine.Machines;
import dev.faultline.source.Subject;
import dev.faultline.suggest.Constraints;
import dev.faultline.suggest.Suggestion;
import dev.faultline.suggest.packing.SearchEffort;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class LargeStructTest {

    private static final Suggester SUGGESTER = new Suggester(
            new Analyzer(Machines.x86(), Catalog.RULES), new SearchEffort(SearchEffort.USUAL.nodes() / 16));

    @Test
    void structs_of_very_many_lines_are_refused_with_the_limit() {
        Subject subject = Subject.of(NotationReader.read("b", "struct b { int a; long table[100000000]; int z; };")
                .get(0));

        assertThatThrownBy(() -> SUGGESTER.suggest(subject, Constraints.usual()))
                .isInstanceOf(InputException.class)
                .hasMessage("b: 12500000 lines of 64 bytes; at most 4096 are supported:"
                        + " move its long arrays out of it");
    }

    @Test
    void the_effort_is_for_all_operations_together() {
        assertThat(new SearchEffort(6_000_000).among(1).nodes()).isEqualTo(6_000_000);
        assertThat(new SearchEffort(6_000_000).among(32).nodes()).isEqualTo(6_000_000);
        assertThat(new SearchEffort(6_000_000).among(320).nodes()).isEqualTo(60_000);
        assertThat(new SearchEffort(1).among(2000).nodes()).isEqualTo(1);
    }

    @Test
    void a_struct_of_very_many_hot_fields_is_rearranged() {
        String fields =
                IntStream.range(0, 200).mapToObj(i -> "long f" + i + ";\n").collect(Collectors.joining());
        String operations = IntStream.range(0, 200)
                .mapToObj(i ->
                        "      - {name: o" + i + ", role: " + "ab".charAt(i % 2) + ", rate: 1e3, accesses: [{field: f"
                                + i + ", kind: " + (i % 3 == 0 ? "read" : "write") + "}]}\n")
                .collect(Collectors.joining());
        Subject subject = Subject.of(
                        NotationReader.read("h", "struct h {\n" + fields + "};").get(0))
                .withProfile(ProfileReader.read(
                                "p",
                                "profile: h\nstructs:\n  h:\n    roles: {a: {cpus: 8}, b: {cpus: 8}}\n    operations:\n"
                                        + operations)
                        .forStruct("h"));

        Suggestion suggestion = assertTimeoutPreemptively(
                Duration.ofSeconds(60), () -> SUGGESTER.suggest(subject, Constraints.usual()));

        assertThat(suggestion.candidates()).isNotEmpty();
    }
}
