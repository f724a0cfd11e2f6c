package dev.faultline.recorder.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** That the file of a run is written again after a try that failed, as for want of memory. */
class RecordingFileTest {

    private static final int FAILURES = 2;

    @TempDir
    Path directory;

    /** An identity that memory is wanting for some times when it is read. */
    private static final class Scarce extends TreeMap<String, String> {
        private static final long serialVersionUID = 1;

        private final AtomicInteger failures = new AtomicInteger();

        @Override
        public Set<Map.Entry<String, String>> entrySet() {
            if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new OutOfMemoryError("thrown by a test");
            }
            return super.entrySet();
        }
    }

    @Test
    @Timeout(60)
    void the_file_is_written_again_after_an_error_and_an_error_at_the_end_is_said() throws Exception {
        Path path = directory.resolve("run.access");
        Scarce identity = new Scarce();
        RecordingFile file = new RecordingFile(path, identity);
        long before = Recorder.failures();
        identity.failures.set(FAILURES);
        Files.delete(path);
        Thread writer = new Thread(file);
        writer.start();
        while (!Files.exists(path) && writer.isAlive()) {
            Thread.sleep(10);
        }

        assertThat(path).exists();
        assertThat(Recorder.failures() - before).isGreaterThanOrEqualTo(FAILURES);

        identity.failures.set(Integer.MAX_VALUE);
        assertThat(errors(file::end)).contains(path + " is not complete: java.lang.OutOfMemoryError");
        writer.join();
    }

    @Test
    @Timeout(60)
    void a_file_that_cannot_be_written_is_said_once_and_written_when_it_can() throws Exception {
        Path there = Files.createDirectory(directory.resolve("there"));
        Path path = there.resolve("run.access");
        RecordingFile file = new RecordingFile(path, new TreeMap<>());
        Files.delete(path);
        Files.delete(there);
        String errors = errors(() -> {
            Thread writer = new Thread(file);
            writer.start();
            Thread.sleep(2500);
            assertThat(writer.isAlive()).isTrue();
            Files.createDirectory(there);
            while (!Files.exists(path) && writer.isAlive()) {
                Thread.sleep(10);
            }
            file.end();
            writer.join();
        });
        assertThat(path).isNotEmptyFile();
        assertThat(errors.lines())
                .containsExactly("faultline record: " + path + " cannot be written; it is tried again each second and"
                        + " at the end: java.nio.file.NoSuchFileException: " + path + ".part");
    }

    /** What may throw. */
    private interface Action {
        void run() throws Exception;
    }

    private static String errors(Action action) throws Exception {
        PrintStream before = System.err;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        System.setErr(new PrintStream(out, true, StandardCharsets.UTF_8));
        try {
            action.run();
        } finally {
            System.setErr(before);
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
