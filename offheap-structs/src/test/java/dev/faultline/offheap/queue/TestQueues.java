package dev.faultline.offheap.queue;

import dev.faultline.offheap.interleave.Scenario;
import dev.faultline.offheap.interleave.SteppedWindow;
import dev.faultline.offheap.memory.Block;
import dev.faultline.offheap.memory.IntWord;
import dev.faultline.offheap.memory.IntWords;
import dev.faultline.offheap.memory.Window;
import dev.faultline.offheap.queue.AlfQueue.Mode;
import dev.faultline.offheap.queue.AlfQueue.Variant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Queues of all kinds, and queues made of their parts, so that tests can replace one by a wrong one. */
final class TestQueues {

    /** For {@code @MethodSource}: {@link #kinds}. */
    static final String KINDS = "dev.faultline.offheap.queue.TestQueues#kinds";

    /** A mode of a variant. */
    record Kind(Variant variant, Mode mode) {

        int leastCapacity() {
            return variant == Variant.SEQUENCED ? 2 : 1;
        }

        AlfQueue queue(int capacity) {
            return AlfQueue.create(capacity, mode, variant);
        }

        /** A queue with the indices of one through which {@code passed} elements have passed. */
        AlfQueue queue(int capacity, int passed) {
            return QueueFactory.create(capacity, mode, variant, passed);
        }
    }

    /** Makes a queue on words that stop before each access. */
    interface SteppedMaker {

        Stepped make(Scenario scenario, int capacity, Mode mode, int passed);
    }

    /** Makes a side, like its constructor. */
    interface SideMaker {

        QueueSide make(long head, long tail, long oppositeTail, int ahead, boolean many);
    }

    /** Makes a side that remembers, like its constructor. */
    interface RememberingMaker {

        QueueSide make(long head, long tail, long oppositeTail, long seen, int capacity, int ahead, boolean many);
    }

    /** Makes a side with sequence numbers, like its constructor. */
    interface SequencedMaker {

        QueueSide make(long head, long oppositeHead, long sequences, int capacity, int ahead, boolean many);
    }

    /** Makes a ring, like its constructor. */
    interface RingMaker {

        Ring make(long start, int capacity);
    }

    /** A queue on words that stop before each access, and its indices: each at most the next, at every moment. */
    record Stepped(AlfQueue queue, IntWord... ascending) {}

    private TestQueues() {}

    static Stream<Kind> kinds() {
        List<Kind> kinds = new ArrayList<>();
        for (Variant variant : Variant.values()) {
            for (Mode mode : Mode.values()) {
                kinds.add(new Kind(variant, mode));
            }
        }
        return kinds.stream();
    }

    static AlfQueue offHeap(int capacity, Mode mode, int passed, RingMaker ring) {
        Block block = Block.allocate(256 + 8L * capacity, 64);
        for (int i = 0; i < 4; i++) {
            block.int32(64L * i).setVolatile(passed);
        }
        return new AlfQueue(
                Window.on(block, AlfQueue.class),
                new RingSide(0, 64, 192, capacity, mode.manyProducers()),
                new RingSide(128, 192, 64, 0, mode.manyConsumers()),
                ring.make(256, capacity),
                block::close);
    }

    /** A queue with sequence numbers and several threads on both sides. */
    static AlfQueue sequencedOffHeap(int capacity, SequencedMaker side) {
        Block block = Block.allocate(128 + 12L * capacity, 64);
        long at = 128 + 8L * capacity;
        IntWords sequences = block.int32s(at, capacity, 4);
        for (int i = 0; i < capacity; i++) {
            sequences.setVolatile(i, i);
        }
        return new AlfQueue(
                Window.on(block, AlfQueue.class),
                side.make(0, 64, at, capacity, capacity, true),
                side.make(64, 0, at, capacity, 0, true),
                new Ring(128, capacity),
                block::close);
    }

    static SteppedMaker posted(SideMaker side) {
        return remembered((head, tail, oppositeTail, seen, capacity, ahead, many) ->
                side.make(head, tail, oppositeTail, ahead, many));
    }

    static SteppedMaker remembered(RememberingMaker side) {
        return (scenario, capacity, mode, passed) -> {
            IntWord putHead = scenario.int32("producer.head", passed);
            IntWord putTail = scenario.int32("producer.tail", passed);
            IntWord putSeen = scenario.int32("producer.seen", passed);
            IntWord takeHead = scenario.int32("consumer.head", passed);
            IntWord takeTail = scenario.int32("consumer.tail", passed);
            IntWord takeSeen = scenario.int32("consumer.seen", passed);
            SteppedWindow words = new SteppedWindow();
            long putTailAt = words.add(putTail);
            long takeTailAt = words.add(takeTail);
            AlfQueue queue = new AlfQueue(
                    words,
                    side.make(
                            words.add(putHead),
                            putTailAt,
                            takeTailAt,
                            words.add(putSeen),
                            capacity,
                            capacity,
                            mode.manyProducers()),
                    side.make(
                            words.add(takeHead),
                            takeTailAt,
                            putTailAt,
                            words.add(takeSeen),
                            capacity,
                            0,
                            mode.manyConsumers()),
                    new Ring(words.add(scenario.int64s("ring", capacity)), capacity),
                    () -> {});
            return new Stepped(queue, takeTail, takeHead, putTail, putHead);
        };
    }

    static SteppedMaker sequenced(SequencedMaker side) {
        return (scenario, capacity, mode, passed) -> {
            IntWord putHead = scenario.int32("producer.head", passed);
            IntWord takeHead = scenario.int32("consumer.head", passed);
            IntWords sequences = scenario.int32s("sequences", capacity);
            for (int i = passed; i != passed + capacity; i++) {
                sequences.set(i & capacity - 1, i);
            }
            SteppedWindow words = new SteppedWindow();
            long putHeadAt = words.add(putHead);
            long takeHeadAt = words.add(takeHead);
            long at = words.add(sequences);
            AlfQueue queue = new AlfQueue(
                    words,
                    side.make(putHeadAt, takeHeadAt, at, capacity, capacity, mode.manyProducers()),
                    side.make(takeHeadAt, putHeadAt, at, capacity, 0, mode.manyConsumers()),
                    new Ring(words.add(scenario.int64s("ring", capacity)), capacity),
                    () -> {});
            return new Stepped(queue, takeHead, putHead);
        };
    }
}
