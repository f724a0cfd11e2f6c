package dev.faultline.offheap.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.measure.Effort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs real forks of a few ms. What they say of time is not looked at. */
@Tag("slow")
class ForksTest {

    private static final Effort TINY = new Effort(1, 1, 2, 10);
    private static final double EVERYTHING = 1;

    /** One fork of each kind of loop, with contestants that count and that are of other libraries. */
    static Stream<String> forks() {
        return Stream.of("refcount contended atomic-loop", "queue one-to-one agrona", "pool cross-thread netty");
    }

    @ParameterizedTest
    @MethodSource("forks")
    void a_fork_gives_scores_of_every_role_and_counts(String words) throws DisturbedException {
        String[] names = words.split(" ");
        Suite suite = Suites.named(names[0]).orElseThrow();
        Shape shape = suite.shapes().stream()
                .filter(one -> one.name().equals(names[1]))
                .findFirst()
                .orElseThrow();
        Entry entry = suite.entries().stream()
                .filter(one -> one.name().equals(names[2]))
                .findFirst()
                .orElseThrow();

        Sample sample = new JmhForks(List.of(0, 1), EVERYTHING, EVERYTHING).run(shape, entry, 2, TINY);

        assertThat(sample.nanosPerOp()).containsOnlyKeys(shape.roles());
        assertThat(sample.nanosPerOp().values())
                .allSatisfy(scores ->
                        assertThat(scores).hasSize(TINY.iterations()).allMatch(nanos -> nanos > 0 && nanos < 1e7));
        assertThat(sample.counts().get("operations")).isPositive();
        if (entry.name().equals("atomic-loop")) {
            assertThat(sample.counts()).containsKey("retries");
        }
    }

    @Test
    void what_a_contestant_complains_of_is_quoted_in_a_line() {
        Shape shape = Shape.of("broken", "nothing", Crowd.ONE, "RefcountBenchmark.getUsePut");
        Entry nobody = Entry.own("nobody", "not there", "NoSuchCount");

        assertThatThrownBy(() -> new JmhForks(List.of(0), EVERYTHING, EVERYTHING).run(shape, nobody, 1, TINY))
                .isInstanceOf(DisturbedException.class)
                .hasMessageStartingWith("nobody: the fork failed: ")
                .hasMessageContaining("NoSuchCount")
                .satisfies(failed ->
                        assertThat(((DisturbedException) failed).mayPass()).isFalse());
    }

    /** Runs a fork that goes on for minutes. */
    static final class LongFork {
        private LongFork() {}

        public static void main(String[] arguments) throws DisturbedException {
            Suite suite = Suites.named("refcount").orElseThrow();
            Shape shape = suite.shapes().stream()
                    .filter(one -> one.name().equals("contended"))
                    .findFirst()
                    .orElseThrow();
            new JmhForks(List.of(0, 1), EVERYTHING, EVERYTHING)
                    .run(shape, suite.entries().get(0), 2, new Effort(1, 1, 200, 1000));
        }
    }

    @Test
    void a_run_that_is_ended_takes_its_files_with_it(@TempDir Path temporary) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-Djava.io.tmpdir=" + temporary,
                        "-Djmh.ignoreLock=true",
                        "-XX:-UsePerfData",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LongFork.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            for (int i = 0; !hasNotes(temporary); i++) {
                assertThat(process.isAlive() && i < 1200).isTrue();
                Thread.sleep(50);
            }
            process.destroy();
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        try (Stream<Path> left = Files.list(temporary)) {
            assertThat(left).isEmpty();
        }
    }

    private static boolean hasNotes(Path temporary) throws IOException {
        try (Stream<Path> files = Files.list(temporary)) {
            return files.anyMatch(one -> Files.exists(one.resolve("notes")));
        }
    }
}
