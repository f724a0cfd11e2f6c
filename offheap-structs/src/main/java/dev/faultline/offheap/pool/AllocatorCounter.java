package dev.faultline.offheap.pool;

/** The events that an allocator counts for each stripe. */
public enum AllocatorCounter {
    /** Objects handed out. */
    ALLOCATIONS,
    /** Objects handed out from the stripe's own store, without touching shared memory. */
    ALLOCATION_HITS,
    /** Objects freed. */
    FREES,
    /** Objects freed into the stripe's own store. */
    FREE_HITS,
    /** Allocations that failed because no object was left. */
    EXHAUSTED,
    /** Times the stripe fetched objects from shared memory. */
    REFILLS,
    /** Times the stripe, or an alien cache it filled, gave several objects away at once. */
    FLUSHES,
    /** Freed objects that belong to another node, or to another stripe where that makes a difference. */
    REMOTE_FREES,
    /** Locks taken on the pages of a node. */
    NODE_LOCKS,
    /** Locks taken on a layer between stripe and pages: a barn, an alien cache, or a list of deferred frees. */
    LAYER_LOCKS,
    /** Locks of both kinds that another thread held. */
    CONTENDED
}
