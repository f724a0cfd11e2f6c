/**
 * Linearisability of queues, counts and pools, checked by Lincheck: threads run short scenarios on off-heap memory, and
 * what the calls returned must be what they could return one after the other, by a sequential specification.
 */
package dev.faultline.offheap.lincheck;
