package dev.faultline.layout;

import dev.faultline.api.Internal;
import java.util.List;

/**
 * Infers the alignment of a struct whose source does not state it (BTF, pahole's text).
 *
 * <p>Starts with the largest alignment of the members, lowered for each member at an offset that it does not allow (a
 * packed struct). Then raises it to the smallest power of two that explains a hole before a member, or a tail, which
 * the members alone do not explain. The result is a lower bound: a struct with an explicit alignment may have no such
 * hole.
 */
@Internal
public final class InferredAlignment {

    private static final long MOST = 4096;

    private InferredAlignment() {}

    /** {@return a lower bound of the alignment of a struct with these members, in bytes, a power of two} */
    public static long of(long byteSize, boolean union, List<Member> members) {
        long alignment = 1;
        long end = 0;
        for (Member member : members) {
            long natural = member.type().byteAlignment();
            while (natural > 1 && member.byteOffset() % natural != 0) {
                natural /= 2;
            }
            alignment = Math.max(alignment, natural);
            if (!union && member.bits().isEmpty()) {
                alignment = Math.max(alignment, explains(end, member.byteOffset(), natural, byteSize));
            }
            end = Math.max(end, member.bytes().map(ByteRange::end).orElse(member.byteOffset()));
        }
        alignment = Math.max(alignment, explains(end, byteSize, alignment, byteSize));
        while (alignment > 1 && byteSize % alignment != 0) {
            alignment /= 2;
        }
        return alignment;
    }

    /**
     * {@return the smallest alignment that moves a member from {@code end} to {@code offset}; 1 when the natural
     * alignment does or none can}
     */
    private static long explains(long end, long offset, long natural, long byteSize) {
        if (offset - end < natural || offset <= end) {
            return 1;
        }
        for (long power = natural * 2; power <= MOST; power *= 2) {
            if ((end + power - 1) / power * power == offset && byteSize % power == 0) {
                return power;
            }
        }
        return 1;
    }
}
