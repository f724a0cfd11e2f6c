package dev.faultline.offheap.refcount;

import dev.faultline.offheap.memory.Block;
import dev.faultline.offheap.memory.StripeAreas;
import dev.faultline.offheap.rcu.GracePeriods;
import dev.faultline.offheap.rcu.Reader;

/**
 * Grace periods, readers that one test thread plays in turn, memory and areas. Closing refuses when slots are leaked.
 */
final class Crowd implements AutoCloseable {

    final GracePeriods periods;
    final StripeAreas areas;
    final Block block = Block.allocate(1024, 64);
    private final Reader[] readers;

    Crowd(int readers) {
        areas = StripeAreas.packed(readers, 4096);
        periods = GracePeriods.forReaders(readers);
        this.readers = new Reader[readers];
        for (int i = 0; i < readers; i++) {
            this.readers[i] = periods.register();
            this.readers[i].enter();
        }
    }

    /** {@return a reader that is inside} */
    Reader reader(int number) {
        return readers[number];
    }

    /** Everybody is quiescent once, and what was deferred runs. */
    void pass() {
        for (Reader reader : readers) {
            reader.quiescent();
        }
        periods.poll();
    }

    /** Everybody leaves. */
    void leave() {
        for (Reader reader : readers) {
            reader.exit();
        }
    }

    /** Everybody enters. */
    void enter() {
        for (Reader reader : readers) {
            reader.enter();
        }
    }

    @Override
    public void close() {
        for (Reader reader : readers) {
            reader.close();
        }
        periods.close();
        areas.close();
        block.close();
    }
}
