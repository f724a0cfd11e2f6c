package dev.faultline.access.perf;

import static dev.faultline.access.perf.ImportedRows.words;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.access.file.AccessFile;
import dev.faultline.input.InputException;
import java.util.List;
import org.junit.jupiter.api.Test;

class PerfScriptTest {

    private static AccessFile read(String text, String... types) {
        return ImportedRows.file(List.of(types), to -> PerfScript.read("samples.txt", text, to));
    }

    @Test
    void samples_tell_thread_field_kind_and_hitm() {
        AccessFile file = read(ProfilerSamples.SCRIPT, "pool@Pool<int, 4>::all");

        assertThat(words(file))
                .containsExactly(
                        "writer #: Pool<int, 4>::count(int) pool+8 write 1",
                        "writer #: Pool<int, 4>::count(int) pool+8 rmw 1",
                        "reader: reader_main pool+16 read 2 hitm 1");
        assertThat(file.header().seen()).isEqualTo(5);
        assertThat(file.header().attributed()).isEqualTo(4);
        assertThat(file.rows().get(0).threads()).isEqualTo(2);
        assertThat(file.rows().get(0).sameObject()).isEqualTo(1);
        assertThat(file.rows().get(2).cpus()).isEqualTo(1);
    }

    @Test
    void the_duration_is_that_between_first_and_last_sample() {
        AccessCollector collector = new AccessCollector(PlaceLocator.NONE, java.util.Map.of());

        assertThat(PerfScript.read("samples.txt", ProfilerSamples.SCRIPT, collector))
                .isEqualTo(1.5);
    }

    @Test
    void few_fields_suffice() {
        assertThat(words(read(ProfilerSamples.SCRIPT_FEW, "pool@0x7f31a2c04080")))
                .containsExactly("count pool+8 rmw 1", "reader_main pool+16 read 1 hitm 1");
    }

    @Test
    void a_raw_dump_is_read_and_its_first_row_mended() {
        assertThat(words(read(ProfilerSamples.RAW, "pool@0x7f31a2c04080")))
                .containsExactly("count pool+8 rmw 1", "reader_main pool+16 read 1 hitm 1");
    }

    @Test
    void without_a_type_the_variable_or_the_line_is_the_name() {
        assertThat(words(read(ProfilerSamples.SCRIPT)))
                .contains("reader: reader_main Pool<int, 4>::all+16 read 2 hitm 1");
        assertThat(words(read(ProfilerSamples.SCRIPT_FEW))).contains("reader_main 0x7f31a2c04080+16 read 1 hitm 1");
    }

    @Test
    void samples_without_data_are_refused_with_the_way_out() {
        assertThatThrownBy(() -> read("app 700/701 [000] 1.0: cycles: 55e0a1b01a10 main+0x1 (/opt/app)"))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("samples.txt: no sample with an address and a data source; print them with");
    }
}
