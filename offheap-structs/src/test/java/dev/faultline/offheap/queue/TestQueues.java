package dev.faultline.offheap.queue;

import dev.faultline.offheap.interleave.Scenario;
import dev.faultline.offheap.memory.Block;
import dev.faultline.offheap.memory.IntWord;
import dev.faultline.offheap.memory.LongWords;
import dev.faultline.offheap.queue.AlfQueue.Mode;
import java.util.function.Function;

/** Queues made of their parts, so that tests can replace one by a wrong one. */
final class TestQueues {

    /** Makes a side, like its constructor. */
    interface SideMaker {

        RingSide make(IntWord head, IntWord tail, IntWord oppositeTail, int ahead, boolean many);
    }

    /** A queue on words that stop before each access, and its words. */
    record Stepped(AlfQueue queue, IntWord putHead, IntWord putTail, IntWord takeHead, IntWord takeTail) {}

    private TestQueues() {}

    static AlfQueue offHeap(int capacity, Mode mode, int passed, Function<LongWords, Ring> ring) {
        Block block = Block.allocate(256 + 8L * capacity, 64);
        IntWord[] indices = new IntWord[4];
        for (int i = 0; i < indices.length; i++) {
            indices[i] = block.int32(64L * i);
            indices[i].setVolatile(passed);
        }
        return new AlfQueue(
                new RingSide(indices[0], indices[1], indices[3], capacity, mode.manyProducers()),
                new RingSide(indices[2], indices[3], indices[1], 0, mode.manyConsumers()),
                ring.apply(block.int64s(256, capacity, 8)),
                block::close);
    }

    static Stepped stepped(Scenario scenario, int capacity, Mode mode, int passed, SideMaker side) {
        IntWord putHead = scenario.int32("producer.head", passed);
        IntWord putTail = scenario.int32("producer.tail", passed);
        IntWord takeHead = scenario.int32("consumer.head", passed);
        IntWord takeTail = scenario.int32("consumer.tail", passed);
        AlfQueue queue = new AlfQueue(
                side.make(putHead, putTail, takeTail, capacity, mode.manyProducers()),
                side.make(takeHead, takeTail, putTail, 0, mode.manyConsumers()),
                new Ring(scenario.int64s("ring", capacity)),
                () -> {});
        return new Stepped(queue, putHead, putTail, takeHead, takeTail);
    }
}
