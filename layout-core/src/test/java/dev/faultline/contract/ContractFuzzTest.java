package dev.faultline.contract;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.input.InputException;
import dev.faultline.testing.Mutations;
import org.junit.jupiter.api.Test;

/** Broken contracts and baselines: one clear line, in 256 MB. */
class ContractFuzzTest {

    @Test
    void mutated_and_truncated_contracts_end_with_one_line_or_are_read() {
        Mutations.text(ContractReaderTest.GOOD, 3_000, 11_000_000, yaml -> ContractReader.read("c.yaml", yaml));
    }

    @Test
    void what_is_read_of_a_mutated_baseline_can_be_written_and_read_again() {
        Mutations.text(BaselineTest.GOOD, 3_000, 12_000_000, yaml -> {
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
