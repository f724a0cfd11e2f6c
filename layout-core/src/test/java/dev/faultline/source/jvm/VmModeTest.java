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
        "8, 12, 4",
        "8-no-coops, 16, 8",
        "11-no-ccp, 16, 4",
        "17, 12, 4",
        "17-no-coops, 12, 8",
        "17-no-ccp, 16, 4",
        "17-no-ccp-no-coops, 16, 8",
        "25, 12, 4",
        "25-coh, 8, 4",
        "24-coh, 8, 4",
        "25-coh-no-coops, 8, 8",
        "26, 12, 4",
        "27, 8, 4",
        "27-no-coh, 12, 4",
        "27-no-coops, 8, 8"
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
                .withMessageContaining("expected one of 8, 8-no-coops")
                .withMessageContaining("a JDK version from 8 to 27");
    }

    @ParameterizedTest
    @CsvSource({
        "27-coh, 27",
        "25-no-coh, 25",
        "11-no-coops-no-ccp, 11-no-coops",
        "11-no-ccp-no-coops, 11-no-coops",
        "27-no-coh-no-coops, 27-no-coh-no-coops"
    })
    void a_suffix_that_the_version_has_anyway_is_left_out(String typed, String name) {
        assertThat(VmMode.parse(typed).name()).isEqualTo(name);
        assertThat(VmMode.parse(name)).isEqualTo(VmMode.parse(typed));
    }

    @Test
    void the_usual_modes_are_those_with_long_term_support_and_the_newest() {
        assertThat(VmMode.usual())
                .extracting(VmMode::name)
                .containsExactly("8", "11", "17", "21", "25", "25-coh", "27", "27-no-coh");
        assertThat(VmMode.NAMES)
                .containsAll(VmMode.usual().stream().map(VmMode::name).toList());
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "8, 'rules of 8 to 14, compared with JOL, not with a VM'",
                "14-no-coops, 'rules of 8 to 14, compared with JOL, not with a VM'",
                "17, -",
                "21, 'rules of 17, not compared with a VM of 21'",
                "25-coh, -",
                "27, 'rules of 25, not compared with a VM of 27'"
            })
    void a_mode_says_what_it_rests_on(String name, String reserve) {
        assertThat(VmMode.parse(name).reserve()).isEqualTo(java.util.Optional.ofNullable(reserve));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "17-",
                "-coh",
                "17--no-coops",
                "17-coh-",
                "25-coh-coh",
                "27-coh-no-coh",
                "0x11",
                "1000",
                "25 -coh"
            })
    void what_is_no_mode_is_refused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> VmMode.parse(text));
    }

    @Test
    void a_mode_that_no_VM_has_is_refused_with_the_reason() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VmMode.parse("17-coh"))
                .withMessage("compact object headers need JDK 24 or newer, got 17");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VmMode.parse("25-coh-no-ccp"))
                .withMessage("compact object headers need compressed class pointers");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VmMode.parse("7"))
                .withMessage("no layout rules for JDK 7: they are known from JDK 8 on");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VmMode.parse("99"))
                .withMessage("no layout rules for JDK 99: they are known from JDK 8 to 27");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VmMode.parse("27-no-ccp"))
                .withMessage("JDK 27 has compressed class pointers only; 26 is the last that can do without");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new VmMode(11, false, true, false, 8, 128, Contended.TRUSTED))
                .withMessage("before JDK 15, compressed class pointers need compressed oops (JDK-8241825)");
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
