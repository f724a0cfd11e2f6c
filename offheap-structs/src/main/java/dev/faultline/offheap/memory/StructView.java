package dev.faultline.offheap.memory;

import dev.faultline.layout.FieldRef;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.StructLayout;
import java.util.Objects;

/**
 * A struct at an offset in a block. Bounds and alignment are checked once, in {@link #bind}, and not at each access.
 */
public final class StructView {

    private final Block block;
    private final StructLayout layout;
    private final long byteOffset;

    private StructView(Block block, StructLayout layout, long byteOffset) {
        this.block = block;
        this.layout = layout;
        this.byteOffset = byteOffset;
    }

    /**
     * Binds a layout to a block.
     *
     * @param layout the layout of the struct
     * @param block the block
     * @param byteOffset offset of the struct in the block, in bytes; a multiple of the struct's alignment
     * @return the view
     * @throws IndexOutOfBoundsException when the struct is not within the block
     * @throws IllegalArgumentException when the offset is not aligned
     */
    public static StructView bind(StructLayout layout, Block block, long byteOffset) {
        Objects.checkFromIndexSize(byteOffset, layout.byteSize(), block.byteSize());
        if ((block.address() + byteOffset) % layout.byteAlignment() != 0) {
            throw new IllegalArgumentException(layout.spelling() + " needs an alignment of "
                    + layout.byteAlignment() + "; byte " + byteOffset + " of a block aligned to "
                    + block.byteAlignment() + " has less");
        }
        return new StructView(block, layout, byteOffset);
    }

    /** {@return the layout} */
    public StructLayout layout() {
        return layout;
    }

    /**
     * An accessor for a number, pointer or bit-field.
     *
     * @param path the field's path, as {@link StructLayout#resolve} takes it
     * @return the accessor
     * @throws IllegalArgumentException when there is no such field, or it is not a unit of 1, 2, 4 or 8 bytes
     */
    public NumberField number(String path) {
        FieldRef field = resolve(path);
        long unit = field.bits().isPresent()
                ? field.type().byteSize()
                : field.bytes().byteSize();
        if (unit != 1 && unit != 2 && unit != 4 && unit != 8) {
            throw new IllegalArgumentException(path + " (" + field.type().spelling() + ") has " + unit
                    + " bytes; a number has 1, 2, 4 or 8. Use bytes(path)");
        }
        long start = field.bits().isPresent()
                ? field.bytes().start() - field.bits().get().bitOffset() / 8
                : field.bytes().start();
        boolean inside = start + unit <= layout.byteSize()
                && field.bits()
                        .map(bits -> bits.bitOffset() + bits.bitSize() <= unit * 8)
                        .orElse(true);
        if (!inside) {
            throw new IllegalArgumentException(path + ": its bits lie outside a unit of " + unit + " bytes");
        }
        return new NumberField(block, path, byteOffset + start, (int) unit, field.bits());
    }

    /**
     * A 32-bit word that several threads may use: an int, an atomic or a lock of 4 bytes.
     *
     * @param path the field's path, as {@link StructLayout#resolve} takes it
     * @return the word
     * @throws IllegalArgumentException when there is no such field, or it is not a whole, aligned unit of 4 bytes
     */
    public IntWord int32(String path) {
        return block.int32(byteOffset + wordOffset(path, 4));
    }

    /**
     * A 64-bit word that several threads may use: a long, an atomic or a pointer.
     *
     * @param path the field's path, as {@link StructLayout#resolve} takes it
     * @return the word
     * @throws IllegalArgumentException when there is no such field, or it is not a whole, aligned unit of 8 bytes
     */
    public LongWord int64(String path) {
        return block.int64(byteOffset + wordOffset(path, 8));
    }

    /**
     * The 32-bit words of an array.
     *
     * @param path the array's path, as {@link StructLayout#resolve} takes it
     * @return the words, by their index
     * @throws IllegalArgumentException when there is no such field, or it is no aligned array of 4-byte elements
     */
    public IntWords int32s(String path) {
        return block.int32s(byteOffset + resolve(path).bytes().start(), count(path, 4), 4);
    }

    /**
     * The 64-bit words of an array.
     *
     * @param path the array's path, as {@link StructLayout#resolve} takes it
     * @return the words, by their index
     * @throws IllegalArgumentException when there is no such field, or it is no aligned array of 8-byte elements
     */
    public LongWords int64s(String path) {
        return block.int64s(byteOffset + resolve(path).bytes().start(), count(path, 8), 8);
    }

    private int count(String path, int byteSize) {
        FieldType type = resolve(path).type();
        boolean isArray = type instanceof FieldType.Array array
                && array.element().byteSize() == byteSize
                && array.count() > 0
                && array.count() <= Integer.MAX_VALUE;
        if (!isArray) {
            throw new IllegalArgumentException(
                    path + " (" + type.spelling() + ") is no array of words of " + byteSize + " bytes");
        }
        return (int) ((FieldType.Array) type).count();
    }

    /** {@return the offset of a word in the struct, in bytes} */
    long wordOffset(String path, int byteSize) {
        FieldRef field = resolve(path);
        if (field.bits().isPresent() || field.bytes().byteSize() != byteSize) {
            throw new IllegalArgumentException(
                    path + " (" + field.type().spelling() + ") is no word of " + byteSize + " bytes: it has "
                            + (field.bits().isPresent() ? "bits" : field.bytes().byteSize()));
        }
        return field.bytes().start();
    }

    /**
     * An accessor for the bytes of any field, array or embedded struct.
     *
     * @param path the field's path, as {@link StructLayout#resolve} takes it
     * @return the accessor
     * @throws IllegalArgumentException when there is no such field, or it is a bit-field
     */
    public BytesField bytes(String path) {
        FieldRef field = resolve(path);
        if (field.bits().isPresent()) {
            throw new IllegalArgumentException(path + " is a bit-field; use number(path)");
        }
        return new BytesField(
                block,
                byteOffset + field.bytes().start(),
                Math.toIntExact(field.bytes().byteSize()));
    }

    private FieldRef resolve(String path) {
        return layout.resolve(path)
                .orElseThrow(() -> new IllegalArgumentException(layout.spelling() + " has no field " + path
                        + dev.faultline.input.Nearest.hint(path, layout.paths())));
    }
}
