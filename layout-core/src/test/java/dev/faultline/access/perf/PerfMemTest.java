package dev.faultline.access.perf;

import static dev.faultline.access.perf.ImportedRows.words;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.access.file.AccessFile;
import dev.faultline.input.InputException;
import java.util.List;
import org.junit.jupiter.api.Test;

class PerfMemTest {

    private static AccessFile read(String text, String... types) {
        return ImportedRows.file(List.of(types), to -> PerfMem.read("mem.txt", text, to));
    }

    @Test
    void columns_are_found_by_their_names_and_each_event_has_its_kind() {
        AccessFile file = read(ProfilerSamples.MEM, "pool@all");

        assertThat(words(file))
                .containsExactly(
                        "count pool+8 write 90", "count pool+8 rmw 200", "reader_main pool+16 read 300 hitm 300");
        assertThat(file.header().unit()).isEqualTo("samples");
    }

    @Test
    void with_commas_and_without_samples_counts_are_parts_of_the_weight() {
        AccessFile file = read(ProfilerSamples.MEM_COMMAS, "pool@all");

        assertThat(words(file))
                .containsExactly(
                        "writer: count pool+8 access 2450", "reader-#: reader_main pool+16 read 7550 hitm 7550");
        assertThat(file.header().unit()).isEqualTo("0.01 % of the weight");
    }

    @Test
    void rows_without_the_names_of_their_columns_are_refused() {
        assertThatThrownBy(() -> read("60.00%  300  112  L3 hit  [.] f  a.out  [.] x+0x8  a.out  HitM"))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("mem.txt: the names of the columns are missing");
    }
}
