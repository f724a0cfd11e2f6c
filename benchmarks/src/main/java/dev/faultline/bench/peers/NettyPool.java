package dev.faultline.bench.peers;

import dev.faultline.bench.contestants.pool.PoolContestant;
import dev.faultline.bench.contestants.pool.PooledRecord;
import io.netty.util.Recycler;

/**
 * Netty's Recycler, one for each thread that allocates. By default it keeps one in eight of the objects it makes, so
 * that bursts do not fill it; here it keeps all, as the other pools do. It keeps nothing for threads that are not
 * Netty's own, unless it was made for that thread; so each Recycler is made for its user.
 */
public final class NettyPool implements PoolContestant {

    /** Which part of new objects is not kept: 0 keeps all. */
    private static final int RATIO = 0;

    private static final int CHUNK = 32; // the default

    private Kept[] slots = {};

    @Override
    public void open(int threads, int count) {
        slots = new Kept[count];
    }

    @Override
    public User user(int thread) {
        return new Getter(new Records(Math.max(CHUNK, slots.length), Thread.currentThread()), slots);
    }

    /** {@return the object in a slot; tests compare it with an earlier one} */
    Object inSlot(int slot) {
        return slots[slot];
    }

    private static final class Kept extends PooledRecord {
        private final Recycler.Handle<Kept> handle;

        Kept(Recycler.Handle<Kept> handle) {
            this.handle = handle;
        }
    }

    private static final class Records extends Recycler<Kept> {
        Records(int mostKept, Thread owner) {
            super(mostKept, RATIO, CHUNK, owner, false);
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
