/**
 * Reference counts off heap. {@code Rcuref} is one word that is always added to and never retried; {@code CasCount} is the count it
 * replaced, kept to be measured against.
 */
package dev.faultline.offheap.refcount;
