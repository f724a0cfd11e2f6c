package dev.faultline.source.dwarf.record;

import dev.faultline.layout.AggregateKind;
import dev.faultline.layout.MemberRole;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A type as a unit describes it, without the bytes of the unit. Types of several units that are equal share one record.
 * Layouts are made of records when they are asked for.
 */
public sealed interface TypeRecord {

    /**
     * A number, enum, pointer or reference.
     *
     * @param spelling the declared type
     * @param byteSize size in bytes
     * @param byteAlignment alignment in bytes as declared; 0 when it is that of {@code unitBytes}
     * @param unitBytes size in bytes of what the machine aligns: half of a complex number, else all of it
     */
    record Number(String spelling, long byteSize, long byteAlignment, long unitBytes) implements TypeRecord {

        /** Makes a number that is not complex. */
        public Number(String spelling, long byteSize, long byteAlignment) {
            this(spelling, byteSize, byteAlignment, byteSize);
        }
    }

    /**
     * A type under another name, or with a qualifier.
     *
     * @param spelling the name, or the type with its qualifiers
     * @param target what it names
     * @param byteAlignment alignment in bytes as declared; 0 when it is that of the target
     * @param isTypedef whether it is a name; else it is a qualifier
     */
    record Renamed(String spelling, TypeRecord target, long byteAlignment, boolean isTypedef) implements TypeRecord {}

    /**
     * An array.
     *
     * @param element the type of its elements
     * @param counts number of elements of each dimension, the outer first; 0 for a flexible array
     */
    record Array(TypeRecord element, List<Long> counts) implements TypeRecord {
        public Array {
            counts = List.copyOf(counts);
        }
    }

    /**
     * Bytes of which only the size is known.
     *
     * @param spelling the declared type
     * @param byteSize size in bytes
     * @param byteAlignment alignment in bytes; 1 when unknown
     */
    record Sized(String spelling, long byteSize, long byteAlignment) implements TypeRecord {}

    /**
     * A struct that this unit only declares; another one may define it.
     *
     * @param spelling the type as a member's type
     * @param name its qualified name
     */
    record Declared(String spelling, String name) implements TypeRecord {}

    /**
     * A struct that a type unit defines.
     *
     * @param signature of the type unit
     */
    record Signed(long signature) implements TypeRecord {}

    /**
     * A type without a size that is read.
     *
     * @param reason what it is, as a phrase: {@code "an array whose length is computed at run time"}
     */
    record Unsized(String reason) implements TypeRecord {}

    /**
     * Members of which some are there at a time: variants of an enum of Rust, or of a record of Ada. It is the type of
     * a
     * member without name of the struct, from whose start all members of all variants are counted.
     *
     * @param discriminant tells which variant is there; empty when there is one variant, or the struct itself has it
     * @param variants the members of each
     */
    record Variants(Optional<MemberRecord> discriminant, List<List<MemberRecord>> variants) implements TypeRecord {
        public Variants {
            variants = List.copyOf(variants);
        }
    }

    /**
     * A struct, union or class.
     *
     * @param name its qualified name; empty for an anonymous one
     * @param spelling the type as a member's type
     * @param kind struct, union or class
     * @param byteSize size in bytes
     * @param byteAlignment alignment in bytes as declared; 0 when it is that of the members
     * @param members in the order of the declaration; of Rust in that of the offsets
     * @param place where it is declared
     * @param language of its unit
     */
    record Aggregate(
            String name,
            String spelling,
            AggregateKind kind,
            long byteSize,
            long byteAlignment,
            List<MemberRecord> members,
            DeclarationPlace place,
            SourceLanguage language)
            implements TypeRecord {
        public Aggregate {
            members = List.copyOf(members);
            Objects.requireNonNull(place);
        }

        /** {@return the keyword and the name: {@code "struct rtable"}} */
        public String title() {
            return kind.keyword() + " " + name;
        }
    }

    /**
     * A member.
     *
     * @param name its name; empty for an anonymous struct or union
     * @param type its type
     * @param bitOffset bits from the start of the struct to its first bit, in the order of addresses; -1 when it is
     *     computed at run time
     * @param bitSize number of bits when it is a bit-field; else 0
     * @param byteAlignment alignment in bytes as declared; 0 when it is that of the type
     * @param role what it is for its struct
     * @param line where it is declared; 0 when unknown
     */
    record MemberRecord(
            String name, TypeRecord type, long bitOffset, int bitSize, long byteAlignment, MemberRole role, int line) {

        public MemberRecord named(String other) {
            return new MemberRecord(other, type, bitOffset, bitSize, byteAlignment, role, line);
        }

        public MemberRecord ofType(TypeRecord other) {
            return new MemberRecord(name, other, bitOffset, bitSize, byteAlignment, role, line);
        }
    }
}
