package dev.faultline.access.code.operation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.access.Certainty;
import dev.faultline.access.Profile;
import dev.faultline.access.ProfileReader;
import dev.faultline.access.ProfileWriter;
import dev.faultline.access.code.ProfileSketch;
import dev.faultline.analysis.Analysis;
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
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What small classes are told of themselves, and what they are not. */
class CodeFindingsTest {

    private static final Analyzer ANALYZER = new Analyzer(Machines.x86(), Catalog.RULES);

    private static final String SHARED = """
            import java.lang.invoke.*;
            import java.util.*;
            import java.util.concurrent.*;
            import java.util.concurrent.atomic.*;

            final class HandleRing {
                private static final VarHandle PUT;
                private static final VarHandle TAKE;
                static {
                    try {
                        var lookup = MethodHandles.lookup();
                        PUT = lookup.findVarHandle(HandleRing.class, "putAt", long.class);
                        TAKE = lookup.findVarHandle(HandleRing.class, "takeAt", long.class);
                    } catch (ReflectiveOperationException e) {
                        throw new Error(e);
                    }
                }
                private long putAt;
                private long takeAt;
                private final Object[] slots = new Object[64];
                void offer(Object one) {
                    long at = (long) PUT.getOpaque(this);
                    slots[(int) at & 63] = one;
                    PUT.setRelease(this, at + 1);
                }
                Object poll() {
                    long at = (long) TAKE.getOpaque(this);
                    Object one = slots[(int) at & 63];
                    TAKE.setRelease(this, at + 1);
                    return one;
                }
            }

            final class UpdaterRing {
                private static final AtomicLongFieldUpdater<UpdaterRing> HEAD =
                        AtomicLongFieldUpdater.newUpdater(UpdaterRing.class, "head");
                private static final AtomicLongFieldUpdater<UpdaterRing> TAIL =
                        AtomicLongFieldUpdater.newUpdater(UpdaterRing.class, "tail");
                private volatile long head;
                private volatile long tail;
                private final Object[] slots = new Object[64];
                boolean add(Object one) {
                    long at;
                    do {
                        at = tail;
                    } while (!TAIL.compareAndSet(this, at, at + 1));
                    slots[(int) at & 63] = one;
                    return true;
                }
                Object take() {
                    long at = head;
                    Object one = slots[(int) at & 63];
                    HEAD.lazySet(this, at + 1);
                    return one;
                }
            }

            final class LinkedNodes {
                static final class Node { volatile Node next; Object value; }
                private static final AtomicReferenceFieldUpdater<LinkedNodes, Node> TAIL =
                        AtomicReferenceFieldUpdater.newUpdater(LinkedNodes.class, Node.class, "last");
                private volatile Node last = new Node();
                private Node first = last;
                void push(Object value) {
                    Node node = new Node();
                    node.value = value;
                    TAIL.getAndSet(this, node).next = node;
                }
                Object pop() {
                    Node next = first.next;
                    if (next == null) {
                        return null;
                    }
                    first = next;
                    return next.value;
                }
            }

            abstract class StepFields {
                static final AtomicLongFieldUpdater<StepProducer> P =
                        AtomicLongFieldUpdater.newUpdater(StepProducer.class, "producerIndex");
                static final AtomicLongFieldUpdater<StepConsumer> C =
                        AtomicLongFieldUpdater.newUpdater(StepConsumer.class, "consumerIndex");
            }
            abstract class StepProducer extends StepFields {
                volatile long producerIndex;
                protected final long lvProducerIndex() { return producerIndex; }
                protected final boolean casProducerIndex(long from, long to) { return P.compareAndSet(this, from, to); }
            }
            abstract class StepConsumer extends StepProducer {
                volatile long consumerIndex;
                protected final long lpConsumerIndex() { return consumerIndex; }
                protected final void soConsumerIndex(long to) { C.lazySet(this, to); }
            }
            class MpscSteps extends StepConsumer {
                private final AtomicReferenceArray<Object> slots = new AtomicReferenceArray<>(64);
                public boolean offer(Object one) {
                    long at;
                    do {
                        at = lvProducerIndex();
                    } while (!casProducerIndex(at, at + 1));
                    slots.lazySet((int) at & 63, one);
                    return true;
                }
                public Object poll() {
                    long at = lpConsumerIndex();
                    Object one = slots.get((int) at & 63);
                    slots.lazySet((int) at & 63, null);
                    soConsumerIndex(at + 1);
                    return one;
                }
            }

            final class RoleCounters {
                private volatile long received;
                private volatile long decoded;
                void onReceived() { received++; }
                void onDecoded() { decoded++; }
                long received() { return received; }
                long decoded() { return decoded; }
            }

            final class FlagBesideCounter implements Runnable {
                private static final AtomicLongFieldUpdater<FlagBesideCounter> SENT =
                        AtomicLongFieldUpdater.newUpdater(FlagBesideCounter.class, "sent");
                private volatile long sent;
                private volatile boolean running = true;
                void onSent() { SENT.incrementAndGet(this); }
                void stop() { running = false; }
                @Override public void run() {
                    while (running) {
                        Thread.onSpinWait();
                    }
                }
            }

            final class LambdaWorker {
                private volatile boolean open = true;
                private volatile int requests;
                void begin() {
                    new Thread(() -> {
                        while (open) {
                            Thread.onSpinWait();
                        }
                    }).start();
                }
                synchronized void close() { open = false; }
                void onRequest() { requests++; }
            }

            final class Shop {
                volatile long orders;
                volatile long payments;
            }

            final class ShopThreads {
                static final Shop SHOP = new Shop();
                private static void takeOrders() { while (true) SHOP.orders++; }
                private static void takePayments() { while (true) SHOP.payments++; }
                static void start() {
                    new Thread(ShopThreads::takeOrders).start();
                    new Thread(ShopThreads::takePayments).start();
                }
            }

            final class Market {
                volatile long orders;
                volatile long payments;
            }

            final class MarketThreads {
                static void start(Market market) {
                    new Thread(() -> { while (true) market.orders++; }).start();
                    new Thread(() -> { while (true) market.payments++; }).start();
                }
            }

            final class TwoLambdas {
                private volatile long received;
                private volatile long sent;
                void start() {
                    new Thread(() -> { while (true) received++; }).start();
                    new Thread(() -> { while (true) sent++; }).start();
                }
            }
            """;

    private static final String ALONE = """

            final class SetOnce {
                private volatile String name;
                private volatile Thread owner;
                private int size;
                void attach(Thread thread) { owner = thread; }
                String name() { return name; }
                Thread owner() { return owner; }
                int size() { return size; }
            }

            final class Guarded {
                private int count;
                private long total;
                synchronized void add(int n) { count++; total += n; }
                synchronized long total() { return total; }
            }

            final class Bean {
                private String name;
                private long size;
                private volatile boolean active;
                public String getName() { return name; }
                public void setName(String other) { name = other; }
                public long getSize() { return size; }
                public void setSize(long other) { size = other; }
                public boolean isActive() { return active; }
                public void setActive(boolean now) { active = now; }
            }

            final class LazyFields {
                private volatile Map<String, String> names;
                private volatile List<String> list;
                private int hash;
                Map<String, String> names() {
                    if (names == null) {
                        names = new HashMap<>();
                    }
                    return names;
                }
                List<String> list() {
                    List<String> known = list;
                    if (known == null) {
                        synchronized (this) {
                            known = list;
                            if (known == null) {
                                list = known = new ArrayList<>();
                            }
                        }
                    }
                    return known;
                }
                @Override public int hashCode() {
                    if (hash == 0) {
                        hash = names().hashCode();
                    }
                    return hash;
                }
            }

            final class MadeOnce {
                private volatile long limit;
                private final long[] values;
                MadeOnce(int size) { limit = size; values = new long[size]; }
                long take(int i) { return i < limit ? values[i] : 0; }
                void put(int i, long value) { if (i < limit) { values[i] = value; } }
            }

            final class States {
                enum State { NEW, OPEN, CLOSED }
                private static final AtomicReferenceFieldUpdater<States, State> STATE =
                        AtomicReferenceFieldUpdater.newUpdater(States.class, State.class, "state");
                private volatile State state = State.NEW;
                private volatile int phase;
                private final Object payload = new Object();
                void proceed() { if (STATE.compareAndSet(this, State.NEW, State.OPEN)) { phase = 1; } }
                void finish() { STATE.set(this, State.CLOSED); phase = 2; }
                Object payload() { return state == State.OPEN ? payload : null; }
            }

            final class Drained extends AtomicInteger {
                private static final AtomicLongFieldUpdater<Drained> REQUESTED =
                        AtomicLongFieldUpdater.newUpdater(Drained.class, "requested");
                private final Queue<Object> queue = new ConcurrentLinkedQueue<>();
                private volatile long requested;
                private volatile boolean done;
                private volatile boolean cancelled;
                private volatile Throwable error;
                void request(long n) { REQUESTED.addAndGet(this, n); drain(); }
                void onNext(Object one) { queue.add(one); drain(); }
                void onError(Throwable why) { error = why; done = true; drain(); }
                void cancel() { cancelled = true; }
                private void drain() {
                    if (getAndIncrement() != 0) {
                        return;
                    }
                    do {
                        while (requested > 0 && !cancelled && !done && queue.poll() != null) {
                            REQUESTED.decrementAndGet(this);
                        }
                    } while (decrementAndGet() != 0);
                }
            }

            final class TogetherCounters {
                private volatile long messages;
                private volatile long bytes;
                void onMessage() { messages++; }
                void onBytes(int n) { bytes += n; }
            }
            final class Reader {
                private final TogetherCounters counters = new TogetherCounters();
                void onRead(int n) { counters.onMessage(); counters.onBytes(n); }
            }

            final class AloneCounters {
                private static final AtomicLongFieldUpdater<AloneCounters> A =
                        AtomicLongFieldUpdater.newUpdater(AloneCounters.class, "a");
                private static final AtomicLongFieldUpdater<AloneCounters> B =
                        AtomicLongFieldUpdater.newUpdater(AloneCounters.class, "b");
                private static final AtomicLongFieldUpdater<AloneCounters> C =
                        AtomicLongFieldUpdater.newUpdater(AloneCounters.class, "c");
                private volatile long a;
                private volatile long b;
                private volatile long c;
                void onA() { A.lazySet(this, a + 1); }
                void onB() { B.lazySet(this, b + 1); }
                void onC() { C.lazySet(this, c + 1); }
            }

            final class Times {
                private static final AtomicLongFieldUpdater<Times> READ =
                        AtomicLongFieldUpdater.newUpdater(Times.class, "lastReadTime");
                private static final AtomicLongFieldUpdater<Times> WRITE =
                        AtomicLongFieldUpdater.newUpdater(Times.class, "lastWriteTime");
                private volatile long lastReadTime;
                private volatile long lastWriteTime;
                void onRead(long now) { max(READ, now); }
                void onWrite(long now) { max(WRITE, now); }
                private void max(AtomicLongFieldUpdater<Times> of, long now) {
                    long known = of.get(this);
                    while (known < now && !of.compareAndSet(this, known, now)) {
                        known = of.get(this);
                    }
                }
            }

            final class Timed {
                private static final AtomicLongFieldUpdater<Timed> SENT =
                        AtomicLongFieldUpdater.newUpdater(Timed.class, "sent");
                private volatile long sent;
                private long reported;
                Timed(ScheduledExecutorService timer) {
                    timer.scheduleAtFixedRate(this::report, 1, 1, TimeUnit.SECONDS);
                }
                void onSent() { SENT.incrementAndGet(this); }
                private void report() { reported = sent; }
            }

            final class Statistics {
                private static final AtomicLongFieldUpdater<Statistics> A =
                        AtomicLongFieldUpdater.newUpdater(Statistics.class, "a");
                private static final AtomicLongFieldUpdater<Statistics> B =
                        AtomicLongFieldUpdater.newUpdater(Statistics.class, "b");
                private static final AtomicLongFieldUpdater<Statistics> C =
                        AtomicLongFieldUpdater.newUpdater(Statistics.class, "c");
                private static final AtomicLongFieldUpdater<Statistics> D =
                        AtomicLongFieldUpdater.newUpdater(Statistics.class, "d");
                private volatile long a;
                private volatile long b;
                private volatile long c;
                private volatile long d;
                void onA() { A.incrementAndGet(this); }
                void onB() { B.incrementAndGet(this); }
                void onC() { C.incrementAndGet(this); }
                void onD() { D.incrementAndGet(this); }
            }

            final class PlainList {
                private Object[] items = new Object[8];
                private int first;
                private int last;
                void add(Object one) { items[last++] = one; }
                Object remove() { return items[first++]; }
            }
            """;

    @TempDir
    private static Path folder;

    private static ClassSource source;

    @BeforeAll
    static void compile() throws IOException {
        for (Map.Entry<String, byte[]> one :
                CompiledSources.classes(SHARED + ALONE).entrySet()) {
            Files.write(folder.resolve(one.getKey() + ".class"), one.getValue());
        }
        source = ClassSource.open("classes", folder, VmMode.parse("17"));
    }

    private static Subject subject(String name) {
        return ((Lookup.Found) source.find(name)).subjects().get(0);
    }

    private static List<Finding> pairs(Subject subject) {
        return ANALYZER.analyze(subject).findings().stream()
                .filter(finding -> Catalog.isAboutPairs(finding.rule()))
                .toList();
    }

    private static Finding only(String name) {
        List<Finding> findings = pairs(subject(name));
        assertThat(findings).as(name).hasSize(1);
        assertThat(findings.get(0).certainty()).isEqualTo(Certainty.FROM_CODE);
        assertThat(findings.get(0).severity()).isEqualTo(Severity.WARNING);
        assertThat(findings.get(0).saving()).isEmpty();
        return findings.get(0);
    }

    @Test
    void twoEndsOfARingQuoteTheirPlaces() {
        Finding finding = only("HandleRing");

        assertThat(finding.rule()).isEqualTo("WritersShareLine");
        assertThat(finding.fields()).startsWith("putAt", "takeAt");
        assertThat(finding.message())
                .startsWith("putAt (written at HandleRing.offer:24) shares a cache line with takeAt (written at"
                        + " HandleRing.poll:29)")
                .doesNotContain("ns", "guess");
    }

    @Test
    void updatersAndLinkedNodesAreEndsToo() {
        assertThat(only("UpdaterRing").fields()).contains("head", "tail");
        assertThat(only("LinkedNodes").fields()).contains("first", "last");
    }

    @Test
    void helpersOfSuperclassesAreToldWhereTheyAreCalled() {
        assertThat(only("MpscSteps").message())
                .contains("producerIndex (written at MpscSteps.offer:", "consumerIndex (written at MpscSteps.poll:");
    }

    @Test
    void countersOfTwoOperationsShareALine() {
        Finding finding = only("RoleCounters");

        assertThat(finding.rule()).isEqualTo("WritersShareLine");
        assertThat(finding.fields()).containsExactly("received", "decoded");
    }

    @Test
    void eachLambdaThatAMethodHandsToAThreadIsARoleOfItsOwn() {
        Finding finding = only("TwoLambdas");

        assertThat(finding.rule()).isEqualTo("WritersShareLine");
        assertThat(finding.severity()).isEqualTo(Severity.WARNING);
        assertThat(finding.fields()).containsExactly("received", "sent");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Shop", "Market"})
    void whatIsHandedToAThreadWritesTheFieldsOfAnotherClass(String type) {
        Finding finding = only(type);

        assertThat(finding.rule()).isEqualTo("WritersShareLine");
        assertThat(finding.severity()).isEqualTo(Severity.WARNING);
        assertThat(finding.fields()).containsExactly("orders", "payments");
        assertThat(finding.message()).contains("(written at " + type + "Threads.");
    }

    @Test
    void manyCountersThatAnyThreadUpdatesAreNoWarning() {
        assertThat(pairs(subject("Statistics")))
                .singleElement()
                .extracting(Finding::severity)
                .isEqualTo(Severity.INFO);
    }

    @ParameterizedTest
    @ValueSource(strings = {"FlagBesideCounter:sent:running", "LambdaWorker:requests:open"})
    void aFlagThatAThreadWatchesSharesALineWithACounter(String words) {
        String[] names = words.split(":");
        Finding finding = only(names[0]);

        assertThat(finding.rule()).isEqualTo("WriterBesideReaders");
        assertThat(finding.fields()).containsExactly(names[1], names[2]);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SetOnce",
                "Guarded",
                "Bean",
                "LazyFields",
                "MadeOnce",
                "States",
                "Drained",
                "TogetherCounters",
                "AloneCounters",
                "Times",
                "Timed",
                "PlainList"
            })
    void whatIsNotSharedIsNotReported(String name) {
        Analysis analysis = ANALYZER.analyze(subject(name));

        assertThat(analysis.access().certainty()).isEqualTo(Certainty.FROM_CODE);
        assertThat(pairs(subject(name))).isEmpty();
    }

    @Test
    void aProfileOfTheCodeFindsTheSame() {
        for (String name :
                List.of("HandleRing", "UpdaterRing", "MpscSteps", "RoleCounters", "FlagBesideCounter", "Drained")) {
            Subject subject = subject(name);
            ProfileSketch sketch = ProfileSketch.of(subject.layout(), subject.code());
            String yaml = ProfileWriter.write(new Profile(name, List.of(sketch.profile())));
            Subject declared =
                    subject.withProfile(ProfileReader.read("yaml", yaml).forStruct(name));

            assertThat(pairs(declared))
                    .as(yaml)
                    .extracting(Finding::rule, Finding::fields, Finding::severity, Finding::saving)
                    .containsExactlyElementsOf(pairs(subject).stream()
                            .map(finding -> org.assertj.core.groups.Tuple.tuple(
                                    finding.rule(), finding.fields(), finding.severity(), Optional.empty()))
                            .toList());
        }
    }
}
