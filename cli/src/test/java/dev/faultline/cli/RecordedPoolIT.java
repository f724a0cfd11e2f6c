package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Memory that this project's classes allocate for others is named by these. */
class RecordedPoolIT {

    @TempDir
    Path directory;

    @Test
    void blocks_are_named_by_what_asked_for_them_and_operations_by_the_structure() throws Exception {
        Path programs = Path.of(RecordedPoolIT.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        String path = Path.of(System.getProperty("faultline.dist"), "lib", "*") + File.pathSeparator + programs;
        RecordedRun run = RecordedRun.of(
                directory,
                1,
                "twins.*,dev.faultline.offheap.*,net.openhft.*",
                List.of(
                        "--add-opens",
                        "java.base/java.lang.reflect=ALL-UNNAMED",
                        "--add-exports",
                        "java.base/jdk.internal.ref=ALL-UNNAMED",
                        "-cp",
                        path,
                        "twins.Pooled"));
        String own = run.typeFrom("block twins.Pooled.main:");
        String queue = run.typeFrom("block dev.faultline.offheap.queue.QueueFactory.<init>:");
        assertThat(run.types("block ")).containsExactlyInAnyOrder(own, queue);
        assertThat(run.rows(own))
                .filteredOn(row -> row.key().role().equals("owner"))
                .extracting(
                        row -> row.key().operation() + " " + row.key().kind().word() + " " + row.count())
                .containsExactlyInAnyOrder(
                        "Pooled.lambda$main$0 read 1000", "Pooled.lambda$main$0 volatile-write 1000");
        assertThat(run.rows(queue))
                .filteredOn(row -> row.key().role().equals("queuer"))
                .extracting(row -> row.key().operation())
                .contains("Ring.put", "Ring.take")
                .allMatch(operation -> operation.startsWith("Ring"));
    }
}
