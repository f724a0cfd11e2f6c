/**
 * Allocators of off-heap objects: pages of objects under a lock for each node, and what has been put in front of them so that
 * threads need not take it. The pattern that separates them is the uneven one, where one thread allocates and another frees.
 *
 * <p>An object is a slot of a {@link dev.faultline.offheap.pool.Slab}; a handle names it: a positive number that is checked at
 * each use, 0 where there is none. A stripe is what the kernel calls a CPU: a context that one thread at a time works with
 * ({@code ObjectCache.Local}). StripeNodes are grouped into nodes, each with pages of its own.
 *
 * <p>All that changes is off heap, each stripe's on lines of its own, and so are the counters, which are there to be
 * compared: how many locks a pair of allocation and free takes, and how much memory is held for it.
 */
package dev.faultline.offheap.pool;
