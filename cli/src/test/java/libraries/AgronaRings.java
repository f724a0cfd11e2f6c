package libraries;

import java.nio.ByteBuffer;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/** Drives the ring buffers of Agrona, which lie in memory off the heap, with one thread at each end. */
final class AgronaRings {

    private static final int CAPACITY = 1 << 12;
    private static final int MESSAGE_BYTES = 8;

    private AgronaRings() {}

    static void run() throws InterruptedException {
        drive(new ManyToOneRingBuffer(manyToOne()));
        drive(new OneToOneRingBuffer(oneToOne()));
    }

    private static UnsafeBuffer manyToOne() {
        return new UnsafeBuffer(ByteBuffer.allocateDirect(CAPACITY + RingBufferDescriptor.TRAILER_LENGTH));
    }

    private static UnsafeBuffer oneToOne() {
        return new UnsafeBuffer(ByteBuffer.allocateDirect(CAPACITY + RingBufferDescriptor.TRAILER_LENGTH));
    }

    private static void drive(RingBuffer ring) throws InterruptedException {
        Programs.join(
                Programs.thread("producer-1", () -> produce(ring)), Programs.thread("consumer-1", () -> consume(ring)));
    }

    private static void produce(RingBuffer ring) {
        UnsafeBuffer message = new UnsafeBuffer(new byte[MESSAGE_BYTES]);
        for (int i = 0; i < Programs.ITEMS; i++) {
            while (!ring.write(1, message, 0, MESSAGE_BYTES)) {
                Thread.onSpinWait();
            }
        }
    }

    private static void consume(RingBuffer ring) {
        MessageHandler handler = (type, buffer, index, length) -> {};
        for (int taken = 0; taken < Programs.ITEMS; ) {
            taken += ring.read(handler);
        }
    }
}
