package dev.faultline.layout.emit;

import dev.faultline.layout.AggregateKind;
import dev.faultline.layout.ByteRange;
import dev.faultline.layout.Member;
import dev.faultline.layout.MemberRole;
import dev.faultline.layout.StructLayout;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * What a declaration needs besides its members so that a C compiler puts each member at its offset: padding or {@code
 * aligned} where the System V ABI would leave fewer bytes, {@code packed} where it would leave more. The inverse of
 * {@link dev.faultline.layout.abi.SystemV}. Linear in the number of members.
 *
 * @param steps the members in order, and the padding between them
 * @param structAlignment alignment in bytes to request for the struct, 1 when its members imply it
 */
record CPlan(List<Step> steps, long structAlignment) {

    /** Smallest alignment in bytes that is requested with an attribute instead of padding: half a usual line. */
    private static final long LEAST_ASKED = 32;

    /** A line of the declaration. */
    sealed interface Step {}

    /**
     * A member.
     *
     * @param member the member
     * @param aligned alignment in bytes to request, 1 for none
     * @param packed whether it must be {@code packed}
     */
    record Placed(Member member, long aligned, boolean packed) implements Step {}

    /**
     * Declares what stands for a member that C does not have: a base class, a pointer to a virtual table, bytes that
     * are not shown.
     */
    record Pinned(Member member) implements Step {}

    /**
     * Unused bytes.
     *
     * @param byteOffset offset in bytes from the start of the struct
     * @param byteSize number of bytes
     */
    record PadBytes(long byteOffset, long byteSize) implements Step {}

    /**
     * Unused bits of a byte.
     *
     * @param bitSize number of bits, from 1 to 8
     */
    record PadBits(int bitSize) implements Step {}

    /** {@return the largest alignment that divides the size, at most {@code byteAlignment}} */
    static long possibleAlignment(long byteAlignment, long byteSize) {
        return byteSize == 0 ? byteAlignment : Math.min(byteAlignment, Long.lowestOneBit(byteSize));
    }

    /**
     * Plans a declaration.
     *
     * @param layout the struct or union
     * @param alignment alignment in bytes of the struct; divides its size
     * @param natural the alignment in bytes that a compiler gives a member without attributes
     * @param mayAsk whether a member can have attributes
     * @throws IllegalArgumentException when no C declaration has these members at these offsets; the message names a
     *     member
     */
    static CPlan of(StructLayout layout, long alignment, ToLongFunction<Member> natural, Predicate<Member> mayAsk) {
        Planner planner = new Planner(alignment, natural, mayAsk);
        if (layout.kind() == AggregateKind.UNION) {
            planner.union(layout);
        } else {
            planner.struct(layout);
        }
        return new CPlan(List.copyOf(planner.steps), planner.reached < alignment ? alignment : 1);
    }

    /** {@return the members by their first bit, empty ones first} */
    static List<Member> inOrder(StructLayout layout) {
        List<Member> members = new ArrayList<>(layout.members());
        members.sort(Comparator.comparingLong(CPlan::firstBit)
                .thenComparing(member -> member.bytes().isPresent()));
        return members;
    }

    private static long firstBit(Member member) {
        return member.byteOffset() * 8
                + member.bits().map(bits -> bits.bitOffset()).orElse(0);
    }

    private static final class Planner {
        private final long alignment;
        private final ToLongFunction<Member> natural;
        private final Predicate<Member> mayAsk;
        final List<Step> steps = new ArrayList<>();
        private long bitEnd;
        long reached = 1;

        Planner(long alignment, ToLongFunction<Member> natural, Predicate<Member> mayAsk) {
            this.alignment = alignment;
            this.natural = natural;
            this.mayAsk = mayAsk;
        }

        void struct(StructLayout layout) {
            for (Member member : inOrder(layout)) {
                if (member.bits().isPresent()) {
                    bits(member);
                } else {
                    whole(member);
                }
            }
            tail(layout, byteEnd());
        }

        private void tail(StructLayout layout, long end) {
            if (ByteRange.roundUp(end, alignment) != layout.byteSize()) {
                boolean union = layout.kind() == AggregateKind.UNION;
                long from = union ? 0 : end;
                steps.add(new PadBytes(from, layout.byteSize() - from));
            }
        }

        private void whole(Member member) {
            long offset = member.byteOffset();
            long end = byteEnd();
            if (offset < end) {
                throw new IllegalArgumentException(
                        "no C declaration puts " + label(member) + " at byte " + offset + ", before byte " + end);
            }
            long own = isBytes(member) ? 1 : natural.applyAsLong(member);
            boolean packed = offset % own != 0 || own > alignment;
            long base = packed ? 1 : own;
            long asked = 1;
            if (ByteRange.roundUp(end, base) < offset) {
                asked = mayAsk.test(member) ? lineLike(end, offset) : 1;
                if (asked == 1) {
                    steps.add(new PadBytes(end, offset - end));
                }
            }
            steps.add(member.role().isPinned() ? new Pinned(member) : new Placed(member, asked, packed));
            reached = Math.max(reached, Math.max(base, asked));
            bitEnd = 8 * Math.addExact(offset, member.type().byteSize());
        }

        /** {@return whether bytes stand for it, as C has nothing like it} */
        private static boolean isBytes(Member member) {
            return member.role().isPinned() && member.role() != MemberRole.VTABLE_POINTER;
        }

        /**
         * {@return the largest alignment, of {@link #LEAST_ASKED} up, that moves a member from {@code end} to {@code
         * offset}; else 1}
         */
        private long lineLike(long end, long offset) {
            for (long power = Math.min(alignment, Long.lowestOneBit(offset)); power >= LEAST_ASKED; power /= 2) {
                if (ByteRange.roundUp(end, power) == offset) {
                    return power;
                }
            }
            return 1;
        }

        private void bits(Member member) {
            int width = member.bits().orElseThrow().bitSize();
            long own = natural.applyAsLong(member);
            long target = firstBit(member);
            boolean packed = own > alignment;
            if (target < bitEnd) {
                throw new IllegalArgumentException(
                        "no C declaration puts " + label(member) + " at bit " + target + ", before bit " + bitEnd);
            }
            if (ruled(member, width, own, packed) != target) {
                fill(target);
                packed |= ruled(member, width, own, false) != target;
            }
            steps.add(new Placed(member, 1, packed));
            reached = Math.max(reached, packed ? 1 : own);
            bitEnd = target + width;
        }

        /** {@return the bit at which the compiler would start a bit-field now} */
        private long ruled(Member member, int width, long own, boolean packed) {
            long unitBits = 8 * member.type().byteSize();
            boolean crosses = bitEnd / unitBits != (bitEnd + width - 1) / unitBits;
            return crosses && !packed ? ByteRange.roundUp(bitEnd, 8 * own) : bitEnd;
        }

        private void fill(long target) {
            padBits(Math.min(target, ByteRange.roundUp(bitEnd, 8)));
            long bytes = target / 8 - bitEnd / 8;
            if (bytes > 0) {
                steps.add(new PadBytes(bitEnd / 8, bytes));
                bitEnd += 8 * bytes;
            }
            padBits(target);
        }

        private void padBits(long target) {
            if (target > bitEnd) {
                steps.add(new PadBits((int) (target - bitEnd)));
                bitEnd = target;
            }
        }

        void union(StructLayout layout) {
            long end = 0;
            for (Member member : layout.members()) {
                if (firstBit(member) != 0) {
                    throw new IllegalArgumentException("no C declaration puts " + label(member) + " at byte "
                            + member.byteOffset() + " of a union");
                }
                long own = natural.applyAsLong(member);
                boolean packed = own > alignment;
                steps.add(new Placed(member, 1, packed));
                reached = Math.max(reached, packed ? 1 : own);
                end = Math.max(end, member.bytes().map(bytes -> bytes.end()).orElse(0L));
            }
            tail(layout, end);
        }

        private long byteEnd() {
            return (bitEnd + 7) / 8;
        }

        private static String label(Member member) {
            return member.isAnonymous() ? "an anonymous member" : member.name();
        }
    }
}
