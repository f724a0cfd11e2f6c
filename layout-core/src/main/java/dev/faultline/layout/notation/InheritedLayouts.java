package dev.faultline.layout.notation;

import dev.faultline.layout.ByteRange;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.Member;
import dev.faultline.layout.MemberRole;
import dev.faultline.layout.Slot;
import dev.faultline.layout.StructLayout;
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
    private final List<Member> found = new ArrayList<>();

    /** Ends of members by their starts. */
    private final TreeMap<Long, Long> taken = new TreeMap<>();

    private boolean hidden;

    private InheritedLayouts(NotationReader reader) {
        this.reader = reader;
    }

    /**
     * {@return the base classes and the bytes that may be theirs}
     *
     * @param bases the base classes
     * @param own the other members
     * @param origin what to subtract from the offsets of base classes, in bytes
     * @param byteSize the size of the class in bytes
     */
    static List<Member> of(
            NotationReader reader, List<SyntaxTree.Member> bases, List<Member> own, long origin, long byteSize) {
        InheritedLayouts layouts = new InheritedLayouts(reader);
        own.forEach(member -> member.bytes().ifPresent(layouts::take));
        layouts.place(bases, origin, byteSize);
        if (layouts.hidden) {
            layouts.hide(own, byteSize);
        }
        return layouts.found;
    }

    private void place(List<SyntaxTree.Member> bases, long origin, long byteSize) {
        for (SyntaxTree.Member base : bases) {
            base.place()
                    .filter(place -> place.byteSize() > 1)
                    .ifPresent(place ->
                            take(ByteRange.ofSize(place.byteOffset() - origin, place.byteSize())));
            hidden |= base.place().isEmpty();
        }
        for (SyntaxTree.Member base : bases) {
            base.place().ifPresent(place -> place(base, place.byteOffset() - origin, place.byteSize(), byteSize));
        }
    }

    private void place(SyntaxTree.Member base, long offset, long stated, long byteSize) {
        Optional<StructLayout> declared = declared(base, stated);
        boolean empty = declared.isPresent() && declared.get().slots().stream().noneMatch(InheritedLayouts::isUsed);
        if (stated > 1) {
            long size = Math.min(stated, next(offset + 1, byteSize) - offset);
            add(base, declared, offset, size, stated);
        } else if (empty || stated == 1 && isTaken(offset)) {
            found.add(empty(base, offset));
        } else if (stated == 1) {
            add(base, declared, offset, 1, 1);
        } else {
            found.add(empty(base, offset));
            long end = next(offset, byteSize);
            if (!isTaken(offset) && end > offset) {
                found.add(Member.notShown(offset, end - offset));
                take(new ByteRange(offset, end));
            }
        }
    }

    private static boolean isUsed(Slot slot) {
        return slot instanceof Slot.Field || slot instanceof Slot.NotShown;
    }

    private static Member empty(SyntaxTree.Member base, long offset) {
        FieldType none = new FieldType.Opaque(base.spelling(), 0, 1);
        return Member.of(base.name(), none, offset).as(MemberRole.BASE_CLASS);
    }

    private void add(SyntaxTree.Member base, Optional<StructLayout> declared, long offset, long size, long stated) {
        boolean clipped = size < stated;
        FieldType type = declared.<FieldType>map(layout ->
                        new FieldType.Aggregate(base.spelling(), clipped ? clipped(base, layout, size) : layout))
                .orElseGet(() -> new FieldType.Opaque(base.spelling(), size, 1));
        hidden |= clipped && declared.map(layout -> isHiding(layout, size)).orElse(true);
        found.add(Member.of(base.name(), type, offset).as(MemberRole.BASE_CLASS));
    }

    private static boolean isHiding(StructLayout layout, long size) {
        return layout.slots().stream()
                .anyMatch(slot -> slot instanceof Slot.NotShown
                        && slot.bytes().end() > size);
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
        return StructLayout.of(
                layout.name(), layout.kind(), size, layout.byteAlignment(), kept, layout.provenance());
    }

    private Optional<StructLayout> declared(SyntaxTree.Member base, long stated) {
        return reader.declarations(base, base.spelling())
                .flatMap(all -> all.ofSize(Math.max(stated, 1), one -> reader.top(one).byteSize()))
                .map(reader::top);
    }

    private void take(ByteRange bytes) {
        taken.merge(bytes.start(), bytes.end(), Math::max);
    }

    /** {@return the first taken byte from an offset on, or the size} */
    private long next(long offset, long byteSize) {
        Long start = taken.ceilingKey(offset);
        return start == null ? byteSize : Math.min(start, byteSize);
    }

    private boolean isTaken(long offset) {
        Map.Entry<Long, Long> before = taken.floorEntry(offset);
        return before != null && before.getValue() > offset;
    }

    /** Adds the bytes before the first and behind the last member. */
    private void hide(List<Member> own, long byteSize) {
        long first = byteSize;
        long last = 0;
        List<Member> all = new ArrayList<>(own);
        all.addAll(found);
        for (Member member : all) {
            if (member.bytes().isPresent()) {
                first = Math.min(first, member.bytes().get().start());
                last = Math.max(last, member.bytes().get().end());
            }
        }
        if (first > 0) {
            found.add(Member.notShown(0, first));
        }
        if (last > 0 && last < byteSize) {
            found.add(Member.notShown(last, byteSize - last));
        }
    }
}
