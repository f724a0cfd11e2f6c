package libraries;

import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.SleepingWaitStrategy;
import com.lmax.disruptor.dsl.Disruptor;
import com.lmax.disruptor.dsl.ProducerType;
import java.util.concurrent.ThreadFactory;

/** Drives a disruptor with one thread that publishes and one that handles events. */
final class Disruptors {

    private static final int CAPACITY = 1 << 10;

    private Disruptors() {}

    /** An event. */
    static final class Event {
        long value;
    }

    static void run() throws InterruptedException {
        ThreadFactory threads = handler -> new Thread(handler, "handler-1");
        Disruptor<Event> disruptor =
                new Disruptor<>(Event::new, CAPACITY, threads, ProducerType.SINGLE, new SleepingWaitStrategy());
        disruptor.handleEventsWith((event, sequence, isEndOfBatch) -> {});
        RingBuffer<Event> ring = disruptor.start();
        Programs.join(Programs.thread("publisher-1", () -> publish(ring)));
        disruptor.shutdown();
    }

    private static void publish(RingBuffer<Event> ring) {
        for (int i = 0; i < Programs.ITEMS; i++) {
            long sequence = ring.next();
            ring.get(sequence).value = i;
            ring.publish(sequence);
        }
    }
}
