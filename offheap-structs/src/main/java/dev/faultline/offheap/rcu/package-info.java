/**
 * Grace periods: freeing memory that other threads may still read. The reference counts need them: a thread that has
 * put a reference may not have decided yet whether it was the last one when another thread frees the object (this is
 * how the kernel uses rcuref and percpu_ref).
 *
 * <p>A reader announces that it holds no reference ({@code Reader.quiescent}) by a load and a store to a cache line of
 * its own, without a fence. The kernel learns this from its scheduler; in Java a thread must say it.
 */
package dev.faultline.offheap.rcu;
