package dev.faultline.layout;

import java.util.Objects;
import java.util.Optional;

/**
 * A part of a layout. In order of offset the slots cover every bit from 0 to the size of the layout. Only fields that
 * say {@link Field#overlaps()} (members of a union) share bits.
 */
public sealed interface Slot {

    /** {@return the bytes that this slot occupies at least in part} */
    ByteRange bytes();

    /** {@return the bits within the storage unit, when the slot is not whole bytes} */
    Optional<BitField> bits();

    /** {@return the offset in bytes of the slot or of the storage unit its bits are in} */
    long byteOffset();

    /** {@return the size in bytes of the slot or of the storage unit its bits are in} */
    long byteSize();

    /**
     * A field whose inside is not shown as slots: a scalar, an array, a synchronisation type ({@link SyncType}) or an
     * opaque struct.
     *
     * @param path member names joined by dots; anonymous structs and unions add nothing
     * @param type its type; for a bit-field that of its storage unit
     * @param byteOffset offset in bytes of the field or its storage unit
     * @param bits its bits when it is a bit-field
     * @param overlaps whether other fields use the same bytes (members of a union)
     * @param isPadding whether it only keeps other fields apart: where the code is known, no code uses it; elsewhere
     *     its name says so
     */
    record Field(
            String path, FieldType type, long byteOffset, Optional<BitField> bits, boolean overlaps, boolean isPadding)
            implements Slot {
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
    }

    /**
     * Unused bytes or bits between fields.
     *
     * @param owner path of the embedded struct it is in, empty for the struct itself
     * @param byteOffset offset in bytes of the hole or of the unit with the unused bits
     * @param byteSize size in bytes of the hole or the unit, at least 1
     * @param bits the unused bits of the unit, when it is not whole bytes
     * @param purpose what keeps them free, such as {@code "@Contended"}; empty when only alignment does
     */
    record Hole(String owner, long byteOffset, long byteSize, Optional<BitField> bits, String purpose) implements Slot {
        public Hole {
            Objects.requireNonNull(owner);
            Objects.requireNonNull(purpose);
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
     * @param owner path of the embedded struct whose tail it is, empty for the struct itself
     * @param byteOffset offset in bytes of the padding or of the unit with the unused bits
     * @param byteSize size in bytes of the padding or the unit, at least 1
     * @param bits the unused bits of the unit, when it is not whole bytes
     * @param purpose what keeps them free, such as {@code "@Contended"}; empty when only alignment does
     */
    record Padding(String owner, long byteOffset, long byteSize, Optional<BitField> bits, String purpose)
            implements Slot {
        public Padding {
            Objects.requireNonNull(owner);
            Objects.requireNonNull(purpose);
            Objects.requireNonNull(bits);
            ByteRange.ofSize(byteOffset, byteSize);
        }

        @Override
        public ByteRange bytes() {
            return bits.isPresent() ? bits.get().bytes(byteOffset) : ByteRange.ofSize(byteOffset, byteSize);
        }
    }

    /**
     * Bytes of which the source does not show what they hold: they are no free space, and no rule judges them.
     *
     * @param owner path of the embedded struct they are in, empty for the struct itself
     * @param byteOffset offset in bytes of the first of them
     * @param byteSize how many bytes, at least 1
     */
    record NotShown(String owner, long byteOffset, long byteSize) implements Slot {
        public NotShown {
            Objects.requireNonNull(owner);
            ByteRange.ofSize(byteOffset, byteSize);
        }

        @Override
        public ByteRange bytes() {
            return ByteRange.ofSize(byteOffset, byteSize);
        }

        @Override
        public Optional<BitField> bits() {
            return Optional.empty();
        }
    }
}
