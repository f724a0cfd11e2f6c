package dev.faultline.offheap.queue;

import dev.faultline.layout.StructLayout;
import dev.faultline.offheap.kernel.AlfQueueStruct;
import dev.faultline.offheap.memory.Block;
import dev.faultline.offheap.memory.IntWord;
import dev.faultline.offheap.memory.IntWords;
import dev.faultline.offheap.memory.StructView;
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

    private QueueFactory(int capacity, Mode mode, StructLayout layout) {
        this.capacity = capacity;
        this.mode = mode;
        this.layout = layout;
        this.block = Block.allocate(layout.byteSize(), layout.byteAlignment());
        this.struct = StructView.bind(layout, block, 0);
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
        IntWord putTail = index("producer.tail", passed);
        IntWord takeTail = index("consumer.tail", passed);
        return queue(
                new RingSide(index("producer.head", passed), putTail, takeTail, capacity, mode.manyProducers()),
                new RingSide(index("consumer.head", passed), takeTail, putTail, 0, mode.manyConsumers()));
    }

    private AlfQueue remembered(int passed) {
        IntWord putTail = index("producer.tail", passed);
        IntWord takeTail = index("consumer.tail", passed);
        return queue(
                new RememberingSide(
                        index("producer.head", passed),
                        putTail,
                        takeTail,
                        index("producer.seen", passed),
                        capacity,
                        capacity,
                        mode.manyProducers()),
                new RememberingSide(
                        index("consumer.head", passed),
                        takeTail,
                        putTail,
                        index("consumer.seen", passed),
                        capacity,
                        0,
                        mode.manyConsumers()));
    }

    private AlfQueue sequenced(int passed) {
        IntWord putHead = index("producer.head", passed);
        IntWord takeHead = index("consumer.head", passed);
        IntWords sequences = block.int32s(start("sequences"), capacity, 4);
        for (int i = passed; i != passed + capacity; i++) {
            sequences.setVolatile(i & capacity - 1, i);
        }
        return queue(
                new SequencedSide(putHead, takeHead, sequences, capacity, mode.manyProducers()),
                new SequencedSide(takeHead, putHead, sequences, 0, mode.manyConsumers()));
    }

    private AlfQueue queue(QueueSide producers, QueueSide consumers) {
        return new AlfQueue(producers, consumers, new Ring(block.int64s(start("ring"), capacity, 8)), block::close);
    }

    private IntWord index(String field, int passed) {
        IntWord index = struct.int32(field);
        index.setVolatile(passed);
        return index;
    }

    private long start(String field) {
        return layout.resolve(field).orElseThrow().bytes().start();
    }
}
