package dev.faultline.source.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.faultline.source.jvm.VmMode.Contended;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VmModeTest {

    @Test
    void every_listed_name_is_a_mode_and_gives_its_name_back() {
        assertThat(VmMode.NAMES)
                .allSatisfy(name -> assertThat(VmMode.parse(name).name()).isEqualTo(name));
    }

    @ParameterizedTest
    @CsvSource({
        "17, 12, 4",
        "17-no-coops, 12, 8",
        "17-no-ccp, 16, 4",
        "17-no-ccp-no-coops, 16, 8",
        "25, 12, 4",
        "25-coh, 8, 4",
        "25-coh-no-coops, 8, 8"
    })
    void the_name_tells_the_sizes_of_header_and_reference(String name, int headerBytes, int referenceBytes) {
        assertThat(VmMode.parse(name).headerBytes()).isEqualTo(headerBytes);
        assertThat(VmMode.parse(name).referenceBytes()).isEqualTo(referenceBytes);
    }

    @Test
    void suffixes_go_together_in_any_order() {
        VmMode mode = new VmMode(25, false, true, true, 16, 128, Contended.EVERYBODY);
        assertThat(VmMode.parse("25-contended-align16-no-coops-coh")).isEqualTo(mode);
        assertThat(mode.name()).isEqualTo("25-coh-no-coops-align16-contended");
    }

    @Test
    void a_misspelt_mode_is_answered_with_the_nearest_and_with_all() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VmMode.parse("17-no-cops"))
                .withMessageStartingWith("no VM mode '17-no-cops' (did you mean 17-no-coops")
                .withMessageContaining("expected one of 17, 17-no-coops");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "17-", "-coh", "17--no-coops", "17-coh-", "25-coh-coh", "0x11", "1000", "25 -coh"})
    void what_is_no_mode_is_refused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> VmMode.parse(text));
    }

    @Test
    void a_mode_that_no_VM_has_is_refused_with_the_reason() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VmMode.parse("17-coh"))
                .withMessage("compact object headers need JDK 25 or newer, got 17");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VmMode.parse("25-coh-no-ccp"))
                .withMessage("compact object headers need compressed class pointers");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VmMode.parse("11"))
                .withMessageStartingWith("no layout rules for JDK 11");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new VmMode(17, true, true, false, 12, 128, Contended.TRUSTED))
                .withMessage("object alignment must be a power of two from 8 to 256, got 12");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new VmMode(17, true, true, false, 8, 12, Contended.TRUSTED))
                .withMessage("contended padding must be a multiple of 8 from 0 to 8192, got 12");
    }

    /** The test VM has no flags that matter here; {@link VmAgreementTest} asks VMs that have. */
    @Test
    void the_running_VM_knows_its_mode() {
        assertThat(VmMode.running())
                .isEqualTo(VmMode.ofFeature(Runtime.version().feature()));
    }
}
