package dev.faultline.offheap.queue;

import dev.faultline.offheap.memory.Window;
import java.util.Objects;

/**
 * A bounded queue of longs in off-heap memory, made for moving several elements at once: one compare-and-set moves as
 * many elements as the caller has, and a side with a single thread needs none. After the kernel's {@code alf_queue},
 * posted in 2014.
 *
 * <p>The number of threads on each side is fixed when the queue is made, since one call of the wrong kind would corrupt
 * the queue. It is a field and not a subclass, so that calls stay monomorphic; its branch always goes the same way.
 *
 * <p>The queue is not lock-free. When a thread has claimed slots and is then not scheduled, threads of its side that
 * claimed later wait for it, spinning and then yielding, and soon the other side finds the queue full or empty. The
 * kernel disables preemption in these places; Java cannot. A thread must not be delayed between two steps of one call
 * for as long as exactly 2^32 elements pass. A thread that ends inside a call, by a {@code StackOverflowError}, blocks
 * the others until the queue is closed.
 *
 * <p><b>Full and empty.</b> An element is in the queue from the moment its producer publishes it until its consumer
 * does. A call that returns "full" or "empty" was right at some moment between its begin and its end. With several
 * threads on a side, such a call waits for threads of the same side that claimed earlier and are still copying; it
 * never waits for the other side. The calls whose names begin with {@code relaxed} do not wait. They may return "full"
 * while other producers are still filling the last slots, so that the queue looks empty to a consumer at the same time;
 * or "empty" while other consumers are still taking the last elements, so that it looks full to a producer. With a
 * single thread on the side both kinds are the same, and a call that succeeds costs the same.
 *
 * <p>What a producer wrote before it put an element is visible to the consumer that takes it. No call allocates. A call
 * on one element takes constant time, unless it waits; others take time in proportion to the elements moved. Any thread
 * may close the queue; a call that begins later throws {@link IllegalStateException}, and one that is under way ends or
 * throws, and its elements may or may not have been moved.
 */
public final class AlfQueue implements AutoCloseable {

    /** How many threads may use each side at the same time. */
    public enum Mode {
        /** One producer, one consumer. */
        SPSC(false, false),
        /** One producer, many consumers. */
        SPMC(false, true),
        /** Many producers, one consumer. */
        MPSC(true, false),
        /** Many producers, many consumers. */
        MPMC(true, true);

        private final boolean manyProducers;
        private final boolean manyConsumers;

        Mode(boolean manyProducers, boolean manyConsumers) {
            this.manyProducers = manyProducers;
            this.manyConsumers = manyConsumers;
        }

        /** {@return whether several threads may put elements at the same time} */
        public boolean manyProducers() {
            return manyProducers;
        }

        /** {@return whether several threads may take elements at the same time} */
        public boolean manyConsumers() {
            return manyConsumers;
        }
    }

    /** How the sides of a queue tell each other what they have done; the calls are the same. */
    public enum Variant {
        /** As posted: each call reads the tail of the other side, whose cache line travels for it. */
        POSTED,
        /**
         * Each side keeps what it last saw of the other side's tail, and reads the tail again only when that shows
         * fewer slots or elements than the call asks for. While the queue is neither almost full nor almost empty, only
         * elements travel between the sides. Guarantees and waits are those of {@link #POSTED}; a thread must not be
         * delayed between two steps of one call for as long as 2^32 elements pass, less at most the capacity.
         */
        REMEMBERED,
        /**
         * Each slot has a sequence number that says whether it is filled or empty. No call waits for threads of its own
         * side, and a thread that is delayed inside a call keeps only its own slots. An element counts as put or taken
         * from the moment its slot is claimed. So a call that finds no slot, and is not a relaxed one, waits for a
         * thread of the <i>other</i> side that has claimed the slot and is still copying; the relaxed calls return
         * "full" or "empty" then. Bulks of several slots are claimed only where all slots are ready, so that {@link
         * #dequeue} may take fewer than there are while other producers are still filling slots.
         */
        SEQUENCED
    }

    private final Window window;
    private final QueueSide producers;
    private final QueueSide consumers;
    private final Ring ring;
    private final Runnable release;

    /** On given words; when the queue is empty, the indices of both sides hold the same number. */
    AlfQueue(Window window, QueueSide producers, QueueSide consumers, Ring ring, Runnable release) {
        this.window = window;
        this.producers = producers;
        this.consumers = consumers;
        this.ring = ring;
        this.release = release;
    }

    /**
     * Makes an empty queue.
     *
     * @param capacity the largest number of elements, a power of two from 1 to 65536
     * @param mode how many threads use each side
     * @return the queue; close it
     * @throws IllegalArgumentException when the capacity is out of range
     */
    public static AlfQueue create(int capacity, Mode mode) {
        return create(capacity, mode, Variant.POSTED);
    }

    /**
     * Makes an empty queue of a variant.
     *
     * @param capacity the largest number of elements, a power of two from 1 to 65536; from 2 for {@link
     *     Variant#SEQUENCED}
     * @param mode how many threads use each side
     * @param variant how the sides tell each other what they have done
     * @return the queue; close it
     * @throws IllegalArgumentException when the capacity is out of range
     */
    public static AlfQueue create(int capacity, Mode mode, Variant variant) {
        return QueueFactory.create(capacity, mode, variant, 0);
    }

    /** {@return the largest number of elements} */
    public int capacity() {
        return ring.mask + 1;
    }

    /** {@return the number of elements; an estimate from 0 to the capacity while other threads use the queue} */
    public int size() {
        Window words = window;
        long base = words.open();
        int first = words.getIntAcquire(base + consumers.head);
        return QueueSide.grant(capacity(), consumers.beyond(words, base, first), false);
    }

    /**
     * Puts an element, or finds the queue full.
     *
     * @param element the element
     * @return whether it was put; {@code false} if the queue was full at some moment of the call
     */
    public boolean offer(long element) {
        QueueSide side = producers;
        Window words = window;
        long base = words.open();
        return put(side, words, base, side.claim(words, base, 1, true), element);
    }

    /**
     * Puts an element, without waiting for other producers.
     *
     * @param element the element
     * @return whether it was put; {@code false} if the queue was full, or other producers are still filling the last
     *     slots
     */
    public boolean relaxedOffer(long element) {
        QueueSide side = producers;
        Window words = window;
        long base = words.open();
        return put(side, words, base, side.claimRelaxed(words, base, 1, true), element);
    }

    private boolean put(QueueSide side, Window words, long base, long claim, long element) {
        if (QueueSide.slots(claim) == 0) {
            return false;
        }
        ring.put(words, base, QueueSide.first(claim), element);
        side.handOver(words, base, QueueSide.first(claim), 1);
        return true;
    }

    /**
     * Takes the oldest element.
     *
     * @param ifEmpty the result when there is none; best a value that is never put
     * @return the element, or {@code ifEmpty} if the queue was empty at some moment of the call
     */
    public long poll(long ifEmpty) {
        QueueSide side = consumers;
        Window words = window;
        long base = words.open();
        return take(side, words, base, side.claim(words, base, 1, true), ifEmpty);
    }

    /**
     * Takes the oldest element, without waiting for other consumers.
     *
     * @param ifNone the result when there is none to take; best a value that is never put
     * @return the element, or {@code ifNone} if the queue was empty, or other consumers are still taking the last
     *     elements
     */
    public long relaxedPoll(long ifNone) {
        QueueSide side = consumers;
        Window words = window;
        long base = words.open();
        return take(side, words, base, side.claimRelaxed(words, base, 1, true), ifNone);
    }

    private long take(QueueSide side, Window words, long base, long claim, long ifNone) {
        if (QueueSide.slots(claim) == 0) {
            return ifNone;
        }
        long element = ring.take(words, base, QueueSide.first(claim));
        side.handOver(words, base, QueueSide.first(claim), 1);
        return element;
    }

    /**
     * Puts all elements or none; they stay together and in order.
     *
     * @param from the array to read
     * @param offset index in {@code from} of the first element
     * @param count number of elements; more than the capacity never fit
     * @return {@code count}, or 0 if there was not enough room at some moment of the call
     * @throws IndexOutOfBoundsException when the array has fewer elements
     */
    public int enqueue(long[] from, int offset, int count) {
        Objects.checkFromIndexSize(offset, count, from.length); // before the claim, which cannot be undone
        QueueSide side = producers;
        Window words = window;
        long base = words.open();
        return putAll(side, words, base, side.claim(words, base, count, true), from, offset);
    }

    /**
     * Puts all elements or none, as {@link #enqueue}, without waiting for other producers.
     *
     * @param from the array to read
     * @param offset index in {@code from} of the first element
     * @param count number of elements; more than the capacity never fit
     * @return {@code count}, or 0 as {@link #relaxedOffer} returns {@code false}
     * @throws IndexOutOfBoundsException when the array has fewer elements
     */
    public int relaxedEnqueue(long[] from, int offset, int count) {
        Objects.checkFromIndexSize(offset, count, from.length);
        QueueSide side = producers;
        Window words = window;
        long base = words.open();
        return putAll(side, words, base, side.claimRelaxed(words, base, count, true), from, offset);
    }

    private int putAll(QueueSide side, Window words, long base, long claim, long[] from, int offset) {
        int count = QueueSide.slots(claim);
        if (count != 0) {
            ring.putAll(words, base, QueueSide.first(claim), from, offset, count);
            side.handOver(words, base, QueueSide.first(claim), count);
        }
        return count;
    }

    /**
     * Takes as many elements as there are; they are consecutive and in order.
     *
     * @param to the array to write
     * @param offset index in {@code to} of the first element
     * @param most the largest number of elements to take
     * @return how many were taken; 0 if the queue was empty at some moment of the call, or {@code most} is 0
     * @throws IndexOutOfBoundsException when the array has less room
     */
    public int dequeue(long[] to, int offset, int most) {
        Objects.checkFromIndexSize(offset, most, to.length);
        QueueSide side = consumers;
        Window words = window;
        long base = words.open();
        return takeAll(side, words, base, side.claim(words, base, most, false), to, offset);
    }

    /**
     * Takes as many elements as there are, as {@link #dequeue}, without waiting for other consumers.
     *
     * @param to the array to write
     * @param offset index in {@code to} of the first element
     * @param most the largest number of elements to take
     * @return how many were taken; 0 as {@link #relaxedPoll} returns {@code ifNone}, or if {@code most} is 0
     * @throws IndexOutOfBoundsException when the array has less room
     */
    public int relaxedDequeue(long[] to, int offset, int most) {
        Objects.checkFromIndexSize(offset, most, to.length);
        QueueSide side = consumers;
        Window words = window;
        long base = words.open();
        return takeAll(side, words, base, side.claimRelaxed(words, base, most, false), to, offset);
    }

    private int takeAll(QueueSide side, Window words, long base, long claim, long[] to, int offset) {
        int taken = QueueSide.slots(claim);
        if (taken != 0) {
            ring.takeAll(words, base, QueueSide.first(claim), to, offset, taken);
            side.handOver(words, base, QueueSide.first(claim), taken);
        }
        return taken;
    }

    /** Closes the queue and frees its memory; elements in it are lost. Closing again does nothing. */
    @Override
    public void close() {
        release.run();
    }
}
