package dev.faultline.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.contract.promise.AcceptedFinding;
import dev.faultline.contract.promise.Conditions;
import dev.faultline.contract.promise.NoNewHazard;
import dev.faultline.contract.promise.PromisePlacements;
import dev.faultline.hazard.Severity;
import dev.faultline.input.InputException;
import dev.faultline.layout.notation.NotationReader;
import dev.faultline.machine.Machines;
import dev.faultline.source.Subject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BaselineTest {

    static final String GOOD = """
            baseline: 1
            structs:
              rtable@6.3:
                - {rule: WriterBesideReaders, fields: [dst.__refcnt, dst.lwtstate], severity: error, reason: "a \\"why\\""}
                - {rule: WastedPadding, fields: [], severity: info, reason: ""}
              "a b":
                - {rule: TrueSharing, fields: ["x[3]"], severity: warning}
              none: []
            """;

    private static AcceptedFinding accepted(String rule, Severity severity, String... fields) {
        return new AcceptedFinding(rule, List.of(fields), severity, "");
    }

    private static Subject struct(String text) {
        return Subject.of(NotationReader.read("test", text).get(0));
    }

    private static PromiseChecker checker(Subject subject, List<AcceptedFinding> accepted) {
        return new PromiseChecker(
                subject,
                new Conditions(
                        Machines.x86(),
                        List.of(64),
                        new PromisePlacements.Aligned(),
                        List.of(),
                        Optional.of(accepted)));
    }

    private static PromiseResult check(Subject subject, List<AcceptedFinding> accepted) {
        return checker(subject, accepted).check(new DeclaredPromise(new NoNewHazard(), "c.yaml", ""));
    }

    @Test
    void it_is_written_sorted_and_read_as_it_was() {
        Baseline read = BaselineFile.read("b.yaml", GOOD);
        String written = BaselineFile.write(read);
        assertThat(BaselineFile.read("b.yaml", written)).isEqualTo(read);
        assertThat(written).endsWith("""
                baseline: 1
                structs:
                  "a b":
                    - {rule: TrueSharing, fields: ["x[3]"], severity: warning, reason: ""}
                  none: []
                  rtable@6.3:
                    - {rule: WastedPadding, fields: [], severity: info, reason: ""}
                    - {rule: WriterBesideReaders, fields: [dst.__refcnt, dst.lwtstate], severity: error, reason: "a \\"why\\""}
                """);
        assertThat(BaselineFile.write(new Baseline(Map.of()))).endsWith("structs: {}\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "baseline: 2|b.yaml: line 1, column 11: baseline: expected version 1, found 2",
                "structs: {}|b.yaml: line 1, column 1: baseline: `baseline` is missing",
                "{baseline: 1, structs: {a: [{rule: Wasted, fields: [], severity: info}]}}|b.yaml: line 1, column 36: unknown rule `Wasted` (did you mean WastedPadding?)",
                "{baseline: 1, structs: {a: [{rule: TrueSharing, fields: [], severity: bad}]}}|b.yaml: line 1, column 71: unknown severity `bad`",
                "{baseline: 1, structs: {a: [{rule: TrueSharing, fields: x, severity: info}]}}|b.yaml: line 1, column 57: fields: expected a list, found the word `x`",
                "{baseline: 1, structs: {a: [{rule: TrueSharing, severity: info}]}}|b.yaml: line 1, column 29: an item of a: `fields` is missing",
                "{baseline: 1, structs: [a]}|b.yaml: line 1, column 24: structs: expected a mapping, found a list",
            })
    void what_is_wrong_is_said_with_its_place(String yaml, String complaint) {
        assertThatThrownBy(() -> BaselineFile.read("b.yaml", yaml))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(complaint);
    }

    @Test
    void what_has_no_more_fields_and_is_no_worse_is_accepted() {
        AcceptedFinding known = accepted("WriterBesideReaders", Severity.WARNING, "count", "a", "b");
        assertThat(known.covers(accepted("WriterBesideReaders", Severity.WARNING, "count", "b", "a")))
                .isTrue();
        assertThat(known.covers(accepted("WriterBesideReaders", Severity.INFO, "count", "b")))
                .isTrue();
        assertThat(known.covers(accepted("WriterBesideReaders", Severity.ERROR, "count", "a", "b")))
                .isFalse();
        assertThat(known.covers(accepted("WriterBesideReaders", Severity.INFO, "count", "c")))
                .isFalse();
        assertThat(known.covers(accepted("WriterBesideReaders", Severity.INFO, "a", "count")))
                .isFalse();
        assertThat(known.covers(accepted("WritersShareLine", Severity.INFO, "count", "a")))
                .isFalse();
    }

    @Test
    void what_is_recorded_stays_accepted_when_offsets_change_and_a_new_victim_is_new() {
        Subject before = struct("struct s { atomic_t count; int ops; int key; };");
        List<AcceptedFinding> recorded = checker(before, List.of()).findings();
        assertThat(recorded).isNotEmpty();
        assertThat(check(before, recorded).status()).isEqualTo(PromiseResult.Status.KEPT);

        Subject moved = struct("struct s { int key; char hole[0]; atomic_t count; int ops; };");
        assertThat(check(moved, recorded).why()).isEmpty();

        Subject grown = struct("struct s { atomic_t count; int ops; int key; int flags; };");
        assertThat(check(grown, recorded).why())
                .singleElement()
                .asString()
                .startsWith("accepted without flags: info WriterBesideReaders: count");
        assertThat(AcceptedFinding.stale(recorded, checker(grown, List.of()).findings()))
                .isEmpty();

        Subject other = struct("struct s { atomic_t uses; int ops; int key; };");
        assertThat(check(other, recorded).why()).singleElement().asString().startsWith("new: info ");
    }

    @Test
    void what_is_gone_is_stale_and_reasons_stay_with_what_is_still_there() {
        Subject subject = struct("struct s { atomic_t count; int ops; int key; };");
        List<AcceptedFinding> recorded = checker(subject, List.of()).findings();
        List<AcceptedFinding> reasoned =
                recorded.stream().map(one -> one.because("because")).toList();
        assertThat(checker(subject, reasoned).findings()).isEqualTo(reasoned);

        Subject repaired = struct("struct s { atomic_t count; int ops __attribute__((aligned(64))); int key; };");
        List<AcceptedFinding> stale =
                AcceptedFinding.stale(recorded, checker(repaired, List.of()).findings());
        assertThat(stale).isNotEmpty().allMatch(recorded::contains);
        assertThat(check(repaired, recorded).why()).noneMatch(why -> why.contains("WriterBesideReaders"));
    }

    @Test
    void without_a_baseline_the_promise_is_not_judged() {
        PromiseResult result = new PromiseChecker(struct("struct s { int a; };"), Conditions.of(Machines.x86()))
                .check(new DeclaredPromise(new NoNewHazard(), "c.yaml", "line 4, column 9"));
        assertThat(result.status()).isEqualTo(PromiseResult.Status.UNJUDGED);
        assertThat(result.why())
                .containsExactly("c.yaml: line 4, column 9: max-hazard: there is no baseline yet; `faultline check"
                        + " --update` records one");
    }
}
