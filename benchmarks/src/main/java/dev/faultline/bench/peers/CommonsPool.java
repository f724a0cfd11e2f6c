package dev.faultline.bench.peers;

import dev.faultline.bench.contestants.pool.PoolContestant;
import dev.faultline.bench.contestants.pool.PooledRecord;
import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;

/** The pool of commons-pool2, with as many objects as slots and without its JMX bean. */
public final class CommonsPool implements PoolContestant {

    private PooledRecord[] slots = {};
    private GenericObjectPool<PooledRecord> pool;

    @Override
    public void open(int threads, int count) {
        slots = new PooledRecord[count];
        GenericObjectPoolConfig<PooledRecord> config = new GenericObjectPoolConfig<>();
        config.setMaxTotal(slots.length);
        config.setMaxIdle(slots.length);
        config.setJmxEnabled(false);
        pool = new GenericObjectPool<>(new Factory(), config);
    }

    @Override
    public User user(int thread) {
        return new Borrower(pool, slots);
    }

    @Override
    public void close() {
        pool.close();
    }

    private static final class Factory extends BasePooledObjectFactory<PooledRecord> {
        @Override
        public PooledRecord create() {
            return new PooledRecord();
        }

        @Override
        public PooledObject<PooledRecord> wrap(PooledRecord made) {
            return new DefaultPooledObject<>(made);
        }
    }

    private record Borrower(GenericObjectPool<PooledRecord> pool, PooledRecord[] slots) implements User {
        @Override
        public void take(int slot) {
            try {
                PooledRecord borrowed = pool.borrowObject();
                borrowed.use(slot);
                slots[slot] = borrowed;
            } catch (Exception refused) { // borrowObject declares Exception
                throw new IllegalStateException(refused);
            }
        }

        @Override
        public void free(int slot) {
            PooledRecord borrowed = slots[slot];
            borrowed.check(slot);
            slots[slot] = null;
            pool.returnObject(borrowed);
        }
    }
}
