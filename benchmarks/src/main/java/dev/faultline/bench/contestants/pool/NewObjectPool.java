package dev.faultline.bench.contestants.pool;

/** No pool: every record is a new object, and the garbage collector frees it. A pool should be faster than this. */
public final class NewObjectPool implements PoolContestant {

    private PooledRecord[] slots = {};

    @Override
    public void open(int threads, int count) {
        slots = new PooledRecord[count];
    }

    @Override
    public User user(int thread) {
        return new Maker(slots);
    }

    private record Maker(PooledRecord[] slots) implements User {
        @Override
        public void take(int slot) {
            PooledRecord made = new PooledRecord();
            made.use(slot);
            slots[slot] = made;
        }

        @Override
        public void free(int slot) {
            slots[slot].check(slot);
            slots[slot] = null;
        }
    }
}
