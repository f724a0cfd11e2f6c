package dev.faultline.offheap.queue;

import dev.faultline.layout.StructLayout;
import dev.faultline.offheap.kernel.AlfQueueStruct;
import dev.faultline.offheap.memory.Block;
import dev.faultline.offheap.memory.StructView;
import java.util.Objects;

/**
 * A bounded queue of longs, off heap, for bulks: one compare-and-set moves as many elements as the caller has, and where one
 * thread has a side to itself, none is needed. After the kernel's {@code alf_queue}, which was posted in 2014.
 *
 * <p>How many threads produce and consume is said once, when the queue is made, and not with each call: one call of the wrong
 * kind would break the queue. It is a field and not a subclass, so that no call has to find out which class it is for; the
 * branch always goes the same way.
 *
 * <p>Lock-free it is not. A thread that has claimed slots and is then kept from running holds up those of its side that
 * claimed after it, who spin and then yield, and soon the other side, who find the queue full or empty. The kernel switches
 * preemption off; Java cannot. Nor may a thread be kept, between two steps of one call, while exactly 2^32 elements pass.
 *
 * <p>No call allocates. A call after {@link #close} throws {@link IllegalStateException}; closing while a thread is inside a
 * call is the caller's race to avoid.
 */
public final class AlfQueue implements AutoCloseable {

    private static final int MOST_SLOTS = 65_536;

    /** How many threads may be on either side at a time. */
    public enum Mode {
        /** One producer, one consumer. */
        SPSC(false, false),
        /** One producer, many consumers. */
        SPMC(false, true),
        /** Many producers, one consumer. */
        MPSC(true, false),
        /** Many of both. */
        MPMC(true, true);

        private final boolean manyProducers;
        private final boolean manyConsumers;

        Mode(boolean manyProducers, boolean manyConsumers) {
            this.manyProducers = manyProducers;
            this.manyConsumers = manyConsumers;
        }

        /** {@return whether several threads may put elements in at a time} */
        public boolean manyProducers() {
            return manyProducers;
        }

        /** {@return whether several threads may take elements out at a time} */
        public boolean manyConsumers() {
            return manyConsumers;
        }
    }

    private final Side producers;
    private final Side consumers;
    private final Ring ring;
    private final Runnable release;

    /** A queue on given words; head and tail of both sides hold the same number when it is empty. */
    AlfQueue(Side producers, Side consumers, Ring ring, Runnable release) {
        this.producers = producers;
        this.consumers = consumers;
        this.ring = ring;
        this.release = release;
    }

    /**
     * Makes an empty queue.
     *
     * @param capacity how many elements it holds, a power of two up to 65536
     * @param mode how many threads are on either side
     * @return the queue; to be closed
     * @throws IllegalArgumentException when the capacity is no such number
     */
    public static AlfQueue create(int capacity, Mode mode) {
        return create(capacity, mode, 0);
    }

    /** Makes a queue that looks as if {@code passed} elements had passed through it. */
    static AlfQueue create(int capacity, Mode mode, int passed) {
        Objects.requireNonNull(mode);
        if (Integer.bitCount(capacity) != 1 || capacity < 1 || capacity > MOST_SLOTS) {
            throw new IllegalArgumentException(
                    "capacity=" + capacity + ", expected a power of two up to " + MOST_SLOTS);
        }
        StructLayout layout = AlfQueueStruct.ofSlots(capacity);
        Block block = Block.allocate(layout.byteSize(), layout.byteAlignment());
        StructView struct = StructView.bind(layout, block, 0);
        struct.int32("size").set(capacity);
        struct.int32("mask").set(capacity - 1);
        for (String index : new String[] {"producer.head", "producer.tail", "consumer.head", "consumer.tail"}) {
            struct.int32(index).setVolatile(passed);
        }
        long ringOffset = layout.resolve("ring").orElseThrow().bytes().start();
        return new AlfQueue(
                new Side(
                        struct.int32("producer.head"),
                        struct.int32("producer.tail"),
                        struct.int32("consumer.tail"),
                        capacity,
                        mode.manyProducers()),
                new Side(
                        struct.int32("consumer.head"),
                        struct.int32("consumer.tail"),
                        struct.int32("producer.tail"),
                        0,
                        mode.manyConsumers()),
                new Ring(block.int64s(ringOffset, capacity, 8)),
                block::close);
    }

    /** {@return how many elements it holds at most} */
    public int capacity() {
        return ring.mask + 1;
    }

    /** {@return how many elements are in it; while others are at work, about as many, from 0 to the capacity} */
    public int size() {
        int first = consumers.head.getVolatile();
        int there = consumers.oppositeTail.getVolatile() - first;
        return Side.grant(capacity(), there, false);
    }

    /**
     * Puts an element in.
     *
     * @return whether there was room
     */
    public boolean offer(long element) {
        long claim = producers.claim(1, true);
        if (Side.slots(claim) == 0) {
            return false;
        }
        ring.put(Side.first(claim), element);
        producers.handOver(claim);
        return true;
    }

    /**
     * Takes the oldest element out.
     *
     * @param ifEmpty what to answer when there is none; best a value that is never put in
     * @return the element, or {@code ifEmpty}
     */
    public long poll(long ifEmpty) {
        long claim = consumers.claim(1, true);
        if (Side.slots(claim) == 0) {
            return ifEmpty;
        }
        long element = ring.take(Side.first(claim));
        consumers.handOver(claim);
        return element;
    }

    /**
     * Puts elements in, all of them or none; they stay together and in order.
     *
     * @param from where they are
     * @param offset the first of them
     * @param count how many; more than the capacity never fit
     * @return {@code count}, or 0 when there was not room for all
     * @throws IndexOutOfBoundsException when the array has not as many
     */
    public int enqueue(long[] from, int offset, int count) {
        Objects.checkFromIndexSize(offset, count, from.length); // before the claim: nobody could take it back
        long claim = producers.claim(count, true);
        if (Side.slots(claim) == 0) {
            return 0;
        }
        ring.putAll(Side.first(claim), from, offset, count);
        producers.handOver(claim);
        return count;
    }

    /**
     * Takes elements out, as many as there are; they are consecutive and in order.
     *
     * @param to where to put them
     * @param offset where in {@code to} the first goes
     * @param most how many to take at most
     * @return how many were taken, 0 when there were none
     * @throws IndexOutOfBoundsException when the array has not as much room
     */
    public int dequeue(long[] to, int offset, int most) {
        Objects.checkFromIndexSize(offset, most, to.length);
        long claim = consumers.claim(most, false);
        int taken = Side.slots(claim);
        if (taken == 0) {
            return 0;
        }
        ring.takeAll(Side.first(claim), to, offset, taken);
        consumers.handOver(claim);
        return taken;
    }

    /** Frees the memory; what is still in the queue is gone. Closing again does nothing. */
    @Override
    public void close() {
        release.run();
    }
}
