package recorded;

import static org.jctools.util.UnsafeAccess.UNSAFE;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/** Small programs that know what they do to memory off the heap and to elements. Each turn is done 2,000 times. */
public final class MemoryPrograms {

    private static final int TURNS = 2000;

    private MemoryPrograms() {}

    public static void main(String[] arguments) throws Exception {
        Addresses addresses = new Addresses();
        both("address-writer", addresses::write, "address-adder", addresses::add);
        Buffers buffers = new Buffers();
        both("buffer-writer", buffers::write, "buffer-reader", buffers::read);
        Elements elements = new Elements();
        both("element-adder", elements::add, "element-reader", elements::read);
        Reused reused = new Reused();
        both("reuser-1", reused::first, "reuser-2", reused::second);
        Atomics atomics = new Atomics();
        both("atomic-adder", atomics::add, "atomic-reader", atomics::read);
        Large large = new Large();
        both("large-writer", large::write, "large-reader", large::read);
        System.out.println(
                addresses.sum() + " " + buffers.sum() + " " + elements.sum() + " " + atomics.sum() + " " + large.sum());
    }

    /** One thread after the other, so that plain counts are exact. */
    private static void both(String first, Runnable one, String second, Runnable other) throws InterruptedException {
        for (Runnable turn : new Runnable[] {one, other}) {
            Thread thread = new Thread(
                    () -> {
                        for (int i = 0; i < TURNS; i++) {
                            turn.run();
                        }
                    },
                    turn == one ? first : second);
            thread.start();
            thread.join();
        }
    }

    static final class Addresses {
        final long at;

        Addresses() {
            at = UNSAFE.allocateMemory(64);
            UNSAFE.setMemory(at, 64, (byte) 0);
        }

        void write() {
            UNSAFE.putLong(at + 8, UNSAFE.getLong(at) + 1);
            UNSAFE.putOrderedLong(null, at + 16, 3);
            UNSAFE.putByte(at + 24, (byte) 5);
        }

        void add() {
            UNSAFE.getAndAddInt(null, at + 32, 2);
            UNSAFE.compareAndSwapLong(null, at, 0, 0);
            UNSAFE.copyMemory(at + 16, at + 40, 8);
        }

        String sum() {
            return UNSAFE.getLong(at + 8) + "/" + UNSAFE.getInt(at + 32) + "/" + UNSAFE.getLong(at + 40);
        }
    }

    static final class Buffers {
        private static final VarHandle LONGS =
                MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());
        final ByteBuffer all = ByteBuffer.allocateDirect(256).order(ByteOrder.nativeOrder());
        final ByteBuffer part = all.slice(64, 64).order(ByteOrder.nativeOrder());
        final LongBuffer longs = all.duplicate().order(ByteOrder.nativeOrder()).asLongBuffer();
        final ByteBuffer heap = ByteBuffer.allocate(16);

        void write() {
            all.putLong(0, 7);
            part.putInt(4, 9);
            longs.put(2, longs.get(1) + 1);
            LONGS.getAndAdd(all, 24, 2L);
            all.clear();
            all.put((byte) 1).putShort((short) 2);
            heap.putLong(0, 1);
        }

        void read() {
            LONGS.getVolatile(part, 8);
            all.position(128);
            all.get(new byte[16]);
            all.getLong(0);
            try {
                all.getLong(252);
            } catch (IndexOutOfBoundsException expected) {
                all.getFloat(200);
            }
        }

        String sum() {
            return all.getLong(24) + "/" + all.getLong(16) + "/" + all.getInt(68);
        }
    }

    static final class Elements {
        private static final VarHandle LONGS = MethodHandles.arrayElementVarHandle(long[].class);
        final AtomicLongArray counts = new AtomicLongArray(8);
        final long[] slots = new long[8];
        final AtomicLongArray many = new AtomicLongArray(1000);
        int next;

        void add() {
            counts.incrementAndGet(3);
            LONGS.getAndAdd(slots, 2, 1L);
            many.set(next++ % 1000, 1);
        }

        void read() {
            counts.get(5);
            LONGS.getAcquire(slots, 2);
            UNSAFE.getLongVolatile(
                    slots, UNSAFE.arrayBaseOffset(long[].class) + 4L * UNSAFE.arrayIndexScale(long[].class));
        }

        String sum() {
            return counts.get(3) + "/" + (long) LONGS.get(slots, 2);
        }
    }

    /** Extends an atomic, and has a method of a name that others have too. */
    static final class Ticket extends AtomicLong {
        private static final long serialVersionUID = 1;

        long draw() {
            return getAndIncrement();
        }
    }

    /** Has methods of the names of atomics, but is none. */
    static final class Lookalike {
        long value;

        long get() {
            return value;
        }
    }

    static final class Atomics {
        final LongAdder adder = new LongAdder();
        final LongAccumulator highest = new LongAccumulator(Long::max, 0);
        final Ticket ticket = new Ticket();
        final Lookalike lookalike = new Lookalike();

        void add() {
            adder.increment();
            highest.accumulate(ticket.draw());
            ticket.incrementAndGet();
        }

        void read() {
            adder.sum();
            highest.get();
            ticket.get();
            lookalike.get();
        }

        String sum() {
            return adder.sum() + "/" + highest.get() + "/" + ticket.get();
        }
    }

    /** Memory is freed, and the next block may be where it was. */
    static final class Reused {
        void first() {
            long at = UNSAFE.allocateMemory(48);
            UNSAFE.putInt(at + 4, 1);
            UNSAFE.freeMemory(at);
        }

        void second() {
            long at = UNSAFE.allocateMemory(48);
            long larger = UNSAFE.reallocateMemory(at, 96);
            UNSAFE.putInt(larger + 80, 1);
            UNSAFE.freeMemory(larger);
        }
    }

    /** A counter and more slots than are told apart, by one instruction. */
    static final class Large {
        final ByteBuffer memory = ByteBuffer.allocateDirect(1 << 16);
        int turn;

        void write() {
            for (int i = 0; i < 2; i++) {
                put(i == 0 ? 0 : 64 + turn++ * 8);
            }
        }

        private void put(int at) {
            memory.putLong(at, 1);
        }

        void read() {
            memory.getLong(8);
        }

        String sum() {
            return memory.getLong(0) + "/" + turn;
        }
    }
}
