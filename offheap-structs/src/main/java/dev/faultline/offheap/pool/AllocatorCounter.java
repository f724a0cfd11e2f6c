package dev.faultline.offheap.pool;

/** What is counted on each stripe. */
public enum AllocatorCounter {
    /** Objects handed out. */
    ALLOCATIONS,
    /** Objects handed out of what the stripe had itself: nothing shared was touched. */
    ALLOCATION_HITS,
    /** Objects taken back. */
    FREES,
    /** Objects taken back that the stripe kept itself. */
    FREE_HITS,
    /** Allocations that got nothing. */
    EXHAUSTED,
    /** Times the stripe fetched objects from what is shared. */
    REFILLS,
    /** Times the stripe, or an alien cache it filled, gave several objects away. */
    FLUSHES,
    /** Objects taken back that belong to another node, or another stripe where that matters. */
    REMOTE_FREES,
    /** Locks taken of a node's pages. */
    NODE_LOCKS,
    /** Locks taken of what is between stripe and pages: a barn, an alien cache, a list of deferred frees. */
    LAYER_LOCKS,
    /** Locks of either sort that somebody else had. */
    CONTENDED
}
