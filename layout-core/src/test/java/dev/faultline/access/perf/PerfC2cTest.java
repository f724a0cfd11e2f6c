package dev.faultline.access.perf;

import static dev.faultline.access.perf.ImportedRows.words;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.access.file.AccessFile;
import dev.faultline.input.InputException;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What is expected of each form of perf c2c is worked out by hand: a part of its line's total, rounded. */
class PerfC2cTest {

    private static AccessFile read(String text, String... types) {
        return ImportedRows.file(List.of(types), to -> PerfC2c.read("c2c.txt", text, to));
    }

    @Test
    void the_form_of_2022_tells_loads_stores_and_hitms_of_each_offset() {
        AccessFile file = read(ProfilerSamples.C2C_2022, "pool@0x7f31a2c04080");

        assertThat(words(file))
                .containsExactly(
                        "any thread 0x7f31a2c040c0 (line) read 260 hitm 100",
                        "any thread 0x7f31a2c040c0 (line) write 40",
                        "Pool<int, 4>::count(int) pool.cc:40 pool+8 read 100 hitm 30",
                        "Pool<int, 4>::count(int) pool.cc:40 pool+8 write 500",
                        "reader_main pool.cc:71 pool+16 read 500 hitm 250",
                        "reader_main pool.cc:72 pool+24 read 400 hitm 120");
        assertThat(file.header().seen()).isEqualTo(4_000);
        assertThat(file.header().attributed()).isEqualTo(1_500);
        assertThat(file.header().identity()).isEqualTo(Map.of("program", "pool.exe"));
        assertThat(file.rows().get(2).cpus()).isEqualTo(4);
        assertThat(file.notes())
                .containsExactly("without a type: 0x7f31a2c040c0 (300 samples, 100 HITM); say what is there with"
                        + " --as TYPE@0x7f31a2c040c0, or name the program with --from");
    }

    @Test
    void the_form_of_2016_tells_loads_only_by_their_hitms() {
        assertThat(words(read(ProfilerSamples.C2C_2016, "stats@0x601080")))
                .containsExactly(
                        "writer app.c:14 stats+0 read 150 hitm 150",
                        "writer app.c:14 stats+0 write 910",
                        "reader app.c:30 stats+32 read 150 hitm 150");
    }

    @Test
    void rows_of_a_mail_need_no_head_and_may_have_decimal_commas() {
        assertThat(words(read(ProfilerSamples.C2C_MAIL)))
                .containsExactly(
                        "charge_page memcontrol.h:75 0xff1100088366d880+8 read 5000 hitm 400",
                        "uncharge_page memcontrol.h:90 0xff1100088366d880+16 read 3000 hitm 600");
    }

    @Test
    void threads_make_roles_by_their_names_and_peers_count_as_hitms() {
        AccessFile file = read(ProfilerSamples.C2C_THREADS, "cell@0xaaaac17d6000");

        assertThat(words(file))
                .containsExactly(
                        "io thd #: put mem.c:5 cell+0 write 50", "main: get mem.c:9 cell+32 read 400 hitm 100");
        assertThat(file.rows().get(0).threads()).isEqualTo(2);
    }

    @Test
    void a_role_has_the_name_that_is_given() {
        AccessFile file = ImportedRows.file(
                new StatedTypes(List.of("cell@0xaaaac17d6000"), any -> OptionalLong.of(64)),
                Map.of("io*", "disk"),
                to -> PerfC2c.read("c2c.txt", ProfilerSamples.C2C_THREADS, to));

        assertThat(file.rows()).extracting(row -> row.key().role()).containsExactly("disk", "main");
    }

    @Test
    void without_code_the_program_is_the_role() {
        assertThat(words(read(ProfilerSamples.C2C_NO_CODE, "pool@0x7f31a2c04080")))
                .containsExactly(
                        "pool.exe pool+0 read 70 hitm 25",
                        "pool.exe pool+0 write 10",
                        "pool.exe pool+32 read 300 hitm 75");
    }

    @Test
    void rows_without_the_line_above_them_are_parts_of_it() {
        String row =
                ProfilerSamples.C2C_MAIL.lines().skip(5).limit(1).findFirst().orElseThrow();
        AccessFile file = read(row);

        assertThat(words(file)).containsExactly("charge_page memcontrol.h:75 0x0+8 read 4000 hitm 4000");
        assertThat(file.notes()).first().asString().startsWith("rows without the line above them");
    }

    @Test
    void totals_alone_are_refused_with_the_way_out() {
        assertThatThrownBy(() -> read(ProfilerSamples.C2C_2022.lines().limit(5).reduce("", (a, b) -> a + "\n" + b)))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "c2c.txt: has only the totals; print the lines with perf c2c report --stdio, without --stats");
        assertThatThrownBy(() -> read("nothing of the kind"))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("c2c.txt: no row of a cache line");
    }
}
