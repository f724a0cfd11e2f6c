package dev.faultline.bench.contestants.refcount;

import dev.faultline.layout.StructLayout;
import dev.faultline.offheap.kernel.KernelCatalog;
import dev.faultline.offheap.memory.Block;
import dev.faultline.offheap.memory.IntWord;
import dev.faultline.offheap.memory.LongWord;
import dev.faultline.offheap.memory.StructView;
import dev.faultline.source.Lookup;

/** A route in the layout of a catalogue version: a count, and two fields that every sender reads. */
abstract class RouteCount extends OffHeapCount {

    /** What one thread does, which also reads the route. */
    interface RouteUser extends User {
        /** {@return the sum of the two fields} */
        long use();
    }

    private final String reference;
    private IntWord count;
    private LongWord tunnel;
    private IntWord generation;

    /**
     * Chooses the layout.
     *
     * @param reference the name of the struct in the catalogue, such as rtable@6.4
     */
    RouteCount(String reference) {
        this.reference = reference;
    }

    @Override
    final void open(Block memory, long byteOffset, int threads) {
        StructLayout layout = ((Lookup.Found) new KernelCatalog().find(reference))
                .subjects()
                .get(0)
                .layout();
        StructView route = StructView.bind(layout, memory, byteOffset);
        count = route.int32(layout.resolve("dst.__refcnt").isPresent() ? "dst.__refcnt" : "dst.__rcuref");
        tunnel = route.int64("dst.lwtstate");
        generation = route.int32("rt_genid");
        generation.set(1);
        open(count);
    }

    /** Makes the count in its word of the route. */
    abstract void open(IntWord word);

    /** {@return what the calling thread does with the count} */
    abstract User counting();

    @Override
    public final User user(int thread) {
        return new Sender(counting(), tunnel, generation);
    }

    private record Sender(User counting, LongWord tunnel, IntWord generation) implements RouteUser {
        @Override
        public boolean get() {
            return counting.get();
        }

        @Override
        public long use() {
            return tunnel.getVolatile() + generation.getVolatile();
        }

        @Override
        public void put() {
            counting.put();
        }

        @Override
        public java.util.Map<String, Long> counters() {
            return counting.counters();
        }
    }
}
