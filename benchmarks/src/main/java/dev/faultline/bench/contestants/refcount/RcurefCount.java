package dev.faultline.bench.contestants.refcount;

import dev.faultline.offheap.memory.Block;
import dev.faultline.offheap.rcu.Reader;
import dev.faultline.offheap.refcount.Rcuref;

/** {@link Rcuref}. Its user is a reader of grace periods and reports a quiescent state after each operation. */
public final class RcurefCount extends OffHeapCount {

    private Rcuref count;

    @Override
    void open(Block memory, long byteOffset, int threads) {
        count = new Rcuref(word(memory, byteOffset), new FailingRcurefListener());
        count.init(1);
    }

    @Override
    public User user(int thread) {
        return new Referring(count, inside());
    }

    /** What one thread does with any such count. */
    record Referring(Rcuref count, Reader reader) implements User {
        @Override
        public boolean get() {
            return count.get();
        }

        @Override
        public void put() {
            if (count.put(reader)) {
                throw new IllegalStateException("the count's own reference was put");
            }
            reader.quiescent();
        }
    }
}
