package dev.faultline.contract;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.input.InputException;
import dev.faultline.testing.Fuzz;
import dev.faultline.testing.FuzzShare;
import dev.faultline.testing.TextMutator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Broken contracts and baselines end with one clear line, in 256 MB. */
class ContractFuzzTest {

    private static final String SMALL = """
            contract: c
            structs:
              ring:
                cold: 'p*'
                promises:
                  - alone: head
                  - max-hazard: {at-most: info, ignore: [WastedPadding]}
            """;

    @Test
    void broken_contracts_end_with_one_line_or_are_read() {
        Fuzz.text(FuzzShare.CONTRACT, TextMutator.yaml(ContractReaderTest.GOOD, SMALL))
                .cutting(List.of(ContractReaderTest.GOOD))
                .run(yaml -> ContractReader.read("c.yaml", yaml));
    }

    @Test
    void what_is_read_of_a_broken_baseline_can_be_written_and_read_again() {
        Fuzz.text(FuzzShare.BASELINE, TextMutator.yaml(BaselineTest.GOOD))
                .cutting(List.of(BaselineTest.GOOD))
                .run(yaml -> {
                    String written = BaselineFile.write(BaselineFile.read("b.yaml", yaml));
                    if (!written.equals(BaselineFile.write(BaselineFile.read("b.yaml", written)))) {
                        throw new AssertionError(written);
                    }
                });
    }

    @Test
    void huge_ones_are_refused() {
        String many = "contract: c\nstructs:\n" + "  a: {promises: [{max-size: 1}]}\n".repeat(600_000);
        assertThatThrownBy(() -> ContractReader.read("c.yaml", many))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("a contract has at most");
        String deep = "contract: " + "[".repeat(100_000);
        assertThatThrownBy(() -> ContractReader.read("c.yaml", deep)).isInstanceOf(InputException.class);
        String pattern = "{contract: c, structs: {a: {cold: '" + "*a".repeat(1000) + "', promises: [{max-size: 1}]}}}";
        assertThatThrownBy(() -> ContractReader.read("c.yaml", pattern))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("a pattern of 2000 characters");
    }
}
