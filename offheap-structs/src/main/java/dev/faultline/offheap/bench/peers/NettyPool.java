package dev.faultline.offheap.bench.peers;

import dev.faultline.offheap.bench.PoolContestant;
import dev.faultline.offheap.bench.PooledRecord;
import io.netty.util.Recycler;

/**
 * Netty's Recycler. By default it keeps one in eight of the objects it makes, so that bursts do not fill it; here it keeps
 * all, as the others do. Threads are plain ones, for which it works as well, if not at its fastest.
 */
public final class NettyPool implements PoolContestant {

    /** One in so many objects that are made is not kept; 0 keeps all. */
    private static final int RATIO = 0;

    private static final int CHUNK = 32; // its default

    private Kept[] slots = {};
    private Records pool;

    @Override
    public void open(int threads, int sockets, int slotsPerSocket) {
        slots = new Kept[sockets * slotsPerSocket];
        pool = new Records(Math.max(CHUNK, 2 * slots.length));
    }

    @Override
    public User user(int thread) {
        return new Getter(pool, slots);
    }

    private static final class Kept extends PooledRecord {
        private final Recycler.Handle<Kept> handle;

        Kept(Recycler.Handle<Kept> handle) {
            this.handle = handle;
        }
    }

    private static final class Records extends Recycler<Kept> {
        Records(int mostKept) {
            super(mostKept, RATIO, CHUNK);
        }

        @Override
        protected Kept newObject(Handle<Kept> handle) {
            return new Kept(handle);
        }
    }

    private record Getter(Records pool, Kept[] slots) implements User {
        @Override
        public void take(int slot) {
            Kept got = pool.get();
            got.use(slot);
            slots[slot] = got;
        }

        @Override
        public void free(int slot) {
            Kept got = slots[slot];
            got.check(slot);
            slots[slot] = null;
            got.handle.recycle(got);
        }
    }
}
