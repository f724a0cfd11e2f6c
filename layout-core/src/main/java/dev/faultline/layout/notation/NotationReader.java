package dev.faultline.layout.notation;

import dev.faultline.input.InputException;
import dev.faultline.layout.AggregateKind;
import dev.faultline.layout.ByteRange;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.InferredAlignment;
import dev.faultline.layout.Member;
import dev.faultline.layout.Provenance;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.abi.BasicTypes;
import dev.faultline.layout.abi.DeclaredMember;
import dev.faultline.layout.abi.SystemV;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Reads layouts from pahole's dialect of C, also when quoted in a mail with text around it.
 *
 * <p>A struct whose members have offset comments is laid out by the comments, whatever the order of declaration. A
 * struct without such comments is laid out by the System V ABI. The members of an embedded struct are known when the
 * same text declares it with the size that the comment states; otherwise only its name and size are.
 */
public final class NotationReader {

    /** Most levels of structs, declared in place or by tag. */
    private static final int DEEPEST = 65;

    /** Most members of all layouts of a text; those of an embedded struct count each time it is embedded. */
    private static final long MOST_FIELDS = 1 << 21;

    private final String source;
    private final Parser parser;
    private final Map<String, DeclarationIndex> byTag = new HashMap<>();
    private final Map<String, Long> embeddedByteSizes = new HashMap<>();
    private final Map<SyntaxTree.Aggregate, StructLayout> done = new IdentityHashMap<>();
    private final Map<SyntaxTree.Aggregate, Boolean> underWay = new IdentityHashMap<>();
    private final Map<SyntaxTree.Member, FieldType> ofTypedefs = new IdentityHashMap<>();
    private int depth;
    private long fields;

    private NotationReader(String source, Parser parser) {
        this.source = source;
        this.parser = parser;
    }

    /**
     * Reads every struct, union and class of a text.
     *
     * @param source the name of the text in messages
     * @param text the text
     * @return the layouts in order, at least one
     * @throws InputException when there is none or the text is inconsistent; names line and column
     */
    public static List<StructLayout> read(String source, String text) {
        Parser parser = new Parser(source, text);
        parser.parse();
        if (parser.aggregates.isEmpty()) {
            throw new InputException(
                    source,
                    "",
                    "no struct, union or class in this text; expected pahole's output, C declarations or JOL's rows");
        }
        NotationReader reader = new NotationReader(source, parser);
        for (SyntaxTree.Aggregate aggregate : parser.aggregates) {
            reader.byTag
                    .computeIfAbsent(aggregate.spelling(), any -> new DeclarationIndex())
                    .add(aggregate);
            reader.noteEmbedded(aggregate);
        }
        List<StructLayout> layouts = new ArrayList<>();
        for (SyntaxTree.Aggregate aggregate : parser.aggregates) {
            layouts.add(reader.top(aggregate));
        }
        return layouts;
    }

    /** Notes sizes stated where a struct is embedded; pahole states none for unions and structs without holes. */
    private void noteEmbedded(SyntaxTree.Aggregate aggregate) {
        for (SyntaxTree.Member member : aggregate.members()) {
            member.inline().ifPresent(this::noteEmbedded);
            if (member.place().isPresent() && member.dimensions().isEmpty()) {
                embeddedByteSizes.putIfAbsent(
                        member.spelling(), member.place().get().byteSize());
            }
        }
    }

    private OptionalLong statedByteSize(SyntaxTree.Aggregate aggregate) {
        Long embedded = embeddedByteSizes.get(aggregate.spelling());
        DeclarationIndex all = byTag.get(aggregate.spelling());
        boolean one = all != null && all.size() == 1;
        return aggregate.byteSize().isPresent() || embedded == null || !one
                ? aggregate.byteSize()
                : OptionalLong.of(embedded);
    }

    private StructLayout top(SyntaxTree.Aggregate aggregate) {
        StructLayout known = done.get(aggregate);
        if (known != null) {
            return known;
        }
        if (underWay.put(aggregate, true) != null) {
            throw error(aggregate.token(), aggregate.spelling() + " contains itself");
        }
        StructLayout layout = guarded(
                aggregate,
                () -> aggregate.isPlaced() ? placed(aggregate, 0, statedByteSize(aggregate)) : ruled(aggregate));
        done.put(aggregate, layout);
        underWay.remove(aggregate);
        return layout;
    }

    private interface Making {
        StructLayout make();
    }

    /** Turns what {@link StructLayout} refuses into an error at the line of the declaration. */
    private StructLayout guarded(SyntaxTree.Aggregate aggregate, Making making) {
        if (++depth > DEEPEST) {
            throw error(aggregate.token(), aggregate.spelling() + " nests deeper than " + DEEPEST + " structs");
        }
        try {
            StructLayout layout = making.make();
            count(aggregate, layout);
            return layout;
        } catch (IllegalArgumentException broken) {
            throw error(aggregate.token(), broken.getMessage());
        } catch (ArithmeticException overflow) {
            throw error(
                    aggregate.token(),
                    aggregate.spelling() + " is larger than the limit of " + StructLayout.MOST_BYTES + " bytes");
        } finally {
            depth--;
        }
    }

    /** Counts members, those without bytes included: they make no slots but take time. */
    private void count(SyntaxTree.Aggregate aggregate, StructLayout layout) {
        fields += Math.max(layout.memberCount(), layout.slots().size());
        if (fields > MOST_FIELDS) {
            throw error(
                    aggregate.token(),
                    "more than " + MOST_FIELDS + " fields in one text, embedded ones included; keep only the"
                            + " structs you need");
        }
    }

    // ---- layouts by offset comments

    /** {@code base} is subtracted from the offsets in comments, which count from the outermost struct. */
    private StructLayout placed(SyntaxTree.Aggregate aggregate, long base, OptionalLong statedByteSize) {
        List<Member> members = new ArrayList<>();
        long end = 0;
        List<SyntaxTree.Member> named = aggregate.members().stream()
                .filter(raw -> !(raw.name().isEmpty() && raw.bitSize().isPresent())) // padding
                .toList();
        for (SyntaxTree.Member raw : named) {
            SyntaxTree.Place place = raw.place()
                    .orElseThrow(() -> error(raw.token(), "expected `/* offset size */` behind member " + raw.name()));
            if (place.byteOffset() < base) {
                throw error(
                        raw.token(),
                        raw.name() + " at byte " + place.byteOffset() + " is before its " + aggregate.spelling()
                                + " at byte " + base);
            }
            Member member = place(raw, place, base);
            members.add(member);
            end = Math.max(end, member.bytes().map(bytes -> bytes.end()).orElse(member.byteOffset()));
        }
        boolean union = aggregate.kind() == AggregateKind.UNION;
        long byteSize = statedByteSize.orElse(ByteRange.roundUp(end, InferredAlignment.of(0, union, members)));
        for (int i = 0; i < members.size(); i++) {
            long memberEnd = members.get(i).bytes().map(bytes -> bytes.end()).orElse(0L);
            if (memberEnd > byteSize) {
                throw error(
                        named.get(i).token(),
                        members.get(i).name() + " ends at byte " + (base + memberEnd) + ", outside of "
                                + aggregate.spelling() + " of " + byteSize + " bytes");
            }
        }
        long alignment = InferredAlignment.of(byteSize, union, members);
        long asked = aggregate.attributes().byteAlignment();
        return StructLayout.of(
                aggregate.tag(),
                aggregate.kind(),
                byteSize,
                byteSize % asked == 0 ? Math.max(alignment, asked) : alignment,
                members,
                provenance(Provenance.Origin.NOTATION, aggregate));
    }

    private Member place(SyntaxTree.Member raw, SyntaxTree.Place place, long base) {
        long offset = place.byteOffset() - base;
        if (raw.bitSize().isPresent() && raw.bitSize().getAsInt() > 0) {
            if (place.bitOffset().orElse(0) >= 8 * place.byteSize()) {
                throw error(
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
            throw error(
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
                throw error(
                        raw.token(), raw.name() + ": more than " + StructLayout.MOST_BYTES + " elements in an array");
            }
            count *= dimension;
        }
        return count;
    }

    private static FieldType array(FieldType element, List<Long> dimensions) {
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
                raw.spelling(), guarded(aggregate, () -> placed(aggregate, byteOffset, byteSize)));
    }

    /** {@return the type with this spelling and size} */
    private FieldType named(SyntaxTree.Member raw, long byteSize) {
        String spelling = raw.spelling();
        if (raw.pointer() && byteSize > 0) {
            return FieldType.Scalar.natural(spelling, byteSize);
        }
        String bare = BasicTypes.bare(spelling);
        if (bare.startsWith("struct ") || bare.startsWith("union ") || bare.startsWith("class ")) {
            return declared(raw, bare, byteSize)
                    .<FieldType>map(layout -> new FieldType.Aggregate(spelling, layout))
                    .orElseGet(() -> new FieldType.Opaque(spelling, byteSize, 1));
        }
        Optional<FieldType> basic =
                byteSize == 0 ? Optional.empty() : BasicTypes.of(spelling).filter(type -> type.byteSize() == byteSize);
        if (basic.isPresent()) {
            return basic.get();
        }
        return byteSize > 0 && byteSize <= 8 && Long.bitCount(byteSize) == 1
                ? FieldType.Scalar.natural(spelling, byteSize)
                : new FieldType.Opaque(spelling, byteSize, 1);
    }

    private Optional<StructLayout> declared(SyntaxTree.Member raw, String spelling, long byteSize) {
        DeclarationIndex declarations = byTag.get(spelling);
        if (declarations == null) {
            return Optional.empty();
        }
        Optional<SyntaxTree.Aggregate> fitting = declarations.ofSize(byteSize, one -> top(one).byteSize());
        SyntaxTree.Aggregate first = declarations.first();
        if (fitting.isEmpty()
                && declarations.size() == 1
                && byteSize > 0
                && first.byteSize().isPresent()) {
            throw error(
                    raw.token(),
                    raw.name() + " has " + byteSize + " bytes here, but " + spelling + " of line "
                            + first.token().line() + " has " + top(first).byteSize());
        }
        return fitting.map(this::top);
    }

    // ---- layouts by the ABI

    private StructLayout ruled(SyntaxTree.Aggregate aggregate) {
        List<DeclaredMember> members = new ArrayList<>();
        requireKnown(aggregate.attributes());
        for (SyntaxTree.Member raw : aggregate.members()) {
            requireKnown(raw.attributes());
            members.add(new DeclaredMember(
                    raw.name(),
                    array(ruledType(raw, 0), raw.dimensions()),
                    raw.bitSize(),
                    raw.inline().isPresent() ? 1 : raw.attributes().byteAlignment(),
                    raw.inline().isEmpty() && raw.attributes().packed()));
        }
        return SystemV.layOut(
                aggregate.tag(),
                aggregate.kind(),
                members,
                aggregate.attributes().packed(),
                aggregate.attributes().byteAlignment(),
                provenance(Provenance.Origin.ABI_MODEL, aggregate));
    }

    /** Refuses unknown attributes; only needed without offset comments, which show the effect of attributes. */
    private void requireKnown(SyntaxTree.Attributes attributes) {
        attributes.unknown().ifPresent(token -> {
            throw error(
                    token,
                    token.shown() + " has an unknown effect on offsets; write alignments as numbers, or add"
                            + " offset comments");
        });
    }

    private FieldType ruledType(SyntaxTree.Member raw, int aliases) {
        String spelling = raw.spelling();
        if (raw.inline().isPresent()) {
            SyntaxTree.Aggregate inner = raw.inline().get();
            return new FieldType.Aggregate(spelling, guarded(inner, () -> ruled(inner)));
        }
        if (raw.pointer()) {
            return FieldType.Scalar.natural(spelling, 8);
        }
        String bare = BasicTypes.bare(spelling);
        DeclarationIndex tagged = byTag.get(bare);
        if (tagged != null) {
            return new FieldType.Aggregate(spelling, top(tagged.first()));
        }
        SyntaxTree.Member alias = parser.typedefs.get(bare);
        if (alias != null) {
            if (aliases > 32) {
                throw error(raw.token(), "typedef " + bare + " names itself");
            }
            requireKnown(alias.attributes());
            if (alias.attributes().byteAlignment() > 1) {
                throw error(
                        alias.token(),
                        "a typedef with an alignment is not supported; put the alignment on the struct or the member");
            }
            FieldType known = ofTypedefs.get(alias);
            if (known == null) {
                known = array(ruledType(alias, aliases + 1), alias.dimensions());
                ofTypedefs.put(alias, known);
            }
            return renamed(spelling, known);
        }
        return BasicTypes.of(spelling)
                .orElseThrow(() -> error(
                        raw.token(),
                        "unknown type `" + spelling + "`; declare it in the same text, or add offset comments"));
    }

    private static FieldType renamed(String spelling, FieldType type) {
        if (type instanceof FieldType.Aggregate aggregate) {
            return new FieldType.Aggregate(spelling, aggregate.layout());
        }
        return type.byteSize() > 0 && type instanceof FieldType.Scalar
                ? new FieldType.Scalar(spelling, type.byteSize(), type.byteAlignment())
                : new FieldType.Opaque(spelling, type.byteSize(), type.byteAlignment());
    }

    private Provenance provenance(Provenance.Origin origin, SyntaxTree.Aggregate aggregate) {
        return new Provenance(
                origin, source, "", OptionalInt.of(aggregate.token().line()));
    }

    private InputException error(Token token, String problem) {
        return InputException.at(source, token.line(), token.column(), problem);
    }
}
