package dev.faultline.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.access.ProfileReader;
import dev.faultline.analysis.Analysis;
import dev.faultline.analysis.Analyzer;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.notation.NotationReader;
import dev.faultline.machine.Machines;
import dev.faultline.machine.Placement;
import dev.faultline.report.build.PickedCandidate;
import dev.faultline.report.build.SuggestionDocument;
import dev.faultline.report.document.Document;
import dev.faultline.report.text.TextStyle;
import dev.faultline.report.text.TextWriter;
import dev.faultline.source.Subject;
import dev.faultline.suggest.Candidate;
import dev.faultline.suggest.Certificate;
import dev.faultline.suggest.Contribution;
import dev.faultline.suggest.Figures;
import dev.faultline.suggest.Gain;
import dev.faultline.suggest.Move;
import dev.faultline.suggest.SensitivityResult;
import dev.faultline.suggest.Suggestion;
import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What is shown of a suggestion, and which of its candidates is looked at. */
class SuggestionWritersTest {

    private static final String PROFILE = """
            profile: test
            structs:
              ring:
                roles:
                  producer: { cpus: 1 }
                  consumer: { cpus: 1 }
                operations:
                  - { name: put, role: producer, rate: 1e6, accesses: [ { field: tail, kind: write } ] }
                  - { name: take, role: consumer, rate: 1e6, accesses: [ { field: head, kind: KIND } ] }
            """;

    private static final Certificate PROVED = new Certificate(1e8, 1e8, "every way", "any order");
    private static final Certificate OPEN = new Certificate(2e8, 1e8, "prices", "any order");

    private static Analysis ring(String members, String kind) {
        StructLayout layout = NotationReader.read("ring.h", "struct ring { " + members + " };")
                .get(0);
        Subject subject = Subject.of(layout)
                .withPlacement(new Placement(64, "test"))
                .withProfile(ProfileReader.read("test.yaml", PROFILE.replace("KIND", kind))
                        .forStruct("ring"));
        return new Analyzer(Machines.x86(), List.of()).analyze(subject);
    }

    private static Candidate candidate(double cost, long byteSize, boolean aligned, Certificate certificate) {
        return new Candidate(
                ring("int head; int tail; char rest[" + (byteSize - 8) + "];", "write"),
                new Figures(cost, cost, byteSize, 2),
                certificate,
                aligned,
                List.of(),
                List.of(new Move("tail", "tail", 4, 64, 0, 1), new Move("head", "in.head", 0, 8, 0, 0)),
                List.of(new Gain("producer", "put", 1, 1e6, 80, 20), new Gain("consumer", "take", 1, 1e6, 20, 20.3)),
                List.of(new Contribution(List.of("tail"), List.of("head"), 0.1, "producer", "put", 60)),
                new SensitivityResult(List.of(
                        new SensitivityResult.Trial("as assumed", 4e8, 1e8, 1e8),
                        new SensitivityResult.Trial("1 CPU", 1e6, 2e6, 1e6))));
    }

    private static Suggestion suggestion(Candidate... candidates) {
        return new Suggestion(
                ring("int head; int tail;", "write"), new Figures(4e8, 4e8, 128, 1), OPEN, true, List.of(candidates));
    }

    private static String text(Suggestion suggestion, OptionalInt pick) throws IOException {
        Document document = SuggestionDocument.of(new PickedCandidate(suggestion, pick));
        for (int columns : new int[] {60, 79, 100}) {
            assertThat(text(document, columns).lines()).allMatch(line -> line.length() <= columns);
        }
        return text(document, 100);
    }

    private static String text(Document document, int columns) throws IOException {
        StringBuilder out = new StringBuilder();
        new TextWriter(out, new TextStyle(false, columns)).write(document);
        return out.toString();
    }

    @Test
    void the_cheapest_that_is_no_larger_and_needs_no_alignment_is_looked_at_unless_another_is_picked() {
        Suggestion suggestion = suggestion(
                candidate(1e8, 256, false, PROVED),
                candidate(1.5e8, 128, true, PROVED),
                candidate(2e8, 128, false, OPEN),
                candidate(3e8, 64, false, OPEN));

        assertThat(new PickedCandidate(suggestion, OptionalInt.empty()).picked())
                .isEqualTo(3);
        assertThat(new PickedCandidate(suggestion, OptionalInt.empty()).why())
                .isEqualTo("the cheapest that is no larger than today's and needs no alignment");
        assertThat(new PickedCandidate(suggestion, OptionalInt.of(2)).picked()).isEqualTo(2);
        assertThat(new PickedCandidate(suggestion(candidate(1e8, 256, false, PROVED)), OptionalInt.empty()).why())
                .isEqualTo("the cheapest; all that cost less than today's are larger or need alignment");
        assertThatThrownBy(() -> new PickedCandidate(suggestion, OptionalInt.of(5)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no candidate 5: there are 4");
    }

    @Test
    void the_list_says_what_each_costs_saves_needs_and_how_good_it_is() throws IOException {
        String text = text(
                suggestion(candidate(1e8, 256, true, PROVED), candidate(2e8, 128, false, OPEN)), OptionalInt.empty());

        assertThat(text)
                .contains("  today     128      1      0.400         gap 50 %\n")
                .contains("  1         256      2      0.100   75 %  optimal        aligned to a line\n")
                .contains("  => 2      128      2      0.200   50 %  gap 50 %\n")
                .contains("producer: put 80 ns -> 20 ns, 60 ns less")
                .contains("consumer: take 20 ns -> 20 ns, 0.30 ns more")
                .contains("candidate 2: 0.200 CPUs, gap 50 %: no layout costs less than 0.100;")
                .contains("  tail               4 -> 64  0 -> 1\n")
                .contains("  head, now in.head   0 -> 8\n")
                .contains("tail, away from head: saves 60 ns per producer: put")
                .containsPattern("1 CPU +0.001 +0.002 +100 % more")
                .contains("worse than today's in 1 of 2 what-if cases: 1 CPU (+0.001 CPUs); another")
                .startsWith("A layout for ring: candidate 2 saves 50 %: 0.400 -> 0.200 CPUs lost\n");
    }

    @Test
    void nothing_to_win_is_an_answer_proved_or_not() throws IOException {
        Analysis ring = ring("int head; int tail;", "write");
        Figures today = new Figures(1e8, 1e8, 8, 1);

        assertThat(text(new Suggestion(ring, today, PROVED, true, List.of()), OptionalInt.empty()))
                .contains("Nothing to win: today's layout is optimal for the model.")
                .contains("line 0 ", "Findings of today's layout, which no order of its members fixes");
        assertThat(text(new Suggestion(ring, today, OPEN, false, List.of()), OptionalInt.empty()))
                .contains("Nothing better was found. No layout is cheaper than today's by more than 50 %")
                .contains("Today's layout breaks the constraints");
    }
}
