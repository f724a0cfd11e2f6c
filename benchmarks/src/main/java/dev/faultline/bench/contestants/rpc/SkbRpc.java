package dev.faultline.bench.contestants.rpc;

import dev.faultline.offheap.memory.LongWords;
import dev.faultline.offheap.pool.ObjectCache;
import dev.faultline.offheap.pool.SkbCaches;
import dev.faultline.offheap.pool.Slab;
import dev.faultline.offheap.pool.Slots;
import dev.faultline.offheap.pool.Stripes;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Base of the socket contestants: {@link SkbCaches} over an allocator, network and application on different nodes. */
abstract class SkbRpc implements RpcContestant {

    private static final int HEAD_BYTES = 224;
    private static final int PAIR_BYTES = 456;
    private static final int LINE_BYTES = 64;
    private static final int OBJECTS = 65_536;

    private final UnaryOperator<ObjectCache> front;
    private final boolean together;
    private final SkbCaches.Switches switches;
    private ObjectCache heads;
    private ObjectCache pairs;
    private SkbCaches sockets;

    /**
     * Chooses the allocator.
     *
     * @param front makes the cache in front of a slab
     * @param together whether one cache serves packets of both directions
     * @param switches whether sockets keep packets
     */
    SkbRpc(UnaryOperator<ObjectCache> front, boolean together, SkbCaches.Switches switches) {
        this.front = front;
        this.together = together;
        this.switches = switches;
    }

    @Override
    public void open(int threads, int count) {
        Stripes stripes = new Stripes(threads, Math.max(1, threads / 2));
        pairs = front.apply(Slab.create(stripes, OBJECTS, PAIR_BYTES, LINE_BYTES));
        heads = together ? pairs : front.apply(Slab.create(stripes, OBJECTS, HEAD_BYTES, LINE_BYTES));
        sockets = SkbCaches.create(heads, pairs, count, switches);
    }

    @Override
    public User user(int thread) {
        return new Side(this, thread);
    }

    private long locks() {
        return heads.counts().locks() + (together ? 0 : pairs.counts().locks());
    }

    private static final class Side implements User {
        private final SkbCaches.Local local;
        private final Slots heads;
        private final LongWords headWords;
        private final SkbRpc counted;

        Side(SkbRpc rpc, int thread) {
            local = rpc.sockets.local(thread);
            heads = rpc.heads.slots();
            headWords = heads.words();
            counted = thread == 0 ? rpc : null;
        }

        @Override
        public long receive(int socket) {
            long packet = local.receive();
            headWords.set(heads.firstWord(packet), socket);
            local.deliver(socket);
            return packet;
        }

        @Override
        public void read(int socket, long packet) {
            if (headWords.get(heads.firstWord(packet)) != socket) {
                throw new IllegalStateException("a packet for another socket");
            }
            local.read(socket, packet);
        }

        @Override
        public long send(int socket) {
            long packet = local.send(socket, 0);
            if (packet == 0) {
                throw new IllegalStateException("no packet to send");
            }
            return packet;
        }

        @Override
        public void acknowledge(int socket, long packet) {
            local.takeClone(packet);
            local.cloneSent(packet);
            local.acknowledged(socket, packet);
        }

        @Override
        public Map<String, Long> counters() {
            return counted == null ? Map.of() : Map.of("locks", counted.locks());
        }
    }
}
