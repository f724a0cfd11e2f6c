package dev.faultline.offheap.pool;

import java.util.ArrayDeque;
import java.util.Deque;

/** The compositions of allocators that are tested. */
enum Kind {
    SLAB,
    ARRAYS,
    MAGAZINES,
    POOL_OVER_SLAB,
    POOL_OVER_MAGAZINES,
    ARRAY_POOL_OVER_SLAB,
    ARRAY_POOL_OVER_MAGAZINES,
    DEFERRED_OVER_SLAB,
    DEFERRED_OVER_ARRAYS;

    /** An allocator on a slab; closing it closes all layers from the top down. */
    record Stack(Slab slab, ObjectCache top, Deque<ObjectCache> layers) implements AutoCloseable {

        /** Closes the layers in front of the slab. */
        void closeLayers() {
            while (layers.peek() != slab) {
                layers.pop().close();
            }
        }

        @Override
        public void close() {
            while (!layers.isEmpty()) {
                layers.pop().close();
            }
        }
    }

    Stack open(StripeNodes stripes, int objects, int objectBytes) {
        Slab slab = Slab.create(stripes, objects, objectBytes, 64);
        Deque<ObjectCache> layers = new ArrayDeque<>();
        layers.push(slab);
        switch (this) {
            case SLAB -> {}
            case ARRAYS -> layers.push(ArrayCaches.over(slab));
            case MAGAZINES -> layers.push(Magazines.over(slab));
            case POOL_OVER_SLAB -> layers.push(Qmempool.create(slab, 16, 32, 0));
            case POOL_OVER_MAGAZINES -> {
                layers.push(Magazines.over(slab));
                layers.push(Qmempool.create(layers.peek(), 32, 64, 0));
            }
            case ARRAY_POOL_OVER_SLAB -> layers.push(ArrayQmempool.create(slab, 16, 32));
            case ARRAY_POOL_OVER_MAGAZINES -> {
                layers.push(Magazines.over(slab));
                layers.push(ArrayQmempool.create(layers.peek(), 2, 2));
            }
            case DEFERRED_OVER_SLAB -> layers.push(DeferredFrees.over(slab));
            case DEFERRED_OVER_ARRAYS -> {
                layers.push(ArrayCaches.over(slab));
                layers.push(DeferredFrees.over(layers.peek()));
            }
        }
        return new Stack(slab, layers.peek(), layers);
    }
}
