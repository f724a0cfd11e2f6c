package dev.faultline.layout.notation;

import dev.faultline.layout.FieldType;
import dev.faultline.layout.Provenance;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.abi.BasicTypes;
import dev.faultline.layout.abi.DeclaredMember;
import dev.faultline.layout.abi.SystemV;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lays out declarations without offsets, as a compiler does. */
final class RuledLayouts {

    private final NotationReader reader;
    private final Map<SyntaxTree.Member, FieldType> ofTypedefs = new IdentityHashMap<>();

    RuledLayouts(NotationReader reader) {
        this.reader = reader;
    }

    StructLayout layout(SyntaxTree.Aggregate aggregate) {
        aggregate.needsOffsets().ifPresent(reason -> {
            throw reason;
        });
        List<DeclaredMember> members = new ArrayList<>();
        requireKnown(aggregate.attributes());
        for (SyntaxTree.Member raw : aggregate.members()) {
            requireKnown(raw.attributes());
            members.add(new DeclaredMember(
                    raw.name(),
                    PlacedLayouts.array(ruledType(raw, 0), raw.dimensions()),
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
                reader.provenance(Provenance.Origin.ABI_MODEL, aggregate));
    }

    /** Refuses unknown attributes; only needed without offset comments, which show the effect of attributes. */
    private void requireKnown(SyntaxTree.Attributes attributes) {
        attributes.unknown().ifPresent(token -> {
            throw reader.error(
                    token,
                    token.shown() + " has an unknown effect on offsets; write alignments as numbers, or add"
                            + " offset comments");
        });
    }

    private FieldType ruledType(SyntaxTree.Member raw, int aliases) {
        String spelling = raw.spelling();
        if (raw.inline().isPresent()) {
            SyntaxTree.Aggregate inner = raw.inline().get();
            return new FieldType.Aggregate(spelling, reader.guarded(inner, () -> layout(inner)));
        }
        if (raw.pointer()) {
            return CxxTypes.address(spelling);
        }
        String bare = BasicTypes.bare(spelling);
        Optional<DeclarationIndex> tagged = reader.declarations(raw, bare);
        if (tagged.isPresent()) {
            return new FieldType.Aggregate(spelling, reader.top(tagged.get().first()));
        }
        SyntaxTree.Member alias = reader.typedef(raw, bare).orElse(null);
        if (alias != null) {
            if (aliases > 32) {
                throw reader.error(raw.token(), "typedef " + bare + " names itself");
            }
            requireKnown(alias.attributes());
            if (alias.attributes().byteAlignment() > 1) {
                throw reader.error(
                        alias.token(),
                        "a typedef with an alignment is not supported; put the alignment on the struct or the member");
            }
            FieldType known = ofTypedefs.get(alias);
            if (known == null) {
                known = PlacedLayouts.array(ruledType(alias, aliases + 1), alias.dimensions());
                ofTypedefs.put(alias, known);
            }
            return renamed(spelling, known);
        }
        return BasicTypes.of(spelling)
                .orElseThrow(() -> reader.error(
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
}
