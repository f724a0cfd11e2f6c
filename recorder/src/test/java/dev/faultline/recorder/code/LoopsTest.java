package dev.faultline.recorder.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.access.file.AccessFileReader;
import dev.faultline.access.file.AccessRow;
import dev.faultline.recorder.ProgramRun;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import recorded.Cost;
import recorded.EndlessTurns;

/** Which accesses are counted in variables, and that loops without an end are seen. */
class LoopsTest {

    private static final long TURNS_TOLD = 8192;
    private static final int MOST_WAITS = 400;
    private static final long MILLIS_A_WAIT = 50;

    @TempDir
    Path directory;

    @Test
    void a_loop_of_fields_of_one_object_calls_the_recorder_only_now_and_then() throws Exception {
        Map<String, List<String>> calls = calls(Cost.class);

        assertThat(calls.get("fields")).doesNotContain("field").contains("fields");
        assertThat(calls.get("branches")).doesNotContain("field").contains("fields");
        assertThat(calls.get("list"))
                .as("the object changes in each turn")
                .filteredOn("field"::equals)
                .hasSizeBetween(1, 2);
        assertThat(calls.get("calls"))
                .as("what is called may wait, and then counts must not be left behind")
                .doesNotContain("fields")
                .contains("cell0");
        assertThat(calls.get("next")).as("no method sees its operation").containsExactly("start", "cell0");
    }

    /** The methods of the recorder that each method calls, in order. */
    private static Map<String, List<String>> calls(Class<?> type) throws IOException {
        byte[] changed;
        try (InputStream in = type.getResourceAsStream(type.getSimpleName() + ".class")) {
            changed = ClassInstrumenter.instrument("", in.readAllBytes());
        }
        Map<String, List<String>> calls = new TreeMap<>();
        new ClassReader(changed)
                .accept(
                        new ClassVisitor(Opcodes.ASM9) {
                            @Override
                            public MethodVisitor visitMethod(
                                    int access, String method, String type, String signature, String[] exceptions) {
                                List<String> of = calls.computeIfAbsent(method, any -> new java.util.ArrayList<>());
                                return new MethodVisitor(Opcodes.ASM9) {
                                    @Override
                                    public void visitMethodInsn(
                                            int opcode, String owner, String name, String type, boolean isInterface) {
                                        if (owner.endsWith("/Recorder")) {
                                            of.add(name);
                                        }
                                    }
                                };
                            }
                        },
                        0);
        return calls;
    }

    @Test
    @Tag("slow")
    void a_loop_that_never_ends_and_calls_nothing_is_seen() throws Exception {
        Path file = directory.resolve("EndlessTurns.access");
        Process process = ProgramRun.start(directory, "recorded.*", EndlessTurns.class);
        try {
            for (int waits = 0; !isWritten(file); waits++) {
                assertThat(process.isAlive() && waits < MOST_WAITS).isTrue();
                Thread.sleep(MILLIS_A_WAIT);
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
        List<AccessRow> rows =
                AccessFileReader.read("killed", Files.readString(file)).rows();
        assertThat(rows)
                .filteredOn(row -> row.key().field().equals("turns"))
                .hasSize(2)
                .allMatch(row -> row.count() >= TURNS_TOLD);
    }

    private static boolean isWritten(Path file) throws IOException {
        return Files.exists(file) && Files.readString(file).contains("\"turns\"");
    }
}
