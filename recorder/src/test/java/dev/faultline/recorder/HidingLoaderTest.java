package dev.faultline.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import recorded.HidingLoader;

/** Classes of loaders that do not ask their parents. */
@Tag("slow")
class HidingLoaderTest {

    @TempDir
    Path directory;

    private AgentRun run(String arguments) throws Exception {
        AgentRun run = AgentRun.of(
                directory,
                List.of(),
                System.getProperty("java.class.path"),
                HidingLoader.class.getName() + arguments,
                "recorded.*");
        assertThat(run.errors()).isEmpty();
        assertThat(run.status()).isZero();
        assertThat(run.out()).isEqualTo("1000" + System.lineSeparator() + "hidden");
        return run;
    }

    @Test
    void a_class_that_does_not_find_the_recorder_runs_as_ever_and_is_told() throws Exception {
        assertThat(run("").file().notes())
                .anyMatch(note -> note.contains(
                        "not recorded: recorded.HidingLoader$Counter: its class loader does not ask its parents"));
    }

    @Test
    void it_is_recorded_when_its_loader_asks_for_the_recorder() throws Exception {
        assertThat(run(" dev.faultline.recorder.").counts()).containsEntry("main Counter count write", 1000L);
    }
}
