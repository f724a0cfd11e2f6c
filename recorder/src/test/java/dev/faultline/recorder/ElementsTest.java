package dev.faultline.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.access.file.AccessFile;
import dev.faultline.access.file.AccessRow;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import recorded.Arrays;

/** Elements of arrays, by a program that knows which thread touches which how often. */
@Tag("slow")
class ElementsTest {

    private static final long N = 3000;
    private static final int BITS = 64;

    @TempDir
    Path directory;

    @Test
    void elements_are_told_apart_by_the_field_that_holds_the_array_and_their_index() throws Exception {
        ProgramRun run = ProgramRun.recorded(directory, "recorded.*", Arrays.class);

        assertThat(run.out().strip()).isEqualTo("3000 3000 1 true 1.0");
        Map<String, Long> counts = counts(run.file());
        counts.keySet().removeIf(key -> key.startsWith("main "));
        String slots = "Counters.slots (long[]).";
        String bits = "Counters.bits (int[]).";
        Map<String, Long> expected = new TreeMap<>();
        expected.put("adder-# " + slots + "[1] read", N);
        expected.put("adder-# " + slots + "[1] write", N);
        expected.put("adder-# " + slots + "[3] read", N);
        expected.put("adder-# " + slots + "[3] write", N);
        for (int i = 0; i < BITS; i++) {
            expected.put("each " + bits + "[" + i + "] read", 1L);
            expected.put("each " + bits + "[" + i + "] write", 1L);
        }
        expected.put("rest Counters.grid (short[][]).[1] read", 1L);
        expected.put("rest short[].[0] write", 1L);
        expected.put("rest Counters.held (Object[]).[0] write", 1L);
        expected.put("rest Counters.held (Object[]).[1] read", 1L);
        expected.put("rest Counters.shares (double[]).[2] read", 1L);
        expected.put("rest Counters.shares (double[]).[2] write", 1L);
        expected.put("rest " + bits + "[63] write", 1L);
        expected.put("rest " + slots + "[7] write", 1L);
        expected.put("many byte[].[any] read", 1L);
        expected.put("many byte[].[any] write", 65L);
        expected.put("few byte[].[63] read", 1L);
        for (int i = 0; i < BITS; i++) {
            expected.put("few byte[].[" + i + "] write", 1L);
        }
        assertThat(counts).containsExactlyInAnyOrderEntriesOf(expected);
        assertThat(run.file().rows())
                .filteredOn(row -> row.key().type().endsWith("slots (long[])")
                        && row.key().role().equals("adder-#"))
                .hasSize(4)
                .allMatch(row -> row.sameObject() == N && row.threads() == 1);
        assertThat(run.file().rows())
                .filteredOn(row -> row.key().type().equals("byte[]"))
                .isNotEmpty()
                .allMatch(row -> row.sameObject() == 0);
    }

    /** Counts of elements, by role, array, element and kind. */
    private static Map<String, Long> counts(AccessFile file) {
        Map<String, Long> counts = new TreeMap<>();
        for (AccessRow row : file.rows()) {
            AccessRow.Key key = row.key();
            if (key.field().startsWith("[")) {
                String type = key.type().replace("recorded.Arrays$", "");
                counts.merge(
                        key.role() + " " + type + "." + key.field() + " "
                                + key.kind().word(),
                        row.count(),
                        Long::sum);
            }
        }
        return counts;
    }
}
