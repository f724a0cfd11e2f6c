package dev.faultline.access;

import dev.faultline.assertion.Layouts;
import dev.faultline.layout.StructLayout;
import dev.faultline.source.Subject;
import dev.faultline.testing.Fuzz;
import dev.faultline.testing.FuzzShare;
import dev.faultline.testing.LayoutUse;
import dev.faultline.testing.TextMutator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Broken profiles: one clear line, in 256 MB; and what is read is judged by every rule in time. */
class ProfileFuzzTest {

    private static final StructLayout RTABLE =
            Layouts.read("struct rtable { int genid; int refcnt; long slots[4]; char end; };");

    @Test
    void broken_profiles_end_with_one_line_or_are_read_and_judged_by() {
        Fuzz.text(FuzzShare.PROFILE, TextMutator.yaml(ProfileReaderTest.GOOD))
                .cutting(List.of(ProfileReaderTest.GOOD))
                .run(ProfileFuzzTest::use);
    }

    private static void use(String yaml) {
        Profile profile = ProfileReader.read("p.yaml", yaml);
        String written = ProfileWriter.write(profile);
        if (!ProfileWriter.write(ProfileReader.read("p.yaml", written)).equals(written)) {
            throw new AssertionError("written, read and written again: " + written);
        }
        for (StructProfile struct : profile.structs()) {
            LayoutUse.analysed(Subject.of(RTABLE).withProfile(Optional.of(struct)));
        }
    }
}
