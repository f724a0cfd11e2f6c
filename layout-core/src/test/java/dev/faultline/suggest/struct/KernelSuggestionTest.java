package dev.faultline.suggest.struct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.faultline.analysis.Analyzer;
import dev.faultline.hazard.rules.Catalog;
import dev.faultline.layout.AggregateKind;
import dev.faultline.machine.Machines;
import dev.faultline.machine.Placement;
import dev.faultline.source.Subject;
import dev.faultline.source.btf.BtfSource;
import dev.faultline.suggest.Candidate;
import dev.faultline.suggest.Constraints;
import dev.faultline.suggest.Suggestion;
import dev.faultline.suggest.packing.SearchEffort;
import dev.faultline.suggest.verify.LayoutVerifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Structs of the running kernel, with accesses inferred from types: every suggestion is valid and never worse. Tests
 * a sample drawn from the seed; {@code -Dfaultline.structs=100000} takes all of them.
 */
@Tag("slow")
class KernelSuggestionTest {

    private static final Path KERNEL = Path.of("/sys/kernel/btf/vmlinux");
    private static final long SEED = Long.getLong("faultline.seed", 20_261_122L);
    private static final int STRUCTS = Integer.getInteger("faultline.structs", 40);

    @Test
    void suggestions_for_kernel_structs_are_valid_and_never_worse_than_today() {
        assumeTrue(Files.isReadable(KERNEL), "this kernel carries no BTF");
        System.out.println("KernelSuggestionTest: -Dfaultline.seed=" + SEED);
        List<Subject> subjects = new ArrayList<>(
                BtfSource.open("kernel", KERNEL, Optional.empty()).all());
        subjects.removeIf(subject -> subject.layout().kind() != AggregateKind.STRUCT
                || subject.layout().byteSize() == 0);
        Collections.shuffle(subjects, new Random(SEED));
        Suggester suggester = new Suggester(
                new Analyzer(Machines.x86().withCpus(16, "test"), Catalog.RULES), new SearchEffort(5_000));
        List<String> complaints = new ArrayList<>();
        int proposed = 0;
        for (Subject subject : subjects.subList(0, Math.min(STRUCTS, subjects.size()))) {
            Subject onLine = subject.withPlacement(new Placement(64, "test"));
            for (Subject one : List.of(subject, onLine)) {
                proposed += check(suggester.suggest(one, Constraints.usual()), one, complaints);
            }
        }
        System.out.println("KernelSuggestionTest: " + proposed + " layouts proposed");
        assertThat(complaints).isEmpty();
        assertThat(proposed).isPositive();
    }

    private static int check(Suggestion suggestion, Subject subject, List<String> complaints) {
        for (Candidate candidate : suggestion.candidates()) {
            LayoutVerifier.complaints(subject.layout(), candidate, Constraints.usual())
                    .forEach(complaint -> complaints.add(subject.layout().name() + ": " + complaint));
            if (!candidate.figures().costsNoMoreThan(suggestion.today())
                    && candidate.figures().byteSize() >= suggestion.today().byteSize()) {
                complaints.add(subject.layout().name() + ": worse than today, " + candidate.figures() + " against "
                        + suggestion.today());
            }
        }
        return suggestion.candidates().size();
    }
}
