package dev.faultline.layout;

import java.util.Objects;
import java.util.Optional;

/**
 * A member as declared.
 *
 * @param name the name; empty for an anonymous struct or union
 * @param type its type; for a bit-field that of its storage unit
 * @param byteOffset bytes from the start of the struct to the member or, for a bit-field, its storage unit; from 0 to
 *     {@link StructLayout#MOST_BYTES}
 * @param bits the bits of the unit when it is a bit-field
 * @param role what it is for its struct
 */
public record Member(String name, FieldType type, long byteOffset, Optional<BitField> bits, MemberRole role) {

    public Member {
        Objects.requireNonNull(role);
        Objects.requireNonNull(name);
        Objects.requireNonNull(type);
        Objects.requireNonNull(bits);
        if (byteOffset < 0) {
            throw new IllegalArgumentException(name + ": byteOffset=" + byteOffset);
        }
        if (byteOffset > StructLayout.MOST_BYTES) {
            throw new IllegalArgumentException(
                    name + " at byte " + byteOffset + "; the limit is byte " + StructLayout.MOST_BYTES);
        }
    }

    /**
     * {@return a member that is not a bit-field}
     *
     * @param name the name; empty for an anonymous struct or union
     * @param type its type
     * @param byteOffset its offset in bytes, from 0
     */
    public static Member of(String name, FieldType type, long byteOffset) {
        return new Member(name, type, byteOffset, Optional.empty(), MemberRole.FIELD);
    }

    /**
     * {@return a bit-field}
     *
     * @param name the name
     * @param unit the type of its storage unit
     * @param unitByteOffset offset of the unit in bytes, from 0
     * @param bitOffset first bit, counted from the least significant bit of the unit; from 0
     * @param bitSize number of bits, at least 1
     */
    public static Member bits(String name, FieldType unit, long unitByteOffset, int bitOffset, int bitSize) {
        return new Member(name, unit, unitByteOffset, Optional.of(new BitField(bitOffset, bitSize)), MemberRole.FIELD);
    }

    /**
     * {@return bytes that the source does not show}
     *
     * @param byteOffset offset of the first of them in bytes, from 0
     * @param byteSize how many bytes, at least 1
     */
    public static Member notShown(long byteOffset, long byteSize) {
        FieldType bytes = new FieldType.Opaque("bytes not shown", byteSize, 1);
        return new Member("", bytes, byteOffset, Optional.empty(), MemberRole.NOT_SHOWN);
    }

    /**
     * {@return the same member in another role}
     *
     * @param other the role
     */
    public Member as(MemberRole other) {
        return new Member(name, type, byteOffset, bits, other);
    }

    /**
     * {@return the same member at another offset}
     *
     * @param otherByteOffset the offset in bytes, from 0
     */
    public Member at(long otherByteOffset) {
        return new Member(name, type, otherByteOffset, bits, role);
    }

    /** {@return whether this is an anonymous struct or union; its members are accessed as those of the outer struct} */
    public boolean isAnonymous() {
        return name.isEmpty();
    }

    /** {@return the bytes it occupies; empty for a marker, an empty struct or a flexible array} */
    public Optional<ByteRange> bytes() {
        if (bits.isPresent()) {
            return Optional.of(bits.get().bytes(byteOffset));
        }
        return type.byteSize() == 0 ? Optional.empty() : Optional.of(ByteRange.ofSize(byteOffset, type.byteSize()));
    }
}
