package dev.faultline.offheap.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.analysis.Analyzer;
import dev.faultline.hazard.rules.Catalog;
import dev.faultline.machine.Machines;
import dev.faultline.source.Subject;
import dev.faultline.suggest.Candidate;
import dev.faultline.suggest.Constraints;
import dev.faultline.suggest.Suggestion;
import dev.faultline.suggest.packing.SearchEffort;
import dev.faultline.suggest.struct.Suggester;
import dev.faultline.suggest.verify.LayoutVerifier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Every struct of the catalogue with its shipped profile: suggestions are valid, no worse, and not larger without need.
 */
@Tag("slow")
class CatalogSuggestionTest {

    private final Suggester suggester =
            new Suggester(new Analyzer(Machines.x86(), Catalog.RULES), new SearchEffort(20_000));

    @Test
    void suggestions_for_the_catalogue_are_valid_and_never_worse_than_today() {
        int offered = 0;
        for (Subject subject : new KernelCatalog().all()) {
            Suggestion suggestion = suggester.suggest(subject, Constraints.usual());
            for (Candidate candidate : suggestion.candidates()) {
                assertThat(LayoutVerifier.complaints(subject.layout(), candidate, Constraints.usual()))
                        .as(subject.reference())
                        .isEmpty();
                assertThat(candidate.figures().costsNoMoreThan(suggestion.today())
                                || candidate.figures().byteSize()
                                        < suggestion.today().byteSize())
                        .as(subject.reference())
                        .isTrue();
                offered++;
            }
        }
        assertThat(offered).isGreaterThan(5);
    }
}
