package dev.faultline.bench.contestants.rpc;

import dev.faultline.offheap.memory.LongWords;
import dev.faultline.offheap.pool.ArrayCaches;
import dev.faultline.offheap.pool.DeferredFrees;
import dev.faultline.offheap.pool.Magazines;
import dev.faultline.offheap.pool.ObjectCache;
import dev.faultline.offheap.pool.SkbCaches;
import dev.faultline.offheap.pool.Slab;
import dev.faultline.offheap.pool.Slots;
import dev.faultline.offheap.pool.StripeNodes;
import java.util.Map;
import java.util.function.Function;

/** {@link SkbCaches} over an allocator, network and application on different nodes. */
public final class SkbRpc implements RpcContestant {

    private static final int HEAD_BYTES = 224;
    private static final int PAIR_BYTES = 456;
    private static final int LINE_BYTES = 64;
    private static final int OBJECTS = 65_536;

    /** How packets are allocated and freed. */
    public enum Way {
        SLAB(slab -> slab),
        ALIEN_CACHES(ArrayCaches::over),
        ONE_CACHE(ArrayCaches::over),
        SOCKET_CACHES(ArrayCaches::over),
        DEFERRED(slab -> DeferredFrees.over(ArrayCaches.over(slab))),
        MAGAZINES(Magazines::over);

        private final Function<Slab, ObjectCache> over;

        Way(Function<Slab, ObjectCache> over) {
            this.over = over;
        }
    }

    private final Way way;
    private ObjectCache heads;
    private ObjectCache pairs;
    private SkbCaches sockets;

    public SkbRpc(String way) {
        this.way = Way.valueOf(way);
    }

    @Override
    public void open(int threads, int count) {
        StripeNodes stripes = new StripeNodes(threads, Math.max(1, threads / 2));
        pairs = way.over.apply(Slab.create(stripes, OBJECTS, PAIR_BYTES, LINE_BYTES));
        heads = way == Way.ONE_CACHE ? pairs : way.over.apply(Slab.create(stripes, OBJECTS, HEAD_BYTES, LINE_BYTES));
        SkbCaches.Switches keep = way == Way.SOCKET_CACHES ? SkbCaches.Switches.ON : SkbCaches.Switches.OFF;
        sockets = SkbCaches.create(heads, pairs, count, keep);
    }

    @Override
    public User user(int thread) {
        return new Side(this, thread);
    }

    private long locks() {
        return heads.counts().locks() + (heads == pairs ? 0 : pairs.counts().locks());
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
