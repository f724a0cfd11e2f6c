package dev.faultline.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.contract.promise.PromisePlacements;
import dev.faultline.input.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContractReaderTest {

    static final String GOOD = """
            contract: what the ring promises
            source: ring.txt
            profile: ring.yaml
            line: [64, 128]
            placements: known
            machine: x86-64
            structs:
              ring:
                cold: [stats, 'p*']
                promises:
                  - alone: head
                  - alone: [head, seen]
                  - same-line: [mask, slots]
                  - different-lines: [head, tail]
                  - group: {name: set once, members: [mask, slots], max-bytes: 16}
                  - max-size: 384
                  - offset: {head: 128, tail: 256}
                  - line-aligned: head
                  - no-straddle: [slots, mask]
                  - max-hazard: none
                  - max-hazard: {at-most: info, ignore: [WastedPadding]}
                  - groups: whole
              kernel#'*_entry':
                line: 64
                placements: {base-align: 32}
                profile: none
                promises:
                  - max-hazard: baseline
            """.replace("kernel#'*_entry'", "'kernel#*_entry'");

    private static Contract read(String yaml) {
        return ContractReader.read("c.yaml", yaml);
    }

    private static String one(String promise) {
        return "contract: c\nstructs:\n  ring:\n    promises:\n      - " + promise + "\n";
    }

    @Test
    void everything_that_can_be_said_is_understood() {
        Contract contract = read(GOOD);
        assertThat(contract.title()).isEqualTo("what the ring promises");
        Contract.Entry ring = contract.entries().get(0);
        assertThat(ring.promises()).hasSize(14);
        assertThat(ring.lineBytes()).containsExactly(64, 128);
        assertThat(ring.source().orElseThrow().name()).isEqualTo("ring.txt");
        assertThat(ring.promises().get(0).place()).isEqualTo("line 11, column 9");
        Contract.Entry entries = contract.entries().get(1);
        assertThat(entries.source().orElseThrow().name()).isEqualTo("kernel");
        assertThat(entries.pattern().orElseThrow().matches("dst_entry")).isTrue();
        assertThat(entries.profile().orElseThrow().name()).isEqualTo("none");
        assertThat(entries.machine().orElseThrow().name()).isEqualTo("x86-64");
        assertThat(entries.lineBytes()).containsExactly(64);
        assertThat(entries.placements()).isEqualTo(new PromisePlacements.BaseAlign(32));
        assertThat(entries.asksForBaseline()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "alone: []|line 5, column 16: alone: expected a name or a list of names, found an empty list",
                "alone: {a: b}|line 5, column 16: alone: expected a word, found a mapping",
                "alone:|line 5, column 15: alone: expected a word, found nothing",
                "alone: [a, a]|line 5, column 16: alone: a field is listed twice: a, a",
                "alnoe: a|line 5, column 9: an item of promises: unknown key `alnoe` (did you mean alone?); known are",
                "{alone: a, max-size: 4}|line 5, column 9: promises: expected one promise per item, found alone and max-size",
                "same-line: [a]|line 5, column 20: same-line: expected two fields or more, found 1",
                "different-lines: a|line 5, column 26: different-lines: expected two fields or more, found 1",
                "max-size: big|line 5, column 19: max-size: expected a number of bytes such as 64, found big",
                "max-size: 0|line 5, column 19: max-size: expected a size of at least 1 byte, found 0",
                "max-size: 99999999999999999999|line 5, column 19: max-size: expected a number of bytes",
                "max-size: -4|line 5, column 19: max-size: expected a number of bytes such as 64, found -4",
                "offset: {}|line 5, column 17: offset: expected {FIELD: BYTES}, found none",
                "offset: {a: x}|line 5, column 21: offset: expected a number of bytes such as 64, found x",
                "group: {members: [a]}|line 5, column 16: group: `name` is missing",
                "group: {name: g}|line 5, column 16: group: a group without members and without max-bytes promises nothing",
                "max-hazard: nothing|line 5, column 21: max-hazard: unknown word `nothing`",
                "max-hazard: error|line 5, column 21: max-hazard: error would allow everything; expected none, info",
                "max-hazard: {at-most: none, ignore: [TrueShring]}|line 5, column 21: max-hazard: there is no rule TrueShring (did you mean TrueSharing?)",
                "groups: hole|line 5, column 17: groups: unknown word `hole` (did you mean whole?); known are whole, apart",
            })
    void what_is_wrong_with_a_promise_is_said_with_its_place(String promise, String complaint) {
        assertThatThrownBy(() -> read(one(promise)))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("c.yaml: " + complaint);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|c.yaml: empty; expected a contract",
                "contract: c|c.yaml: line 1, column 1: contract: `structs` is missing",
                "{contract: c, structs: {}}|c.yaml: line 1, column 24: structs: expected at least one, found none",
                "{contract: c, structs: }|c.yaml: line 1, column 23: structs: expected a mapping such as `ring: { promises: [ { alone: head } ] }`, found nothing",
                "{structs: {a: {promises: [{max-size: 1}]}}}|c.yaml: line 1, column 1: contract: `contract` is missing",
                "{contract: c, structs: {a: {}}}|c.yaml: line 1, column 28: a: `promises` is missing",
                "{contract: c, structs: {a: {promises: []}}}|c.yaml: line 1, column 39: promises: expected at least one, found none",
                "{contract: c, struct: {}}|c.yaml: line 1, column 15: contract: unknown key `struct` (did you mean structs?); known are",
                "{contract: c, source: '', structs: {a: {promises: [{max-size: 1}]}}}|c.yaml: line 1, column 23: source: expected a word, found nothing",
                "{contract: c, line: 60, structs: {a: {promises: [{max-size: 1}]}}}|c.yaml: line 1, column 21: line: expected distinct powers of two",
                "{contract: c, line: [], structs: {a: {promises: [{max-size: 1}]}}}|c.yaml: line 1, column 21: line: expected a size such as 64",
                "{contract: c, placements: any, structs: {a: {promises: [{max-size: 1}]}}}|c.yaml: line 1, column 27: placements: unknown word `any`",
                "{contract: c, placements: {base-align: 7}, structs: {a: {promises: [{max-size: 1}]}}}|c.yaml: line 1, column 40: base-align: expected a power of two",
                "{contract: c, structs: {'a[': {promises: [{max-size: 1}]}}}|c.yaml: line 1, column 31: '[' without ']' in 'a['",
                "{contract: c, structs: {'#a': {promises: [{max-size: 1}]}}}|c.yaml: line 1, column 31: structs: expected a name such as",
                "{contract: c, structs: {'k#a': {source: x, promises: [{max-size: 1}]}}}|c.yaml: line 1, column 41: source: k#a already names one",
                "{contract: c, structs: {a: {promises: [{max-size: 1}]}, a: {promises: [{max-size: 1}]}}}|c.yaml: line 1, column 57:",
            })
    void what_is_wrong_with_a_contract_is_said_with_its_place(String yaml, String complaint) {
        assertThatThrownBy(() -> read(yaml)).isInstanceOf(InputException.class).hasMessageStartingWith(complaint);
    }

    @Test
    void a_baseline_stands_beside_its_contract() {
        assertThat(Contract.baselineOf("docs/ring.contract.yaml")).isEqualTo("docs/ring.baseline.yaml");
        assertThat(Contract.baselineOf("ring.yml")).isEqualTo("ring.baseline.yaml");
        assertThat(Contract.baselineOf("ring")).isEqualTo("ring.baseline.yaml");
    }
}
