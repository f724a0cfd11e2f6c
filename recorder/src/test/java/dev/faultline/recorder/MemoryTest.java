package dev.faultline.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;
import recorded.LibraryMemory;
import recorded.MemoryPrograms;

/** Accesses of memory off the heap and of elements of arrays, in programs that know what they do. */
@Tag("slow")
class MemoryTest {

    /** How often each thread does its turn. */
    private static final long N = 2000;
    /** Slots that are written as often as the counter beside them, of which 64 could be told apart. */
    private static final long SLOTS = 2000;

    /** What Chronicle asks for. */
    private static final List<String> FOR_CHRONICLE = List.of(
            "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
            "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
            "--add-opens=java.base/java.io=ALL-UNNAMED",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED");

    @TempDir
    Path directory;

    @Test
    void addresses_buffers_and_elements_have_the_counts_that_were_written_down_before() throws Exception {
        AgentRun run = AgentRun.of(
                directory,
                List.of(),
                System.getProperty("java.class.path"),
                MemoryPrograms.class.getName(),
                "recorded.MemoryPrograms*");
        assertThat(run.errors()).isEmpty();
        assertThat(run.out()).isEqualTo("1/4000/3 4000/1/9 2000/2000 2000/3998/4000 1/2000");
        Map<String, Long> counts = run.counts();
        counts.keySet()
                .removeIf(key -> key.startsWith("main ")
                        || key.contains(" neighbours ")
                        || !key.matches(".*( block |\\[|Ticket value|Lookalike).*"));
        assertThat(counts).containsExactlyInAnyOrderEntriesOf(expected());
        assertThat(run.file().rows())
                .filteredOn(row -> row.key().type().startsWith("block "))
                .allMatch(row -> row.key().type().matches("block recorded\\.MemoryPrograms\\$\\w+\\.[\\w<>]+:\\d+"));
        assertThat(run.file().rows())
                .filteredOn(row -> row.key().role().equals("address-adder")
                        && row.key().type().startsWith("block "))
                .extracting(row -> row.key().operation())
                .containsOnly("MemoryPrograms$Addresses.add");
        assertThat(run.file().rows())
                .filteredOn(row ->
                        row.key().role().equals("reuser-#") && row.key().type().startsWith("block "))
                .as("each thread had blocks of its own")
                .noneMatch(row -> row.sameObject() > 0);
        assertThat(run.file().rows())
                .filteredOn(row -> row.key().role().equals("address-adder")
                        && row.key().type().startsWith("block "))
                .allMatch(row -> row.sameObject() == row.count());
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_22)
    void segments_and_handles_of_layouts_have_the_counts_that_were_written_down_before() throws Exception {
        Path source =
                Files.createDirectories(directory.resolve("source/recorded")).resolve("SegmentPrograms.java");
        try (InputStream in = MemoryTest.class.getResourceAsStream("/recorded/SegmentPrograms.java.txt")) {
            Files.copy(in, source);
        }
        Path classes = Files.createDirectory(directory.resolve("classes"));
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-d", classes.toString(), source.toString()))
                .isZero();
        AgentRun run = AgentRun.of(directory, List.of(), classes.toString(), "recorded.SegmentPrograms", "recorded.*");
        assertThat(run.errors()).isEmpty();
        assertThat(run.out()).isEqualTo("3 5");
        Map<String, Long> counts = run.counts();
        counts.keySet().removeIf(key -> key.startsWith("main ") || !key.contains(" block "));
        Map<String, Long> expected = new TreeMap<>();
        String memory = " block recorded.SegmentPrograms.allocate ";
        expected.put("writer" + memory + "+8:8 volatile-write", N);
        expected.put("writer" + memory + "+24:4 write", N);
        expected.put("writer" + memory + "+40:8 write", N);
        expected.put("writer" + memory + "+50:1 write", N);
        expected.put("writer" + memory + "+60:2 write", N);
        expected.put("reader" + memory + "+0:8 read", N);
        expected.put("reader" + memory + "+40:8 rmw", N);
        expected.put("reader" + memory + "+64:8 rmw", N);
        expected.put("closer block recorded.SegmentPrograms.close +0:4 write", N);
        assertThat(counts).containsExactlyInAnyOrderEntriesOf(expected);
    }

    @Test
    void memory_of_agrona_and_chronicle_is_that_of_who_asked_for_it_and_so_are_operations() throws Exception {
        AgentRun run = AgentRun.of(
                directory,
                FOR_CHRONICLE,
                System.getProperty("java.class.path"),
                LibraryMemory.class.getName(),
                "recorded.*,org.agrona.*,net.openhft.*");
        assertThat(run.out()).endsWith("2000 4000");
        Map<String, Long> counts = run.counts();
        counts.keySet().removeIf(key -> key.startsWith("main ") || !key.contains(" block "));
        Map<String, Long> expected = new TreeMap<>();
        expected.put("agrona-writer block Agrona.<init> +0:8 write", N);
        expected.put("agrona-writer block Agrona.<init> +8:8 rmw", N);
        expected.put("agrona-writer block Agrona.<init> +36:4 write", N);
        expected.put("agrona-reader block Agrona.<init> +0:8 read", N);
        expected.put("agrona-reader block Agrona.<init> +36:4 read", N);
        expected.put("chronicle-writer block Chronicle.<init> +0:8 write", N);
        expected.put("chronicle-writer block Chronicle.<init> +16:8 rmw", N);
        expected.put("chronicle-reader block Chronicle.<init> +0:8 read", N);
        counts.remove("chronicle-writer block Chronicle.<init> +16:8 read"); // it looks before it adds
        assertThat(counts).containsExactlyInAnyOrderEntriesOf(expected);
        assertThat(run.file().rows())
                .filteredOn(row -> row.key().type().startsWith("block ")
                        && row.key().role().matches("(agrona|chronicle)-.*"))
                .extracting(row -> row.key().operation())
                .containsOnly(
                        "LibraryMemory$Agrona.write",
                        "LibraryMemory$Agrona.read",
                        "LibraryMemory$Chronicle.write",
                        "LibraryMemory$Chronicle.read");
    }

    private static Map<String, Long> expected() {
        Map<String, Long> expected = new TreeMap<>();
        String addresses = " block Addresses.<init> ";
        expected.put("address-writer" + addresses + "+0:8 read", N);
        expected.put("address-writer" + addresses + "+8:8 write", N);
        expected.put("address-writer" + addresses + "+16:8 write", N);
        expected.put("address-writer" + addresses + "+24:1 write", N);
        expected.put("address-adder" + addresses + "+32:4 rmw", N);
        expected.put("address-adder" + addresses + "+0:8 rmw", N);
        expected.put("address-adder" + addresses + "+16:8 read", N);
        expected.put("address-adder" + addresses + "+40:8 write", N);
        String buffers = " block Buffers.<init> ";
        expected.put("buffer-writer" + buffers + "+0:8 write", N + N); // putLong(0), and put(byte) at position 0
        expected.put("buffer-writer" + buffers + "+1:2 write", N);
        expected.put("buffer-writer" + buffers + "+68:4 write", N);
        expected.put("buffer-writer" + buffers + "+8:8 read", N);
        expected.put("buffer-writer" + buffers + "+16:8 write", N);
        expected.put("buffer-writer" + buffers + "+24:8 rmw", N);
        expected.put("buffer-reader" + buffers + "+72:8 read", N);
        expected.put("buffer-reader" + buffers + "+128:16 read", N);
        expected.put("buffer-reader" + buffers + "+0:8 read", N);
        expected.put("buffer-reader" + buffers + "+200:4 read", N);
        expected.put("element-adder Elements.counts (AtomicLongArray) [3] rmw", N);
        expected.put("element-adder Elements.slots (long[]) [2] rmw", N);
        expected.put("element-adder Elements.many (AtomicLongArray) [any] volatile-write", N);
        expected.put("element-reader Elements.counts (AtomicLongArray) [5] read", N);
        expected.put("element-reader Elements.slots (long[]) [2] read", N);
        expected.put("element-reader Elements.slots (long[]) [4] read", N);
        expected.put("atomic-adder Atomics.adder (LongAdder) cells[own] rmw", N);
        expected.put("atomic-adder Atomics.highest (LongAccumulator) cells[own] rmw", N);
        expected.put("atomic-adder Ticket value rmw", N + N);
        expected.put("atomic-reader Atomics.adder (LongAdder) cells[*] read", N);
        expected.put("atomic-reader Atomics.highest (LongAccumulator) cells[*] read", N);
        expected.put("atomic-reader Ticket value read", N);
        expected.put("atomic-reader Lookalike value read", N);
        expected.put("reuser-# block Reused.first +4:4 write", N);
        expected.put("reuser-# block Reused.second +80:4 write", N);
        expected.put("large-writer block Large.<init> +0:8 write", N);
        expected.put("large-writer block Large.<init> [any] write", SLOTS);
        expected.put("large-reader block Large.<init> +8:8 read", N);
        return expected;
    }
}
