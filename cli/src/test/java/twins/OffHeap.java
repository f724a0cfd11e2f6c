package twins;

import static org.jctools.util.UnsafeAccess.UNSAFE;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import net.openhft.chronicle.bytes.Bytes;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Rings off the heap: one thread moves the tail at one offset, and one the head at another. Each kind of memory is a
 * class, so that its blocks have a name of their own.
 */
final class OffHeap {

    private static final int BYTES = 512;
    private static final int HEAD = 128;
    private static final int NEAR = HEAD + 8;
    private static final int FAR = HEAD + 192;

    private OffHeap() {}

    /** The two numbers of a ring. */
    interface Ring {
        void put();

        void take();
    }

    static final class ByUnsafe implements Ring {
        private final long tail;
        private final long head;

        private ByUnsafe(long address, int tail) {
            UNSAFE.setMemory(address, BYTES, (byte) 0);
            this.tail = address + tail;
            this.head = address + HEAD;
        }

        static ByUnsafe together() {
            return new ByUnsafe(UNSAFE.allocateMemory(BYTES), NEAR);
        }

        static ByUnsafe apart() {
            return new ByUnsafe(UNSAFE.allocateMemory(BYTES), FAR);
        }

        @Override
        public void put() {
            UNSAFE.putLong(tail, UNSAFE.getLong(tail) + 1);
        }

        @Override
        public void take() {
            UNSAFE.putLong(head, UNSAFE.getLong(head) + 1);
        }
    }

    static final class ByBuffer implements Ring {
        private final ByteBuffer memory;
        private final int tail;

        private ByBuffer(ByteBuffer memory, int tail) {
            this.memory = memory.order(ByteOrder.nativeOrder());
            this.tail = tail;
        }

        static ByBuffer together() {
            return new ByBuffer(ByteBuffer.allocateDirect(BYTES), NEAR);
        }

        static ByBuffer apart() {
            return new ByBuffer(ByteBuffer.allocateDirect(BYTES), FAR);
        }

        @Override
        public void put() {
            memory.putLong(tail, memory.getLong(tail) + 1);
        }

        @Override
        public void take() {
            memory.putLong(HEAD, memory.getLong(HEAD) + 1);
        }
    }

    static final class ByAgrona implements Ring {
        private final UnsafeBuffer memory;
        private final int tail;

        private ByAgrona(ByteBuffer memory, int tail) {
            this.memory = new UnsafeBuffer(memory);
            this.tail = tail;
        }

        static ByAgrona together() {
            return new ByAgrona(ByteBuffer.allocateDirect(BYTES), NEAR);
        }

        static ByAgrona apart() {
            return new ByAgrona(ByteBuffer.allocateDirect(BYTES), FAR);
        }

        @Override
        public void put() {
            memory.putLongOrdered(tail, memory.getLong(tail) + 1);
        }

        @Override
        public void take() {
            memory.getAndAddLong(HEAD, 1);
        }
    }

    static final class ByChronicle implements Ring {
        private final Bytes<Void> memory;
        private final int tail;

        private ByChronicle(Bytes<Void> memory, int tail) {
            this.memory = memory;
            memory.singleThreadedCheckDisabled(true);
            this.tail = tail;
        }

        static ByChronicle together() {
            return new ByChronicle(Bytes.allocateDirect(BYTES), NEAR);
        }

        static ByChronicle apart() {
            return new ByChronicle(Bytes.allocateDirect(BYTES), FAR);
        }

        @Override
        public void put() {
            memory.writeOrderedLong(tail, memory.readLong(tail) + 1);
        }

        @Override
        public void take() {
            memory.addAndGetLong(HEAD, 1);
        }
    }

    static void run(Turns turns) throws InterruptedException {
        for (Ring ring : new Ring[] {
            ByUnsafe.together(), ByUnsafe.apart(), ByBuffer.together(), ByBuffer.apart(),
            ByAgrona.together(), ByAgrona.apart(), ByChronicle.together(), ByChronicle.apart()
        }) {
            turns.both("producer", ring::put, "consumer", ring::take);
        }
    }
}
