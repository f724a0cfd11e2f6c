package dev.faultline.access.code.operation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.analysis.Analyzer;
import dev.faultline.hazard.Finding;
import dev.faultline.hazard.Severity;
import dev.faultline.hazard.rules.Catalog;
import dev.faultline.machine.Machines;
import dev.faultline.source.Lookup;
import dev.faultline.source.Subject;
import dev.faultline.source.jvm.ClassSource;
import dev.faultline.source.jvm.VmMode;
import dev.faultline.source.jvm.code.CompiledSources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs of one class, as people write them to try something: main starts threads and often runs beside them. */
class ThreadsOfOneClassTest {

    private static final String FOUND = """
            import java.util.concurrent.*;
            import java.util.concurrent.atomic.*;

            class LambdasInMain {
                volatile long a, b;
                public static void main(String[] args) {
                    LambdasInMain shared = new LambdasInMain();
                    new Thread(() -> { for (int i = 0; i < 1_000_000; i++) shared.a++; }).start();
                    new Thread(() -> { for (int i = 0; i < 1_000_000; i++) shared.b++; }).start();
                }
            }
            class StaticMethods {
                volatile long a, b;
                static void left(StaticMethods shared) { while (true) shared.a++; }
                static void right(StaticMethods shared) { while (true) shared.b++; }
                public static void main(String[] args) {
                    StaticMethods shared = new StaticMethods();
                    new Thread(() -> left(shared)).start();
                    new Thread(() -> right(shared)).start();
                }
            }
            class GivesItself {
                volatile long a, b;
                void start() {
                    new Thread(() -> left(this)).start();
                    new Thread(() -> right(this)).start();
                }
                private static void left(GivesItself shared) { while (true) shared.a++; }
                private static void right(GivesItself shared) { while (true) shared.b++; }
            }
            class MainLoops {
                volatile long a, b;
                public static void main(String[] args) throws Exception {
                    MainLoops shared = new MainLoops();
                    Thread other = new Thread(() -> { for (int i = 0; i < 1_000_000; i++) shared.a++; });
                    other.start();
                    for (int i = 0; i < 1_000_000; i++) shared.b++;
                    other.join();
                }
            }
            class MainLoopsBesideOneOfMany {
                volatile long a, b;
                static ExecutorService pool = Executors.newCachedThreadPool();
                public static void main(String[] args) throws Exception {
                    MainLoopsBesideOneOfMany shared = new MainLoopsBesideOneOfMany();
                    begin(shared);
                    for (int i = 0; i < 1_000_000; i++) shared.b++;
                    pool.awaitTermination(1, TimeUnit.MINUTES);
                }
                static void begin(MainLoopsBesideOneOfMany shared) {
                    pool.execute(() -> { for (int i = 0; i < 1_000_000; i++) shared.a++; });
                }
            }
            class PlainCountersBesideFlag {
                long a, b;
                volatile boolean running = true;
                public static void main(String[] args) {
                    PlainCountersBesideFlag shared = new PlainCountersBesideFlag();
                    new Thread(() -> { while (shared.running) shared.a++; }).start();
                    new Thread(() -> { while (shared.running) shared.b++; }).start();
                }
            }
            class Worker extends Thread {
                volatile long done;
                volatile long asked;
                @Override public void run() { while (true) done++; }
                public static void main(String[] args) {
                    Worker worker = new Worker();
                    worker.start();
                    while (true) worker.asked++;
                }
            }
            """;

    private static final String STATICS = """
            import java.util.concurrent.atomic.*;

            class StaticCounters {
                static volatile long hits, misses;
                public static void main(String[] args) {
                    new Thread(() -> { while (true) hits++; }).start();
                    new Thread(() -> { while (true) misses++; }).start();
                }
            }
            class OthersCounters { static volatile long hits, misses; }
            class OthersThreads {
                public static void main(String[] args) {
                    new Thread(() -> { while (true) OthersCounters.hits++; }).start();
                    while (true) OthersCounters.misses++;
                }
            }
            class StaticAtomics {
                static final AtomicLong hits = new AtomicLong(), misses = new AtomicLong();
                public static void main(String[] args) {
                    new Thread(() -> { while (true) hits.incrementAndGet(); }).start();
                    new Thread(() -> { while (true) misses.incrementAndGet(); }).start();
                }
            }
            class StaticElements {
                static final long[] counts = new long[8];
                public static void main(String[] args) {
                    new Thread(() -> { while (true) counts[0]++; }).start();
                    new Thread(() -> { while (true) counts[1]++; }).start();
                }
            }
            class OwnStaticElements {
                static final AtomicLongArray counts = new AtomicLongArray(8);
                public static void main(String[] args) {
                    for (int i = 0; i < 4; i++) {
                        int id = i;
                        new Thread(() -> { while (true) counts.incrementAndGet(id); }).start();
                    }
                }
            }
            class StaticObjects {
                static final class Cell { volatile long value; }
                static final Cell[] cells = new Cell[8];
                static { for (int i = 0; i < cells.length; i++) cells[i] = new Cell(); }
                public static void main(String[] args) {
                    for (int i = 0; i < 4; i++) {
                        int id = i;
                        new Thread(() -> { while (true) cells[id].value++; }).start();
                    }
                }
            }
            """;

    private static final String QUIET = """
            import java.util.*;
            import java.util.concurrent.*;
            import java.util.concurrent.atomic.*;

            class KeptInRegisters {
                long a, b;
                public static void main(String[] args) {
                    KeptInRegisters shared = new KeptInRegisters();
                    new Thread(() -> { for (int i = 0; i < 1_000_000; i++) shared.a++; }).start();
                    new Thread(() -> { for (int i = 0; i < 1_000_000; i++) shared.b++; }).start();
                }
            }
            class AfterJoin {
                volatile long a, b;
                public static void main(String[] args) throws Exception {
                    AfterJoin shared = new AfterJoin();
                    Thread other = new Thread(() -> { for (int i = 0; i < 1_000_000; i++) shared.a++; });
                    other.start();
                    other.join();
                    for (int i = 0; i < 1_000_000; i++) shared.b++;
                }
            }
            class BeforeStart {
                volatile long a, b;
                public static void main(String[] args) throws Exception {
                    BeforeStart shared = new BeforeStart();
                    Thread other = new Thread(() -> { for (int i = 0; i < 1_000_000; i++) shared.a++; });
                    for (int i = 0; i < 1_000_000; i++) shared.b++;
                    other.start();
                }
            }
            class AfterFuture {
                volatile long a, b;
                public static void main(String[] args) throws Exception {
                    AfterFuture shared = new AfterFuture();
                    CompletableFuture<Void> other =
                            CompletableFuture.runAsync(() -> { for (int i = 0; i < 1_000_000; i++) shared.a++; });
                    other.get();
                    for (int i = 0; i < 1_000_000; i++) shared.b++;
                }
            }
            class AfterLatch {
                volatile long a, b;
                public static void main(String[] args) throws Exception {
                    AfterLatch shared = new AfterLatch();
                    CountDownLatch done = new CountDownLatch(1);
                    new Thread(() -> { for (int i = 0; i < 1_000_000; i++) shared.a++; done.countDown(); }).start();
                    done.await();
                    for (int i = 0; i < 1_000_000; i++) shared.b++;
                }
            }
            class CountsStarted {
                volatile long a, started;
                public static void main(String[] args) throws Exception {
                    CountsStarted shared = new CountsStarted();
                    for (int i = 0; i < 8; i++) {
                        shared.started++;
                        new Thread(() -> { for (int k = 0; k < 1_000_000; k++) shared.a++; }).start();
                    }
                }
            }
            class NoThreads {
                static volatile long hits, misses;
                volatile long a, b;
                public static void main(String[] args) {
                    NoThreads shared = new NoThreads();
                    List.of(1, 2, 3).forEach(one -> { for (int i = 0; i < one; i++) { shared.a++; } });
                    List.of(1, 2, 3).forEach(one -> { for (int i = 0; i < one; i++) { shared.b++; } });
                }
            }
            class Sink {
                static final AtomicLongFieldUpdater<Sink> REQUESTED =
                        AtomicLongFieldUpdater.newUpdater(Sink.class, "requested");
                static final AtomicIntegerFieldUpdater<Sink> WIP =
                        AtomicIntegerFieldUpdater.newUpdater(Sink.class, "wip");
                volatile long requested;
                volatile int wip;
                public void next() { drain(); }
                public void request(long n) { addCap(this, n); drain(); }
                public void drain() {
                    if (WIP.getAndIncrement(this) != 0) return;
                    do { produced(this, 1); } while (WIP.decrementAndGet(this) != 0);
                }
                static void produced(Sink sink, long n) { addCap(sink, -n); }
                static long addCap(Sink sink, long n) {
                    for (;;) {
                        long r = sink.requested;
                        if (REQUESTED.compareAndSet(sink, r, r + n)) return r;
                    }
                }
            }
            class OneStaticThread {
                static volatile long hits, misses;
                public static void main(String[] args) {
                    new Thread(() -> { while (true) { hits++; misses++; } }).start();
                }
            }
            """;

    private static final Analyzer ANALYZER = new Analyzer(Machines.x86(), Catalog.RULES);

    @TempDir
    private static Path folder;

    private static ClassSource source;

    @BeforeAll
    static void compile() throws IOException {
        for (String text : List.of(FOUND, STATICS, QUIET)) {
            for (Map.Entry<String, byte[]> one : CompiledSources.classes(text).entrySet()) {
                Files.write(folder.resolve(one.getKey() + ".class"), one.getValue());
            }
        }
        source = ClassSource.open("classes", folder, VmMode.parse("17"));
    }

    private static List<Finding> findings(String type) {
        Subject subject = ((Lookup.Found) source.find(type)).subjects().get(0);
        return ANALYZER.analyze(subject).findings().stream()
                .filter(finding -> finding.severity().compareTo(Severity.INFO) != 0)
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "LambdasInMain, WritersShareLine, a, b",
        "StaticMethods, WritersShareLine, a, b",
        "GivesItself, WritersShareLine, a, b",
        "MainLoops, WritersShareLine, a, b",
        "MainLoopsBesideOneOfMany, WritersShareLine, a, b",
        "Worker, WritersShareLine, asked, done",
        "StaticCounters, NeighbouringStatics, hits, misses",
        "OthersCounters, NeighbouringStatics, hits, misses",
        "StaticCounters.class, NeighbouringStatics, hits, misses",
        "OthersCounters.class, NeighbouringStatics, hits, misses",
        "StaticAtomics, NeighbouringAtomics, hits, misses"
    })
    void two_threads_that_write_two_words_of_a_line_are_found(String type, String rule, String one, String other) {
        assertThat(findings(type)).singleElement().satisfies(finding -> {
            assertThat(finding.rule()).isEqualTo(rule);
            assertThat(finding.severity()).isEqualTo(Severity.WARNING);
            assertThat(finding.fields()).containsExactlyInAnyOrder(one, other);
        });
    }

    /** The flag is read each turn; two threads took 2.1 ns a turn instead of 0.43 with the counters apart. */
    @Test
    void a_volatile_flag_in_the_loop_has_plain_counters_stored_each_turn() {
        assertThat(findings("PlainCountersBesideFlag"))
                .filteredOn(finding -> finding.rule().equals("WritersShareLine"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.fields()).startsWith("a", "b"));
    }

    @ParameterizedTest
    @CsvSource({"StaticElements, counts", "OwnStaticElements, counts"})
    void so_are_elements_of_a_static_array(String type, String field) {
        assertThat(findings(type)).singleElement().satisfies(finding -> {
            assertThat(finding.rule()).isEqualTo("ArrayNeighbours");
            assertThat(finding.fields()).containsExactly(field);
        });
    }

    @Test
    void and_small_objects_that_a_static_initialiser_makes_one_after_the_other() {
        Subject subject =
                ((Lookup.Found) source.find("StaticObjects")).subjects().get(0);
        assertThat(ANALYZER.analyze(subject).findings()).singleElement().satisfies(finding -> {
            assertThat(finding.rule()).isEqualTo("ArrayNeighbours");
            assertThat(finding.severity()).isEqualTo(Severity.INFO);
            assertThat(finding.message()).contains("cells (StaticObjects$Cell[]) take 24 bytes each");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "KeptInRegisters",
                "AfterJoin",
                "BeforeStart",
                "AfterFuture",
                "AfterLatch",
                "CountsStarted",
                "NoThreads",
                "OneStaticThread"
            })
    void what_runs_before_the_threads_or_after_them_is_none_of_them(String type) {
        assertThat(findings(type)).isEmpty();
    }

    /** Each of its methods writes both fields, so that keeping them apart saves nothing. */
    @Test
    void what_a_static_helper_does_to_the_object_it_is_given_is_done_by_its_callers() {
        assertThat(findings("Sink")).isEmpty();
    }
}
