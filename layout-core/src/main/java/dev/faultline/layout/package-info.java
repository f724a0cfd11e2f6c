/**
 * The offsets, sizes and types of the members of a struct.
 *
 * <p>A {@link dev.faultline.layout.StructLayout} is a name, a size, an alignment and members at offsets. Its
 * {@linkplain dev.faultline.layout.Slot slots} are the complete list of fields, holes and padding from byte 0 to its
 * size, with embedded structs resolved. They are computed and checked when the layout is made: a layout whose slots do
 * not add up to its size cannot be constructed.
 *
 * <p>Conventions: {@code byteOffset}, {@code byteSize}, {@code byteAlignment} are in bytes and {@code long}; ranges are
 * half-open; bit offsets count from the least significant bit of the storage unit (little-endian machines).
 */
package dev.faultline.layout;
