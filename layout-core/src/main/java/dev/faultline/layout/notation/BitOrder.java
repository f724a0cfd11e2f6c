package dev.faultline.layout.notation;

import dev.faultline.layout.syntax.SyntaxTree;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Tells from which end of their unit the bits of a struct are counted. Early versions of pahole count from the most
 * significant bit, so that the first of several bit-fields has the largest number; later ones count from the least
 * significant bit.
 */
final class BitOrder {

    private static final BitOrder FROM_LEAST = new BitOrder(false);

    private final boolean fromMost;

    private BitOrder(boolean fromMost) {
        this.fromMost = fromMost;
    }

    /** A bit-field of a struct with its place in the list of all members. */
    private record Bits(SyntaxTree.Member member, int index) {
        SyntaxTree.Place place() {
            return member.place().orElseThrow();
        }

        int first() {
            return place().bitOffset().orElse(0);
        }

        int end() {
            return first() + member.bitSize().orElseThrow();
        }

        long unitBits() {
            return 8 * place().byteSize();
        }

        boolean isSameUnit(Bits other) {
            return place().byteOffset() == other.place().byteOffset()
                    && place().byteSize() == other.place().byteSize();
        }
    }

    /** {@return the order of a struct's bits; throws an error when it cannot be told} */
    static BitOrder of(NotationReader reader, SyntaxTree.Aggregate aggregate) {
        List<Bits> all = bits(aggregate);
        boolean falls = false;
        boolean rises = false;
        for (int i = 1; i < all.size(); i++) {
            if (all.get(i).isSameUnit(all.get(i - 1))) {
                falls |= all.get(i).end() <= all.get(i - 1).first();
                rises |= all.get(i).first() >= all.get(i - 1).end();
            }
        }
        if (falls != rises) {
            return falls ? new BitOrder(true) : FROM_LEAST;
        }
        if (falls) {
            return FROM_LEAST; // some fall and some rise: contradictory either way, so the fields overlap
        }
        return isEarly(reader, aggregate, all) ? new BitOrder(true) : FROM_LEAST;
    }

    /** {@return whether a bit-field alone in its unit ends at the top and its unused bits are stated behind it} */
    private static boolean isEarly(NotationReader reader, SyntaxTree.Aggregate aggregate, List<Bits> all) {
        List<Long> taken = endsBefore(aggregate);
        SyntaxTree.Remarks remarks = aggregate.remarks();
        boolean isEarly = false;
        for (int i = 0; i < all.size(); i++) {
            Bits bits = all.get(i);
            boolean isAtTop = bits.first() > 0
                    && bits.end() == bits.unitBits()
                    && (i == 0 || !bits.isSameUnit(all.get(i - 1)))
                    && taken.get(bits.index()) <= bits.place().byteOffset()
                    && !isBehindHole(aggregate, bits.index());
            if (isAtTop && !remarks.bitHoles().contains(bits.index() + 1)) {
                throw reader.error(
                        bits.member().token(),
                        bits.member().name() + " starts at bit " + bits.first() + " of " + bits.unitBits()
                                + ", and nothing tells whether bits count from the least or the most significant"
                                + " one; state the unused bits as pahole does: `/* XXX " + bits.first()
                                + " bits hole */`");
            }
            isEarly |= isAtTop;
        }
        return isEarly;
    }

    /** {@return whether unused bits are stated in front of a bit-field, or of those without a name before it} */
    private static boolean isBehindHole(SyntaxTree.Aggregate aggregate, int index) {
        int first = index;
        while (first > 0
                && !aggregate.remarks().bitHoles().contains(first)
                && !aggregate.members().get(first - 1).isPlaceable()) {
            first--;
        }
        return aggregate.remarks().bitHoles().contains(first);
    }

    private static List<Bits> bits(SyntaxTree.Aggregate aggregate) {
        List<Bits> all = new ArrayList<>();
        for (int i = 0; i < aggregate.members().size(); i++) {
            SyntaxTree.Member member = aggregate.members().get(i);
            boolean isPlaced = member.place()
                    .filter(place -> place.bitOffset().isPresent())
                    .isPresent();
            if (isPlaced && member.bitSize().orElse(0) > 0) {
                all.add(new Bits(member, i));
            }
        }
        return all;
    }

    /** {@return for each index the end of the bytes before it that other members than bit-fields take} */
    private static List<Long> endsBefore(SyntaxTree.Aggregate aggregate) {
        List<Long> ends = new ArrayList<>();
        long end = 0;
        for (int i = 0; i < aggregate.members().size(); i++) {
            ends.add(end);
            SyntaxTree.Member member = aggregate.members().get(i);
            if (member.place().isPresent()) {
                SyntaxTree.Place place = member.place().get();
                int bits = member.bitSize().orElse(0);
                long size = bits > 0 ? (place.bitOffset().orElse(0) + bits + 7) / 8 : place.byteSize();
                end = Math.max(end, place.byteOffset() + size);
            }
        }
        return ends;
    }

    /** {@return the place of a member with its bits counted from the least significant one} */
    SyntaxTree.Place place(SyntaxTree.Member member, SyntaxTree.Place place) {
        int bits = member.bitSize().orElse(0);
        if (!fromMost || bits == 0 || place.bitOffset().isEmpty()) {
            return place;
        }
        long first = 8 * place.byteSize() - place.bitOffset().getAsInt() - bits;
        return first < 0
                ? place
                : new SyntaxTree.Place(place.byteOffset(), OptionalInt.of((int) first), place.byteSize());
    }
}
