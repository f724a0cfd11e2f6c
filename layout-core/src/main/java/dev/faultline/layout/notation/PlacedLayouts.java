package dev.faultline.layout.notation;

import dev.faultline.layout.AggregateKind;
import dev.faultline.layout.ByteRange;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.InferredAlignment;
import dev.faultline.layout.Member;
import dev.faultline.layout.MemberRole;
import dev.faultline.layout.Provenance;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.abi.BasicTypes;
import dev.faultline.layout.syntax.CxxTypes;
import dev.faultline.layout.syntax.DeclarationIndex;
import dev.faultline.layout.syntax.SyntaxTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Lays out declarations whose members state their offsets. */
final class PlacedLayouts {

    private final NotationReader reader;

    PlacedLayouts(NotationReader reader) {
        this.reader = reader;
    }

    /** {@code base} is subtracted from the offsets in comments, which count from the outermost struct. */
    StructLayout layout(SyntaxTree.Aggregate aggregate, long base, OptionalLong statedByteSize) {
        List<SyntaxTree.Member> named = aggregate.members().stream()
                .filter(SyntaxTree.Member::isPlaceable)
                .toList();
        List<Member> members = own(aggregate, named, base);
        boolean union = aggregate.kind() == AggregateKind.UNION;
        long end = 0;
        for (Member member : members) {
            end = Math.max(end, member.bytes().map(ByteRange::end).orElse(member.byteOffset()));
        }
        long byteSize = statedByteSize.orElse(
                ByteRange.roundUp(end, Math.max(inferred(aggregate, 0, members), asked(aggregate, named))));
        InheritedLayouts inherited = InheritedLayouts.of(reader, aggregate, members, base, byteSize);
        members = inherited.members();
        requireInside(aggregate, named, members, base, byteSize);
        if (!union) {
            List<Member> missing =
                    new MissingLines(reader, aggregate, statedByteSize.isPresent()).bytes(members, byteSize);
            for (Member bytes : inherited.hidden()) {
                insert(members, bytes);
            }
            for (Member bytes : missing) {
                if (!inherited.hides(bytes)) {
                    insert(members, bytes);
                }
            }
            if (byteSize > 1
                    && members.stream().allMatch(member -> member.bytes().isEmpty())) {
                members.add(Member.notShown(0, byteSize)); // pahole does not print which variants Rust's enums have
            }
        }
        long alignment = inferred(aggregate, byteSize, members);
        long asked = asked(aggregate, named);
        return StructLayout.of(
                aggregate.tag(),
                aggregate.kind(),
                byteSize,
                byteSize % asked == 0 ? Math.max(alignment, asked) : alignment,
                members,
                reader.provenance(Provenance.Origin.NOTATION, aggregate));
    }

    /** Inserts bytes that are not shown before the first member behind them. */
    private static void insert(List<Member> members, Member bytes) {
        int index = 0;
        while (index < members.size() && members.get(index).byteOffset() <= bytes.byteOffset()) {
            index++;
        }
        members.add(index, bytes);
    }

    /** {@return the alignment in bytes that the members of an aggregate tell; they tell nothing of a packed one} */
    private static long inferred(SyntaxTree.Aggregate aggregate, long byteSize, List<Member> members) {
        return aggregate.attributes().packed()
                ? 1
                : InferredAlignment.of(byteSize, aggregate.kind() == AggregateKind.UNION, members);
    }

    /** {@return the alignment in bytes that attributes of an aggregate or of its members ask for, 1 for none} */
    private static long asked(SyntaxTree.Aggregate aggregate, List<SyntaxTree.Member> named) {
        return named.stream()
                .mapToLong(member -> member.attributes().byteAlignment())
                .reduce(aggregate.attributes().byteAlignment(), Math::max);
    }

    /** {@return the members at their places; base classes of the size that their objects have alone} */
    private List<Member> own(SyntaxTree.Aggregate aggregate, List<SyntaxTree.Member> named, long base) {
        boolean union = aggregate.kind() == AggregateKind.UNION;
        BitOrder bitOrder = BitOrder.of(reader, aggregate);
        List<Member> members = new ArrayList<>();
        for (SyntaxTree.Member raw : named) {
            SyntaxTree.Place place = raw.place()
                    .map(stated -> bitOrder.place(raw, union ? stated.orAt(base) : stated))
                    .filter(SyntaxTree.Place::hasOffset)
                    .orElseThrow(() ->
                            reader.error(raw.token(), "expected `/* offset size */` behind member " + raw.name()));
            if (place.byteOffset() < base) {
                throw reader.error(
                        raw.token(),
                        raw.name() + " at byte " + place.byteOffset() + " is before its " + aggregate.spelling()
                                + " at byte " + base);
            }
            members.add(place(raw, place, base).as(raw.role()));
        }
        return members;
    }

    private void requireInside(
            SyntaxTree.Aggregate aggregate,
            List<SyntaxTree.Member> named,
            List<Member> members,
            long base,
            long byteSize) {
        for (int i = 0; i < members.size(); i++) {
            long memberEnd = members.get(i).bytes().map(ByteRange::end).orElse(0L);
            if (memberEnd > byteSize) {
                throw reader.error(
                        named.get(i).token(),
                        members.get(i).name() + " ends at byte " + (base + memberEnd) + ", outside of "
                                + aggregate.spelling() + " of " + byteSize + " bytes");
            }
        }
    }

    private Member place(SyntaxTree.Member raw, SyntaxTree.Place place, long base) {
        long offset = place.byteOffset() - base;
        if (raw.role() == MemberRole.NOT_SHOWN) {
            return Member.notShown(offset, place.byteSize());
        }
        if (raw.bitSize().isPresent() && raw.bitSize().getAsInt() > 0) {
            if (place.bitOffset().orElse(0) >= 8 * place.byteSize()) {
                throw reader.error(
                        raw.token(),
                        raw.name() + " starts at bit " + place.bitOffset().orElse(0) + " of " + place.byteSize()
                                + " bytes");
            }
            FieldType unit = named(raw, place.byteSize());
            return Member.bits(
                    raw.name(),
                    unit,
                    offset,
                    place.bitOffset().orElse(0),
                    raw.bitSize().getAsInt());
        }
        return Member.of(raw.name(), type(raw, place), offset);
    }

    private FieldType type(SyntaxTree.Member raw, SyntaxTree.Place place) {
        long count = elements(raw);
        if (count > 0 && place.byteSize() % count != 0) {
            throw reader.error(
                    raw.token(),
                    raw.name() + ": " + place.byteSize() + " bytes cannot hold " + count + " equal elements");
        }
        long elementBytes = count == 0 ? raw.flexibleElementBytes() : place.byteSize() / count;
        boolean sized = count > 0 || elementBytes > 0;
        FieldType element = raw.inline().isPresent()
                ? inline(raw, place.byteOffset(), sized ? OptionalLong.of(elementBytes) : OptionalLong.empty())
                : named(raw, elementBytes);
        return array(element, raw.dimensions());
    }

    private long elements(SyntaxTree.Member raw) {
        if (raw.dimensions().contains(0L)) {
            return 0;
        }
        long count = 1;
        for (long dimension : raw.dimensions()) {
            if (count > StructLayout.MOST_BYTES / dimension) {
                throw reader.error(
                        raw.token(), raw.name() + ": more than " + StructLayout.MOST_BYTES + " elements in an array");
            }
            count *= dimension;
        }
        return count;
    }

    static FieldType array(FieldType element, List<Long> dimensions) {
        FieldType type = element;
        for (int i = dimensions.size() - 1; i >= 0; i--) {
            type = new FieldType.Array(type, dimensions.get(i));
        }
        return type;
    }

    /**
     * {@return the type of an aggregate declared in place; no comment states the size of a flexible array's element}
     */
    private FieldType inline(SyntaxTree.Member raw, long byteOffset, OptionalLong byteSize) {
        SyntaxTree.Aggregate aggregate = raw.inline().orElseThrow();
        return new FieldType.Aggregate(
                raw.spelling(), reader.guarded(aggregate, () -> layout(aggregate, byteOffset, byteSize)));
    }

    /** {@return the type with this spelling and size} */
    private FieldType named(SyntaxTree.Member raw, long byteSize) {
        String spelling = raw.spelling();
        if (raw.pointer() && byteSize > 0) {
            return CxxTypes.address(spelling, byteSize);
        }
        String bare = BasicTypes.bare(spelling);
        boolean tagged = bare.startsWith("struct ") || bare.startsWith("union ") || bare.startsWith("class ");
        Optional<StructLayout> declared = declared(raw, bare, byteSize, tagged);
        if (tagged || declared.isPresent()) {
            return declared.<FieldType>map(layout -> new FieldType.Aggregate(spelling, layout))
                    .orElseGet(() -> new FieldType.Opaque(spelling, byteSize, 1));
        }
        Optional<FieldType> basic = byteSize == 0 ? Optional.empty() : BasicTypes.of(spelling);
        if (basic.isPresent() && byteSize % basic.get().byteSize() == 0) {
            return byteSize == basic.get().byteSize()
                    ? basic.get()
                    // an array: pahole prints no dimensions of a volatile one
                    : new FieldType.Opaque(spelling, byteSize, basic.get().byteAlignment());
        }
        return byteSize > 0 && byteSize <= 8 && Long.bitCount(byteSize) == 1
                ? FieldType.Scalar.natural(spelling, byteSize)
                : new FieldType.Opaque(spelling, byteSize, 1);
    }

    private Optional<StructLayout> declared(SyntaxTree.Member raw, String spelling, long byteSize, boolean tagged) {
        Optional<DeclarationIndex> found = reader.table().declarations(raw, spelling);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        DeclarationIndex declarations = found.get();
        Optional<SyntaxTree.Aggregate> fitting =
                declarations.ofSize(byteSize, one -> reader.top(one).byteSize());
        SyntaxTree.Aggregate first = declarations.first();
        if (fitting.isEmpty()
                && tagged
                && declarations.size() == 1
                && byteSize > 0
                && first.byteSize().isPresent()) {
            throw reader.error(
                    raw.token(),
                    raw.name() + " has " + byteSize + " bytes here, but " + spelling + " of line "
                            + first.token().line() + " has " + reader.top(first).byteSize());
        }
        return fitting.map(reader::top);
    }
}
