package dev.faultline.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.access.file.AccessRow;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import recorded.Alternating;

/** What a method found last is not taken for what it finds now. */
@Tag("slow")
class AlternatingTest {

    private static final long N = 1200;

    @TempDir
    Path directory;

    @Test
    void counts_are_exact_where_classes_operations_and_arrays_change_from_call_to_call() throws Exception {
        ProgramRun plain = ProgramRun.plain(directory, Alternating.class);
        ProgramRun run = ProgramRun.recorded(directory, "recorded.*", Alternating.class);

        assertThat(run.status()).isZero();
        assertThat(run.out()).isEqualTo(plain.out());
        Map<String, Long> expected = new TreeMap<>();
        for (String kind : new String[] {"read", "write"}) {
            for (String operation : new String[] {"one", "two", "three"}) {
                long calls = operation.equals("three") ? 2 : 1;
                expected.put(operation + " Base n " + kind, calls * N / 3 * 2);
                expected.put(operation + " Derived n " + kind, calls * N / 3);
            }
            expected.put("fill Base.left (int[]) [any] " + kind, 2 * N);
            expected.put("fill Base.right (int[]) [any] " + kind, N);
            expected.put("fillLeft Base.left (int[]) [any] " + kind, N);
        }
        expected.put("fill Base left read", 2 * N);
        expected.put("fill Base right read", N);
        expected.put("fillLeft Base left read", N);
        assertThat(counts(run)).containsExactlyInAnyOrderEntriesOf(expected);
    }

    private static Map<String, Long> counts(ProgramRun run) throws Exception {
        Map<String, Long> counts = new TreeMap<>();
        for (AccessRow row : run.file().rows()) {
            AccessRow.Key key = row.key();
            if (key.role().equals("worker") && key.operation().startsWith("Alternating$Base.")) {
                String operation = key.operation().replace("Alternating$Base.", "");
                String type = key.type().replace("recorded.Alternating$", "");
                counts.merge(
                        operation + " " + type + " " + key.field() + " "
                                + key.kind().word(),
                        row.count(),
                        Long::sum);
            }
        }
        return counts;
    }
}
