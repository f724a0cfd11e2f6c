package dev.faultline.offheap.kernel;

import dev.faultline.layout.AggregateKind;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.Member;
import dev.faultline.layout.Provenance;
import dev.faultline.layout.StructLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * Declares a struct with nothing left to a compiler: each field at its byte, each hole with its size. A gap that is not
 * declared, or a field that is not where the ones before it end, is refused when it is declared.
 */
final class Declaration {

    private final String name;
    private final AggregateKind kind;
    private final String version;
    private final List<Member> members = new ArrayList<>();
    private long end;

    private Declaration(String name, AggregateKind kind, String version) {
        this.name = name;
        this.kind = kind;
        this.version = version;
    }

    static Declaration struct(String name, String version) {
        return new Declaration(name, AggregateKind.STRUCT, version);
    }

    static Declaration union(String version) {
        return new Declaration("", AggregateKind.UNION, version);
    }

    static FieldType pointer(String spelling) {
        return FieldType.Scalar.natural(spelling, 8);
    }

    static FieldType number(String spelling, int byteSize) {
        return FieldType.Scalar.natural(spelling, byteSize);
    }

    /** Declares a field; in a struct it must start where the last one, or the last declared hole, ends. */
    Declaration field(String field, FieldType type, long byteOffset) {
        return add(Member.of(field, type, byteOffset), byteOffset + type.byteSize());
    }

    /** Declares a struct laid out inside this one. */
    Declaration field(String field, StructLayout embedded, long byteOffset) {
        return field(field, new FieldType.Aggregate(embedded.spelling(), embedded), byteOffset);
    }

    /** Declares bits of the unit at {@code unitByteOffset}; the first of a unit must start where the last field ends. */
    Declaration bits(String field, FieldType unit, long unitByteOffset, int bitOffset, int bitSize) {
        long unitEnd = unitByteOffset + unit.byteSize();
        Member bits = Member.bits(field, unit, unitByteOffset, bitOffset, bitSize);
        if (end == unitEnd) {
            members.add(bits);
            return this;
        }
        return add(bits, unitEnd);
    }

    /** Declares unused bytes. */
    Declaration hole(long byteOffset, long byteSize) {
        expectEnd("a hole", byteOffset);
        end = byteOffset + byteSize;
        return this;
    }

    private Declaration add(Member member, long memberEnd) {
        if (kind == AggregateKind.UNION) {
            end = Math.max(end, memberEnd);
        } else {
            expectEnd(member.name(), member.byteOffset());
            end = memberEnd;
        }
        members.add(member);
        return this;
    }

    private void expectEnd(String what, long byteOffset) {
        if (byteOffset != end) {
            throw new IllegalArgumentException(name + ": " + what + " declared at byte " + byteOffset
                    + ", but what is declared before it ends at " + end + "; declare the hole");
        }
    }

    /** {@return the layout; refuses a size that is not where the last field or hole ends} */
    StructLayout ofSize(long byteSize, long byteAlignment) {
        if (byteSize != end) {
            throw new IllegalArgumentException(name + ": declared size " + byteSize + ", but its fields end at " + end);
        }
        String source = version.isEmpty() ? "catalogue" : "catalogue " + version;
        return StructLayout.of(
                name, kind, byteSize, byteAlignment, members, Provenance.of(Provenance.Origin.DECLARED, source));
    }
}
