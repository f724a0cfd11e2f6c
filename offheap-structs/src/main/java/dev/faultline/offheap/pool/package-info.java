/**
 * Allocators of off-heap objects: a slab, whose pages are under a lock for each node, and caches in front of it, so
 * that threads need not take that lock. They differ most when one thread allocates and another frees.
 *
 * <p>An object is a slot of a {@link dev.faultline.offheap.pool.Slab}. A handle identifies it: a positive number that
 * is checked at each use, or 0 for none. A stripe corresponds to a CPU in the kernel: a context that one thread at a
 * time uses ({@code ObjectCache.Local}). Stripes belong to nodes, each with pages of its own.
 *
 * <p>All mutable state is off heap, each stripe's on cache lines of its own, and so are the counters. They are there to
 * compare the allocators: how many locks a pair of allocation and free takes, and how much memory is held.
 */
package dev.faultline.offheap.pool;
