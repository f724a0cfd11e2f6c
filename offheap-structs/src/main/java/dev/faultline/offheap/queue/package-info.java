/**
 * Queues off heap. {@code AlfQueue} is a ring whose two sides are each other's mirror image ({@code RingSide}) and share nothing but
 * the tails: an operation reads the other side's tail, and that line has to travel whatever stands on it. Bulks share the journey.
 */
package dev.faultline.offheap.queue;
