package dev.faultline.layout.notation;

import dev.faultline.layout.AggregateKind;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What stands in the text, before it is held together: nothing here is checked against anything else. */
final class Raw {

    private Raw() {}

    /**
     * The comment behind a member: where it is.
     *
     * @param byteOffset from the start of the outermost struct
     * @param bitOffset of a bit-field, from the least significant bit of its unit
     * @param byteSize of the member, or of the unit
     */
    record Place(long byteOffset, OptionalInt bitOffset, long byteSize) {}

    /**
     * {@code packed} and {@code aligned}.
     *
     * @param packed whether it said so
     * @param byteAlignment what it asked for, 1 when nothing
     * @param unknown what asks for a packing or an alignment that is not known here
     */
    record Attributes(boolean packed, long byteAlignment, Optional<Token> unknown) {
        static final Attributes NONE = new Attributes(false, 1, Optional.empty());

        static Attributes unknown(Token token) {
            return new Attributes(false, 1, Optional.of(token));
        }

        Attributes and(Attributes other) {
            return new Attributes(
                    packed || other.packed,
                    Math.max(byteAlignment, other.byteAlignment),
                    unknown.or(() -> other.unknown));
        }
    }

    /**
     * A struct, union or class with its members.
     *
     * @param kind its keyword
     * @param tag its name, empty when it has none
     * @param members its members
     * @param byteSize the size its comment states
     * @param attributes of the type
     * @param token where it starts
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
    }

    /**
     * A member.
     *
     * @param name its name, empty when it has none
     * @param spelling its type without the array's dimensions
     * @param pointer whether that is a pointer
     * @param dimensions of an array, outermost first; 0 for a flexible one
     * @param bitSize width of a bit-field
     * @param inline the aggregate declared in place
     * @param place what its comment states
     * @param attributes of the member
     * @param token where its name, or it itself, starts
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
            Token token) {}
}
