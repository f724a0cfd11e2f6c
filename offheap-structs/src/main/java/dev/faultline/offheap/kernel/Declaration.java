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
 * declared, or a field that is not where the ones before it end, is refused when it is declared. Bytes of which nothing is
 * told are a run of their own, named after where it starts, so that nobody takes them for padding.
 */
final class Declaration {

    private final String name;
    private final AggregateKind kind;
    private final String version;
    private final List<Member> members = new ArrayList<>();
    private long end;
    private String part = "";

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

    /** A pointer of a 32-bit kernel. */
    static FieldType pointer32(String spelling) {
        return FieldType.Scalar.natural(spelling, 4);
    }

    static FieldType number(String spelling, int byteSize) {
        return FieldType.Scalar.natural(spelling, byteSize);
    }

    /** A member of no bytes: it begins or ends a group of members, or marks where one starts. */
    static FieldType marker() {
        return new FieldType.Array(number("__u8", 1), 0);
    }

    static FieldType array(FieldType element, long count) {
        return new FieldType.Array(element, count);
    }

    /** A type of which nothing matters here but its name and size. */
    static FieldType opaque(String spelling, int byteSize, int byteAlignment) {
        return new FieldType.Opaque(spelling, byteSize, byteAlignment);
    }

    /** Declares a field; in a struct it must start where the last one, or the last declared hole, ends. */
    Declaration field(String field, FieldType type, long byteOffset) {
        return add(Member.of(field, type, byteOffset), byteOffset + type.byteSize());
    }

    /** Declares a struct laid out inside this one. */
    Declaration field(String field, StructLayout embedded, long byteOffset) {
        return field(field, new FieldType.Aggregate(embedded.spelling(), embedded), byteOffset);
    }

    /**
     * Declares bit-fields that follow each other from bit 0 of a unit on; the unit must start where the last field ends.
     *
     * @param unit the type they are declared with
     * @param unitByteOffset where the unit starts
     * @param named each a name and a width, as in {@code "rt_pmtu:31"}
     */
    Declaration bits(FieldType unit, long unitByteOffset, String... named) {
        expectEnd("bits", unitByteOffset);
        int bit = 0;
        for (String one : named) {
            int colon = one.indexOf(':');
            int width = Integer.parseInt(one.substring(colon + 1));
            members.add(Member.bits(one.substring(0, colon), unit, unitByteOffset, bit, width));
            bit += width;
        }
        end = unitByteOffset + unit.byteSize();
        return this;
    }

    /** Declares bytes that hold something, of which the catalogue does not say what. */
    Declaration undeclared(long byteOffset, long byteSize) {
        part = ", in part";
        return field("undeclared_" + byteOffset, array(number("u8", 1), byteSize), byteOffset);
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
        String source = version.isEmpty() ? "catalogue" : "catalogue " + version + part;
        return StructLayout.of(
                name, kind, byteSize, byteAlignment, members, Provenance.of(Provenance.Origin.DECLARED, source));
    }

    /** {@return the layout of the first bytes of a struct whose end is not known} */
    StructLayout upTo(long byteSize, long byteAlignment) {
        part = ", its first " + byteSize + " bytes, in part";
        return ofSize(byteSize, byteAlignment);
    }
}
