package dev.faultline.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.access.file.AccessRow;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import recorded.SmallMethods;

/** Methods that call none, by a program whose counts are known for each operation, also where exceptions end it. */
@Tag("slow")
class SmallMethodsTest {

    private static final long N = 1200;

    @TempDir
    Path directory;

    @Test
    void each_way_through_a_method_is_counted_exactly_and_for_the_outermost_method_of_the_class() throws Exception {
        ProgramRun plain = ProgramRun.plain(directory, SmallMethods.class);
        ProgramRun run = ProgramRun.recorded(directory, "recorded.*", SmallMethods.class);

        assertThat(run.status()).isZero();
        assertThat(run.out()).isEqualTo(plain.out());
        Map<String, Long> expected = new TreeMap<>();
        expected.put("getA a read", N);
        expected.put("branch a read", N / 2);
        expected.put("branch a write", N / 2);
        expected.put("branch b read", N / 2);
        expected.put("branch b write", N / 2);
        expected.put("branch c read", N);
        expected.put("fails a write", N);
        expected.put("fails cells read", N);
        expected.put("fails [0] read", N / 4);
        expected.put("fails [1] read", N / 4);
        expected.put("fails [2] read", N / 4);
        expected.put("fails b write", N / 4 * 3);
        expected.put("both a write", 2 * (N / 5 * 4));
        expected.put("both b write", N / 15 * 4);
        expected.put("caught a write", N);
        expected.put("caught c write", N / 2);
        expected.put("caught b write", N / 2);
        expected.put("caught a read", N);
        expected.put("outer a read", N + N / 2);
        expected.put("outer a write", N / 2);
        expected.put("outer b read", N / 2);
        expected.put("outer b write", N + N / 2);
        expected.put("outer c read", N);
        expected.put("statics s write", N + N / 2);
        expected.put("statics s read", N / 2 + N);
        expected.put("loops a write", N);
        expected.put("loops b read", 3 * N);
        expected.put("loops b write", 3 * N);
        expected.put("loops c read", N);
        assertThat(counts(run)).containsExactlyInAnyOrderEntriesOf(expected);
    }

    private static Map<String, Long> counts(ProgramRun run) throws Exception {
        Map<String, Long> counts = new TreeMap<>();
        for (AccessRow row : run.file().rows()) {
            AccessRow.Key key = row.key();
            if (key.role().equals("worker")) {
                String operation = key.operation().replace("SmallMethods$Box.", "");
                counts.merge(operation + " " + key.field() + " " + key.kind().word(), row.count(), Long::sum);
            }
        }
        return counts;
    }
}
