package dev.faultline.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.access.file.AccessRow;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Counters of threads that are over do not stay in memory. */
@Tag("slow")
class ShortThreadsTest {

    private static final int THREADS = 600;
    private static final int LIVING_THREADS = 200;
    private static final int METHODS = 30;
    private static final List<String> SMALL_HEAP = List.of("-Xmx48m");

    @TempDir
    Path directory;

    private AgentRun run(String arguments) throws Exception {
        return AgentRun.of(directory, SMALL_HEAP, compiled(), "recorded.ShortThreads " + arguments, "recorded.*");
    }

    @Test
    @Timeout(300)
    void many_short_threads_are_counted_exactly_in_a_small_heap() throws Exception {
        AgentRun run = run(String.valueOf(THREADS));
        assertThat(run.errors()).isEmpty();
        assertThat(run.status()).isZero();
        long steps = (long) THREADS * METHODS * METHODS;
        assertThat(run.out()).isEqualTo(String.valueOf(steps));
        assertThat(run.counts())
                .containsEntry("short-# Caller calls write", (long) THREADS * METHODS)
                .containsEntry("short-# Step steps write", steps)
                .containsEntry("short-# Caller.class all write", (long) THREADS);
        assertThat(run.file().notes()).noneMatch(note -> note.contains("shared counters"));
        assertThat(run.file().rows()).noneMatch(AccessRow::isAtLeast);
    }

    @Test
    @Timeout(300)
    void threads_that_live_share_counters_when_memory_is_scarce_and_that_is_told() throws Exception {
        AgentRun run = run(LIVING_THREADS + " kept");
        assertThat(run.errors()).isEmpty();
        assertThat(run.status()).isZero();
        assertThat(run.out()).isEqualTo(String.valueOf((long) LIVING_THREADS * METHODS * METHODS));
        assertThat(run.file().notes()).anyMatch(note -> note.contains("threads shared counters"));
        assertThat(run.file().rows())
                .filteredOn(row -> row.key().field().equals("steps"))
                .isNotEmpty()
                .allMatch(AccessRow::isAtLeast);
    }

    private String compiled() throws IOException {
        String text;
        try (InputStream in = ShortThreadsTest.class.getResourceAsStream("/recorded/ShortThreads.java.txt")) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        text = text.replace("CALLS", each("caller.call%d();"))
                .replace("STEP_METHODS", each("void step%d() { steps++; }"))
                .replace("STEPS", each("step.step%d();"))
                .replace("METHODS", each("void call%d() { stepAll(); }"));
        Path source =
                Files.createDirectories(directory.resolve("source/recorded")).resolve("ShortThreads.java");
        Files.writeString(source, text);
        Path classes = Files.createDirectory(directory.resolve("classes"));
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-d", classes.toString(), source.toString()))
                .isZero();
        return classes.toString();
    }

    private static String each(String line) {
        return IntStream.range(0, METHODS)
                .mapToObj(i -> line.replace("%d", String.valueOf(i)))
                .collect(Collectors.joining("\n"));
    }
}
