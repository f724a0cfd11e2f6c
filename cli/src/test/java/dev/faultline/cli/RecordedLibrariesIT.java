package dev.faultline.cli;

import static dev.faultline.cli.RecordedRun.SOME;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.lmax.disruptor.Sequence;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import libraries.Programs;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;
import org.jctools.queues.MpscArrayQueue;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Libraries that pad what threads share, recorded: which role does what to which field was read off their sources
 * before, and what is padded is silent.
 */
class RecordedLibrariesIT {

    /** How many items each queue gets while producers and consumers run, and how many fill it before. */
    private static final long ITEMS = 20_000;

    private static final long CAPACITY = 1 << 10;
    /** Bytes of the messages of a ring buffer of Agrona. */
    private static final long AGRONA_CAPACITY = 1 << 12;
    /** An item takes a us. */
    private static final double SECONDS = 0.02;

    @TempDir
    private static Path directory;

    private static RecordedRun run;

    @BeforeAll
    static void record() throws Exception {
        List<Path> jars = List.of(jar(MpscArrayQueue.class), jar(Sequence.class), jar(Caffeine.class));
        String path = Stream.concat(Stream.of(jar(Programs.class), jar(RingBufferDescriptor.class)), jars.stream())
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
        run = RecordedRun.of(
                directory,
                SECONDS,
                "org.jctools.*,com.lmax.*,com.github.benmanes.*,org.agrona.*,libraries.AgronaRings*",
                List.of("--add-opens", "java.base/jdk.internal.misc=ALL-UNNAMED", "-cp", path, "libraries.Programs"));
        jars.forEach(run::inspect);
        run.inspectMemory();
    }

    private static Path jar(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    private static Map<String, Long> rows(String role, String... fieldsAndKinds) {
        return Stream.of(fieldsAndKinds)
                .collect(Collectors.toMap(words -> role + " " + words, any -> SOME, (one, same) -> one));
    }

    private static Map<String, Long> queue(Map<String, Long> ofProducer, Map<String, Long> ofConsumer) {
        Map<String, Long> all = new HashMap<>(ofProducer);
        all.putAll(ofConsumer);
        // what only one thread moves, it moves once an item
        all.replaceAll(
                (row, any) -> row.equals("producer producerIndex write") || row.equals("consumer consumerIndex write")
                        ? ITEMS + CAPACITY
                        : any);
        return all;
    }

    /** Of each kind of queue, by the name of the class without what stands before {@code ArrayQueue}. */
    private static Map<String, Long> expected(String kind) {
        Map<String, Long> spscProducer = rows(
                "producer",
                "buffer read",
                "mask read",
                "lookAheadStep read",
                "producerIndex read",
                "producerIndex write",
                "producerLimit read",
                "producerLimit write");
        Map<String, Long> oneConsumer =
                rows("consumer", "buffer read", "mask read", "consumerIndex read", "consumerIndex write");
        Map<String, Long> looksAtEnd = rows("consumer", "producerIndex read");
        return switch (kind) {
            case "Spsc" -> queue(spscProducer, oneConsumer);
            case "Mpsc" ->
                queue(
                        rows(
                                "producer",
                                "buffer read",
                                "mask read",
                                "producerIndex read",
                                "producerIndex rmw",
                                "consumerIndex read",
                                "producerLimit read",
                                "producerLimit write"),
                        both(oneConsumer, looksAtEnd));
            case "Spmc" ->
                queue(
                        rows(
                                "producer",
                                "buffer read",
                                "mask read",
                                "producerIndex read",
                                "producerIndex write",
                                "consumerIndex read"),
                        both(
                                rows(
                                        "consumer",
                                        "buffer read",
                                        "mask read",
                                        "consumerIndex read",
                                        "consumerIndex rmw",
                                        "producerIndexCache read",
                                        "producerIndexCache volatile-write"),
                                looksAtEnd));
            case "Mpmc" ->
                queue(
                        rows(
                                "producer",
                                "buffer read",
                                "sequenceBuffer read",
                                "mask read",
                                "producerIndex read",
                                "producerIndex rmw",
                                "consumerIndex read"),
                        both(
                                rows(
                                        "consumer",
                                        "buffer read",
                                        "sequenceBuffer read",
                                        "mask read",
                                        "consumerIndex read",
                                        "consumerIndex rmw"),
                                looksAtEnd));
            default -> throw new IllegalArgumentException(kind);
        };
    }

    private static Map<String, Long> both(Map<String, Long> one, Map<String, Long> other) {
        Map<String, Long> all = new HashMap<>(one);
        all.putAll(other);
        return all;
    }

    @ParameterizedTest
    @ValueSource(strings = {"Spsc", "Mpsc", "Spmc", "Mpmc"})
    void queues_of_jctools_are_silent_where_they_are_padded(String kind) {
        String queues = "org.jctools.queues.";
        for (String padded : List.of(queues + kind + "ArrayQueue", queues + "atomic." + kind + "AtomicArrayQueue")) {
            run.assertRecorded(padded, expected(kind));
            run.assertSilent(padded);
        }
        for (String unpadded : List.of(
                queues + "unpadded." + kind + "UnpaddedArrayQueue",
                queues + "atomic.unpadded." + kind + "AtomicUnpaddedArrayQueue")) {
            run.assertRecorded(unpadded, expected(kind));
            run.assertFound(unpadded, "producerIndex", "consumerIndex");
        }
    }

    @Test
    void a_disruptor_shows_nothing_that_counts() {
        String disruptor = "com.lmax.disruptor.";
        Map<String, Long> publisher = rows(
                "publisher",
                "bufferSize read",
                "cachedValue write",
                "cursor read",
                "gatingSequences read",
                "waitStrategy read");
        publisher = new HashMap<>(publisher);
        publisher.put("publisher nextValue read", ITEMS);
        publisher.put("publisher nextValue write", ITEMS);
        publisher.put("publisher cachedValue read", ITEMS);
        run.assertRecorded(disruptor + "SingleProducerSequencer", publisher);
        // with --all, that nextValue and cursor are 64 bytes apart: main reads the cursor until all is handled
        run.assertNothingCounts(disruptor + "SingleProducerSequencer");
        run.assertRecorded(
                disruptor + "Sequence",
                both(rows("publisher", "value read", "value write"), rows("handler", "value read", "value write")));
        run.assertSilent(disruptor + "Sequence");
        run.assertRecorded(
                disruptor + "RingBuffer",
                Map.of(
                        "publisher sequencer read",
                        2 * ITEMS,
                        "publisher indexMask read",
                        ITEMS,
                        "publisher entries read",
                        ITEMS,
                        "handler indexMask read",
                        ITEMS,
                        "handler entries read",
                        ITEMS));
        run.assertSilent(disruptor + "RingBuffer");
    }

    /**
     * Behind the messages: the tail, what producers have seen of the head, and the head, 128 bytes apart. Offsets are
     * those of {@code RingBufferDescriptor}; the buffer begins where its block does. The head that was seen is written
     * once in some 250 messages: where messages are written by the same code, it may be one of its many offsets.
     */
    @ParameterizedTest
    @ValueSource(strings = {"manyToOne", "oneToOne"})
    void ring_buffers_of_agrona_keep_their_ends_apart(String kind) {
        boolean hasManyProducers = kind.equals("manyToOne");
        String block = run.typeFrom("block libraries.AgronaRings." + kind + ":");
        long tail = AGRONA_CAPACITY + RingBufferDescriptor.TAIL_POSITION_OFFSET;
        long headSeen = AGRONA_CAPACITY + RingBufferDescriptor.HEAD_CACHE_POSITION_OFFSET;
        long head = AGRONA_CAPACITY + RingBufferDescriptor.HEAD_POSITION_OFFSET;
        String rare = "producer-# " + headSeen + " write";

        assertThat(run.rows(block).stream()
                        .filter(row -> row.key().byteOffset() >= AGRONA_CAPACITY
                                && !row.key().role().equals("main"))
                        .map(row -> row.key().role() + " " + row.key().byteOffset() + " "
                                + row.key().kind().word())
                        .filter(row -> !row.equals(rare)))
                .containsOnly(
                        "producer-# " + tail + " read",
                        "producer-# " + tail + (hasManyProducers ? " rmw" : " write"),
                        "producer-# " + headSeen + " read",
                        "producer-# " + head + " read",
                        "consumer-# " + head + " read",
                        "consumer-# " + head + " write");
        assertThat(run.sum(block, tail, hasManyProducers ? "rmw" : "write")).isEqualTo(ITEMS);
        run.assertNothingCounts(block);
    }

    /**
     * The first entry of a ring is counted by its constructor, through a handle of its superclass. There is padding
     * before each counter and none behind the second, so that the reference to the entries is on its line.
     */
    @Test
    void the_counters_of_caffeine_are_apart_and_one_is_beside_a_reference() {
        String ring = "com.github.benmanes.caffeine.cache.BoundedBuffer$RingBuffer";
        run.assertRecorded(
                ring,
                both(
                        rows(
                                "reader",
                                "buffer read",
                                "readCounter read",
                                "writeCounter read",
                                "writeCounter rmw",
                                "writeCounter write"),
                        rows("keeper", "buffer read", "readCounter read", "readCounter write", "writeCounter read")));
        assertThat(run.rows(ring)).allMatch(row -> row.sameObject() != 0);
        run.assertOnly(ring, "writeCounter", "buffer");
    }
}
