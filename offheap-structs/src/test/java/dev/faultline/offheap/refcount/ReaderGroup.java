package dev.faultline.offheap.refcount;

import dev.faultline.offheap.memory.Block;
import dev.faultline.offheap.memory.StripeAreas;
import dev.faultline.offheap.rcu.GracePeriods;
import dev.faultline.offheap.rcu.Reader;

/**
 * Grace periods, readers that are all used by one test thread, a block and areas. Closing fails when slots are leaked.
 */
final class ReaderGroup implements AutoCloseable {

    final GracePeriods periods;
    final StripeAreas areas;
    final Block block = Block.allocate(1024, 64);
    private final Reader[] readers;

    ReaderGroup(int readers) {
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

    /** Makes every reader quiescent once, and runs what was deferred. */
    void pass() {
        for (Reader reader : readers) {
            reader.quiescent();
        }
        periods.poll();
    }

    void leave() {
        for (Reader reader : readers) {
            reader.exit();
        }
    }

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
