package dev.faultline.layout;

import dev.faultline.api.Internal;
import java.util.ArrayList;
import java.util.List;

/**
 * The bytes before the first and behind the last member of a class. Where a virtual base class stands is often not told;
 * it is among these bytes, which are no free space then.
 */
@Internal
public final class UncoveredEnds {

    private UncoveredEnds() {}

    /**
     * {@return the bytes at the ends as members that are not shown; all bytes when no member has any}
     *
     * @param members the members that have a place
     * @param byteSize the size of the class in bytes
     */
    public static List<Member> of(List<Member> members, long byteSize) {
        long first = byteSize;
        long last = 0;
        for (Member member : members) {
            if (member.bytes().isPresent()) {
                first = Math.min(first, member.bytes().get().start());
                last = Math.max(last, member.bytes().get().end());
            }
        }
        List<Member> ends = new ArrayList<>(2);
        if (first > 0) {
            ends.add(Member.notShown(0, first));
        }
        if (last > 0 && last < byteSize) {
            ends.add(Member.notShown(last, byteSize - last));
        }
        return ends;
    }
}
