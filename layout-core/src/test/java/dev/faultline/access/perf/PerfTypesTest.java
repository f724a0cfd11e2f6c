package dev.faultline.access.perf;

import static dev.faultline.access.perf.ImportedRows.words;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.access.file.AccessFile;
import dev.faultline.input.InputException;
import java.util.List;
import org.junit.jupiter.api.Test;

class PerfTypesTest {

    private static AccessFile read(String text) {
        return ImportedRows.file(List.of(), to -> PerfTypes.read("types.txt", text, to));
    }

    @Test
    void a_report_tells_parts_of_each_event_and_what_has_no_type() {
        AccessFile file = read(ProfilerSamples.TYPES);

        assertThat(words(file))
                .containsExactly(
                        "any thread struct ring+0 tail read 1000",
                        "any thread struct ring+0 tail write 2000",
                        "any thread struct ring+8 head.value read 3000");
        assertThat(file.header().unit()).isEqualTo("0.01 % of each event");
        assertThat(file.header().seen()).isEqualTo(20_000);
        assertThat(file.header().attributed()).isEqualTo(6_000);
    }

    @Test
    void a_pasted_window_has_hexadecimal_offsets_and_tells_its_coverage() {
        AccessFile file = read(ProfilerSamples.TYPES_WINDOW);

        assertThat(words(file))
                .containsExactly(
                        "any thread struct ring+8 head.value access 600", "any thread struct ring+20 access 400");
        assertThat(file.header().seen()).isEqualTo(200);
        assertThat(file.header().attributed()).isEqualTo(78);
        assertThat(file.notes()).contains("of 200 samples, 78 have a type, by --type-stat");
    }

    @Test
    void members_of_a_union_are_counted_once_and_silence_is_no_row() {
        AccessFile file = read(ProfilerSamples.ANNOTATED);

        assertThat(words(file))
                .containsExactly(
                        "any thread struct ring+0 read 20",
                        "any thread struct ring+0 write 30",
                        "any thread struct ring+8 read 100");
        assertThat(file.header().unit()).isEqualTo("samples");
    }

    @Test
    void percentages_of_known_samples_are_samples() {
        assertThat(words(read(ProfilerSamples.ANNOTATED_PERCENT)))
                .containsExactly("any thread struct ring+0 access 40", "any thread struct ring+8 access 10");
    }

    @Test
    void of_a_text_with_both_the_one_asked_for_is_taken() {
        String both = ProfilerSamples.TYPES + ProfilerSamples.ANNOTATED;

        assertThat(words(read(both))).contains("any thread struct ring+8 head.value read 3000");
        assertThat(words(ImportedRows.file(List.of(), to -> PerfTypes.readAnnotated("types.txt", both, to))))
                .contains("any thread struct ring+8 read 100");
    }

    @Test
    void a_text_without_fields_is_refused_with_the_way_out() {
        assertThatThrownBy(() -> read("26.09%  long unsigned int"))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(
                        "types.txt: no row of a field, such as 'struct page +8 (lru.next)'; print them");
    }
}
