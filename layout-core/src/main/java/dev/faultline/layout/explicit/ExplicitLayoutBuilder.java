package dev.faultline.layout.explicit;

import dev.faultline.api.Internal;
import dev.faultline.layout.AggregateKind;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.Member;
import dev.faultline.layout.Provenance;
import dev.faultline.layout.StructLayout;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Puts a struct or union together from members at explicit offsets. Each member and each hole of a struct must start
 * where the one before it ends. It is what {@code Declaration} of {@code offheap-structs} consists of, and what reads
 * such declarations from class files. Not thread-safe.
 */
@Internal
public final class ExplicitLayoutBuilder {

    private final String name;
    private final AggregateKind kind;
    private final List<Member> members = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private long memberCount;
    private long endBit;
    private String part = "";

    /**
     * The start of a struct or union.
     *
     * @param kind which of both
     * @param name its tag; may be empty
     */
    public ExplicitLayoutBuilder(AggregateKind kind, String name) {
        this.name = Objects.requireNonNull(name);
        this.kind = Objects.requireNonNull(kind);
    }

    /**
     * Adds a member.
     *
     * @param field its name; empty for a nameless struct or union
     * @param type its type
     * @param byteOffset its offset in bytes
     * @throws IllegalArgumentException when the member before it, or the hole, ends elsewhere, or has the same name
     */
    public void field(String field, FieldType type, long byteOffset) {
        add(Member.of(field, type, byteOffset), 8 * (byteOffset + type.byteSize()));
    }

    /**
     * Adds consecutive bit-fields of a whole unit, from its bit 0 on.
     *
     * @param unit the type of the unit
     * @param unitByteOffset offset of the unit in bytes
     * @param named name and width in bits of each, such as {@code "rt_pmtu:31"}
     * @throws IllegalArgumentException when one is written otherwise, they need more bits than the unit has, or the
     *     unit does not start where the member before it ends
     */
    public void bits(FieldType unit, long unitByteOffset, List<String> named) {
        int bit = 0;
        for (String one : named) {
            int width = width(one, unit);
            if (bit + width > 8 * unit.byteSize()) {
                throw new IllegalArgumentException(name + ": " + one + " ends at bit " + (bit + width)
                        + " of a unit of " + 8 * unit.byteSize() + " bits");
            }
            bit(one.substring(0, one.indexOf(':')), unit, unitByteOffset, bit, width);
            bit += width;
        }
        endBit = 8 * (unitByteOffset + unit.byteSize());
    }

    private int width(String named, FieldType unit) {
        int colon = named.indexOf(':');
        String digits = colon < 0 ? "" : named.substring(colon + 1);
        boolean isNumber =
                !digits.isEmpty() && digits.length() <= 9 && digits.chars().allMatch(Character::isDigit);
        int width = isNumber ? Integer.parseInt(digits) : 0;
        if (width < 1) {
            throw new IllegalArgumentException(name + ": bit-field \"" + named + "\"; expected a name, a colon and a "
                    + "width of 1 to " + 8 * unit.byteSize() + ", such as \"flags:3\"");
        }
        return width;
    }

    /**
     * Adds one bit-field.
     *
     * @param field its name
     * @param unit the type of its unit
     * @param unitByteOffset offset of its unit in bytes; earlier members may share the unit
     * @param bitOffset its first bit in the unit
     * @param bitSize its width in bits
     * @throws IllegalArgumentException when the member before it, or the unused bits, end elsewhere
     */
    public void bit(String field, FieldType unit, long unitByteOffset, int bitOffset, int bitSize) {
        add(Member.bits(field, unit, unitByteOffset, bitOffset, bitSize), 8 * unitByteOffset + bitOffset + bitSize);
    }

    /**
     * Adds unused bits.
     *
     * @param bitSize how many
     * @throws IllegalArgumentException when there are none
     */
    public void unusedBits(int bitSize) {
        if (bitSize < 1) {
            throw new IllegalArgumentException(name + ": " + bitSize + " unused bits");
        }
        endBit += bitSize;
    }

    /**
     * Adds bytes of unknown content.
     *
     * @param byteOffset their offset in bytes
     * @param byteSize how many
     * @throws IllegalArgumentException as {@link #field}
     */
    public void undeclared(long byteOffset, long byteSize) {
        part = ", in part";
        FieldType bytes = new FieldType.Array(FieldType.Scalar.natural("u8", 1), byteSize);
        field("undeclared_" + byteOffset, bytes, byteOffset);
    }

    /**
     * Adds unused bytes.
     *
     * @param byteOffset their offset in bytes
     * @param byteSize how many
     * @throws IllegalArgumentException when the member before them ends elsewhere, or there are none
     */
    public void hole(long byteOffset, long byteSize) {
        boolean isPossible =
                byteSize > 0 && byteSize <= StructLayout.MOST_BYTES && Math.abs(byteOffset) <= StructLayout.MOST_BYTES;
        if (!isPossible) {
            throw new IllegalArgumentException(name + ": a hole of " + byteSize + " bytes at byte " + byteOffset);
        }
        expectEnd("a hole", 8 * byteOffset);
        endBit = 8 * (byteOffset + byteSize);
    }

    private void add(Member member, long memberEndBit) {
        if (!member.name().isEmpty() && names.contains(member.name())) {
            throw new IllegalArgumentException(name + ": two members are called " + member.name());
        }
        if (kind == AggregateKind.UNION) {
            endBit = Math.max(endBit, memberEndBit);
        } else {
            int bit = member.bits().map(bits -> bits.bitOffset()).orElse(0);
            expectEnd(member.name(), 8 * member.byteOffset() + bit);
            endBit = memberEndBit;
        }
        names.add(member.name());
        members.add(member);
        memberCount += member.type().innermost() instanceof FieldType.Aggregate inside
                ? 1 + inside.layout().memberCount()
                : 1;
    }

    private void expectEnd(String what, long bit) {
        if (bit != endBit) {
            throw new IllegalArgumentException(name + ": " + what + " declared at " + place(bit)
                    + ", but the declaration before it ends at "
                    + place(endBit).replace("byte ", "")
                    + (bit > endBit ? "; declare the hole" : ""));
        }
    }

    private static String place(long bit) {
        return "byte " + bit / 8 + (bit % 8 == 0 ? "" : ", bit " + bit % 8);
    }

    /** {@return the number of members that were added, those of embedded structs included} */
    public long memberCount() {
        return memberCount;
    }

    /**
     * Ends the struct.
     *
     * @param byteSize its size in bytes; the last member or hole must end there
     * @param byteAlignment its alignment in bytes, a power of two
     * @param source where it is declared, for {@link Provenance}
     * @return the layout
     * @throws IllegalArgumentException when the size is another, or the alignment is no power of two
     */
    public StructLayout ofSize(long byteSize, long byteAlignment, String source) {
        if (byteSize < 0 || byteSize > StructLayout.MOST_BYTES || 8 * byteSize != endBit) {
            throw new IllegalArgumentException(name + ": declared size " + byteSize + ", but its fields end at "
                    + place(endBit).replace("byte ", ""));
        }
        return StructLayout.of(
                name, kind, byteSize, byteAlignment, members, Provenance.of(Provenance.Origin.DECLARED, source + part));
    }

    /**
     * Ends a struct of which only the first bytes are known.
     *
     * @param byteSize how many bytes are known
     * @param byteAlignment the alignment of the type in bytes, a power of two
     * @param source where it is declared
     * @return the layout of these bytes
     * @throws IllegalArgumentException as {@link #ofSize}
     */
    public StructLayout upTo(long byteSize, long byteAlignment, String source) {
        part = ", its first " + byteSize + " bytes, in part";
        return ofSize(byteSize, byteAlignment, source);
    }
}
