package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.source.jvm.ClassMaker;
import dev.faultline.testing.CompiledJava;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code inspect} says at first sight of an application: what it finds, and what it did not look at. */
class ApplicationJarTest {

    private static final String COUNTERS = """
            final class Counters {
                final long[] perThread;
                Counters(int threads) { perThread = new long[threads]; }
                void count(int thread) { perThread[thread]++; }
                long total() { long sum = 0; for (long one : perThread) sum += one; return sum; }
            }
            final class Workers {
                private final Counters counters = new Counters(8);
                void start() {
                    for (int i = 0; i < 8; i++) {
                        int index = i;
                        new Thread(() -> { while (!Thread.interrupted()) counters.count(index); }).start();
                    }
                }
            }
            final class Tallies {
                private final java.util.concurrent.atomic.AtomicIntegerArray all =
                        new java.util.concurrent.atomic.AtomicIntegerArray(16);
                void count(int id) { add(id, 1); }
                private void add(int id, int n) { all.getAndAdd(id, n); }
            }
            final class Tallier implements Runnable {
                private final Tallies tallies;
                private final int id;
                Tallier(Tallies tallies, int id) { this.tallies = tallies; this.id = id; }
                public void run() { while (!Thread.interrupted()) tallies.count(id); }
            }
            final class Slots {
                private final java.util.concurrent.atomic.AtomicLongArray counts =
                        new java.util.concurrent.atomic.AtomicLongArray(64);
                void count() { counts.incrementAndGet((int) (Thread.currentThread().getId() & 63)); }
            }
            final class Stats { volatile long received; volatile long decoded; }
            final class Receiver implements Runnable {
                private final Stats stats;
                Receiver(Stats stats) { this.stats = stats; }
                public void run() { while (!Thread.interrupted()) stats.received++; }
            }
            final class Decoder implements Runnable {
                private final Stats stats;
                Decoder(Stats stats) { this.stats = stats; }
                public void run() { while (!Thread.interrupted()) stats.decoded++; }
            }
            """;

    private static final String RINGS = """
            final class HandleRing {
                private static final java.lang.invoke.VarHandle HEAD, TAIL;
                static {
                    try {
                        var lookup = java.lang.invoke.MethodHandles.lookup();
                        HEAD = lookup.findVarHandle(HandleRing.class, "head", long.class);
                        TAIL = lookup.findVarHandle(HandleRing.class, "tail", long.class);
                    } catch (ReflectiveOperationException e) {
                        throw new ExceptionInInitializerError(e);
                    }
                }
                private long head;
                private long tail;
                private final Object[] slots = new Object[1024];
                boolean put(Object value) {
                    long at = tail;
                    if (at - (long) HEAD.getAcquire(this) == slots.length) return false;
                    slots[(int) at & 1023] = value;
                    TAIL.setRelease(this, at + 1);
                    return true;
                }
                Object take() {
                    long at = head;
                    if (at == (long) TAIL.getAcquire(this)) return null;
                    Object value = slots[(int) at & 1023];
                    HEAD.setRelease(this, at + 1);
                    return value;
                }
            }
            final class PlainRing {
                private final long[] slots = new long[1024];
                private volatile int head;
                private volatile int tail;
                boolean offer(long value) {
                    int at = tail;
                    if (at - head == 1024) return false;
                    slots[at & 1023] = value;
                    tail = at + 1;
                    return true;
                }
                long poll() {
                    int at = head;
                    if (at == tail) return -1;
                    long value = slots[at & 1023];
                    head = at + 1;
                    return value;
                }
            }
            """;

    private static final String FLAGS = """
            final class Server implements Runnable {
                private volatile boolean running = true;
                private volatile long requests;
                void request() { requests++; }
                void stop() { running = false; }
                public void run() { while (running) Thread.onSpinWait(); }
            }
            """;

    private static final String ATOMICS = """
            final class CacheStats {
                private final java.util.concurrent.atomic.AtomicLong hits = new java.util.concurrent.atomic.AtomicLong();
                private final java.util.concurrent.atomic.AtomicLong misses =
                        new java.util.concurrent.atomic.AtomicLong();
                void hit() { hits.incrementAndGet(); }
                void miss() { misses.incrementAndGet(); }
            }
            """;

    private static final String OUTSIDE = """
            final class Journal {
                private final java.nio.ByteBuffer memory = java.nio.ByteBuffer.allocateDirect(4096);
                void head(long value) { memory.putLong(0, value); }
                void tail(long value) { memory.putLong(8, value); }
            }
            final class Block {
                private static final sun.misc.Unsafe UNSAFE = null;
                private final long address = UNSAFE.allocateMemory(64);
                void count() { UNSAFE.getAndAddLong(null, address, 1); }
            }
            final class Socket { private long handle; native void open(); }
            """;

    private static final String INNOCENT = """
            final class Point {
                private int x, y;
                int getX() { return x; }
                void setX(int x) { this.x = x; }
                int getY() { return y; }
                void setY(int y) { this.y = y; }
            }
            record Address(String host, int port, long timeout) {}
            final class Builder {
                private String name;
                private int port;
                Builder name(String name) { this.name = name; return this; }
                Builder port(int port) { this.port = port; return this; }
                Address build() { return new Address(name, port, 0); }
            }
            final class Cache {
                private final java.util.Map<String, String> map = new java.util.HashMap<>();
                private long hits, misses;
                synchronized String get(String key) {
                    String value = map.get(key);
                    if (value == null) misses++; else hits++;
                    return value;
                }
            }
            enum Colour { RED, GREEN; private int uses; int uses() { return uses; } void used() { uses++; } }
            final class Text {
                private final String text;
                private int at;
                Text(String text) { this.text = text; }
                char next() { return text.charAt(at++); }
                java.util.function.Supplier<Character> later() { return () -> next(); }
            }
            final class Lazy {
                private volatile Object value;
                private int uses;
                Object get() {
                    uses++;
                    if (value == null) synchronized (this) { if (value == null) value = new Object(); }
                    return value;
                }
            }
            final class Results {
                private final long[] values = new long[64];
                void start(java.util.concurrent.Executor executor) {
                    for (int i = 0; i < values.length; i++) {
                        int index = i;
                        executor.execute(() -> values[index] = compute(index));
                    }
                }
                private static long compute(int index) { return index * 31L; }
            }
            final class Histogram {
                private final int[] buckets = new int[256];
                void add(int key) { buckets[key & 255]++; }
                void addAll(int[] keys) { for (int key : keys) add(key); }
            }
            final class Totals {
                private final java.util.concurrent.atomic.LongAdder hits = new java.util.concurrent.atomic.LongAdder();
                private final java.util.concurrent.atomic.LongAdder misses = new java.util.concurrent.atomic.LongAdder();
                void hit() { hits.increment(); }
                void miss() { misses.increment(); }
            }
            """;

    @TempDir
    private static Path folder;

    private static String jar;

    @BeforeAll
    static void build() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (String text : List.of(COUNTERS, RINGS, FLAGS, ATOMICS, OUTSIDE, INNOCENT)) {
            CompiledJava.of("package app;\n" + text).forEach((name, bytes) -> files.put(name + ".class", bytes));
        }
        files.put(
                "app/Orphan.class",
                ClassMaker.named("app/Orphan")
                        .extending("lib/Base")
                        .with("J", "count")
                        .bytes());
        jar = ClassMaker.jar(folder.resolve("app.jar"), files).toString();
    }

    private static String inspect(String name, String... more) {
        List<String> words =
                new ArrayList<>(List.of("inspect", jar + name, "--machine", "x86-64", "--vm", "17", "--width", "400"));
        words.addAll(List.of(more));
        Cli.Run run = Cli.run(words.toArray(String[]::new));
        assertThat(run.status()).as(run.err()).isZero();
        return run.out();
    }

    @Test
    void the_first_screen_has_counters_of_threads_rings_and_flags_with_their_places_and_nothing_else() {
        assertThat(inspect(""))
                .startsWith(jar + ": 7 warnings in 7 of 26 structs; 1 struct was not laid out\n")
                .containsSubsequence("warning  ArrayNeighbours  app.Counters\n", "Counters.count:5 writes the one")
                .containsSubsequence("warning  ArrayNeighbours  app.Slots\n", "Slots.count:32 writes the one")
                .containsSubsequence("warning  ArrayNeighbours  app.Tallies\n", "Tallies.count:20 writes the one")
                .containsSubsequence(
                        "warning  WriterBesideReaders  app.Server\n",
                        "requests (written at Server.request:5)",
                        "running (read at Server.run:7)")
                .containsSubsequence(
                        "warning  WritersShareLine  app.HandleRing\n",
                        "head (written at HandleRing.take:27)",
                        "tail (written at HandleRing.put:20)")
                .containsSubsequence(
                        "warning  WritersShareLine  app.PlainRing\n",
                        "head (written at PlainRing.poll:46)",
                        "tail (written at PlainRing.offer:39)")
                .containsSubsequence(
                        "warning  WritersShareLine  app.Stats\n",
                        "received (written at Receiver.run:38)",
                        "decoded (written at Decoder.run:43)");
    }

    @Test
    void the_first_screen_says_what_was_not_looked_at() {
        assertThat(inspect(""))
                .contains("not looked at: 1 struct without superclass lib.Base (app.Orphan); in all 1 of 27 structs\n")
                .contains("not looked at: memory outside of objects (buffers, segments, addresses), behind fields of"
                        + " 2 classes (app.Block, app.Journal)\n");
    }

    @Test
    void a_class_says_what_it_leads_to_that_was_not_looked_at() {
        assertThat(inspect("#app.Journal"))
                .contains(
                        "not looked at: memory behind memory (ByteBuffer), of which only app.Journal.memory is known\n")
                .startsWith("app.Journal: no findings in the object itself\n");
        assertThat(inspect("#app.Block")).contains("not looked at: memory behind address (long)\n");
        assertThat(inspect("#app.Socket")).contains("what its native methods do is not known\n");
        assertThat(inspect("#app.CacheStats"))
                .startsWith("app.CacheStats: no findings; 1 suspicion from field types (--all)\n")
                .contains("what hits, misses refer to is in other objects\n");
        assertThat(inspect("#app.CacheStats", "--all"))
                .contains(
                        "hits and misses refer to AtomicLong objects that CacheStats.<init>:3 makes one after the other")
                .contains("hit writes hits (CacheStats.hit:6), miss writes misses (CacheStats.miss:7)");
    }

    @Test
    void innocent_classes_have_no_findings_and_no_suspicions() {
        String all = inspect("", "--all");
        for (String name : List.of(
                "Point",
                "Address",
                "Builder",
                "Cache",
                "Colour",
                "Text",
                "Lazy",
                "Results",
                "Histogram",
                "Totals",
                "Counters",
                "Workers")) {
            boolean isGuilty = name.equals("Counters");
            assertThat(all.contains("  app." + name + "\n")).as(name).isEqualTo(isGuilty);
        }
    }
}
