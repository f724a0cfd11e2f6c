package dev.faultline.offheap.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.access.Access;
import dev.faultline.access.Operation;
import dev.faultline.access.StructProfile;
import dev.faultline.analysis.Analyzer;
import dev.faultline.hazard.rules.Catalog;
import dev.faultline.machine.Machine;
import dev.faultline.machine.Machines;
import dev.faultline.source.Lookup;
import dev.faultline.source.Subject;
import dev.faultline.suggest.Candidate;
import dev.faultline.suggest.Constraints;
import dev.faultline.suggest.Contribution;
import dev.faultline.suggest.Figures;
import dev.faultline.suggest.OpeningPolicy;
import dev.faultline.suggest.SensitivityResult;
import dev.faultline.suggest.Suggestion;
import dev.faultline.suggest.packing.SearchEffort;
import dev.faultline.suggest.struct.Suggester;
import dev.faultline.suggest.verify.LayoutVerifier;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Suggestions for the route of Linux 6.3: as good as the manual layout of 6.4, and what that left is named. */
@Tag("slow")
class RouteSuggestionTest {

    private static final SearchEffort SHORT = new SearchEffort(50_000);

    @Test
    void a_layout_of_176_bytes_is_found_that_costs_no_more_than_that_of_6_4_on_every_machine() {
        for (Machine machine : Machines.all()) {
            Figures byHand = figures(machine, after());
            Suggestion suggestion = suggester(machine, SHORT).suggest(before(), Constraints.usual());

            assertThat(suggestion.candidates())
                    .allSatisfy(candidate -> assertThat(
                                    LayoutVerifier.complaints(before().layout(), candidate, Constraints.usual()))
                            .isEmpty())
                    .extracting(Candidate::figures)
                    .as("%s: by hand %s, today %s", machine.name(), byHand, suggestion.today())
                    .anyMatch(figures -> figures.byteSize() <= 176 && figures.costsNoMoreThan(byHand));
        }
    }

    @Test
    void it_is_proved_to_be_within_a_thousandth_of_the_optimum_of_the_model_and_holds_in_every_other_world() {
        Suggestion suggestion = suggester(Machines.x86(), SearchEffort.USUAL).suggest(before(), Constraints.usual());

        Candidate best = suggestion.candidates().get(0);
        assertThat(best.figures().byteSize()).isEqualTo(176);
        assertThat(best.opened()).containsExactly("dst");
        assertThat(best.certificate().gap()).as("%s", best.certificate()).isLessThan(1e-3);
        assertThat(best.sensitivity().holdsEverywhere()).isTrue();
        assertThat(best.sensitivity().trials())
                .extracting(SensitivityResult.Trial::caseName)
                .contains("as assumed", "128-byte lines", "256-byte lines", "28 CPUs", "448 CPUs", "rates x0.5");
        assertThat(suggestion.todayIsOptimal()).isFalse();
    }

    @Test
    void moving_tclassid_and_error_too_is_worth_something_and_less_than_moving_the_others() {
        Suggestion suggestion = suggester(Machines.x86(), SHORT).suggest(before(), Constraints.usual());

        List<Contribution> contributions = suggestion.candidates().get(0).contributions();
        assertThat(contributions).isSortedAccordingTo(Comparator.comparingDouble(one -> -one.cpusLost()));
        assertThat(worth(contributions, "dst.tclassid")).isPositive();
        assertThat(worth(contributions, "dst.error")).isPositive();
        assertThat(worth(contributions, "lwtstate")).isGreaterThan(100 * worth(contributions, "dst.tclassid"));
        assertThat(worth(contributions, "rt_genid")).isGreaterThan(100 * worth(contributions, "dst.error"));
    }

    @Test
    void a_destination_kept_whole_is_not_reordered_inside() {
        Suggestion suggestion = suggester(Machines.x86(), SHORT)
                .suggest(before(), Constraints.usual().withOpening(OpeningPolicy.WHOLE));

        assertThat(suggestion.candidates()).isNotEmpty().allSatisfy(candidate -> {
            assertThat(candidate.opened()).isEmpty();
            assertThat(candidate.layout().members().get(0))
                    .isEqualTo(before().layout().members().get(0));
        });
    }

    private static double worth(List<Contribution> contributions, String field) {
        return contributions.stream()
                .filter(one -> one.fields().stream().anyMatch(path -> path.endsWith(field)))
                .mapToDouble(Contribution::cpusLost)
                .findFirst()
                .orElse(0);
    }

    private static Suggester suggester(Machine machine, SearchEffort effort) {
        return new Suggester(new Analyzer(machine, Catalog.RULES), effort);
    }

    private static Figures figures(Machine machine, Subject subject) {
        return suggester(machine, new SearchEffort(1))
                .suggest(subject, Constraints.usual())
                .today();
    }

    private static Subject subject(String reference) {
        return ((Lookup.Found) new KernelCatalog().find(reference)).subjects().get(0);
    }

    private static Subject before() {
        return subject("rtable@6.3");
    }

    /** The layout of 6.4 with the profile of 6.3; its own profile has no compare-and-set loop. */
    private static Subject after() {
        StructProfile profile = before().profile().orElseThrow();
        List<Operation> operations = profile.operations().stream()
                .map(operation -> new Operation(
                        operation.name(),
                        operation.role(),
                        operation.ratePerSecond(),
                        operation.accesses().stream()
                                .map(RouteSuggestionTest::renamed)
                                .toList()))
                .toList();
        return subject("rtable@6.4")
                .withProfile(Optional.of(new StructProfile(
                        profile.struct(),
                        profile.title(),
                        profile.roles(),
                        operations,
                        profile.phases(),
                        profile.source())));
    }

    private static Access renamed(Access access) {
        return access.renamed(
                path -> path.replace("dst.__refcnt", "dst.__rcuref").replaceFirst("^rt_uncached", "dst.rt_uncached"));
    }
}
