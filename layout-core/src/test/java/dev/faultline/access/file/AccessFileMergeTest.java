package dev.faultline.access.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.input.InputException;
import dev.faultline.testing.access.PlainSum;
import dev.faultline.testing.access.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A thousand random files add up to what a plain sum of their numbers is; a file may be cut anywhere. */
class AccessFileMergeTest {

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_thousand_files_add_up_to_the_plain_sum_of_their_numbers(boolean isComplete) {
        List<RandomAccessFile> files = RandomAccessFile.of(new Random(19), 1_000, Map.of(), isComplete);
        PlainSum plain = new PlainSum(files);

        AccessFile sum = merged(files);

        assertThat(sum.header().runs()).isEqualTo(plain.runs());
        assertThat(sum.header().seconds()).isEqualTo(Double.valueOf(plain.seconds())); // of boxes NaN equals NaN
        assertThat(Double.isNaN(sum.header().seconds())).isEqualTo(!isComplete);
        assertThat(sum.header().seen()).isEqualTo(plain.coverage("seen"));
        assertThat(sum.header().attributed()).isEqualTo(plain.coverage("attributed"));
        assertThat(sum.header().seen() > 0).isEqualTo(isComplete);
        Map<List<Object>, List<Long>> rows = new HashMap<>();
        sum.rows().forEach(row -> rows.put(key(row), numbers(row)));
        assertThat(rows).hasSizeGreaterThan(1_000).isEqualTo(plain.rows());
    }

    private static List<Object> key(AccessRow row) {
        AccessRow.Key key = row.key();
        return List.of(
                key.role(),
                key.operation(),
                key.type(),
                key.field(),
                key.byteOffset(),
                key.kind().word());
    }

    private static List<Long> numbers(AccessRow row) {
        return List.of(
                (long) row.threads(),
                (long) row.cpus(),
                row.count(),
                row.hitm(),
                row.sameObject(),
                row.isAtLeast() ? 1L : 0L);
    }

    @Test
    void the_order_of_files_changes_no_digit_of_their_duration() {
        List<RandomAccessFile> files = new ArrayList<>(RandomAccessFile.of(new Random(20), 200, Map.of(), true));
        AccessFile sum = merged(files);

        for (int i = 0; i < 20; i++) {
            Collections.shuffle(files, new Random(i));
            assertThat(merged(files)).isEqualTo(sum);
        }
    }

    private static AccessFile merged(List<RandomAccessFile> files) {
        AccessFile.Sum sum = AccessFile.merge();
        for (RandomAccessFile file : files) {
            sum.add(AccessFileReader.read("a file", file.text()), "a file");
        }
        return sum.file();
    }

    /** What follows the cut is lost, what precedes it is what the whole file says: no row more, less, or changed. */
    @Test
    void a_file_cut_at_any_byte_is_read_up_to_there_or_refused_with_its_line() {
        for (RandomAccessFile file : RandomAccessFile.of(new Random(21), 4, Map.of(), false)) {
            byte[] whole = file.text().getBytes(StandardCharsets.UTF_8);
            for (int length = 0; length < whole.length; length++) {
                cut(new String(whole, 0, length, StandardCharsets.UTF_8));
            }
        }
    }

    private static void cut(String text) {
        int last = text.lastIndexOf('\n') + 1;
        int lines = (int) text.chars().filter(c -> c == '\n').count();
        AccessFile file;
        try {
            file = AccessFileReader.read("a.access", text);
        } catch (InputException refused) {
            assertThat(refused.getMessage())
                    .startsWith(text.isEmpty() ? "a.access: empty" : "a.access: line " + (lines + 1));
            return;
        }
        String kept = text.substring(last).endsWith("}") ? text : text.substring(0, last);
        AccessFile expected = AccessFileReader.read("a.access", kept);
        assertThat(file.header()).isEqualTo(expected.header());
        assertThat(file.rows()).isEqualTo(expected.rows());
        assertThat(file.notes().stream().anyMatch(note -> note.contains("line " + (lines + 1) + " is cut off")))
                .isEqualTo(!text.substring(last).isBlank() && kept.length() < text.length());
    }
}
