package dev.faultline.access.file;

import dev.faultline.access.Profile;
import dev.faultline.access.ProfileReader;
import dev.faultline.access.ProfileWriter;
import dev.faultline.access.StructProfile;
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

/** Broken access files: one clear line; what is read is written back, printed as YAML, and judged by every rule. */
class AccessFileFuzzTest {

    private static final StructLayout STATS =
            Layouts.read("struct stats { long hits; long misses; long limit; struct { int a, b; } parts[4]; };");
    private static final String SAMPLE = AccessFileTest.HEAD + AccessFileTest.HITS + AccessFileTest.LIMIT;

    @Test
    void broken_access_files_end_with_one_line_or_are_read_and_judged_by() {
        List<String> words =
                List.of("\"", "{", "}", "[", ":", ",", "\n", "-", "1e9", "null", "field", "+40", "\\u0000");
        Fuzz.text(FuzzShare.ACCESS, new TextMutator(List.of(SAMPLE), words))
                .cutting(List.of(SAMPLE))
                .run(AccessFileFuzzTest::use);
    }

    private static void use(String text) {
        AccessFile file = AccessFileReader.read("a.access", text);
        AccessFile again = AccessFileReader.read("a.access", AccessFileWriter.write(file));
        if (!again.rows().equals(file.rows()) || !again.header().equals(file.header())) {
            throw new AssertionError("written and read again: " + again);
        }
        Profile profile = ObservedProfile.of(file, "a.access");
        ProfileReader.read("made of it", ProfileWriter.write(profile));
        for (StructProfile struct : profile.structs()) {
            LayoutUse.analysed(Subject.of(STATS).withProfile(Optional.of(ObservedProfile.in(struct, STATS))));
        }
    }
}
