package dev.faultline.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import recorded.Stores;

/** That a store that waits is told from one that does not, as the code of a class tells it. */
@Tag("slow")
class StoresTest {

    private static final long N = 1000;

    @TempDir
    Path directory;

    @Test
    void stores_to_volatile_fields_and_by_methods_that_make_them_so_are_volatile_writes() throws Exception {
        AgentRun run = AgentRun.of(
                directory, List.of(), System.getProperty("java.class.path"), Stores.class.getName(), "recorded.Stores");
        Map<String, Long> counts = new TreeMap<>();
        run.counts().forEach((row, count) -> {
            if (!row.startsWith("main ") && !row.endsWith(" read")) {
                counts.put(row.replace("recorded.Stores", "Stores"), count);
            }
        });
        Map<String, Long> expected = new TreeMap<>();
        expected.put("direct Stores waits volatile-write", N);
        expected.put("direct Stores inherited volatile-write", N);
        expected.put("direct Stores.class shared volatile-write", N);
        expected.put("direct Stores plain write", N);
        expected.put("direct Stores hidden write", N);
        expected.put("direct Stores inheritedPlain write", N);
        expected.put("direct Stores.class sharedPlain write", N);
        expected.put("release Stores handled write", 3 * N);
        expected.put("release Stores updated write", N);
        expected.put("release Stores unsafe write", 2 * N);
        expected.put("release Stores.number (AtomicLong) value write", 2 * N);
        expected.put("release Stores.text (AtomicReference) value write", N);
        expected.put("release Stores.numbers (AtomicLongArray) [1] write", N);
        expected.put("full Stores handled volatile-write", N);
        expected.put("full Stores updated volatile-write", N);
        expected.put("full Stores unsafe volatile-write", N);
        expected.put("full Stores.number (AtomicLong) value volatile-write", N);
        expected.put("full Stores.text (AtomicReference) value volatile-write", N);
        expected.put("full Stores.numbers (AtomicLongArray) [1] volatile-write", N);
        assertThat(counts).containsExactlyInAnyOrderEntriesOf(expected);
    }
}
