package dev.faultline.layout.notation;

import dev.faultline.input.InputException;
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
     * The attributes {@code packed} and {@code aligned}.
     *
     * @param packed whether {@code packed} is present
     * @param byteAlignment the requested alignment in bytes, 1 for none
     * @param unknown an attribute with an unknown effect on packing or alignment
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
     * @param byteSize the size in bytes that its comment states
     * @param attributes attributes of the type
     * @param scope the names that its body declares
     * @param needsOffsets why C's rules do not lay it out
     * @param token its first token
     */
    record Aggregate(
            AggregateKind kind,
            String tag,
            List<Member> members,
            OptionalLong byteSize,
            Attributes attributes,
            Optional<Scope> scope,
            Optional<InputException> needsOffsets,
            Token token) {
        String spelling() {
            return tag.isEmpty() ? kind.keyword() : kind.keyword() + " " + tag;
        }

        /** {@return the types that its body declares; not those of a Rust enum, which has no members} */
        List<Aggregate> types() {
            return members.isEmpty() ? List.of() : scope.map(Scope::types).orElse(List.of());
        }

        /** {@return the same under another tag} */
        Aggregate named(String other) {
            return new Aggregate(kind, other, members, byteSize, attributes, scope, needsOffsets, token);
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
     * @param scope the names that its class declares
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
            Optional<Scope> scope,
            Token token) {

        /** {@return the same member at the place that a comment states} */
        Member at(Optional<Place> stated) {
            return with(name, stated, scope);
        }

        /** {@return the same member as part of a class that declares these names} */
        Member in(Optional<Scope> names) {
            return with(name, place, names);
        }

        /** {@return the same member under another name} */
        Member named(String other) {
            return with(other, place, scope);
        }

        private Member with(String n, Optional<Place> p, Optional<Scope> s) {
            return new Member(n, spelling, pointer, dimensions, bitSize, inline, p, attributes, role, s, token);
        }

        /** {@return the size in bytes of an element of a flexible array, which no comment states; 0 when unknown} */
        long flexibleElementBytes() {
            return pointer
                    ? 8
                    : BasicTypes.of(spelling).map(FieldType::byteSize).orElse(0L);
        }
    }
}
