package dev.faultline.layout.syntax;

import dev.faultline.input.InputException;
import dev.faultline.layout.AggregateKind;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.MemberRole;
import dev.faultline.layout.abi.BasicTypes;
import dev.faultline.layout.abi.DeclaredSyncType;
import dev.faultline.layout.token.Token;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Declarations as the text has them, not yet checked for consistency. */
public final class SyntaxTree {

    private SyntaxTree() {}

    /**
     * The place of a member as its comment states it.
     *
     * @param byteOffset bytes from the start of the outermost struct
     * @param bitOffset first bit of a bit-field, from the least significant bit of its unit
     * @param byteSize size in bytes of the member or of the unit
     */
    public record Place(long byteOffset, OptionalInt bitOffset, long byteSize) {

        private static final long UNKNOWN = -1;

        /** {@return the place of a member of a union whose comment states only a size} */
        static Place ofSize(long byteSize) {
            return new Place(UNKNOWN, OptionalInt.empty(), byteSize);
        }

        public boolean hasOffset() {
            return byteOffset != UNKNOWN;
        }

        /** {@return the same place with this offset, when it has none} */
        public Place orAt(long otherByteOffset) {
            return hasOffset() ? this : new Place(otherByteOffset, bitOffset, byteSize);
        }
    }

    /**
     * What stands between members.
     *
     * @param index the number of members before it
     * @param token where it stands
     */
    public record Mark(int index, Token token) {}

    /**
     * What the comments and marks in a body tell about the bytes between the members.
     *
     * @param memberCount how many members the statistics state; 0 when they do not
     * @param cuts where lines are cut out
     * @param holes before which members a hole is stated, by index
     * @param bitHoles before which members unused bits are stated, by index; the number of members for those at the end
     * @param hasPadding whether unused bytes are stated at the end
     */
    public record Remarks(
            int memberCount, List<Mark> cuts, Set<Integer> holes, Set<Integer> bitHoles, boolean hasPadding) {
        static final Remarks NONE = new Remarks(0, List.of(), Set.of(), Set.of(), false);

        /** {@return the same remarks with other indices of members} */
        Remarks at(IntUnaryOperator indices) {
            return new Remarks(
                    memberCount,
                    cuts.stream()
                            .map(mark -> new Mark(indices.applyAsInt(mark.index()), mark.token()))
                            .toList(),
                    moved(holes, indices),
                    moved(bitHoles, indices),
                    hasPadding);
        }

        private static Set<Integer> moved(Set<Integer> all, IntUnaryOperator indices) {
            return all.stream().map(indices::applyAsInt).collect(Collectors.toUnmodifiableSet());
        }
    }

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
    public record Attributes(
            boolean packed,
            OptionalLong aligned,
            OptionalLong typeAligned,
            OptionalLong pointerAligned,
            long packBytes,
            OptionalLong scalarBytes,
            Optional<Token> unknown) {

        private static final OptionalLong NONE_GIVEN = OptionalLong.empty();

        static final Attributes NONE =
                new Attributes(false, NONE_GIVEN, NONE_GIVEN, NONE_GIVEN, 0, NONE_GIVEN, Optional.empty());

        static final Attributes PACKED =
                new Attributes(true, NONE_GIVEN, NONE_GIVEN, NONE_GIVEN, 0, NONE_GIVEN, Optional.empty());

        static Attributes unknown(Token token) {
            return new Attributes(false, NONE_GIVEN, NONE_GIVEN, NONE_GIVEN, 0, NONE_GIVEN, Optional.of(token));
        }

        static Attributes aligned(long bytes) {
            OptionalLong given = OptionalLong.of(bytes);
            return new Attributes(false, given, given, NONE_GIVEN, 0, NONE_GIVEN, Optional.empty());
        }

        static Attributes sized(long bytes) {
            return new Attributes(
                    false, NONE_GIVEN, NONE_GIVEN, NONE_GIVEN, 0, OptionalLong.of(bytes), Optional.empty());
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
        public long byteAlignment() {
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
     * @param remarks what its body tells about the bytes between its members
     * @param scope the names that its body declares
     * @param needsOffsets why C's rules do not lay it out
     * @param token its first token
     */
    public record Aggregate(
            AggregateKind kind,
            String tag,
            List<Member> members,
            OptionalLong byteSize,
            Attributes attributes,
            Remarks remarks,
            Optional<Scope> scope,
            Optional<InputException> needsOffsets,
            Token token) {

        /** {@return the same aggregate with the size that a comment behind it states, when none in it does} */
        Aggregate orOfSize(OptionalLong stated) {
            return byteSize.isPresent() || stated.isEmpty() ? this : with(tag, stated);
        }

        private Aggregate with(String otherTag, OptionalLong size) {
            return new Aggregate(kind, otherTag, members, size, attributes, remarks, scope, needsOffsets, token);
        }

        /** {@return the first place, here or in an aggregate inside, where lines are cut out} */
        public Optional<Token> firstCut() {
            return Stream.concat(
                            remarks.cuts().stream().map(Mark::token),
                            members.stream()
                                    .flatMap(member -> member.inline().stream())
                                    .flatMap(inner -> inner.firstCut().stream()))
                    .findFirst();
        }

        public String spelling() {
            return tag.isEmpty() ? kind.keyword() : kind.keyword() + " " + tag;
        }

        /** {@return the types that its body declares; not those of a Rust enum, which has no members} */
        List<Aggregate> types() {
            return members.isEmpty() ? List.of() : scope.map(Scope::types).orElse(List.of());
        }

        /** {@return the same under another tag} */
        Aggregate named(String other) {
            return with(other, byteSize);
        }

        /** {@return whether comments state its size or the place of a member} */
        public boolean isPlaced() {
            return byteSize.isPresent()
                    || members.stream()
                            .anyMatch(member ->
                                    member.place().filter(Place::hasOffset).isPresent());
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
    public record Member(
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

        /** {@return whether it has a place: not a bit-field that only moves others, nor a virtual base class} */
        public boolean isPlaceable() {
            boolean virtual = role == MemberRole.BASE_CLASS && place.isEmpty();
            return !(name.isEmpty() && bitSize.isPresent()) && !virtual;
        }

        /** {@return the same member with another spelling of its type} */
        Member spelled(String other) {
            return new Member(name, other, pointer, dimensions, bitSize, inline, place, attributes, role, scope, token);
        }

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
        public long flexibleElementBytes() {
            return pointer
                    ? 8
                    : BasicTypes.of(spelling)
                            .or(() -> DeclaredSyncType.of(spelling, BasicTypes::of))
                            .map(FieldType::byteSize)
                            .orElse(0L);
        }
    }
}
