package dev.faultline.layout.notation;

import dev.faultline.layout.AggregateKind;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.MemberRole;
import dev.faultline.layout.abi.BasicTypes;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Declarations as the text has them, not yet checked for consistency. */
final class SyntaxTree {

    private SyntaxTree() {}

    /**
     * The place of a member as its comment states it.
     *
     * @param byteOffset bytes from the start of the outermost struct
     * @param bitOffset first bit of a bit-field, from the least significant bit of its unit
     * @param byteSize size in bytes of the member or of the unit
     */
    record Place(long byteOffset, OptionalInt bitOffset, long byteSize) {}

    /**
     * The attributes of a type or a member.
     *
     * @param packed whether {@code packed} is present
     * @param aligned the largest requested alignment in bytes, which counts for a member
     * @param typeAligned the last requested alignment in bytes, which counts for a type
     * @param pointerAligned the alignment in bytes that an attribute behind the star gives a pointer type
     * @param packBytes the alignment in bytes to which {@code #pragma pack} limits members, 0 for no limit
     * @param scalarBytes the size in bytes that {@code mode}, {@code vector_size} or its values give a number
     * @param unknown an attribute with an unknown effect on packing or alignment
     */
    record Attributes(
            boolean packed,
            OptionalLong aligned,
            OptionalLong typeAligned,
            OptionalLong pointerAligned,
            long packBytes,
            OptionalLong scalarBytes,
            Optional<Token> unknown) {

        private static final OptionalLong NONE_GIVEN = OptionalLong.empty();

        static final Attributes NONE = new Attributes(false, NONE_GIVEN, NONE_GIVEN, NONE_GIVEN, 0, NONE_GIVEN, Optional.empty());

        static final Attributes PACKED = new Attributes(true, NONE_GIVEN, NONE_GIVEN, NONE_GIVEN, 0, NONE_GIVEN, Optional.empty());

        static Attributes unknown(Token token) {
            return new Attributes(false, NONE_GIVEN, NONE_GIVEN, NONE_GIVEN, 0, NONE_GIVEN, Optional.of(token));
        }

        static Attributes aligned(long bytes) {
            OptionalLong given = OptionalLong.of(bytes);
            return new Attributes(false, given, given, NONE_GIVEN, 0, NONE_GIVEN, Optional.empty());
        }

        static Attributes sized(long bytes) {
            return new Attributes(false, NONE_GIVEN, NONE_GIVEN, NONE_GIVEN, 0, OptionalLong.of(bytes), Optional.empty());
        }

        /** {@return the limit of {@code #pragma pack} in bytes} */
        static Attributes limited(long bytes) {
            return new Attributes(false, NONE_GIVEN, NONE_GIVEN, NONE_GIVEN, bytes, NONE_GIVEN, Optional.empty());
        }

        /** {@return these attributes when they stand behind the star of a pointer: there is nothing to pack} */
        Attributes ofPointer() {
            return new Attributes(false, NONE_GIVEN, NONE_GIVEN, aligned, 0, NONE_GIVEN, unknown);
        }

        /** {@return the requested alignment in bytes, 1 for none} */
        long byteAlignment() {
            return aligned.orElse(1);
        }

        Attributes and(Attributes other) {
            boolean mine = aligned.isPresent() && aligned.getAsLong() >= other.byteAlignment();
            return new Attributes(
                    packed || other.packed,
                    mine || other.aligned.isEmpty() ? aligned : other.aligned,
                    other.typeAligned.isPresent() ? other.typeAligned : typeAligned,
                    other.pointerAligned.isPresent() ? other.pointerAligned : pointerAligned,
                    Math.max(packBytes, other.packBytes),
                    scalarBytes.isPresent() ? scalarBytes : other.scalarBytes,
                    unknown.or(() -> other.unknown));
        }
    }

    /**
     * A struct, union or class with its members.
     *
     * @param kind its keyword
     * @param tag its name, empty when it has none
     * @param members its members
     * @param byteSize the size in bytes that its comment states
     * @param attributes attributes of the type
     * @param token its first token
     */
    record Aggregate(
            AggregateKind kind,
            String tag,
            List<Member> members,
            OptionalLong byteSize,
            Attributes attributes,
            Token token) {
        String spelling() {
            return tag.isEmpty() ? kind.keyword() : kind.keyword() + " " + tag;
        }

        /** {@return whether comments state its size or the place of a member} */
        boolean isPlaced() {
            return byteSize.isPresent()
                    || members.stream().anyMatch(member -> member.place().isPresent());
        }
    }

    /**
     * A member.
     *
     * @param name its name, empty when it has none
     * @param spelling its type without array dimensions
     * @param pointer whether that is a pointer
     * @param dimensions array dimensions, outermost first; 0 for a flexible array
     * @param bitSize width of a bit-field
     * @param inline the aggregate declared in place
     * @param place what its comment states
     * @param attributes attributes of the member
     * @param role what it is for its struct
     * @param token the token of its name, or its first one
     */
    record Member(
            String name,
            String spelling,
            boolean pointer,
            List<Long> dimensions,
            OptionalInt bitSize,
            Optional<Aggregate> inline,
            Optional<Place> place,
            Attributes attributes,
            MemberRole role,
            Token token) {

        /** {@return the same member at the place that a comment states} */
        Member at(Optional<Place> stated) {
            return new Member(name, spelling, pointer, dimensions, bitSize, inline, stated, attributes, role, token);
        }

        /** {@return the size in bytes of an element of a flexible array, which no comment states; 0 when unknown} */
        long flexibleElementBytes() {
            return pointer
                    ? 8
                    : BasicTypes.of(spelling).map(FieldType::byteSize).orElse(0L);
        }
    }
}
