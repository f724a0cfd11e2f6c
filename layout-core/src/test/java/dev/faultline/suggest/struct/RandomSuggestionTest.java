package dev.faultline.suggest.struct;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.access.StructProfile;
import dev.faultline.analysis.Analyzer;
import dev.faultline.hazard.rules.Catalog;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.Member;
import dev.faultline.layout.StructLayout;
import dev.faultline.machine.Machine;
import dev.faultline.machine.Machines;
import dev.faultline.machine.Placement;
import dev.faultline.source.Subject;
import dev.faultline.suggest.Candidate;
import dev.faultline.suggest.Constraints;
import dev.faultline.suggest.Suggestion;
import dev.faultline.suggest.packing.SearchEffort;
import dev.faultline.suggest.verify.LayoutVerifier;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * For random structs and profiles, a suggestion is a valid layout, is no worse, and is what a C compiler makes of its
 * declaration.
 */
@Tag("slow")
class RandomSuggestionTest {

    private static final long SEED = Long.getLong("faultline.seed", 20_261_122L);
    private static final int STRUCTS = Integer.getInteger("faultline.structs", 60);
    private static final SearchEffort LITTLE = new SearchEffort(20_000);

    private final Machine machine = Machines.x86().withCpus(8, "test");
    private final Suggester suggester = new Suggester(new Analyzer(machine, Catalog.RULES), LITTLE);

    @Test
    void suggestions_for_random_structs_are_valid_and_never_worse_than_today() {
        System.out.println("RandomSuggestionTest: -Dfaultline.seed=" + SEED);
        int proposed = 0;
        int opened = 0;
        for (int i = 0; i < STRUCTS; i++) {
            long seed = SEED + i;
            Random random = new Random(seed);
            RandomStructs structs = new RandomStructs(seed);
            Subject subject = subject(structs, random);
            if (subject.layout().byteSize() == 0) {
                continue; // has only empty members, which is rejected
            }
            Constraints constraints = Constraints.usual()
                    .withFirstStays(random.nextInt(4) > 0)
                    .withMayAlign(random.nextBoolean())
                    .withInsideGroups(random.nextBoolean());

            Suggestion suggestion = suggester.suggest(subject, constraints);

            for (Candidate candidate : suggestion.candidates()) {
                String label = "seed " + seed + " " + subject.layout().slots() + " -> "
                        + candidate.layout().slots();
                assertThat(LayoutVerifier.complaints(subject.layout(), candidate, constraints))
                        .as(label)
                        .isEmpty();
                assertThat(candidate.figures().costsNoMoreThan(suggestion.today())
                                || candidate.figures().byteSize()
                                        < suggestion.today().byteSize())
                        .as(label)
                        .isTrue();
                sameWhenDeclared(candidate.layout(), label);
                proposed++;
                opened += candidate.opened().isEmpty() ? 0 : 1;
            }
        }
        assertThat(proposed).as("layouts proposed").isGreaterThan(STRUCTS / 4);
        assertThat(opened).as("with an opened struct").isPositive();
    }

    private Subject subject(RandomStructs structs, Random random) {
        StructLayout layout = structs.struct();
        Placement placement = random.nextBoolean()
                ? new Placement(64, "test")
                : new Placement(Math.max(layout.byteAlignment(), 8), "test");
        Optional<StructProfile> profile =
                random.nextInt(3) == 0 || layout.fields().isEmpty()
                        ? Optional.empty()
                        : Optional.of(structs.profile(layout));
        return new Subject(layout, "", placement, profile, Optional.empty());
    }

    /** Checks that every member is where C puts it when the holes are written out. */
    private static void sameWhenDeclared(StructLayout layout, String label) {
        StructLayout again = RedeclaredLayout.of(layout);
        assertThat(again.byteSize()).as(label).isEqualTo(layout.byteSize());
        assertThat(again.byteAlignment()).as(label).isEqualTo(layout.byteAlignment());
        List<Member> declared = again.members().stream()
                .filter(member -> !member.name().startsWith("pad"))
                .toList();
        assertThat(declared).as(label).isEqualTo(layout.members());
        for (Member member : layout.members()) {
            if (member.type() instanceof FieldType.Aggregate inner
                    && !inner.layout().name().isEmpty()) {
                sameWhenDeclared(inner.layout(), label);
            }
        }
    }
}
