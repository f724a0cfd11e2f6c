package dev.faultline.offheap.pool;

import java.util.Arrays;

/**
 * The common part of the caches: the memory of the objects, a counting context for each stripe, and closing once.
 *
 * @param <L> the context of a stripe
 */
abstract class StripedCache<L extends StripedCache.CountingLocal> implements ObjectCache {

    /** A context with counters. */
    abstract static class CountingLocal implements Local {

        final StripeCounters counters;

        CountingLocal(StripeCounters counters) {
            this.counters = counters;
        }

        /** Counts an allocation; hands out the object unless the handle is 0. Returns the owner's handle, or 0. */
        final long handOut(Slots slots, long handle) {
            counters.add(handle == 0 ? AllocatorCounter.EXHAUSTED : AllocatorCounter.ALLOCATIONS);
            return handle == 0 ? 0 : slots.handOut(handle);
        }
    }

    final Slots slots;

    private final StripeNodes stripes;
    private boolean closed;

    StripedCache(Slots slots, StripeNodes stripes) {
        this.slots = slots;
        this.stripes = stripes;
    }

    /** {@return the contexts, by stripe} */
    abstract L[] locals();

    /** Gives all free objects back and frees the memory. */
    abstract void release();

    @Override
    public final L local(int stripe) {
        return locals()[stripe];
    }

    @Override
    public final Slots slots() {
        return slots;
    }

    @Override
    public final StripeNodes stripes() {
        return stripes;
    }

    @Override
    public AllocatorStatistics counts() {
        return StripeCounters.sum(Arrays.stream(locals()).map(local -> local.counters));
    }

    @Override
    public final void close() {
        if (!closed) {
            closed = true;
            release();
        }
    }
}
