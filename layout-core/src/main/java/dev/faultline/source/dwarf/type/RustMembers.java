package dev.faultline.source.dwarf.type;

import dev.faultline.source.dwarf.record.TypeRecord;
import dev.faultline.source.dwarf.record.TypeRecord.MemberRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The members of a Rust struct in the order of memory, which rustc chooses. Those of a tuple are named as in the
 * language: {@code 0}, where rustc states {@code __0}. A coroutine states some of its locals twice. A slice at the end
 * is
 * stated as one of its elements.
 */
final class RustMembers {

    private static final int DEEPEST = 128;
    private static final String TUPLE_FIELD = "__";

    private record Place(String name, long bitOffset) {}

    private RustMembers() {}

    /**
     * {@return the members}
     *
     * @param stated as rustc states them
     * @param byteSize of the struct; its last member may be a slice behind it, of any number of elements
     */
    static List<MemberRecord> of(List<MemberRecord> stated, long byteSize) {
        List<MemberRecord> members = new ArrayList<>();
        Set<Place> seen = new HashSet<>();
        for (MemberRecord member : isTuple(stated) ? numbered(stated) : stated) {
            if (seen.add(new Place(member.name(), member.bitOffset()))) {
                members.add(isBehind(member, byteSize) ? member.ofType(slice(member.type())) : member);
            }
        }
        members.sort(Comparator.comparingLong(MemberRecord::bitOffset));
        return members;
    }

    private static boolean isBehind(MemberRecord member, long byteSize) {
        return member.bitOffset() / Byte.SIZE >= byteSize && hasBytes(member.type());
    }

    private static TypeRecord slice(TypeRecord element) {
        return new TypeRecord.Array(element, List.of(0L));
    }

    private static boolean hasBytes(TypeRecord type) {
        TypeRecord one = type;
        for (int depth = 0; depth < DEEPEST && one instanceof TypeRecord.Array array; depth++) {
            if (array.counts().contains(0L)) {
                return false;
            }
            one = array.element();
        }
        return one instanceof TypeRecord.Number || one instanceof TypeRecord.Aggregate struct && struct.byteSize() > 0;
    }

    private static boolean isTuple(List<MemberRecord> members) {
        for (int i = 0; i < members.size(); i++) {
            if (!members.get(i).name().equals(TUPLE_FIELD + i)) {
                return false;
            }
        }
        return true;
    }

    private static List<MemberRecord> numbered(List<MemberRecord> members) {
        List<MemberRecord> numbered = new ArrayList<>();
        for (MemberRecord member : members) {
            numbered.add(member.named(member.name().substring(TUPLE_FIELD.length())));
        }
        return numbered;
    }
}
