/**
 * Grace periods: freeing what others may still look at. Reference counts need them, because a thread whose count went to
 * zero may be overtaken by another that frees the object before the first has decided (facts of rcuref and percpu_ref).
 *
 * <p>Readers announce that they hold nothing ({@code Reader.quiescent}); that is a load and a store to a line of their own,
 * no fence, so that what is protected costs nothing. The kernel gets the same from the scheduler, Java has to be told.
 */
package dev.faultline.offheap.rcu;
