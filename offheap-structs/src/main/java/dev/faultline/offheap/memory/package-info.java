/**
 * Off-heap memory a struct can be bound to; the only package that knows Chronicle Bytes.
 *
 * <p>Chronicle's native stores are aligned to 16 bytes and their reads are not checked: one past the end is a crash. So
 * blocks are allocated with room to round up, bounds and alignment are checked once, when a view is bound or an accessor
 * is made, and every access finds out that the block was closed; the memory of a closed block stays there until no
 * thread can be inside an
 * access ({@code Reclaimer}). What is reached through views is at fixed offsets from
 * then on; elastic buffers, which move, are never used.
 *
 * <p>There are two ways in. {@code NumberField} and {@code BytesField} reach any field of a declared struct and are for
 * looking at it. {@code IntWord}, {@code LongWord} and their plurals are what concurrent structures are built on: they cost
 * the access and nothing else.
 */
package dev.faultline.offheap.memory;
