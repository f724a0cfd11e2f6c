package dev.faultline.access.perf;

import static dev.faultline.access.perf.ImportedRows.words;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.access.file.AccessFile;
import dev.faultline.input.InputException;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class DhatJsonTest {

    private static AccessFile read(String text, String... types) {
        StatedTypes stated = new StatedTypes(List.of(types), any -> OptionalLong.of(64));
        return ImportedRows.file(List.of(types), to -> DhatJson.read("dhat.json", text, stated, to));
    }

    @Test
    void counts_of_bytes_are_at_least_that_and_have_the_type_of_their_place() {
        AccessFile file = read(ProfilerSamples.DHAT, "node@make_node");

        assertThat(words(file))
                .containsExactly(
                        "program main+0 write >=65535",
                        "program node+0 access >=189",
                        "program node+8 access >=37856",
                        "program node+16 access >=189");
        assertThat(file.header().unit()).isEqualTo("accesses to a byte");
        assertThat(file.header().identity()).containsEntry("program", "app");
        assertThat(file.notes())
                .anyMatch(note -> note.startsWith("1 of 3 places of allocation have no counts of bytes"))
                .anyMatch(note -> note.startsWith("DHAT counts bytes with 16 bits, so each count is at least"));
    }

    @Test
    void a_place_may_be_a_line_of_a_file() {
        assertThat(words(read(ProfilerSamples.DHAT, "node@n.c:4"))).contains("program node+8 access >=37856");
    }

    @Test
    void what_is_broken_is_refused_with_its_member() {
        assertRefused(ProfilerSamples.DHAT.replace("dhatFileVersion", "x"), "no file of DHAT");
        assertRefused(ProfilerSamples.DHAT.replace("[1,2,3]", "[1,2,9]"), "pps[0].fs: there is no frame 9");
        assertRefused(ProfilerSamples.DHAT.replace("-40,0]", "-40]"), "pps[0].acc: -40 at the end");
        assertRefused(ProfilerSamples.DHAT.replace("-40,0]", "-1048576,1]"), "pps[0].acc: more than 1048576 bytes");
        assertRefused(ProfilerSamples.DHAT.replace("\"acc\"", "\"abc\""), "no block with counts of its bytes");
        assertRefused("{", "line 1, column 2: ends in the middle of a value");
    }

    private static void assertRefused(String text, String problem) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("dhat.json: " + problem);
    }
}
