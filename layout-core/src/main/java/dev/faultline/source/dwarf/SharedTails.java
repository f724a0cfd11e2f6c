package dev.faultline.source.dwarf;

import dev.faultline.layout.ByteRange;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.Member;
import dev.faultline.layout.MemberRole;
import dev.faultline.layout.Slot;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.UncoveredEnds;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Places the members of a class whose bytes others may use.
 *
 * <p>Debug information tells the size that an object of a base class has alone. As a base class it may be shorter: a
 * member may use its tail padding, and its virtual base classes stand elsewhere. So may a member that takes no address
 * of its own; an empty one occupies nothing. Where a virtual base class stands, only the table of virtual functions
 * tells, so the bytes at the start and the end of the class that no member uses count as not shown. So do the bytes of
 * what the file does not define.
 */
final class SharedTails {

    private final long byteSize;
    private final List<Member> stated = new ArrayList<>();

    /** Which of them have a type that the file does not define. */
    private final Set<Integer> undefined = new HashSet<>();

    /** Where members start that have bytes, and where the last of those before ends, as stated. */
    private final TreeMap<Long, Long> reach = new TreeMap<>();

    private boolean hides;

    /** Places members in a class of a size in bytes. */
    SharedTails(long byteSize) {
        this.byteSize = byteSize;
    }

    /** Adds a member. */
    void add(Member member) {
        stated.add(member);
    }

    /** Adds a member of no size whose type the file does not define. */
    void addUndefined(Member member) {
        undefined.add(stated.size());
        stated.add(member);
    }

    /** Notes that the class has a virtual base class, possibly through others. */
    void hideVirtualBases() {
        hides = true;
    }

    /** {@return the members, cut where others use their tails, and the bytes that are not shown} */
    List<Member> members() {
        reach();
        List<Member> members = new ArrayList<>();
        for (int i = 0; i < stated.size(); i++) {
            Member member = stated.get(i);
            if (undefined.contains(i)) {
                members.add(notShown(member));
            } else if (member.bits().isEmpty() && member.type() instanceof FieldType.Aggregate aggregate) {
                members.add(cut(member, aggregate));
            } else {
                members.add(member);
            }
        }
        if (hides) {
            members.addAll(UncoveredEnds.of(members, byteSize));
        }
        return members;
    }

    private void reach() {
        for (Member member : stated) {
            if (!isEmpty(member)) {
                member.bytes().ifPresent(bytes -> reach.merge(bytes.start(), bytes.end(), Math::max));
            }
        }
        long end = 0;
        for (Map.Entry<Long, Long> one : reach.entrySet()) {
            end = Math.max(end, one.getValue());
            one.setValue(end);
        }
    }

    private static boolean isEmpty(Member member) {
        return member.type() instanceof FieldType.Aggregate aggregate
                && aggregate.layout().slots().stream()
                        .noneMatch(slot -> slot instanceof Slot.Field || slot instanceof Slot.NotShown);
    }

    private boolean isTaken(long byteOffset) {
        Map.Entry<Long, Long> before = reach.floorEntry(byteOffset);
        return before != null && before.getValue() > byteOffset;
    }

    /** {@return the start of the next member, or the size of the class} */
    private long next(Long start) {
        return start == null ? byteSize : Math.min(start, byteSize);
    }

    private Member notShown(Member member) {
        long start = member.byteOffset();
        long end = next(reach.ceilingKey(start));
        if (isTaken(start) || end <= start) {
            return member;
        }
        hides |= member.role() == MemberRole.BASE_CLASS;
        reach.put(start, end);
        return Member.notShown(start, end - start);
    }

    private Member cut(Member member, FieldType.Aggregate aggregate) {
        long start = member.byteOffset();
        long end = start + aggregate.byteSize();
        if (isEmpty(member)) {
            Long other = reach.ceilingKey(start);
            if (member.role() == MemberRole.BASE_CLASS || isTaken(start) || other != null && other < end) {
                FieldType nothing = new FieldType.Opaque(aggregate.spelling(), 0, 1);
                return new Member(member.name(), nothing, start, member.bits(), member.role());
            }
            reach.merge(start, end, Math::max);
            return member;
        }
        long limit = Math.min(end, next(reach.higherKey(start)));
        return limit == end ? member : shortened(member, aggregate, limit - start);
    }

    private static Member shortened(Member member, FieldType.Aggregate aggregate, long byteSize) {
        StructLayout shorter = shortened(aggregate.layout(), byteSize);
        return Member.of(member.name(), new FieldType.Aggregate(aggregate.spelling(), shorter), member.byteOffset())
                .as(member.role());
    }

    /** {@return a layout without its bytes from an offset on, which have to be padding or not shown} */
    private static StructLayout shortened(StructLayout layout, long byteSize) {
        List<Member> kept = new ArrayList<>();
        for (Member member : layout.members()) {
            long start = member.byteOffset();
            long end = member.bytes().map(ByteRange::end).orElse(start);
            if (end <= byteSize || member.bits().isPresent()) {
                kept.add(member);
            } else if (member.role() == MemberRole.NOT_SHOWN) {
                if (start < byteSize) {
                    kept.add(Member.notShown(start, byteSize - start));
                }
            } else if (member.type() instanceof FieldType.Aggregate inner && start < byteSize) {
                kept.add(shortened(member, inner, byteSize - start));
            } else {
                kept.add(member); // which the check of the layout refuses
            }
        }
        return StructLayout.of(
                layout.name(), layout.kind(), byteSize, layout.byteAlignment(), kept, layout.provenance());
    }
}
