package dev.faultline.layout;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Where the bytes of a struct, union or class are.
 *
 * <p>Immutable and wholly equal: name, kind, size, alignment, members and provenance. The slots follow from the members
 * and are made, and checked, with the layout; they are why this is a class and not a record.
 */
public final class StructLayout {

    /** The largest size in bytes, 4 GiB; BTF cannot state more, and no real struct comes near. */
    public static final long MOST_BYTES = 1L << 32;

    /** The most members with those of all that is embedded; the largest struct of Linux has some ten thousand. */
    public static final long MOST_MEMBERS = 1 << 20;

    private final String name;
    private final AggregateKind kind;
    private final long byteSize;
    private final long byteAlignment;
    private final List<Member> members;
    private final Provenance provenance;
    private final List<Slot> slots;
    private final LayoutComplexity nesting;

    /** Made when first asked for; two threads may make it twice, and it is the same. */
    private volatile Map<String, Integer> membersByName;

    private StructLayout(
            String name,
            AggregateKind kind,
            long byteSize,
            long byteAlignment,
            List<Member> members,
            Provenance provenance) {
        this.name = Objects.requireNonNull(name);
        this.kind = Objects.requireNonNull(kind);
        this.byteSize = byteSize;
        this.byteAlignment = byteAlignment;
        this.members = List.copyOf(members);
        this.provenance = Objects.requireNonNull(provenance);
        this.nesting = LayoutComplexity.of(name, this.members);
        this.slots = Tiling.of(name, kind, byteSize, this.members);
    }

    /**
     * Makes a layout and its slots.
     *
     * @param name the tag, empty for an anonymous aggregate
     * @param kind struct, union or class
     * @param byteSize size in bytes, from 0 to {@link #MOST_BYTES}
     * @param byteAlignment alignment of the type in bytes, a power of two; 1 when nothing is known
     * @param members in declaration order; with what they embed at most 64 levels deep and 1,048,576 members
     * @param provenance how this is known
     * @return the layout
     * @throws IllegalArgumentException when a member lies outside the size, two members of a struct share a bit, size
     *     or alignment make no sense, or there is more than the limits allow; the message names what is wrong
     */
    public static StructLayout of(
            String name,
            AggregateKind kind,
            long byteSize,
            long byteAlignment,
            List<Member> members,
            Provenance provenance) {
        if (byteSize < 0) {
            throw new IllegalArgumentException(name + ": byteSize=" + byteSize);
        }
        Checks.atMostBytes(name.isEmpty() ? kind.keyword() : kind.keyword() + " " + name, byteSize);
        Checks.powerOfTwo(name, byteAlignment);
        return new StructLayout(name, kind, byteSize, byteAlignment, members, provenance);
    }

    /** {@return the tag, empty for an anonymous aggregate} */
    public String name() {
        return name;
    }

    /** {@return struct, union or class} */
    public AggregateKind kind() {
        return kind;
    }

    /** {@return the size in bytes} */
    public long byteSize() {
        return byteSize;
    }

    /** {@return the alignment of the type in bytes; where an object really starts is for the placement to say} */
    public long byteAlignment() {
        return byteAlignment;
    }

    /** {@return the members as declared, anonymous ones with an empty name} */
    public List<Member> members() {
        return members;
    }

    /** {@return how this layout is known} */
    public Provenance provenance() {
        return provenance;
    }

    /** {@return how deep this nests, and how many members there are with those of all that it embeds} */
    LayoutComplexity nesting() {
        return nesting;
    }

    /** {@return how many members there are, with those of all that it embeds; elements of arrays count once} */
    public long memberCount() {
        return nesting.members();
    }

    /** {@return for each name the index of the first member that bears it, or has it in an anonymous one} */
    Map<String, Integer> membersByName() {
        if (membersByName == null) {
            membersByName = Paths.byName(members);
        }
        return membersByName;
    }

    /** {@return every bit from 0 to the size, in order of offset, embedded structs opened} */
    public List<Slot> slots() {
        return slots;
    }

    /** {@return the slots that are fields} */
    public List<Slot.Field> fields() {
        List<Slot.Field> fields = new ArrayList<>(slots.size());
        for (Slot slot : slots) {
            if (slot instanceof Slot.Field field) {
                fields.add(field);
            }
        }
        return fields;
    }

    /** {@return the keyword and the tag: {@code "struct rtable"}} */
    public String spelling() {
        return name.isEmpty() ? kind.keyword() : kind.keyword() + " " + name;
    }

    /**
     * Finds a field, element, array or embedded struct by its path.
     *
     * @param path member names joined by dots, elements as {@code name[3]}; anonymous members are passed through
     * @return what is there; nothing when no such member exists, an index is out of range, or it has no bytes
     */
    public Optional<FieldRef> resolve(String path) {
        return Paths.resolve(this, path);
    }

    /** {@return every path {@link #resolve} takes, elements left out: for suggesting the nearest} */
    public List<String> paths() {
        return Paths.all(this);
    }

    /**
     * Whether another layout describes the same bytes.
     *
     * @param other a layout, perhaps from another source
     * @return whether name, kind, size and slots (paths, type spellings, offsets, bits) are the same; provenance,
     *     alignment and the grouping of anonymous members do not count
     */
    public boolean sameBytesAs(StructLayout other) {
        if (!name.equals(other.name) || kind != other.kind || byteSize != other.byteSize) {
            return false;
        }
        if (slots.size() != other.slots.size()) {
            return false;
        }
        for (int i = 0; i < slots.size(); i++) {
            if (!sameSlot(slots.get(i), other.slots.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean sameSlot(Slot a, Slot b) {
        if (a instanceof Slot.Field field && b instanceof Slot.Field other) {
            return field.path().equals(other.path())
                    && field.type().spelling().equals(other.type().spelling())
                    && field.byteOffset() == other.byteOffset()
                    && field.byteSize() == other.byteSize()
                    && field.bits().equals(other.bits())
                    && field.overlaps() == other.overlaps();
        }
        return a.equals(b);
    }

    @Override
    public boolean equals(Object object) {
        return this == object
                || object instanceof StructLayout other
                        && name.equals(other.name)
                        && kind == other.kind
                        && byteSize == other.byteSize
                        && byteAlignment == other.byteAlignment
                        && provenance.equals(other.provenance)
                        && members.equals(other.members);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, kind, byteSize, byteAlignment, members.size());
    }

    @Override
    public String toString() {
        return spelling() + "{size=" + byteSize + ", align=" + byteAlignment + ", members=" + members.size() + "}";
    }
}
