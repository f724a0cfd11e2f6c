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
 * preemption off; Java cannot. Nor may a thread be kept, between two steps of one call, while exactly 2^32 elements
 * pass. A thread
 * that ends inside a call, by a {@code StackOverflowError} that it catches above, holds them up until the queue is
 * closed.
 *
 * <p><b>Full and empty.</b> A call that answers "full" or "empty" is right about some moment between its begin and its
 * end, an element
 * being in from the moment its producer hands it over until its consumer does. Where several threads are on a side
 * that takes
 * waiting for those of the same side who claimed before and are still copying; never for the other side. Calls whose
 * names begin
 * with {@code relaxed} do not wait, and may answer "full" while other producers are still filling the last slots, so
 * that the queue
 * looks empty to a consumer at the same time, or "empty" while other consumers are still taking the last elements, so
 * that it looks full to a
 * producer. With one thread on its side the two are the same. They differ only in what they do when there is nothing
 * to claim: a
 * call that succeeds costs the same.
 *
 * <p>No call allocates. Any thread may close it; a call that begins later, or is under way, throws {@link IllegalStateException}, and an
 * element whose call throws may or may not have been put in or taken out.
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

    private final RingSide producers;
    private final RingSide consumers;
    private final Ring ring;
    private final Runnable release;

    /** A queue on given words; head and tail of both sides hold the same number when it is empty. */
    AlfQueue(RingSide producers, RingSide consumers, Ring ring, Runnable release) {
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
                new RingSide(
                        struct.int32("producer.head"),
                        struct.int32("producer.tail"),
                        struct.int32("consumer.tail"),
                        capacity,
                        mode.manyProducers()),
                new RingSide(
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
        return RingSide.grant(capacity(), there, false);
    }

    /**
     * Puts an element in.
     *
     * @return whether there was room; {@code false} means that the queue was full at some moment of the call
     */
    public boolean offer(long element) {
        return put(producers.claim(1, true), element);
    }

    /**
     * Puts an element in, or says at once that it cannot: the queue is full, or other producers have claimed the last
     * slots and
     * are still filling them.
     *
     * @return whether the element is in
     */
    public boolean relaxedOffer(long element) {
        return put(producers.claimRelaxed(1, true), element);
    }

    private boolean put(long claim, long element) {
        if (RingSide.slots(claim) == 0) {
            return false;
        }
        ring.put(RingSide.first(claim), element);
        producers.handOver(claim);
        return true;
    }

    /**
     * Takes the oldest element out.
     *
     * @param ifEmpty what to answer when there is none; best a value that is never put in
     * @return the element, or {@code ifEmpty}, which means that the queue was empty at some moment of the call
     */
    public long poll(long ifEmpty) {
        return take(consumers.claim(1, true), ifEmpty);
    }

    /**
     * Takes the oldest element out, or says at once that it cannot: the queue is empty, or other consumers have
     * claimed the last
     * elements and are still taking them.
     *
     * @param ifNone what to answer then; best a value that is never put in
     * @return the element, or {@code ifNone}
     */
    public long relaxedPoll(long ifNone) {
        return take(consumers.claimRelaxed(1, true), ifNone);
    }

    private long take(long claim, long ifNone) {
        if (RingSide.slots(claim) == 0) {
            return ifNone;
        }
        long element = ring.take(RingSide.first(claim));
        consumers.handOver(claim);
        return element;
    }

    /**
     * Puts elements in, all of them or none; they stay together and in order.
     *
     * @param from where they are
     * @param offset the first of them
     * @param count how many; more than the capacity never fit
     * @return {@code count}, or 0 when at some moment of the call there was not room for all
     * @throws IndexOutOfBoundsException when the array has not as many
     */
    public int enqueue(long[] from, int offset, int count) {
        Objects.checkFromIndexSize(offset, count, from.length); // before the claim: nobody could take it back
        return putAll(producers.claim(count, true), from, offset);
    }

    /**
     * Puts elements in as {@link #enqueue} does, or says at once that it cannot, as {@link #relaxedOffer} does.
     *
     * @param from where they are
     * @param offset the first of them
     * @param count how many; more than the capacity never fit
     * @return {@code count}, or 0
     * @throws IndexOutOfBoundsException when the array has not as many
     */
    public int relaxedEnqueue(long[] from, int offset, int count) {
        Objects.checkFromIndexSize(offset, count, from.length);
        return putAll(producers.claimRelaxed(count, true), from, offset);
    }

    private int putAll(long claim, long[] from, int offset) {
        int count = RingSide.slots(claim);
        if (count != 0) {
            ring.putAll(RingSide.first(claim), from, offset, count);
            producers.handOver(claim);
        }
        return count;
    }

    /**
     * Takes elements out, as many as there are; they are consecutive and in order.
     *
     * @param to where to put them
     * @param offset where in {@code to} the first goes
     * @param most how many to take at most
     * @return how many were taken; 0 means that the queue was empty at some moment of the call, or that {@code most} is 0
     * @throws IndexOutOfBoundsException when the array has not as much room
     */
    public int dequeue(long[] to, int offset, int most) {
        Objects.checkFromIndexSize(offset, most, to.length);
        return takeAll(consumers.claim(most, false), to, offset);
    }

    /**
     * Takes elements out as {@link #dequeue} does, or says at once that it cannot, as {@link #relaxedPoll} does.
     *
     * @param to where to put them
     * @param offset where in {@code to} the first goes
     * @param most how many to take at most
     * @return how many were taken
     * @throws IndexOutOfBoundsException when the array has not as much room
     */
    public int relaxedDequeue(long[] to, int offset, int most) {
        Objects.checkFromIndexSize(offset, most, to.length);
        return takeAll(consumers.claimRelaxed(most, false), to, offset);
    }

    private int takeAll(long claim, long[] to, int offset) {
        int taken = RingSide.slots(claim);
        if (taken != 0) {
            ring.takeAll(RingSide.first(claim), to, offset, taken);
            consumers.handOver(claim);
        }
        return taken;
    }

    /** Closes it; what is still in the queue is gone, and the memory is given back. Closing again does nothing. */
    @Override
    public void close() {
        release.run();
    }
}
