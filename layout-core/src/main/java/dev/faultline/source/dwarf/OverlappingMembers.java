package dev.faultline.source.dwarf;

import dev.faultline.layout.ByteRange;
import dev.faultline.layout.Member;
import dev.faultline.layout.Provenance;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Puts members that share bytes into anonymous unions. A state of a Rust coroutine has an argument and the local
 * variable that it was moved to at one place; D describes anonymous unions by their members alone.
 *
 * @param stated the members
 * @param provenance of their struct
 */
record OverlappingMembers(List<Member> stated, Provenance provenance) {

    /** {@return the members; the same list when none overlap} */
    List<Member> members() {
        if (!isOverlapping()) {
            return stated;
        }
        List<Member> sorted = new ArrayList<>(stated);
        sorted.sort(Comparator.comparingLong(OverlappingMembers::start));
        List<Member> members = new ArrayList<>();
        List<Member> group = new ArrayList<>();
        long end = 0;
        for (Member member : sorted) {
            if (start(member) >= end) {
                add(group, members);
                group.clear();
            }
            group.add(member);
            end = Math.max(end, end(member));
        }
        add(group, members);
        return members;
    }

    private static long start(Member member) {
        return member.bytes().map(ByteRange::start).orElse(member.byteOffset());
    }

    private static long end(Member member) {
        return member.bytes().map(ByteRange::end).orElse(member.byteOffset());
    }

    private boolean isOverlapping() {
        List<Member> sorted = stated.stream()
                .filter(member -> member.bytes().isPresent())
                .sorted(Comparator.comparingLong(OverlappingMembers::start))
                .toList();
        long end = 0;
        for (Member member : sorted) {
            if (start(member) < end && member.bits().isEmpty()) {
                return true;
            }
            end = Math.max(end, end(member));
        }
        return false;
    }

    private void add(List<Member> group, List<Member> members) {
        boolean isShared = group.stream().filter(one -> one.bytes().isPresent()).count() > 1;
        boolean hasBits = group.stream().anyMatch(one -> one.bits().isPresent()); // these share bytes, not bits
        if (!isShared || hasBits) {
            members.addAll(group);
        } else {
            members.add(new MemberGroup("", List.copyOf(group), MemberGroup.start(group), provenance).union());
        }
    }
}
