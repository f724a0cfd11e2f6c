package dev.faultline.layout;

import java.util.Objects;
import java.util.Optional;

/**
 * A piece of a layout. The slots of a layout tile it: in order of offset they cover every bit from 0 to its size, and
 * only fields that say {@link Field#overlaps()} (arms of a union) cover a bit twice.
 */
public sealed interface Slot {

    /** {@return the bytes this slot has bits in} */
    ByteRange bytes();

    /** {@return the bits within the unit, when the slot is not made of whole bytes} */
    Optional<BitField> bits();

    /** {@return where the slot, or the unit its bits are in, starts} */
    long byteOffset();

    /** {@return the size of the slot, or of the unit its bits are in, in bytes} */
    long byteSize();

    /**
     * A field that is not opened further: a scalar, an array, a synchronisation word ({@link SyncType}), or a struct of
     * unknown inside.
     *
     * @param path member names joined by dots; anonymous structs and unions add nothing
     * @param type its type; for a bit-field that of its unit
     * @param byteOffset where it, or its unit, starts
     * @param bits its bits when it is a bit-field
     * @param overlaps whether other fields use the same bytes (arms of a union)
     */
    record Field(String path, FieldType type, long byteOffset, Optional<BitField> bits, boolean overlaps)
            implements Slot {
        /** Refuses nulls and a field without bytes. */
        public Field {
            Objects.requireNonNull(path);
            Objects.requireNonNull(bits);
            if (type.byteSize() == 0 || byteOffset < 0) {
                throw new IllegalArgumentException(path + ": byteOffset=" + byteOffset + ", type=" + type.spelling()
                        + ", byteSize=" + type.byteSize());
            }
        }

        @Override
        public ByteRange bytes() {
            return bits.isPresent() ? bits.get().bytes(byteOffset) : ByteRange.ofSize(byteOffset, type.byteSize());
        }

        @Override
        public long byteSize() {
            return type.byteSize();
        }

        /** {@return whether its name says that nobody uses it: {@code pad}, {@code __reserved}, {@code _unused2}} */
        public boolean isPadding() {
            return PaddingName.isOne(path.substring(path.lastIndexOf('.') + 1));
        }
    }

    /**
     * Bytes or bits between fields that nothing uses.
     *
     * @param owner path of the embedded struct it is in, empty for the struct itself
     * @param byteOffset where it, or the unit with the unused bits, starts
     * @param byteSize its size, or that of the unit, in bytes
     * @param bits the unused bits of the unit, when it is not whole bytes
     */
    record Hole(String owner, long byteOffset, long byteSize, Optional<BitField> bits) implements Slot {
        /** Refuses a hole without bytes. */
        public Hole {
            Objects.requireNonNull(owner);
            Objects.requireNonNull(bits);
            ByteRange.ofSize(byteOffset, byteSize);
        }

        @Override
        public ByteRange bytes() {
            return bits.isPresent() ? bits.get().bytes(byteOffset) : ByteRange.ofSize(byteOffset, byteSize);
        }
    }

    /**
     * Unused bytes or bits after the last field of a struct.
     *
     * @param owner path of the embedded struct it closes, empty for the struct itself
     * @param byteOffset where it, or the unit with the unused bits, starts
     * @param byteSize its size, or that of the unit, in bytes
     * @param bits the unused bits of the unit, when it is not whole bytes
     */
    record Padding(String owner, long byteOffset, long byteSize, Optional<BitField> bits) implements Slot {
        /** Refuses padding without bytes. */
        public Padding {
            Objects.requireNonNull(owner);
            Objects.requireNonNull(bits);
            ByteRange.ofSize(byteOffset, byteSize);
        }

        @Override
        public ByteRange bytes() {
            return bits.isPresent() ? bits.get().bytes(byteOffset) : ByteRange.ofSize(byteOffset, byteSize);
        }
    }
}
