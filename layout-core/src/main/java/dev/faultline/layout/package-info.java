/**
 * What the bytes of a struct are.
 *
 * <p>A {@link dev.faultline.layout.StructLayout} is a name, a size, an alignment and members at offsets. From these it
 * makes, once and when it is made, its {@linkplain dev.faultline.layout.Slot slots}: a complete list of fields, holes
 * and padding from byte 0 to its size, embedded structs opened. A hole is a slot, never a subtraction in a printer, and
 * a layout whose slots do not add up to its size cannot exist.
 *
 * <p>Conventions: {@code byteOffset}, {@code byteSize}, {@code byteAlignment} are in bytes and {@code long}; ranges are
 * half-open; bit offsets count from the least significant bit of the storage unit (little-endian machines).
 */
package dev.faultline.layout;
