package dev.faultline.recorder.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.access.file.AccessFile;
import dev.faultline.access.file.AccessRow;
import dev.faultline.recorder.ProgramRun;
import dev.faultline.recorder.code.LongMethods;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.objectweb.asm.LimitExceededException;
import org.objectweb.asm.MethodTooLargeException;
import org.objectweb.asm.Opcodes;
import recorded.corpus.Main;
import recorded.corpus.Modern;

/** Programs with the agent print what they print without, and generated ones agree with it about what they touched. */
@Tag("slow")
class CorpusTest {

    private static final int CLASSES = 60;
    private static final int MOST_STATEMENTS = 5;
    private static final int MANY_STATEMENTS = 60;
    private static final int EACH_LONG = 20;
    private static final int[] VERSIONS = {
        Opcodes.V1_5, Opcodes.V1_6, Opcodes.V1_7, Opcodes.V1_8, Opcodes.V11, Opcodes.V17
    };

    @TempDir
    Path directory;

    @Test
    void generated_classes_have_their_results_and_the_counts_that_they_know_themselves() throws Exception {
        long seed = Long.getLong("faultline.seed", System.nanoTime());
        System.out.println("CorpusTest: -Dfaultline.seed=" + seed);
        Set<String> whole = generate(new Random(seed));

        ProgramRun plain = ProgramRun.plain(directory, Main.class, directory.toString());
        ProgramRun recorded = ProgramRun.recorded(directory, "corpus.*", Main.class, directory.toString());

        assertThat(plain.status()).as(plain.out()).isZero();
        assertThat(recorded.out()).as("seed %d", seed).isEqualTo(plain.out());
        assertThat(plain.out()).doesNotContain("Error");
        Map<String, Long> expected = expected(plain.out());
        Map<String, Long> counts = counts(recorded.file());
        expected.keySet()
                .retainAll(expected.keySet().stream()
                        .filter(key -> whole.contains(className(key)))
                        .toList());
        counts.keySet().removeIf(key -> !whole.contains(className(key)));
        assertThat(whole).as("seed %d", seed).hasSizeBetween(CLASSES / 2, CLASSES - CLASSES / EACH_LONG);
        assertThat(expected).hasSizeGreaterThan(CLASSES);
        assertThat(counts).as("seed %d", seed).containsExactlyInAnyOrderEntriesOf(expected);
    }

    /** {@return the names of the classes whose methods all are short enough to be recorded} */
    private Set<String> generate(Random random) throws Exception {
        Set<String> whole = new HashSet<>();
        Files.createDirectories(directory.resolve("corpus"));
        for (int i = 0; i < CLASSES; i++) {
            String name = "C" + i;
            int statements = i % EACH_LONG == EACH_LONG - 1 ? MANY_STATEMENTS : 1 + random.nextInt(MOST_STATEMENTS);
            int version = VERSIONS[i % VERSIONS.length];
            byte[] made = generate(random, "corpus/" + name, version, statements);
            Files.write(directory.resolve("corpus/" + name + ".class"), made);
            if (!LongMethods.areIn(made)) {
                whole.add("corpus." + name);
            }
        }
        return whole;
    }

    private static byte[] generate(Random random, String name, int version, int statements) {
        try {
            return new ClassGenerator(random.nextLong(), name, version).generate(statements);
        } catch (MethodTooLargeException | LimitExceededException tooLong) {
            return generate(random, name, version, statements / 2);
        }
    }

    private static String className(String key) {
        return key.substring(0, key.indexOf(' ')).replace(".class", "");
    }

    private static Map<String, Long> expected(String out) {
        Map<String, Long> expected = new TreeMap<>();
        for (String line : out.lines().filter(one -> one.startsWith("# ")).toList()) {
            int last = line.lastIndexOf(' ');
            expected.put(line.substring(2, last), Long.parseLong(line.substring(last + 1)));
        }
        return expected;
    }

    /** Counts by type, field and kind; of elements, by the class of the array. */
    private static Map<String, Long> counts(AccessFile file) {
        Map<String, Long> counts = new TreeMap<>();
        for (AccessRow row : file.rows()) {
            AccessRow.Key key = row.key();
            if (key.type().startsWith("corpus.") && !key.field().startsWith("[")) {
                counts.merge(key.type() + " " + key.field() + " " + key.kind().word(), row.count(), Long::sum);
            }
        }
        return counts;
    }

    @Test
    void records_enums_sealed_classes_nestmates_and_interfaces_with_code_have_their_results() throws Exception {
        ProgramRun plain = ProgramRun.plain(directory, Modern.class);
        ProgramRun recorded = ProgramRun.recorded(directory, "recorded.*", Modern.class);

        assertThat(plain.status()).as(plain.out()).isZero();
        assertThat(recorded.out()).isEqualTo(plain.out());
        assertThat(recorded.file().rows()).isNotEmpty();
    }
}
