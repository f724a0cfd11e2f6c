package dev.faultline.source.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The model agrees with the VM for classes of the JDK and of the class path, in all modes this JDK has. */
@Tag("slow")
class VmAgreementTest {

    private static final int FEATURE = Runtime.version().feature();

    @TempDir
    private static Path scratch;

    /** No class may differ; those that the VM cannot load are printed with the reason. */
    @Test
    void every_class_of_the_JDK_and_of_the_class_path_lies_as_in_this_VM() {
        ChildVm.Found found = ChildVm.survey(scratch, List.of(), "1");

        System.out.println("mode " + found.mode() + ": " + found.compared() + " classes compared, " + found.sized()
                + " with their size, " + found.misses().size() + " differ, "
                + found.unloaded().size() + " not loaded by the VM");
        found.unloaded().stream().limit(20).forEach(line -> System.out.println("  not loaded: " + line));
        assertThat(found.misses()).isEmpty();
        assertThat(found.compared()).isGreaterThanOrEqualTo(10_000);
        assertThat(found.sized()).isGreaterThanOrEqualTo(5_000);
        assertThat(VmMode.parse(found.mode())).isEqualTo(VmMode.ofFeature(FEATURE));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("modes")
    void every_twelfth_class_lies_as_in_a_VM_of_another_mode(String mode, List<String> flags) {
        ChildVm.Found found = ChildVm.survey(scratch, flags, "12");

        assertThat(found.mode()).isEqualTo(mode);
        assertThat(found.misses()).isEmpty();
        assertThat(found.compared()).isGreaterThanOrEqualTo(2_000);
    }

    static List<Arguments> modes() {
        List<Arguments> modes = new ArrayList<>();
        modes.add(mode("-no-coops", "-XX:-UseCompressedOops"));
        modes.add(mode("-align16", "-XX:ObjectAlignmentInBytes=16"));
        modes.add(mode("-contended", "-XX:-RestrictContended"));
        // Classes in the shared archive keep the @Contended they were archived with, whatever these flags say.
        modes.add(mode(" without @Contended", "-XX:-EnableContended", "-Xshare:off"));
        modes.add(mode(" with @Contended 64 bytes wide", "-XX:ContendedPaddingWidth=64", "-Xshare:off"));
        if (FEATURE < 26) {
            modes.add(mode("-no-ccp", "-XX:-UseCompressedClassPointers"));
        }
        if (FEATURE >= 25) {
            modes.add(mode("-coh", "-XX:+UseCompactObjectHeaders"));
            modes.add(mode("-coh-no-coops", "-XX:+UseCompactObjectHeaders", "-XX:-UseCompressedOops"));
        }
        return modes;
    }

    private static Arguments mode(String suffix, String... flags) {
        return Arguments.of(FEATURE + suffix, List.of(flags));
    }
}
