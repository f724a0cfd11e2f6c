package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.core.Jvm;
import org.agrona.concurrent.UnsafeBuffer;
import org.jctools.util.UnsafeAccess;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import twins.MemoryPrograms;

/**
 * Programs whose hazards are between elements of an array, between objects and off the heap, recorded and inspected
 * without a line of YAML; each is repaired once.
 */
class RecordedMemoryIT {

    /** How often each thread does its turn. */
    private static final long N = 200_000;
    /** A turn takes a us. */
    private static final double SECONDS = 0.2;

    private static final int FIRST_WITH_SEGMENTS = 22;

    /** What Chronicle Bytes and Agrona ask of a VM. */
    private static final List<String> OPEN = Stream.of(
                    "java.lang", "java.lang.reflect", "java.nio", "jdk.internal.misc", "sun.nio.ch")
            .flatMap(name -> Stream.of("--add-opens", "java.base/" + name + "=ALL-UNNAMED"))
            .toList();

    private static final String SEGMENTS = """
            package twins;
            import java.lang.foreign.Arena;
            import java.lang.foreign.MemorySegment;
            import java.lang.foreign.ValueLayout;
            final class Segments {
                static final class BySegment implements OffHeap.Ring {
                    final MemorySegment memory;
                    final long tail;
                    BySegment(MemorySegment memory, long tail) { this.memory = memory; this.tail = tail; }
                    static BySegment together() { return new BySegment(Arena.global().allocate(512, 64), 136); }
                    static BySegment apart() { return new BySegment(Arena.global().allocate(512, 64), 320); }
                    public void put() {
                        memory.set(ValueLayout.JAVA_LONG, tail, memory.get(ValueLayout.JAVA_LONG, tail) + 1);
                    }
                    public void take() {
                        memory.set(ValueLayout.JAVA_LONG, 128, memory.get(ValueLayout.JAVA_LONG, 128) + 1);
                    }
                }
                static void run(Turns turns) throws InterruptedException {
                    for (OffHeap.Ring ring : new OffHeap.Ring[] {BySegment.together(), BySegment.apart()}) {
                        turns.both("producer", ring::put, "consumer", ring::take);
                    }
                }
            }
            """;

    @TempDir
    private static Path directory;

    private static RecordedRun run;

    @BeforeAll
    static void record() throws Exception {
        Path classes = Files.createDirectories(directory.resolve("classes/twins"));
        try (Stream<Path> all = Files.list(place(MemoryPrograms.class).resolve("twins"))) {
            for (Path one : all.toList()) {
                Files.copy(one, classes.resolve(one.getFileName()));
            }
        }
        String path = Stream.of(
                        classes.getParent(),
                        place(Bytes.class),
                        place(Jvm.class),
                        place(UnsafeBuffer.class),
                        place(UnsafeAccess.class),
                        place(Logger.class))
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
        List<String> java = new ArrayList<>(OPEN);
        java.add("-XX:+UseSerialGC"); // several threads of a collector move what one object refers to far apart
        java.addAll(List.of("-cp", path, MemoryPrograms.class.getName()));
        if (hasSegments()) {
            Path source = Files.writeString(directory.resolve("Segments.java"), SEGMENTS);
            assertThat(ToolProvider.getSystemJavaCompiler()
                            .run(
                                    null,
                                    null,
                                    null,
                                    "-cp",
                                    path,
                                    "-d",
                                    classes.getParent().toString(),
                                    source.toString()))
                    .isZero();
            java.add("twins.Segments");
        }
        run = RecordedRun.of(directory, SECONDS, "twins.*,org.agrona.*,net.openhft.*", java)
                .inspect(classes.getParent())
                .inspectMemory();
    }

    private static boolean hasSegments() {
        return Runtime.version().feature() >= FIRST_WITH_SEGMENTS;
    }

    private static Path place(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    private static Map<String, Long> counters(String one, String other) {
        return Map.of(
                "hitter " + one + " read", N,
                "hitter " + one + " write", N,
                "misser " + other + " read", N,
                "misser " + other + " write", N);
    }

    @Test
    void counters_of_two_threads_in_elements_of_an_array() {
        String together = "twins.Elements$Together.counts (long[])";
        run.assertRecorded(together, counters("[3]", "[4]"));
        run.assertFound(together, "elements[3]", "elements[4]");
        String apart = "twins.Elements$Apart.counts (long[])";
        run.assertRecorded(apart, counters("[16]", "[32]"));
        run.assertSilent(apart);
    }

    /** Of four atomics that are made one after the other, two neighbours are on one line. */
    @Test
    void atomics_that_are_neighbours_on_the_heap() {
        for (String field : List.of("hits", "hitBytes")) {
            run.assertRecorded("twins.Atomics$Together." + field + " (AtomicLong)", Map.of("hitter value rmw", N));
        }
        for (String field : List.of("misses", "missBytes")) {
            run.assertRecorded("twins.Atomics$Together." + field + " (AtomicLong)", Map.of("misser value rmw", N));
        }
        run.assertRecorded("twins.Atomics$PaddedCount", Map.of("hitter count rmw", N, "misser count rmw", N));
        run.assertSilent("twins.Atomics$PaddedCount");
        List<String> neighbours = run.found("neighbours ");
        assertThat(neighbours)
                .anyMatch(name -> name.contains("Atomics$Together.hit") && name.contains("Atomics$Together.miss"));
        assertThat(neighbours).noneMatch(name -> name.contains("$Apart") || name.contains("$PaddedCount"));
    }

    private static void assertRing(String name, Map<String, Long> ofConsumer) {
        Map<String, Long> together = new HashMap<>(ofConsumer);
        together.put("producer +136 read", N);
        together.put("producer +136 write", N);
        String near = run.typeFrom("block twins." + name + ".together:");
        run.assertRecorded(near, together);
        run.assertFound(near, "at_128", "at_136");
        Map<String, Long> apart = new HashMap<>(ofConsumer);
        apart.put("producer +320 read", N);
        apart.put("producer +320 write", N);
        String far = run.typeFrom("block twins." + name + ".apart:");
        run.assertRecorded(far, apart);
        run.assertSilent(far);
    }

    private static final Map<String, Long> READS_AND_WRITES = Map.of("consumer +128 read", N, "consumer +128 write", N);

    @Test
    void a_ring_by_unsafe() {
        assertRing("OffHeap$ByUnsafe", READS_AND_WRITES);
    }

    @Test
    void a_ring_by_a_direct_buffer() {
        assertRing("OffHeap$ByBuffer", READS_AND_WRITES);
    }

    @Test
    void a_ring_by_agrona() {
        assertRing("OffHeap$ByAgrona", Map.of("consumer +128 rmw", N));
    }

    /** Chronicle adds by reading and trying a compare-and-set, which no other thread makes fail. */
    @Test
    void a_ring_by_chronicle() {
        assertRing("OffHeap$ByChronicle", Map.of("consumer +128 read", N, "consumer +128 rmw", N));
    }

    /** Where the JDK has segments. */
    @Test
    void a_ring_by_a_memory_segment() {
        assertThat(run.types("block twins.Segments")).hasSize(hasSegments() ? 2 : 0);
        if (hasSegments()) {
            assertRing("Segments$BySegment", READS_AND_WRITES);
        }
    }
}
