package dev.faultline.source.jvm.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.access.code.CodeClass;
import dev.faultline.access.code.CodeField;
import dev.faultline.access.code.CodeIndex;
import dev.faultline.access.code.CodeMethod;
import dev.faultline.access.code.CodeSignature;
import dev.faultline.access.code.DeclaredField;
import dev.faultline.access.code.FieldEffect;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What methods of compiled sources do, by each way of access that there is. */
class ClassCodeReaderTest {

    private static final String PLAIN = """
            package p;
            class Base { volatile long cursor; static int made; }
            class Plain extends Base {
                int count; long total; Plain next; Object last; volatile boolean closed; final int limit = 5;
                static final java.util.concurrent.atomic.AtomicLong ALL = new java.util.concurrent.atomic.AtomicLong();
                void step() { count++; }
                void add(int n) { total += n; }
                long read() { return total; }
                void constant() { count = 7; last = null; }
                void other(Plain p) { p.count = p.total > 0 ? 1 : 0; }
                Plain fresh() { Plain p = new Plain(); p.count = 1; next = p; p.total = 2; return p; }
                void inherited() { cursor = 1; made++; }
                void chain() { next.next.count = 3; }
                void copy() { count = next.count + 1; }
                void publish() { last = new Object(); }
                static void all() { ALL.incrementAndGet(); }
                void loop(int n) { for (int i = 0; i < n; i++) { total += i; } read(); }
                void spin() { while (!closed) { Thread.onSpinWait(); } }
                void spinBare() { while (!closed) { } }
                void work() { while (!closed) { total++; } }
                void bound() { int sum = 0; for (int i = 0; i < count; i++) { sum += i; } last = sum; }
                Plain walk() { Plain p = next; while (p.next != null) { p = p.next; } return p; }
                void choose(boolean b) { Plain p = b ? this : next; p.count = 1; }
                int tries() { try { count = 1; return count; } catch (RuntimeException e) { count = 2; throw e; } }
            }
            """;

    private static final String HANDLES = """
            package p;
            import java.lang.invoke.*;
            import java.util.concurrent.atomic.*;
            class Handles {
                static final VarHandle H, S, A, HELPED, BOXED;
                static final AtomicLongFieldUpdater<Handles> L = AtomicLongFieldUpdater.newUpdater(Handles.class, "l");
                static final AtomicIntegerFieldUpdater<Handles> I =
                    AtomicIntegerFieldUpdater.newUpdater(Handles.class, "i");
                static final AtomicReferenceFieldUpdater<Handles, Object> R =
                    AtomicReferenceFieldUpdater.newUpdater(Handles.class, Object.class, "r");
                static {
                    try {
                        MethodHandles.Lookup lookup = MethodHandles.lookup();
                        H = lookup.findVarHandle(Handles.class, "h", long.class);
                        S = lookup.findStaticVarHandle(Handles.class, "s", int.class);
                        A = MethodHandles.arrayElementVarHandle(long[].class);
                        HELPED = Helper.find(lookup, "helped", Object.class);
                        BOXED = MethodHandles.privateLookupIn(Other.class, lookup)
                            .findVarHandle(Other.class, "x", int.class).withInvokeExactBehavior();
                    } catch (ReflectiveOperationException e) { throw new ExceptionInInitializerError(e); }
                }
                long h; static int s; Object helped; final long[] array = new long[8];
                volatile long l; volatile int i; volatile Object r;
                long get() { return (long) H.get(this); }
                void set() { H.set(this, 1L); }
                long getVolatile() { return (long) H.getVolatile(this); }
                void setVolatile() { H.setVolatile(this, 1L); }
                long getOpaque() { return (long) H.getOpaque(this); }
                void setOpaque() { H.setOpaque(this, 1L); }
                long getAcquire() { return (long) H.getAcquire(this); }
                void setRelease() { H.setRelease(this, 1L); }
                boolean compareAndSet() { return H.compareAndSet(this, 1L, 2L); }
                long exchange() { return (long) H.compareAndExchange(this, 1L, 2L); }
                void casLoop(long n) { long v; do { v = (long) H.getVolatile(this); }
                    while (!H.weakCompareAndSet(this, v, v + n)); }
                long getAndAdd() { return (long) H.getAndAdd(this, 1L); }
                long getAndAddRelease() { return (long) H.getAndAddRelease(this, 1L); }
                long getAndSet() { return (long) H.getAndSet(this, 5L); }
                long or() { return (long) H.getAndBitwiseOr(this, 5L); }
                void step() { long v = (long) H.getOpaque(this); H.setRelease(this, v + 1); }
                void mixed() { H.setRelease(this, h + 1); }
                void ofOther(Handles o) { H.setVolatile(o, 0L); }
                void stat() { S.setVolatile(1); }
                void element(int at) { A.setRelease(array, at, 1L); }
                void constant() { A.getAndAdd(array, 3, 1L); }
                void helped() { HELPED.setRelease(this, null); }
                void boxed(Other o) { BOXED.set(o, 1); }
                void fence() { VarHandle.releaseFence(); h = 1; }
                void fences() { VarHandle.releaseFence(); h = 1; VarHandle.fullFence(); }
                long after() { long v = h; VarHandle.acquireFence(); return v; }
                void lazySet() { L.lazySet(this, 1L); }
                void lSet() { L.set(this, 2L); }
                long lGet() { return L.get(this); }
                void lAdd() { L.addAndGet(this, 3L); }
                boolean lCas() { return L.compareAndSet(this, 0L, 1L); }
                void iUp() { I.incrementAndGet(this); }
                void iUpdate() { I.getAndUpdate(this, x -> x * 2); }
                void iSwap() { I.getAndSet(this, 0); }
                boolean rCas(Object o) { return R.compareAndSet(this, null, o); }
                void rNew() { R.set(this, new Object()); }
                void capped() { Helper.addCap(L, this, 4); }
            }
            class Other { int x; }
            class Helper {
                static VarHandle find(MethodHandles.Lookup lookup, String name, Class<?> type) {
                    try { return lookup.findVarHandle(lookup.lookupClass(), name, type); }
                    catch (ReflectiveOperationException e) { throw new AssertionError(e); }
                }
                static <T> long addCap(AtomicLongFieldUpdater<T> updater, T object, long n) {
                    for (;;) {
                        long v = updater.get(object);
                        if (updater.compareAndSet(object, v, v + n)) { return v; }
                    }
                }
            }
            """;

    private static final String UNSAFE = """
            package p;
            import sun.misc.Unsafe;
            class Access {
                static final Unsafe UNSAFE = null;
                static final long BASE = UNSAFE.arrayBaseOffset(Object[].class);
                static long fieldOffset(Class<?> type, String name) {
                    try { return UNSAFE.objectFieldOffset(type.getDeclaredField(name)); }
                    catch (NoSuchFieldException e) { throw new RuntimeException(e); }
                }
                static long at(long index) { return BASE + (index << 2); }
                static void ordered(Object[] array, long offset, Object value) {
                    UNSAFE.putOrderedObject(array, offset, value);
                }
                static Object load(Object[] array, long offset) { return UNSAFE.getObjectVolatile(array, offset); }
                static void deep(Object[] array, long offset, Object value) { ordered(array, offset, value); }
                static void touch(long[] array, int index) { array[index]++; }
            }
            class Ring {
                static final long P = Access.fieldOffset(Ring.class, "p");
                static final long C;
                static {
                    try { C = Access.UNSAFE.objectFieldOffset(Ring.class.getDeclaredField("c")); }
                    catch (NoSuchFieldException e) { throw new RuntimeException(e); }
                }
                volatile long p; long c; final Object[] buffer = new Object[8]; final long[] sums = new long[8];
                long q;
                void put(long v) { Access.UNSAFE.putOrderedLong(this, P, v); }
                void volatilePut(long v) { Access.UNSAFE.putLongVolatile(this, C, v); }
                void plainPut(long v) { Access.UNSAFE.putLong(this, C, v); }
                long get() { return Access.UNSAFE.getLongVolatile(this, P); }
                boolean cas(long a) { return Access.UNSAFE.compareAndSwapLong(this, P, a, a + 1); }
                long add() { return Access.UNSAFE.getAndAddLong(this, P, 1); }
                void offer(Object o) { Access.ordered(buffer, Access.at(c), o); }
                Object poll() { final Object[] b = buffer; return Access.load(b, Access.at(q)); }
                void deep(Object o) { Access.deep(buffer, 16, o); }
                void touch() { Access.touch(sums, 3); }
            }
            """;

    private static final String OBJECTS = """
            package p;
            import java.util.concurrent.*;
            import java.util.concurrent.atomic.*;
            import java.util.concurrent.locks.*;
            class Objects {
                final AtomicLong hits = new AtomicLong(); final AtomicReference<Object> head = new AtomicReference<>();
                final LongAdder adder = new LongAdder(); final AtomicLongArray perThread = new AtomicLongArray(8);
                final ReentrantLock lock = new ReentrantLock(); final long[] raw = new long[8]; int guarded;
                final Object monitor = new Object(); final int id = hash(); final Counter counter = new Counter();
                final ThreadLocal<Integer> slot = new ThreadLocal<>(); Objects[] all;
                void hit() { hits.incrementAndGet(); }
                long hits() { return hits.get(); }
                void push(Object o) { Object h; do { h = head.get(); } while (!head.compareAndSet(h, o)); }
                void lazy() { hits.lazySet(3); }
                void add() { adder.increment(); }
                long sum() { return adder.sum(); }
                void constant() { perThread.incrementAndGet(3); raw[2] = 1; }
                void computed(int i) { perThread.lazySet(i, 1); raw[i]++; }
                void own() { raw[(int) (Thread.currentThread().getId() & 7)]++; }
                void ownByThreadLocal() { perThread.incrementAndGet(slot.get()); }
                void random() { raw[ThreadLocalRandom.current().nextInt(8)]++; }
                int length() { return raw.length; }
                void objects() { all[1].guarded = 4; }
                void locked() { lock.lock(); try { guarded++; } finally { lock.unlock(); } guarded = 0; }
                void block() { synchronized (this) { guarded++; } guarded = 2; }
                void monitor() { synchronized (monitor) { guarded++; } }
                synchronized void whole() { guarded++; }
                void counted() { counter.add(1); Helpers.bump(hits); counter.mine.incrementAndGet(); }
                void start(int n) {
                    new Thread(() -> { raw[n]++; guarded = 1; }).start();
                    for (int i = 0; i < n; i++) { int me = i; Executors.newCachedThreadPool().execute(() -> raw[me]++); }
                    Runnable r = this::hit; r.run();
                }
                private static int hash() { return 1; }
            }
            class Counter extends AtomicLong {
                final AtomicLong mine = new AtomicLong();
                void add(long n) { getAndAdd(n); Helpers.bump(this); }
            }
            class Helpers { static void bump(AtomicLong a) { a.incrementAndGet(); } }
            class Worker implements Runnable {
                final int id; final long[] counts; long done;
                Worker(int id, long[] counts) { this.id = id; this.counts = counts; }
                public void run() { counts[id]++; done = counts[id]; }
                void start() { new Thread(this).start(); }
            }
            class Launch { void go() { new Thread(new Worker(1, null)).start(); new Direct().start(); } }
            class Direct extends Thread { int x; public void run() { x++; } }
            """;

    private static final String NAMES = """
            package p;
            import java.io.Serializable;
            import java.lang.annotation.*;
            import java.lang.invoke.*;
            @Retention(RetentionPolicy.CLASS) @interface Mark {}
            class Bean implements Serializable {
                @Mark int marked; int byName; transient int skipped; protected int seen; public int open; int quiet;
                volatile int updated;
                static final java.util.concurrent.atomic.AtomicIntegerFieldUpdater<Bean> U =
                    java.util.concurrent.atomic.AtomicIntegerFieldUpdater.newUpdater(Bean.class, "updated");
                native void touch();
            }
            class SubBean extends Bean {}
            class Reader {
                Object read(Object o) throws Exception { return o.getClass().getDeclaredField("byName").get(o); }
                Object[] all() { return Whole.class.getDeclaredFields(); }
            }
            final class Whole { int x; }
            record Point(int x, int y) {}
            """;

    private static CodeIndex plain;
    private static CodeIndex handles;
    private static CodeIndex unsafe;
    private static CodeIndex objects;
    private static CodeIndex names;

    @BeforeAll
    static void compile() {
        plain = CompiledSources.index(PLAIN);
        handles = CompiledSources.index(HANDLES);
        unsafe = CompiledSources.index(UNSAFE);
        objects = CompiledSources.index(OBJECTS);
        names = CompiledSources.index(NAMES);
    }

    private static void check(CodeIndex index, String type, String method, String expected) {
        List<String> lines = expected == null ? List.of() : List.of(expected.split("; "));
        assertThat(EffectWords.effects(index, type, method)).as(method).isEqualTo(lines);
    }

    @ParameterizedTest
    @CsvSource({
        "step, read count; write count = step",
        "add, read total; write total = step",
        "read, read total",
        "constant, write count = constant 7; write last = constant null",
        "other, read other.total; write other.count",
        "fresh, write fresh.count = constant 1; write next = fresh; write other.total = constant 2",
        "inherited, write volatile cursor = constant 1; read none.made; write none.made = step",
        "chain, read next; read other.next; write other.count = constant 3",
        "copy, read next; read other.count; write count",
        "publish, write last = fresh",
        "all, rmw volatile none.ALL.incrementAndGet() = step",
        "loop, read total loop; write total = step loop",
        "spin, read volatile closed loop polled",
        "spinBare, read volatile closed loop polled",
        "work, read volatile closed loop; read total loop; write total = step loop",
        "bound, read count loop; write last",
        "walk, read next; read other.next loop; read other.next loop",
        "choose, read next; write other.count = constant 1",
        "tries, write count = constant 1; read count; write count = constant 2",
        "<init>, write limit = constant 5"
    })
    void fields_are_read_and_written(String method, String effects) {
        check(plain, "p.Plain", method, effects);
    }

    @ParameterizedTest
    @CsvSource({
        "get, read h",
        "set, write h = constant 1",
        "getVolatile, read volatile h",
        "setVolatile, write volatile h = constant 1",
        "getOpaque, read opaque h",
        "setOpaque, write opaque h = constant 1",
        "getAcquire, read ordered h",
        "setRelease, write ordered h = constant 1",
        "compareAndSet, rmw volatile h = constant 2 conditional",
        "exchange, rmw volatile h = constant 2 conditional",
        "casLoop, read volatile h loop; cas-loop volatile h = step conditional loop",
        "getAndAdd, rmw volatile h = step",
        "getAndAddRelease, rmw ordered h = step",
        "getAndSet, rmw volatile h = constant 5",
        "or, rmw volatile h",
        "step, read opaque h; write ordered h = step",
        "mixed, read h; write ordered h = step",
        "ofOther, write volatile other.h = constant 0",
        "stat, write volatile none.s = constant 1",
        "element, read array; write ordered array[any] = constant 1",
        "constant, read array; rmw volatile array[3] = step",
        "helped, write ordered helped = constant null",
        "boxed, write other.x = constant 1",
        "fence, write ordered h = constant 1",
        "fences, write volatile h = constant 1",
        "after, read ordered h",
        "lazySet, write ordered l = constant 1",
        "lSet, write volatile l = constant 2",
        "lGet, read volatile l",
        "lAdd, rmw volatile l = step",
        "lCas, rmw volatile l = constant 1 conditional",
        "iUp, rmw volatile i = step",
        "iUpdate, rmw volatile i",
        "iSwap, rmw volatile i = constant 0",
        "rCas, rmw volatile r conditional",
        "rNew, write volatile r = fresh",
        "capped, read volatile l loop; cas-loop volatile l conditional loop"
    })
    void var_handles_and_updaters_stand_for_their_fields(String method, String effects) {
        check(handles, "p.Handles", method, effects);
    }

    @ParameterizedTest
    @CsvSource({
        "put, write ordered p",
        "volatilePut, write volatile c",
        "plainPut, write c",
        "get, read volatile p",
        "cas, rmw volatile p conditional",
        "add, rmw volatile p = step",
        "offer, read buffer; read c; write ordered buffer[any]",
        "poll, read buffer; read q; read volatile buffer[any]",
        "deep, read buffer; write ordered buffer[any]",
        "touch, read sums; read sums[3]; write sums[3]"
    })
    void offsets_stand_for_fields_and_helpers_for_elements(String method, String effects) {
        check(unsafe, "p.Ring", method, effects);
    }

    @ParameterizedTest
    @CsvSource({
        "hit, read hits; rmw volatile hits.incrementAndGet() = step",
        "hits, read hits; read volatile hits.get()",
        "push, read head loop; read volatile head.get() loop; read head loop; "
                + "cas-loop volatile head.compareAndSet() conditional loop",
        "lazy, read hits; write ordered hits.lazySet() = constant 3",
        "add, read adder; rmw volatile adder.increment() = step",
        "sum, read adder; read volatile adder.sum()",
        "constant, read perThread; rmw volatile perThread[3] = step; read raw; write raw[2] = constant 1",
        "computed, read perThread; write ordered perThread[any] = constant 1; read raw; read raw[any]; write raw[any]",
        "own, read raw; read raw[own]; write raw[own]",
        "ownByThreadLocal, read perThread; read slot; rmw volatile perThread[own] = step",
        "random, read raw; read raw[any]; write raw[any]",
        "length, read raw; read raw.length",
        "objects, read all; read all[1]; write other.guarded = constant 4",
        "locked, read lock; rmw volatile lock.lock(); read guarded locked; write guarded = step locked; "
                + "read lock locked; rmw volatile lock.unlock(); read lock locked; rmw volatile lock.unlock(); "
                + "write guarded = constant 0",
        "block, read guarded locked; write guarded = step locked; write guarded = constant 2",
        "monitor, read monitor; rmw volatile monitor.synchronized(); read guarded locked; "
                + "write guarded = step locked",
        "whole, read guarded locked; write guarded = step locked",
        "counted, read counter; read hits; rmw volatile hits.incrementAndGet() = step; read counter; "
                + "read other.mine; rmw volatile other.mine.incrementAndGet() = step"
    })
    void atomics_arrays_and_locks_are_other_objects(String method, String effects) {
        check(objects, "p.Objects", method, effects);
    }

    @Test
    void a_thread_uses_the_element_that_it_was_given() {
        check(
                objects,
                "p.Objects",
                "lambda$start$0",
                "read raw; read raw[own]; write raw[own]; write guarded = constant 1");
        check(objects, "p.Objects", "lambda$start$1", "read raw; read raw[own]; write raw[own]");
        check(
                objects,
                "p.Worker",
                "run",
                "read counts; read id; read counts[own]; write counts[own]; read counts; read id; read counts[own]; "
                        + "write done");
    }

    @Test
    void calls_name_their_receiver_and_lambdas_whom_they_are_given_to() {
        assertThat(EffectWords.calls(plain, "p.Plain", "loop")).containsExactly("self Plain.read");
        assertThat(EffectWords.calls(objects, "p.Objects", "start"))
                .containsExactly(
                        "self Objects.lambda$start$0 deferred to java.lang.Thread.<init>",
                        "self Objects.lambda$start$1 loop deferred to java.util.concurrent.ExecutorService.execute",
                        "self Objects.hit deferred");
        assertThat(EffectWords.calls(objects, "p.Worker", "start"))
                .containsExactly("self Worker.run deferred to java.lang.Thread.<init>");
        assertThat(EffectWords.calls(objects, "p.Launch", "go"))
                .containsExactly(
                        "fresh Worker.<init>",
                        "fresh Worker.run deferred to java.lang.Thread.<init>",
                        "fresh Direct.<init>",
                        "fresh Direct.run deferred to p.Direct.start",
                        "fresh Direct.start");
    }

    @Test
    void places_have_lines_and_the_method_around_a_lambda() {
        FieldEffect effect = EffectWords.method(objects, "p.Objects", "lambda$start$1")
                .effects()
                .get(0);
        assertThat(effect.place().words()).isEqualTo("Objects.start:" + line(OBJECTS, "int me = i"));
        assertThat(EffectWords.method(objects, "p.Objects", "lambda$start$1").is(CodeMethod.Trait.SYNTHETIC))
                .isTrue();
        assertThat(EffectWords.method(plain, "p.Plain", "add")
                        .effects()
                        .get(0)
                        .place()
                        .words())
                .isEqualTo("Plain.add:" + line(PLAIN, "void add"));
    }

    private static int line(String source, String text) {
        return source.substring(0, source.indexOf(text)).split("\n", -1).length;
    }

    @Test
    void fields_that_others_may_use_unseen_say_so() {
        assertThat(traits("p.Bean", "marked")).contains(DeclaredField.Trait.ANNOTATED);
        assertThat(traits("p.Bean", "byName")).contains(DeclaredField.Trait.NAMED_BY_STRING);
        assertThat(traits("p.Bean", "updated")).doesNotContain(DeclaredField.Trait.NAMED_BY_STRING);
        assertThat(traits("p.Bean", "quiet")).isEmpty();
        assertThat(traits("p.Bean", "skipped")).contains(DeclaredField.Trait.TRANSIENT);
        assertThat(traits("p.Bean", "seen")).contains(DeclaredField.Trait.PROTECTED);
        assertThat(names.of("p.Bean").orElseThrow().traits())
                .contains(CodeClass.Trait.HAS_NATIVE, CodeClass.Trait.SERIALIZABLE);
        assertThat(names.of("p.SubBean").orElseThrow().traits()).containsExactly(CodeClass.Trait.SERIALIZABLE);
        assertThat(names.of("p.Whole").orElseThrow().traits())
                .containsExactlyInAnyOrder(CodeClass.Trait.FINAL, CodeClass.Trait.REFLECTS);
        check(names, "p.Point", "hashCode", "read x; read y");
    }

    private static java.util.Set<DeclaredField.Trait> traits(String type, String field) {
        return names.of(type).orElseThrow().fields().stream()
                .filter(each -> each.name().equals(field))
                .findFirst()
                .orElseThrow()
                .traits();
    }

    @Test
    void effects_are_found_by_the_class_that_declares_the_field() {
        assertThat(plain.effectsOn(new CodeField("p.Base", "cursor"))).hasSize(1);
        assertThat(plain.effectsOn(new CodeField("p.Plain", "cursor"))).isEmpty();
        assertThat(objects.method("p.Counter", new CodeSignature("add", "(J)V")))
                .isPresent();
        assertThat(EffectWords.method(objects, "p.Objects", "block").is(CodeMethod.Trait.LOCKS_SELF))
                .isTrue();
        assertThat(EffectWords.method(objects, "p.Objects", "monitor").is(CodeMethod.Trait.LOCKS_SELF))
                .isFalse();
    }
}
