package dev.faultline.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.access.Certainty;
import dev.faultline.access.file.AccessFile;
import dev.faultline.access.file.AccessFileReader;
import dev.faultline.access.file.AccessRow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import recorded.Endless;
import recorded.Programs;

/** The agent in programs that know what they do, on the VM of the build. */
@Tag("slow")
class AgentTest {

    private static final Path AGENT = Path.of(System.getProperty("faultline.agent"));
    private static final long MOST_BYTES = 500_000;
    private static final int MOST_WAITS = 200;
    private static final long MILLIS_A_WAIT = 50;
    /** How often each thread does its turn. */
    private static final long N = 2000;

    @TempDir
    Path directory;

    private Process start(Class<?> program, Path file, String more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-javaagent:" + AGENT + "=file=" + file + more,
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
        return new ProcessBuilder(command)
                .redirectError(directory.resolve("err").toFile())
                .start();
    }

    /** Counts by {@code role type.field kind}, operations added up, but for those that poll. */
    private static Map<String, Long> counts(AccessFile file) {
        Map<String, Long> counts = new TreeMap<>();
        for (AccessRow row : file.rows()) {
            AccessRow.Key key = row.key();
            boolean isPoll = key.operation().endsWith(" (polls)");
            counts.merge(
                    key.role() + " " + key.type().replace("recorded.Programs$", "") + "." + key.field() + " "
                            + key.kind().word() + (isPoll ? " polled" : ""),
                    isPoll ? 0 : row.count(),
                    Long::sum);
        }
        return counts;
    }

    @Test
    void ten_programs_have_the_roles_fields_kinds_and_counts_that_were_written_down_before() throws Exception {
        Path file = directory.resolve("run.access");
        Process process = start(Programs.class, file, "&identity.program=Programs&classes=recorded.*,org.jctools.*");
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isEqualTo(7);
        assertThat(Files.readString(directory.resolve("err")).replaceAll("(?m)^WARNING: .*\\R", ""))
                .isEmpty();
        assertThat(out.strip()).isEqualTo("4000 4000 2000 2005 4000 2000 2001 3999.0/4000/1999/0.5 0");

        AccessFile recorded = AccessFileReader.read("run.access", Files.readString(file));
        assertThat(recorded.header().certainty()).isEqualTo(Certainty.RECORDED);
        assertThat(recorded.header().identity()).containsEntry("program", "Programs");
        Map<String, Long> counts = counts(recorded);
        counts.keySet()
                .removeIf(key ->
                        key.startsWith("main ") || key.contains(" org.jctools.") || key.contains(" neighbours "));
        Map<String, Long> expected = new TreeMap<>();
        expected.put("plain-# PlainCounter.count read", 2 * N);
        expected.put("plain-# PlainCounter.count write", 2 * N);
        expected.put("statics-# StaticCounter.class.count read", 2 * N);
        expected.put("statics-# StaticCounter.class.count volatile-write", 2 * N);
        expected.put("updater UpdatedCounter.count rmw", N);
        expected.put("looker UpdatedCounter.count read", N);
        expected.put("handle-writer HandledCounter.total write", N);
        expected.put("handle-adder HandledCounter.total read", N);
        expected.put("handle-adder HandledCounter.total rmw", N);
        expected.put("handle-adder HandledCounter.class.all rmw", N);
        expected.put("hitter Gauges.hits read", N);
        expected.put("hitter Gauges.hits (AtomicLong).value rmw", N);
        expected.put("misser Gauges.hits read", N);
        expected.put("misser Gauges.misses read", N);
        expected.put("misser Gauges.hits (AtomicLong).value read", N);
        expected.put("misser Gauges.misses (AtomicLong).value write", N);
        expected.put("child-writer Child.inherited write", N);
        expected.put("child-reader Child.inherited read", N);
        expected.put("words-# Words.ticks read", N + 2 * N);
        expected.put("words-# Words.ticks write", N + N);
        expected.put("words-# Words.rate read", N);
        expected.put("words-# Words.rate write", N + N);
        expected.put("words-# Words.last read", N);
        expected.put("words-# Words.last write", N);
        expected.put("words-# Words.share write", N);
        expected.put("owner-# OwnObject.count read", 2 * N);
        expected.put("owner-# OwnObject.count write", 2 * N);
        expected.put("setter Flag.isSet volatile-write", 1L);
        expected.put("waiter Flag.isSet read polled", 0L);
        assertThat(counts).containsExactlyInAnyOrderEntriesOf(expected);
        assertThat(counts(recorded))
                .containsEntry("offerer org.jctools.queues.MpscArrayQueue.producerIndex rmw", N)
                .containsEntry("poller org.jctools.queues.MpscArrayQueue.consumerIndex write", N);
        assertThat(recorded.rows())
                .filteredOn(row -> row.key().field().equals("inherited"))
                .extracting(row -> row.key().operation())
                .containsExactlyInAnyOrder("Programs$Child.read", "Programs$Child.write");
        assertThat(recorded.rows())
                .filteredOn(row -> row.key().type().endsWith("$OwnObject"))
                .allMatch(row -> row.sameObject() == 0 && row.threads() == 2);
        assertThat(recorded.rows())
                .filteredOn(row ->
                        row.key().role().equals("plain-#") && row.key().type().endsWith("$PlainCounter"))
                .isNotEmpty()
                .allMatch(row -> row.sameObject() == row.count());
    }

    @Test
    void what_a_killed_program_did_up_to_then_can_be_read() throws Exception {
        Path file = directory.resolve("killed.access");
        Process process = start(Endless.class, file, "");
        try {
            for (int waits = 0; !isWritten(file); waits++) {
                assertThat(process.isAlive() && waits < MOST_WAITS).isTrue();
                Thread.sleep(MILLIS_A_WAIT);
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
        assertThat(AccessFileReader.read("killed", Files.readString(file)).rows())
                .extracting(row -> row.key().field())
                .contains("turns");
    }

    private static boolean isWritten(Path file) throws IOException {
        return Files.exists(file) && Files.readString(file).contains("\"turns\"");
    }

    @Test
    void the_jar_is_small_and_has_nothing_but_its_own_package_and_its_licences() throws IOException {
        assertThat(AGENT).isNotEmptyFile();
        assertThat(Files.size(AGENT)).isLessThan(MOST_BYTES);
        try (JarFile jar = new JarFile(AGENT.toFile())) {
            assertThat(jar.stream().filter(entry -> !entry.isDirectory()))
                    .extracting(entry -> entry.getName())
                    .contains(
                            "META-INF/LICENSE",
                            "META-INF/NOTICE",
                            "META-INF/licenses/asm/LICENSE.txt",
                            "dev/faultline/recorder/asm/ClassReader.class")
                    .allMatch(name -> name.startsWith("META-INF/") || name.startsWith("dev/faultline/recorder/"));
            assertThat(jar.getManifest().getMainAttributes().getValue("Boot-Class-Path"))
                    .isEqualTo(AGENT.getFileName().toString());
        }
    }
}
