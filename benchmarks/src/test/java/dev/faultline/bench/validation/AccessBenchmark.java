package dev.faultline.bench.validation;

import dev.faultline.offheap.memory.Block;
import dev.faultline.offheap.memory.LongWord;
import dev.faultline.offheap.memory.LongWords;
import dev.faultline.offheap.memory.RawMemory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a word costs beyond the access: the same loops over the same memory by bare Unsafe, which checks nothing, by a
 * VarHandle on a buffer, which checks bounds, and by our words, which check bounds and whether the block is open.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@OperationsPerInvocation(AccessBenchmark.WORDS)
public class AccessBenchmark {

    static final int WORDS = 512;

    // bare Unsafe, by handles: constant ones are compiled to the access itself, and javac warns of the class
    private static final MethodHandle GET = unsafe("getLongVolatile", long.class, Object.class, long.class);
    private static final MethodHandle GET_PLAIN = unsafe("getLong", long.class, long.class);
    private static final MethodHandle PUT_PLAIN = unsafe("putLong", void.class, long.class, long.class);
    private static final MethodHandle PUT = unsafe("putOrderedLong", void.class, Object.class, long.class, long.class);
    private static final MethodHandle ADD = unsafe("getAndAddLong", long.class, Object.class, long.class, long.class);
    private static final MethodHandle CAS =
            unsafe("compareAndSwapLong", boolean.class, Object.class, long.class, long.class, long.class);
    private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final long[] heap = new long[WORDS];
    private Block block;
    private long address;
    private ByteBuffer buffer;
    private LongWords words;
    private LongWord word;

    private static MethodHandle unsafe(String method, Class<?> result, Class<?>... parameters) {
        try {
            Class<?> type = Class.forName("sun.misc.Unsafe");
            Field field = type.getDeclaredField("theUnsafe");
            field.setAccessible(true);
            return MethodHandles.lookup()
                    .findVirtual(type, method, MethodType.methodType(result, parameters))
                    .bindTo(field.get(null));
        } catch (ReflectiveOperationException refused) {
            throw new IllegalStateException(refused);
        }
    }

    /** Fills the memory. */
    @Setup
    public void fill() {
        block = Block.allocate(WORDS * 8L, 64);
        address = RawMemory.address(block);
        buffer = ByteBuffer.allocateDirect(WORDS * 8 + 64).alignedSlice(64).order(ByteOrder.nativeOrder());
        words = block.int64s(0, WORDS, 8);
        word = block.int64(64);
        for (int i = 0; i < WORDS; i++) {
            words.set(i, i);
            LONGS.set(buffer, i * 8, (long) i);
        }
    }

    /** Frees the memory. */
    @TearDown
    public void free() {
        block.close();
    }

    @Benchmark
    public long readUnsafe() throws Throwable {
        long sum = 0;
        for (int i = 0; i < WORDS; i++) {
            sum += (long) GET.invokeExact((Object) null, address + ((long) i << 3));
        }
        return sum;
    }

    @Benchmark
    public long readVarHandle() {
        long sum = 0;
        for (int i = 0; i < WORDS; i++) {
            sum += (long) LONGS.getVolatile(buffer, i << 3);
        }
        return sum;
    }

    @Benchmark
    public long readWords() {
        long sum = 0;
        for (int i = 0; i < WORDS; i++) {
            sum += words.getVolatile(i);
        }
        return sum;
    }

    @Benchmark
    public long readPlainUnsafe() throws Throwable {
        long sum = 0;
        for (int i = 0; i < WORDS; i++) {
            sum += (long) GET_PLAIN.invokeExact(address + ((long) i << 3));
        }
        return sum;
    }

    @Benchmark
    public long readPlainVarHandle() {
        long sum = 0;
        for (int i = 0; i < WORDS; i++) {
            sum += (long) LONGS.get(buffer, i << 3);
        }
        return sum;
    }

    @Benchmark
    public long readPlainWords() {
        long sum = 0;
        for (int i = 0; i < WORDS; i++) {
            sum += words.get(i);
        }
        return sum;
    }

    @Benchmark
    public void writePlainUnsafe() throws Throwable {
        for (int i = 0; i < WORDS; i++) {
            PUT_PLAIN.invokeExact(address + ((long) i << 3), (long) i);
        }
    }

    @Benchmark
    public void writePlainVarHandle() {
        for (int i = 0; i < WORDS; i++) {
            LONGS.set(buffer, i << 3, (long) i);
        }
    }

    @Benchmark
    public void writePlainWords() {
        for (int i = 0; i < WORDS; i++) {
            words.set(i, i);
        }
    }

    @Benchmark
    public void writeUnsafe() throws Throwable {
        for (int i = 0; i < WORDS; i++) {
            PUT.invokeExact((Object) null, address + ((long) i << 3), (long) i);
        }
    }

    @Benchmark
    public void writeVarHandle() {
        for (int i = 0; i < WORDS; i++) {
            LONGS.setRelease(buffer, i << 3, (long) i);
        }
    }

    @Benchmark
    public void writeWords() {
        for (int i = 0; i < WORDS; i++) {
            words.setOrdered(i, i);
        }
    }

    @Benchmark
    public long addUnsafe() throws Throwable {
        long last = 0;
        for (int i = 0; i < WORDS; i++) {
            last += (long) ADD.invokeExact((Object) null, address + 64, 1L);
        }
        return last;
    }

    @Benchmark
    public long addVarHandle() {
        long last = 0;
        for (int i = 0; i < WORDS; i++) {
            last += (long) LONGS.getAndAdd(buffer, 64, 1L);
        }
        return last;
    }

    @Benchmark
    public long addWord() {
        long last = 0;
        for (int i = 0; i < WORDS; i++) {
            last += word.getAndAdd(1);
        }
        return last;
    }

    @Benchmark
    public int casUnsafe() throws Throwable {
        int done = 0;
        for (int i = 0; i < WORDS; i++) {
            long seen = (long) GET.invokeExact((Object) null, address + 64);
            done += (boolean) CAS.invokeExact((Object) null, address + 64, seen, seen + 1) ? 1 : 0;
        }
        return done;
    }

    @Benchmark
    public int casVarHandle() {
        int done = 0;
        for (int i = 0; i < WORDS; i++) {
            long seen = (long) LONGS.getVolatile(buffer, 64);
            done += LONGS.compareAndSet(buffer, 64, seen, seen + 1) ? 1 : 0;
        }
        return done;
    }

    @Benchmark
    public int casWord() {
        int done = 0;
        for (int i = 0; i < WORDS; i++) {
            long seen = word.getVolatile();
            done += word.compareAndSet(seen, seen + 1) ? 1 : 0;
        }
        return done;
    }

    @Benchmark
    public long readOneUnsafe() throws Throwable {
        long sum = 0;
        for (int i = 0; i < WORDS; i++) {
            sum += (long) GET.invokeExact((Object) null, address + 64);
        }
        return sum;
    }

    @Benchmark
    public long readOneVarHandle() {
        long sum = 0;
        for (int i = 0; i < WORDS; i++) {
            sum += (long) LONGS.getVolatile(buffer, 64);
        }
        return sum;
    }

    @Benchmark
    public long readOneWord() {
        long sum = 0;
        for (int i = 0; i < WORDS; i++) {
            sum += word.getVolatile();
        }
        return sum;
    }

    @Benchmark
    public long[] copyUnsafe() throws Throwable {
        for (int i = 0; i < WORDS; i++) {
            heap[i] = (long) GET_PLAIN.invokeExact(address + ((long) i << 3));
        }
        return heap;
    }

    @Benchmark
    public long[] copyVarHandle() {
        for (int i = 0; i < WORDS; i++) {
            heap[i] = (long) LONGS.get(buffer, i << 3);
        }
        return heap;
    }

    @Benchmark
    public long[] copyWords() {
        words.getAll(0, heap, 0, WORDS);
        return heap;
    }
}
