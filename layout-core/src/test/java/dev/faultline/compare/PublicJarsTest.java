package dev.faultline.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.source.Lookup;
import dev.faultline.source.Subject;
import dev.faultline.source.jvm.ClassSource;
import dev.faultline.source.jvm.VmMode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Verdicts on public jars, which the build copies to {@code target/jars}. */
@Tag("slow")
class PublicJarsTest {

    private static final Path JARS = Path.of("target", "jars");
    private static final String QUEUES = "org.jctools.queues.";
    private static final Map<String, ClassSource> SOURCES = new ConcurrentHashMap<>();

    private static ClassSource jar(String name) {
        return SOURCES.computeIfAbsent(
                name, any -> ClassSource.open(name, JARS.resolve(name + ".jar"), VmMode.parse("17")));
    }

    private static Subject find(String jar, String name) {
        Lookup lookup = jar(jar).find(name);
        assertThat(lookup).as(name).isInstanceOf(Lookup.Found.class);
        return ((Lookup.Found) lookup).subjects().get(0);
    }

    static Stream<List<String>> twins() {
        Stream<String> arrays = Stream.of(
                "Mpmc",
                "MpscChunked",
                "MpscGrowable",
                "MpscUnbounded",
                "Mpsc",
                "Spmc",
                "SpscChunked",
                "SpscGrowable",
                "SpscUnbounded",
                "Spsc");
        return Stream.concat(
                arrays.flatMap(kind -> Stream.of(
                        List.of(kind + "ArrayQueue", "unpadded." + kind + "UnpaddedArrayQueue"),
                        List.of(
                                "atomic." + kind + "AtomicArrayQueue",
                                "atomic.unpadded." + kind + "AtomicUnpaddedArrayQueue"))),
                Stream.of("MpscLinked", "SpscLinked")
                        .flatMap(kind -> Stream.of(
                                List.of(kind + "Queue", "unpadded." + kind + "UnpaddedQueue"),
                                List.of(
                                        "atomic." + kind + "AtomicQueue",
                                        "atomic.unpadded." + kind + "AtomicUnpaddedQueue"))));
    }

    @ParameterizedTest
    @MethodSource("twins")
    void the_twin_without_padding_is_worse_and_back_is_better(List<String> names) {
        Subject padded = find("jctools-core-4.0.7", QUEUES + names.get(0));
        Subject bare = find("jctools-core-4.0.7", QUEUES + names.get(1));
        Comparison removed = Compared.COMPARER.compare(padded, bare);
        assertThat(removed.verdict()).as(removed.reason()).isEqualTo(Verdict.WORSE);
        assertThat(removed.padding()).isNotEmpty();
        Comparison added = Compared.COMPARER.compare(bare, padded);
        assertThat(added.verdict()).as(added.reason()).isEqualTo(Verdict.BETTER);
    }

    private static Map<String, Comparison> changes(String before, String after) {
        Map<String, Comparison> changes = new TreeMap<>();
        for (SourceMatches.Pair pair :
                SourceMatches.of(jar(before).all(), jar(after).all()).changed()) {
            changes.put(pair.after().layout().name(), Compared.COMPARER.compare(pair.before(), pair.after()));
        }
        return changes;
    }

    private static List<String> judged(Map<String, Comparison> changes, Predicate<Verdict> wanted) {
        return changes.entrySet().stream()
                .filter(one -> wanted.test(one.getValue().verdict()))
                .map(one -> one.getKey() + ": " + one.getValue().reason())
                .toList();
    }

    private static boolean isWorse(Verdict verdict) {
        return verdict == Verdict.WORSE || verdict == Verdict.MIXED;
    }

    @Test
    void new_modifiers_and_other_methods_are_no_regression() {
        Map<String, Comparison> changes = changes("jctools-core-2.1.2", "jctools-core-3.0.0");
        assertThat(changes).hasSizeGreaterThan(30);
        assertThat(judged(changes, PublicJarsTest::isWorse)).isEmpty();
    }

    @Test
    void the_repair_of_slipped_padding_is_better() {
        Map<String, Comparison> changes = changes("jctools-core-3.0.0", "jctools-core-3.1.0");
        assertThat(judged(changes, PublicJarsTest::isWorse)).isEmpty();
        for (String queue : List.of("MpscArrayQueue", "SpscArrayQueue", "MpmcArrayQueue", "MpscLinkedQueue")) {
            assertThat(changes.get(QUEUES + queue).verdict()).as(queue).isEqualTo(Verdict.BETTER);
        }
    }

    @Test
    void the_ring_buffer_of_the_disruptor_is_better_and_its_groups_are_mixed() {
        Map<String, Comparison> changes = changes("disruptor-3.4.4", "disruptor-4.0.0");
        assertThat(changes.get("com.lmax.disruptor.RingBuffer").verdict()).isEqualTo(Verdict.BETTER);
        // The reference that went into the gap behind the header now goes into the one before the value.
        Comparison group = changes.get("com.lmax.disruptor.FixedSequenceGroup");
        assertThat(group.verdict()).as(group.reason()).isEqualTo(Verdict.MIXED);
    }
}
