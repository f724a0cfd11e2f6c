package dev.faultline.offheap.queue;

import dev.faultline.layout.StructLayout;
import dev.faultline.offheap.kernel.AlfQueueStruct;
import dev.faultline.offheap.memory.Block;
import dev.faultline.offheap.memory.IntWords;
import dev.faultline.offheap.memory.StructView;
import dev.faultline.offheap.memory.Window;
import dev.faultline.offheap.queue.AlfQueue.Mode;
import dev.faultline.offheap.queue.AlfQueue.Variant;
import java.util.Objects;

/** Makes queues in blocks of their own, with the layouts of the catalogue. */
final class QueueFactory {

    private static final int MOST_SLOTS = 65_536;

    private final int capacity;
    private final Mode mode;
    private final StructLayout layout;
    private final Block block;
    private final StructView struct;
    private final Window window;

    private QueueFactory(int capacity, Mode mode, StructLayout layout) {
        this.capacity = capacity;
        this.mode = mode;
        this.layout = layout;
        this.block = Block.allocate(layout.byteSize(), layout.byteAlignment());
        this.struct = StructView.bind(layout, block, 0);
        this.window = Window.on(block, AlfQueue.class);
        struct.int32("size").set(capacity);
        struct.int32("mask").set(capacity - 1);
    }

    /** Makes an empty queue with the indices of one through which {@code passed} elements have passed. */
    static AlfQueue create(int capacity, Mode mode, Variant variant, int passed) {
        Objects.requireNonNull(mode);
        int least = variant == Variant.SEQUENCED ? 2 : 1; // one slot would have one number for filled and for empty
        if (Integer.bitCount(capacity) != 1 || capacity < least || capacity > MOST_SLOTS) {
            throw new IllegalArgumentException(
                    "capacity=" + capacity + ", expected a power of two from " + least + " to " + MOST_SLOTS);
        }
        return switch (variant) {
            case POSTED -> new QueueFactory(capacity, mode, AlfQueueStruct.ofSlots(capacity)).posted(passed);
            case REMEMBERED -> new QueueFactory(capacity, mode, AlfQueueStruct.remembered(capacity)).remembered(passed);
            case SEQUENCED -> new QueueFactory(capacity, mode, AlfQueueStruct.sequenced(capacity)).sequenced(passed);
        };
    }

    private AlfQueue posted(int passed) {
        long putTail = index("producer.tail", passed);
        long takeTail = index("consumer.tail", passed);
        return queue(
                RingSide.make(index("producer.head", passed), putTail, takeTail, capacity, mode.manyProducers()),
                RingSide.make(index("consumer.head", passed), takeTail, putTail, 0, mode.manyConsumers()));
    }

    private AlfQueue remembered(int passed) {
        long putTail = index("producer.tail", passed);
        long takeTail = index("consumer.tail", passed);
        return queue(
                RememberingSide.make(
                        index("producer.head", passed),
                        putTail,
                        takeTail,
                        index("producer.seen", passed),
                        capacity,
                        capacity,
                        mode.manyProducers()),
                RememberingSide.make(
                        index("consumer.head", passed),
                        takeTail,
                        putTail,
                        index("consumer.seen", passed),
                        capacity,
                        0,
                        mode.manyConsumers()));
    }

    private AlfQueue sequenced(int passed) {
        long putHead = index("producer.head", passed);
        long takeHead = index("consumer.head", passed);
        long sequences = start("sequences");
        IntWords numbers = block.int32s(sequences, capacity, 4);
        for (int i = passed; i != passed + capacity; i++) {
            numbers.setVolatile(i & capacity - 1, i);
        }
        return queue(
                SequencedSide.make(putHead, takeHead, sequences, capacity, capacity, mode.manyProducers()),
                SequencedSide.make(takeHead, putHead, sequences, capacity, 0, mode.manyConsumers()));
    }

    private AlfQueue queue(QueueSide producers, QueueSide consumers) {
        return new AlfQueue(window, producers, consumers, new Ring(start("ring"), capacity), block::close);
    }

    /** Sets an index, and returns where it is. */
    private long index(String field, int passed) {
        struct.int32(field).setVolatile(passed);
        return start(field);
    }

    private long start(String field) {
        return layout.resolve(field).orElseThrow().bytes().start();
    }
}
