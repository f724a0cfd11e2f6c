/**
 * Off-heap memory and accessors for structs in it; the only package that uses Chronicle Bytes.
 *
 * <p>Chronicle's native stores are aligned to 16 bytes, and their reads are not checked: reading past the end may crash
 * the VM. Therefore a block is allocated with room to align its first byte, bounds and alignment are checked once, when
 * a view is bound or an accessor is made, and every access fails if the block is closed. The memory of a closed block
 * is freed when no thread can be inside an access ({@code Reclaimer}). Fields are at fixed offsets; Chronicle's elastic
 * buffers, which move, are not used.
 *
 * <p>There are two kinds of accessors. {@code NumberField} and {@code BytesField} reach any field of a struct, for
 * inspection. {@code IntWord}, {@code LongWord}, {@code IntWords} and {@code LongWords} are for concurrent structures;
 * they add next to nothing to the cost of the access.
 */
package dev.faultline.offheap.memory;
