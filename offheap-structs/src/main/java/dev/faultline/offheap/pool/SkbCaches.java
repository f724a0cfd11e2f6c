package dev.faultline.offheap.pool;

import dev.faultline.api.Internal;
import dev.faultline.offheap.memory.Block;
import dev.faultline.offheap.memory.IntWord;
import dev.faultline.offheap.memory.IntWords;
import dev.faultline.offheap.memory.LongWords;
import java.util.Arrays;
import java.util.Objects;

/**
 * Sockets that keep one packet for each direction, as TCP sockets did from Linux 5.2 (kernel commits 472c2e07eef0 and
 * 8b27dae5a2e8) to 5.15 (removed by d8b81175e412). A packet that was acknowledged is the next one to be sent, and a
 * packet that was read is freed by the CPU that receives for the socket, which is the one that allocates. So packets
 * are not freed by a CPU that does not allocate them.
 *
 * <p>This models who allocates and who frees, and not TCP. A thread stands for a CPU and uses its {@link Local}. A
 * system call works while it owns the socket, an interrupt while it holds the socket's spin lock. Each cache is only
 * touched in one of these two ways, so it needs no atomic operation of its own.
 *
 * <p>Packets come from two {@link ObjectCache}s: heads for received packets, and pairs of packet and clone for sent
 * ones. Using the same cache for both was an experiment in the original posts. Sockets are numbered from 0.
 */
@Internal
public final class SkbCaches implements AutoCloseable {

    /**
     * Which caches are used.
     *
     * @param sending whether sockets keep an acknowledged packet (sysctl {@code tcp_tx_skb_cache})
     * @param receiving whether sockets keep a packet that was read (sysctl {@code tcp_rx_skb_cache})
     * @param steering whether packets are steered to other CPUs than those that received them (RPS); the CPU that
     *     delivers to a socket is then not the one that allocates, and packets that were read are not kept
     */
    public record Switches(boolean sending, boolean receiving, boolean steering) {

        /** No cache is used. */
        public static final Switches OFF = new Switches(false, false, false);

        /** Both caches are used, without steering. */
        public static final Switches ON = new Switches(true, true, false);
    }

    private static final int MOST_SOCKETS = 1 << 18;

    // byte offsets in struct sock of Linux 5.10, 760 bytes; each cache is near the fields of its direction
    private static final long STRIDE = 1024;
    private static final long SLOCK = 136;
    private static final long OWNED = 140;
    private static final long RX_CACHE = 200;
    private static final long WMEM_QUEUED = 336;
    private static final long TX_CACHE = 360;

    /**
     * The word of the count in struct sk_buff_fclones of Linux 5.10: 1 for a packet, 2 while the driver has its clone.
     */
    private static final int FCLONE_REF_WORD = 448 / 8;

    private static final int FCLONES_BYTES = 456;

    private final ObjectCache heads;
    private final ObjectCache pairs;
    private final Slots headSlots;
    private final Slots pairSlots;
    private final LongWords pairWords;
    private final Switches switches;
    private final Block block;
    private final SpinLock[] locks;
    private final IntWords owned;
    private final IntWords queued;
    private final LongWords received;
    private final LongWords sent;
    private final Local[] locals;
    private boolean closed;

    private SkbCaches(ObjectCache heads, ObjectCache pairs, int sockets, Switches switches) {
        this.heads = heads;
        this.pairs = pairs;
        this.switches = switches;
        headSlots = heads.slots();
        pairSlots = pairs.slots();
        pairWords = pairSlots.words();
        locals = new Local[heads.stripes().count()];
        block = Block.allocate(sockets * STRIDE + (long) locals.length * StripeCounters.BYTES, 128);
        locks = new SpinLock[sockets];
        for (int socket = 0; socket < sockets; socket++) {
            IntWord slock = block.int32(socket * STRIDE + SLOCK);
            locks[socket] = new SpinLock(slock);
        }
        owned = block.int32s(OWNED, sockets, STRIDE);
        queued = block.int32s(WMEM_QUEUED, sockets, STRIDE);
        received = block.int64s(RX_CACHE, sockets, STRIDE);
        sent = block.int64s(TX_CACHE, sockets, STRIDE);
        for (int stripe = 0; stripe < locals.length; stripe++) {
            locals[stripe] = new Local(
                    stripe, new StripeCounters(block, sockets * STRIDE + (long) stripe * StripeCounters.BYTES));
        }
    }

    /**
     * Makes sockets.
     *
     * @param heads where received packets are allocated
     * @param pairs where sent packets are allocated, objects of at least 456 bytes; may be the same as {@code heads}
     * @param sockets number of sockets, from 1 to 2^18
     * @param switches which caches are used
     * @return the sockets; close them before the caches
     * @throws IllegalArgumentException when the caches have different stripes, or a number is out of range
     */
    public static SkbCaches create(ObjectCache heads, ObjectCache pairs, int sockets, Switches switches) {
        Objects.requireNonNull(switches);
        if (!heads.stripes().equals(pairs.stripes())) {
            throw new IllegalArgumentException("heads have " + heads.stripes() + ", pairs " + pairs.stripes());
        }
        if (pairs.slots().objectBytes() < FCLONES_BYTES) {
            throw new IllegalArgumentException(
                    "pairs of " + pairs.slots().objectBytes() + " bytes, expected at least " + FCLONES_BYTES);
        }
        if (sockets < 1 || sockets > MOST_SOCKETS) {
            throw new IllegalArgumentException("sockets=" + sockets + ", expected 1 to " + MOST_SOCKETS);
        }
        return new SkbCaches(heads, pairs, sockets, switches);
    }

    /** What a CPU does in system calls and in interrupts. For one thread at a time. */
    public final class Local {

        private final ObjectCache.Local heads;
        private final ObjectCache.Local pairs;
        private final StripeCounters counters;

        private Local(int stripe, StripeCounters counters) {
            heads = SkbCaches.this.heads.local(stripe);
            pairs = SkbCaches.this.pairs.local(stripe);
            this.counters = counters;
        }

        /**
         * A system call allocates a packet to send.
         *
         * @param socket the index of the socket
         * @param linearBytes bytes to be copied behind the head; the packet that the socket keeps is only used for 0
         * @return the packet, charged to the socket, or 0 if none is left
         */
        public long send(int socket, int linearBytes) {
            own(socket);
            try {
                long packet = linearBytes == 0 ? sent.get(socket) : 0;
                if (packet != 0) {
                    sent.set(socket, 0);
                    packet = pairSlots.handOut(packet);
                    counters.add(AllocatorCounter.ALLOCATION_HITS);
                } else {
                    packet = pairs.allocate();
                    if (packet == 0) {
                        counters.add(AllocatorCounter.EXHAUSTED);
                        return 0;
                    }
                }
                counters.add(AllocatorCounter.ALLOCATIONS);
                pairWords.setOrdered(references(packet), 1);
                queued.set(socket, queued.get(socket) + pairSlots.slotBytes());
                return packet;
            } finally {
                disown(socket);
            }
        }

        /**
         * The driver takes the clone of a packet to be sent.
         *
         * @throws IllegalStateException when the clone is taken already
         */
        public void takeClone(long packet) {
            if (!pairWords.compareAndSet(references(packet), 1, 2)) {
                throw new IllegalStateException(
                        "the clone of packet 0x" + Long.toHexString(packet) + " is in use already");
            }
        }

        /** The driver has sent the clone and drops its reference. */
        public void cloneSent(long packet) {
            release(packet);
        }

        /**
         * An interrupt acknowledges a packet. The socket keeps it if it has none and the driver has dropped its clone;
         * otherwise the socket's reference is dropped.
         */
        public void acknowledged(int socket, long packet) {
            int references = references(packet);
            boolean kept;
            lockUnowned(socket);
            try {
                // before the packet is kept: kernel commit 4f661542a402
                queued.set(socket, queued.get(socket) - pairSlots.slotBytes());
                kept = switches.sending() && sent.get(socket) == 0 && pairWords.getVolatile(references) == 1;
                if (kept) {
                    pairSlots.takeBack(packet);
                    sent.set(socket, packet);
                }
            } finally {
                locks[socket].unlock();
            }
            counters.add(AllocatorCounter.FREES);
            if (kept) {
                counters.add(AllocatorCounter.FREE_HITS);
            } else {
                release(packet);
            }
        }

        private void release(long packet) {
            if (dropsLast(pairWords, references(packet))) {
                pairs.free(packet);
            }
        }

        /** {@return a packet for the driver to receive into, or 0 if none is left} */
        public long receive() {
            long packet = heads.allocate();
            counters.add(packet == 0 ? AllocatorCounter.EXHAUSTED : AllocatorCounter.ALLOCATIONS);
            return packet;
        }

        /** An interrupt delivers to a socket. It takes the packet kept by the socket, and frees it after unlocking. */
        public void deliver(int socket) {
            long kept = 0;
            locks[socket].lock();
            try {
                if (owned.get(socket) == 0) {
                    kept = received.get(socket);
                    received.set(socket, 0);
                }
            } finally {
                locks[socket].unlock();
            }
            if (kept != 0) {
                heads.free(headSlots.handOut(kept));
            }
        }

        /**
         * A system call has read a packet. The socket keeps it if it has none and packets are not steered; otherwise it
         * is freed.
         */
        public void read(int socket, long packet) {
            own(socket);
            boolean kept = switches.receiving() && !switches.steering() && received.get(socket) == 0;
            try {
                if (kept) {
                    headSlots.takeBack(packet);
                    received.set(socket, packet);
                }
            } finally {
                disown(socket);
            }
            counters.add(AllocatorCounter.FREES);
            if (kept) {
                counters.add(AllocatorCounter.FREE_HITS);
            } else {
                heads.free(packet);
            }
        }

        /** Frees the packet kept for sending, as purging the write queue does. */
        public void purge(int socket) {
            freeKept(socket, sent, pairs, pairSlots);
        }

        /** Frees the packets kept for both directions, as disconnecting and destroying the socket do. */
        public void disconnect(int socket) {
            purge(socket);
            freeKept(socket, received, heads, headSlots);
        }

        private void freeKept(int socket, LongWords packets, ObjectCache.Local cache, Slots slots) {
            own(socket);
            long kept = packets.get(socket);
            packets.set(socket, 0);
            disown(socket);
            if (kept != 0) {
                cache.free(slots.handOut(kept));
            }
        }
    }

    /** Drops a reference and returns whether it was the last, which a read shows without an atomic operation. */
    static boolean dropsLast(LongWords words, int index) {
        return words.getVolatile(index) == 1 || words.getAndAdd(index, -1) == 1;
    }

    private int references(long packet) {
        return pairSlots.firstWord(packet) + FCLONE_REF_WORD;
    }

    private void own(int socket) {
        lockUnowned(socket);
        owned.set(socket, 1);
        locks[socket].unlock();
    }

    /** Locks the socket when no thread owns it. The kernel would leave the work to the owner as backlog. */
    private void lockUnowned(int socket) {
        locks[socket].lock();
        while (owned.get(socket) != 0) {
            locks[socket].unlock();
            Thread.yield();
            locks[socket].lock();
        }
    }

    private void disown(int socket) {
        locks[socket].lock();
        owned.set(socket, 0);
        locks[socket].unlock();
    }

    /**
     * The context of a stripe, the same one each time.
     *
     * @param stripe the index of the stripe, from 0
     * @return the context
     */
    public Local local(int stripe) {
        return locals[stripe];
    }

    /** {@return the number of packets that sockets keep; exact when no other thread uses them} */
    public int held() {
        int held = 0;
        for (int socket = 0; socket < locks.length; socket++) {
            held += sent.getVolatile(socket) == 0 ? 0 : 1;
            held += received.getVolatile(socket) == 0 ? 0 : 1;
        }
        return held;
    }

    /** {@return the bytes charged to a socket for packets that are sent and not acknowledged} */
    public int queuedBytes(int socket) {
        return queued.getVolatile(socket);
    }

    /**
     * {@return what was counted on all stripes: packets allocated and freed, and how many of them came from or went to
     * a socket}
     */
    public AllocatorStatistics counts() {
        return StripeCounters.sum(Arrays.stream(locals).map(local -> local.counters));
    }

    /**
     * Frees the packets that sockets keep, and the sockets' memory. No thread should use them meanwhile; see {@link
     * ObjectCache#close}. Closing again does nothing.
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try (block) {
            for (int socket = 0; socket < locks.length; socket++) {
                locals[0].disconnect(socket);
            }
        }
    }
}
