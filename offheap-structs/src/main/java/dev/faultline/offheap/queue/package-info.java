/**
 * Queues in off-heap memory. {@code AlfQueue} is a ring with two sides that work alike ({@code RingSide}) and share
 * nothing but their tails. Every operation reads the other side's tail, whose cache line must travel between CPUs;
 * moving several elements at once shares that cost.
 */
package dev.faultline.offheap.queue;
