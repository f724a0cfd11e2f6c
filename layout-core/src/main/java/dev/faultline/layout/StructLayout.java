package dev.faultline.layout;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Offsets, sizes and types of the members of a struct, union or class. Immutable.
 *
 * <p>Two layouts are equal when name, kind, size, alignment, members, provenance and the purposes of slots are. The
 * slots are computed and checked when the layout is made.
 */
public final class StructLayout {

    /** Largest size in bytes, 4 GiB: the most that BTF can state. */
    public static final long MOST_BYTES = 1L << 32;

    /** Most members, those of embedded structs counted; the largest struct of Linux has about ten thousand. */
    public static final long MOST_MEMBERS = 1 << 20;

    private final String name;
    private final AggregateKind kind;
    private final long byteSize;
    private final long byteAlignment;
    private final List<Member> members;
    private final Provenance provenance;
    private final List<Slot> slots;
    private final LayoutComplexity nesting;
    private final SlotPurposes purposes;

    /** Made on first use; when two threads make it at once, both make an equal map. */
    private volatile Map<String, Integer> membersByName;

    private StructLayout(
            String name,
            AggregateKind kind,
            long byteSize,
            long byteAlignment,
            List<Member> members,
            Provenance provenance,
            SlotPurposes purposes) {
        this.name = Objects.requireNonNull(name);
        this.kind = Objects.requireNonNull(kind);
        this.byteSize = byteSize;
        this.byteAlignment = byteAlignment;
        this.members = List.copyOf(members);
        this.provenance = Objects.requireNonNull(provenance);
        this.nesting = LayoutComplexity.of(name, this.members);
        this.purposes = purposes;
        this.slots = purposes.applied(SlotBuilder.of(name, kind, byteSize, this.members));
    }

    /**
     * Makes a layout and its slots, in time linear in the number of slots when members come in order of offset.
     *
     * @param name the tag, empty for an anonymous aggregate
     * @param kind struct, union or class
     * @param byteSize size in bytes, from 0 to {@link #MOST_BYTES}
     * @param byteAlignment alignment of the type in bytes, a power of two; 1 when unknown
     * @param members in declaration order; with those of embedded structs at most {@link #MOST_MEMBERS}, on at most 64
     *     levels
     * @param provenance where the layout comes from
     * @return the layout
     * @throws IllegalArgumentException when a member lies outside the size, two members of a struct share a bit, size
     *     or alignment are invalid, or a limit is exceeded; the message names the member or value
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
        LayoutChecks.atMostBytes(name.isEmpty() ? kind.keyword() : kind.keyword() + " " + name, byteSize);
        LayoutChecks.powerOfTwo(name, byteAlignment);
        return new StructLayout(name, kind, byteSize, byteAlignment, members, provenance, SlotPurposes.BY_NAME);
    }

    /**
     * {@return a copy in which exactly these fields are padding, whatever their names}
     *
     * @param paths paths of fields; others are ignored
     */
    public StructLayout withPadding(Set<String> paths) {
        return with(purposes.withPadding(paths));
    }

    /**
     * {@return a copy that says what keeps unused bytes free}
     *
     * @param bytes ranges of bytes
     * @param purpose a word for what keeps the unused bytes among them free, such as {@code "@Contended"}
     */
    public StructLayout withReserved(List<ByteRange> bytes, String purpose) {
        return bytes.isEmpty() ? this : with(purposes.withReserved(bytes, purpose));
    }

    private StructLayout with(SlotPurposes other) {
        return new StructLayout(name, kind, byteSize, byteAlignment, members, provenance, other);
    }

    /** {@return the tag, empty for an anonymous aggregate} */
    public String name() {
        return name;
    }

    /** {@return whether it is a struct, a union or a class} */
    public AggregateKind kind() {
        return kind;
    }

    /** {@return the size in bytes, at least 0} */
    public long byteSize() {
        return byteSize;
    }

    /** {@return the alignment of the type in bytes; an allocator may promise more, see {@code Placement}} */
    public long byteAlignment() {
        return byteAlignment;
    }

    /** {@return the members as declared, anonymous ones with an empty name} */
    public List<Member> members() {
        return members;
    }

    /** {@return where this layout comes from} */
    public Provenance provenance() {
        return provenance;
    }

    /** {@return the nesting depth and the number of members} */
    LayoutComplexity nesting() {
        return nesting;
    }

    /** {@return the number of members, those of embedded structs included; elements of arrays count once} */
    public long memberCount() {
        return nesting.members();
    }

    /**
     * {@return for each name the index of the first member with this name, or of the anonymous one that contains it}
     */
    Map<String, Integer> membersByName() {
        if (membersByName == null) {
            membersByName = FieldPaths.byName(members);
        }
        return membersByName;
    }

    /** {@return all slots in order of offset, embedded structs resolved into their fields} */
    public List<Slot> slots() {
        return slots;
    }

    /** {@return the slots that hold fields, in order of offset} */
    public List<Slot.Field> fields() {
        List<Slot.Field> fields = new ArrayList<>(slots.size());
        for (Slot slot : slots) {
            if (slot instanceof Slot.Field field) {
                fields.add(field);
            }
        }
        return fields;
    }

    /**
     * {@return the bytes of holes and of the tail that nothing keeps free on purpose, those of embedded structs
     * included; parts of bytes are not counted}
     */
    public long unusedBytes() {
        return bytes(slot -> slot instanceof Slot.Hole hole && hole.purpose().isEmpty()
                || slot instanceof Slot.Padding padding && padding.purpose().isEmpty());
    }

    /** {@return the bytes that keep fields apart: padding fields, and bytes that are kept free on purpose} */
    public long paddingBytes() {
        return bytes(slot -> slot instanceof Slot.Field field && field.isPadding()
                || slot instanceof Slot.Hole hole && !hole.purpose().isEmpty()
                || slot instanceof Slot.Padding padding && !padding.purpose().isEmpty());
    }

    private long bytes(Predicate<Slot> which) {
        return slots.stream()
                .filter(slot -> slot.bits().isEmpty() && which.test(slot))
                .mapToLong(Slot::byteSize)
                .sum();
    }

    /** {@return the keyword and the tag: {@code "struct rtable"}} */
    public String spelling() {
        return name.isEmpty() ? kind.keyword() : kind.keyword() + " " + name;
    }

    /**
     * Finds a field, element, array or embedded struct by its path.
     *
     * @param path member names joined by dots, elements as {@code name[3]}; anonymous members are left out
     * @return what is there; empty when there is no such member, an index is out of range, or it has no bytes
     */
    public Optional<FieldRef> resolve(String path) {
        return FieldPaths.resolve(this, path);
    }

    /** {@return every path that {@link #resolve} finds, without array elements} */
    public List<String> paths() {
        return FieldPaths.all(this);
    }

    /**
     * Compares the bytes of two layouts.
     *
     * @param other a layout, perhaps from another source
     * @return whether name, kind, size and slots (paths, type spellings, offsets, bits) are the same; provenance,
     *     alignment and the grouping of anonymous members are not compared
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
                        && purposes.equals(other.purposes)
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
