package dev.faultline.layout.notation;

import dev.faultline.layout.ByteRange;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.Member;
import dev.faultline.layout.MemberRole;
import dev.faultline.layout.Slot;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.UncoveredEnds;
import dev.faultline.layout.syntax.SyntaxTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Places base classes among the members of a class.
 *
 * <p>A tool prints the size that an object of the base class has alone. As a base class it may be shorter: a member may
 * use its tail padding, and its virtual base classes stand elsewhere. Where a virtual base class stands is not printed,
 * so the bytes at the start and the end of the class that no member uses count as not shown.
 */
final class InheritedLayouts {

    private final NotationReader reader;
    private final List<Member> members = new ArrayList<>();
    private final List<Member> hidden = new ArrayList<>();

    /** Ends of members by their starts. */
    private final TreeMap<Long, Long> taken = new TreeMap<>();

    private final long byteSize;
    private boolean hides;

    private InheritedLayouts(NotationReader reader, long byteSize) {
        this.reader = reader;
        this.byteSize = byteSize;
    }

    /**
     * Places the base classes of a class.
     *
     * @param aggregate the class
     * @param own its members that have a place, base classes of the size that a tool prints
     * @param origin what was subtracted from the offsets that a tool prints, in bytes
     * @param byteSize the size of the class in bytes
     */
    static InheritedLayouts of(
            NotationReader reader, SyntaxTree.Aggregate aggregate, List<Member> own, long origin, long byteSize) {
        InheritedLayouts layouts = new InheritedLayouts(reader, byteSize);
        for (Member member : own) {
            if (member.role() != MemberRole.BASE_CLASS || member.type().byteSize() > 1) {
                member.bytes().ifPresent(layouts::take);
            }
        }
        int next = 0;
        for (SyntaxTree.Member raw : aggregate.members()) {
            boolean base = raw.role() == MemberRole.BASE_CLASS;
            layouts.hides |= base && !raw.isPlaceable();
            if (raw.isPlaceable()) {
                Member member = own.get(next++);
                layouts.members.add(base ? layouts.placed(raw, member) : member);
            }
        }
        if (layouts.hides) {
            layouts.hidden.addAll(UncoveredEnds.of(layouts.members, byteSize));
        }
        return layouts;
    }

    /** {@return all members of the class that have a place, in the same order} */
    List<Member> members() {
        return members;
    }

    /** {@return bytes that may belong to a base class} */
    List<Member> hidden() {
        return hidden;
    }

    /** {@return whether some of these bytes may belong to a base class} */
    boolean hides(Member bytes) {
        return hidden.stream()
                .anyMatch(other ->
                        other.bytes().orElseThrow().overlaps(bytes.bytes().orElseThrow()));
    }

    private Member placed(SyntaxTree.Member base, Member stated) {
        long offset = stated.byteOffset();
        long size = stated.type().byteSize();
        Optional<StructLayout> declared = declared(base, size);
        boolean empty = declared.isPresent() && declared.get().slots().stream().noneMatch(InheritedLayouts::isUsed);
        if (size > 1) {
            return clipped(base, declared, offset, size);
        }
        if (size == 1 && !empty && !isTaken(offset)) {
            return stated;
        }
        long end = next(offset);
        if (size == 0 && !empty && !isTaken(offset) && end > offset) { // declared only: pahole knows no size
            hidden.add(Member.notShown(offset, end - offset));
            take(new ByteRange(offset, end));
        }
        FieldType none = new FieldType.Opaque(base.spelling(), 0, 1);
        return Member.of(base.name(), none, offset).as(MemberRole.BASE_CLASS);
    }

    private static boolean isUsed(Slot slot) {
        return slot instanceof Slot.Field || slot instanceof Slot.NotShown;
    }

    private Member clipped(SyntaxTree.Member base, Optional<StructLayout> declared, long offset, long stated) {
        Long other = taken.higherKey(offset);
        long size = other == null ? stated : Math.min(stated, other - offset);
        boolean clipped = size < stated;
        FieldType type = declared.<FieldType>map(layout ->
                        new FieldType.Aggregate(base.spelling(), clipped ? clipped(base, layout, size) : layout))
                .orElseGet(() -> new FieldType.Opaque(base.spelling(), size, 1));
        hides |= clipped && declared.map(layout -> isHiding(layout, size)).orElse(true);
        return Member.of(base.name(), type, offset).as(MemberRole.BASE_CLASS);
    }

    private static boolean isHiding(StructLayout layout, long size) {
        return layout.slots().stream()
                .anyMatch(slot -> slot instanceof Slot.NotShown && slot.bytes().end() > size);
    }

    /** {@return a layout without its bytes from an offset on, which have to be padding or virtual base classes} */
    private StructLayout clipped(SyntaxTree.Member base, StructLayout layout, long size) {
        List<Member> kept = new ArrayList<>();
        for (Member member : layout.members()) {
            long end = member.bytes().map(ByteRange::end).orElse(member.byteOffset());
            if (end <= size) {
                kept.add(member);
            } else if (member.role() == MemberRole.NOT_SHOWN) {
                if (member.byteOffset() < size) {
                    kept.add(Member.notShown(member.byteOffset(), size - member.byteOffset()));
                }
            } else if (member.role() == MemberRole.BASE_CLASS
                    && member.byteOffset() < size
                    && member.type() instanceof FieldType.Aggregate inner) {
                StructLayout shorter = clipped(base, inner.layout(), size - member.byteOffset());
                kept.add(Member.of(
                                member.name(), new FieldType.Aggregate(inner.spelling(), shorter), member.byteOffset())
                        .as(MemberRole.BASE_CLASS));
            } else {
                throw reader.error(
                        base.token(),
                        base.name() + "." + member.name() + " ends at byte " + end + " of " + base.spelling()
                                + ", whose first " + size + " bytes are free for it");
            }
        }
        return StructLayout.of(layout.name(), layout.kind(), size, layout.byteAlignment(), kept, layout.provenance());
    }

    private Optional<StructLayout> declared(SyntaxTree.Member base, long stated) {
        return reader.table()
                .declarations(base, base.spelling())
                .flatMap(all ->
                        all.ofSize(Math.max(stated, 1), one -> reader.top(one).byteSize()))
                .map(reader::top);
    }

    private void take(ByteRange bytes) {
        taken.merge(bytes.start(), bytes.end(), Math::max);
    }

    /** {@return the first taken byte from an offset on, or the size} */
    private long next(long offset) {
        Long start = taken.ceilingKey(offset);
        return start == null ? byteSize : Math.min(start, byteSize);
    }

    private boolean isTaken(long offset) {
        Map.Entry<Long, Long> before = taken.floorEntry(offset);
        return before != null && before.getValue() > offset;
    }
}
