package dev.faultline.access;

import dev.faultline.testing.Mutations;
import org.junit.jupiter.api.Test;

/** Broken profiles: one clear line, in 256 MB. */
class ProfileFuzzTest {

    @Test
    void mutated_and_truncated_profiles_end_with_one_line_or_are_read() {
        Mutations.text(ProfileReaderTest.GOOD, 15_000, 4_000_000, yaml -> ProfileReader.read("p.yaml", yaml));
    }
}
