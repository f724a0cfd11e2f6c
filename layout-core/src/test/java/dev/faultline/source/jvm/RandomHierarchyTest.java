package dev.faultline.source.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The model and the VM agree on random class hierarchies with {@code @Contended} in all places. */
@Tag("slow")
class RandomHierarchyTest {

    private static final long SEED = 20_261_121L;

    private static final int HIERARCHIES = 2_000;

    @TempDir
    private static Path scratch;

    @ParameterizedTest(name = "{0}")
    @MethodSource("flags")
    void a_random_hierarchy_lies_as_in_the_VM(List<String> flags) {
        long seed = SEED + flags.hashCode();
        Path classes = scratch.resolve("seed" + seed);
        new ClassGenerator(seed).write(classes, HIERARCHIES);

        ChildVm.Found found = ChildVm.survey(scratch, flags, "1", classes.toString());

        assertThat(found.misses()).as("seed %d, mode %s", seed, found.mode()).isEmpty();
        assertThat(found.unloaded()).as("seed %d", seed).isEmpty();
        assertThat(found.sized())
                .as("seed %d", seed)
                .isEqualTo(found.compared())
                .isGreaterThanOrEqualTo(HIERARCHIES);
    }

    static List<List<String>> flags() {
        List<List<String>> flags = new ArrayList<>();
        flags.add(List.of());
        flags.add(List.of("-XX:-RestrictContended"));
        flags.add(List.of("-XX:-RestrictContended", "-XX:-UseCompressedOops"));
        flags.add(List.of("-XX:-RestrictContended", "-XX:ContendedPaddingWidth=0"));
        flags.add(List.of("-XX:-RestrictContended", "-XX:ContendedPaddingWidth=72", "-XX:ObjectAlignmentInBytes=32"));
        if (Runtime.version().feature() >= 25) {
            flags.add(List.of("-XX:-RestrictContended", "-XX:+UseCompactObjectHeaders"));
            flags.add(List.of("-XX:-RestrictContended", "-XX:+UseCompactObjectHeaders", "-XX:-UseCompressedOops"));
        }
        return flags;
    }
}
