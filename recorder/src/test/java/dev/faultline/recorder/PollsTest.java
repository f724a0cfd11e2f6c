package dev.faultline.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.access.file.AccessRow;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import recorded.Turns;

/** Two threads that wait for each other, by a program that counts its polls itself. */
@Tag("slow")
class PollsTest {

    private static final long TURNS = 40;

    @TempDir
    Path directory;

    @Test
    void polls_are_counted_apart_and_told_for_each_write_of_the_field() throws Exception {
        ProgramRun run = ProgramRun.recorded(directory, "recorded.Turns*", Turns.class);

        long polls = Long.parseLong(run.out().strip());
        List<AccessRow> rows = run.file().rows().stream()
                .filter(row -> row.key().field().equals("turn"))
                .filter(row -> !row.key().role().equals("main"))
                .toList();
        assertThat(rows).hasSize(4);
        assertThat(rows)
                .filteredOn(row -> row.key().operation().endsWith("(polls)"))
                .hasSize(2)
                .extracting(AccessRow::count)
                .satisfies(counts -> assertThat(counts.get(0) + counts.get(1)).isEqualTo(polls));
        assertThat(rows)
                .filteredOn(row -> !row.key().operation().endsWith("(polls)"))
                .allMatch(row -> row.count() == TURNS && row.key().kind().word().equals("volatile-write"));
        assertThat(run.header())
                .contains("recorded.Turns.turn was polled " + polls + " times, "
                        + String.format(java.util.Locale.ROOT, "%.1f", polls / (2.0 * TURNS))
                        + " for each of its 80 writes");
    }
}
