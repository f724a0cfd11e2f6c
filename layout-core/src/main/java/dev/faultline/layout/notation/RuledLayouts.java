package dev.faultline.layout.notation;

import dev.faultline.input.InputException;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.Provenance;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.abi.BasicTypes;
import dev.faultline.layout.abi.DeclaredMember;
import dev.faultline.layout.abi.DeclaredSyncType;
import dev.faultline.layout.abi.RuledType;
import dev.faultline.layout.abi.SystemV;
import dev.faultline.layout.syntax.CxxTypes;
import dev.faultline.layout.syntax.SyntaxTree;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Lays out declarations without offsets, as a compiler does. */
final class RuledLayouts {

    /** Most typedefs behind a name. */
    private static final int MOST_ALIASES = 32;

    /** What gcc aligns an object to whose size is one of these when it is {@code _Atomic}: its size. */
    private static final long LARGEST_ATOMIC = 16;

    /** The largest alignment of a type whose bit-fields are laid out by the ABI. */
    private static final long LARGEST_UNIT_ALIGNMENT = 16;

    /** Types of the kernel whose size its options change. */
    private static final Set<String> OF_KERNEL_OPTIONS = Set.of(
            "spinlock_t",
            "raw_spinlock_t",
            "rwlock_t",
            "seqcount_t",
            "seqlock_t",
            "struct mutex",
            "struct rw_semaphore",
            "struct semaphore");

    private static final List<String> KEYWORDS = List.of("struct ", "class ", "union ");

    private final NotationReader reader;
    private final Map<SyntaxTree.Member, RuledType> ofTypedefs = new IdentityHashMap<>();

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
            RuledType type = type(raw);
            requireUsual(raw, type);
            members.add(new DeclaredMember(
                    raw.name(),
                    type.type(),
                    type.byteAlignment(),
                    raw.bitSize(),
                    raw.attributes().aligned().orElse(0),
                    raw.attributes().packed()));
        }
        return SystemV.layOut(
                aggregate.tag(),
                aggregate.kind(),
                members,
                aggregate.attributes().packed(),
                aggregate.attributes().typeAligned().orElse(1),
                aggregate.attributes().packBytes(),
                reader.provenance(Provenance.Origin.ABI_MODEL, aggregate));
    }

    private void requireUsual(SyntaxTree.Member raw, RuledType type) {
        if (raw.bitSize().isPresent() && type.byteAlignment() > LARGEST_UNIT_ALIGNMENT) {
            throw reader.error(
                    raw.token(),
                    "a bit-field of a type aligned to " + type.byteAlignment() + " bytes, which compilers place"
                            + " differently; print the struct with pahole or gdb");
        }
    }

    /** {@return the type of a member with its dimensions} */
    RuledType type(SyntaxTree.Member raw) {
        return type(raw, 0);
    }

    private RuledType type(SyntaxTree.Member raw, int aliases) {
        requireKnown(raw.attributes());
        RuledType element = element(raw, aliases);
        OptionalLong scalarBytes = raw.attributes().scalarBytes();
        if (scalarBytes.isPresent() && !raw.pointer()) {
            element = RuledType.of(FieldType.Scalar.natural(raw.spelling(), scalarBytes.getAsLong()));
        }
        return raw.dimensions().isEmpty()
                ? element
                : RuledType.aligned(
                        PlacedLayouts.array(element.type(), raw.dimensions()), element.elementByteAlignment());
    }

    /** Refuses unknown attributes; only needed without offset comments, which show the effect of attributes. */
    private void requireKnown(SyntaxTree.Attributes attributes) {
        attributes.unknown().ifPresent(token -> {
            throw reader.error(
                    token,
                    token.shown() + " has an unknown effect on offsets; #define it in this text, write alignments as"
                            + " numbers, or print the struct with pahole or gdb");
        });
    }

    private RuledType element(SyntaxTree.Member raw, int aliases) {
        String spelling = raw.spelling();
        if (raw.inline().isPresent()) {
            SyntaxTree.Aggregate inner = raw.inline().get();
            return RuledType.of(new FieldType.Aggregate(spelling, reader.guarded(inner, () -> layout(inner))));
        }
        if (raw.pointer() || spelling.endsWith("*")) {
            FieldType address = CxxTypes.address(spelling);
            long alignment = raw.attributes().pointerAligned().orElse(address.byteAlignment());
            return RuledType.of(new FieldType.Scalar(spelling, address.byteSize(), alignment));
        }
        String plain = BasicTypes.unqualified(spelling);
        RuledType named = named(raw, plain, aliases);
        return BasicTypes.isAtomic(spelling) ? atomic(named) : named;
    }

    private RuledType named(SyntaxTree.Member raw, String plain, int aliases) {
        String spelling = raw.spelling();
        Optional<StructLayout> tagged = reader.declared(raw, plain);
        if (tagged.isPresent()) {
            return RuledType.of(new FieldType.Aggregate(spelling, tagged.get()));
        }
        Optional<SyntaxTree.Member> alias = reader.table().typedef(raw, plain);
        if (alias.isPresent()) {
            return typedef(raw, alias.get(), aliases);
        }
        if (plain.startsWith("enum")) {
            return enumeration(raw, plain);
        }
        Optional<FieldType> known = withKeyword(raw, spelling, plain)
                .or(() -> BasicTypes.of(plain)
                        .or(() -> synchronisation(raw, plain, aliases))
                        .map(type -> renamed(spelling, RuledType.of(type))));
        if (known.isPresent()) {
            return RuledType.of(known.get());
        }
        if (reader.scope().enumByteSize(plain) != null) {
            return enumeration(raw, "enum " + plain);
        }
        throw reader.error(
                raw.token(),
                "unknown type `" + spelling + "`; declare it in the same text, or print the struct with pahole or gdb");
    }

    /** {@return the type declared in the text under a name that C++ uses without a keyword} */
    private Optional<FieldType> withKeyword(SyntaxTree.Member raw, String spelling, String name) {
        return KEYWORDS.stream()
                .flatMap(keyword -> reader.declared(raw, keyword + name).stream())
                .findFirst()
                .map(layout -> new FieldType.Aggregate(spelling, layout));
    }

    private Optional<FieldType> synchronisation(SyntaxTree.Member raw, String plain, int aliases) {
        Optional<FieldType> type = DeclaredSyncType.of(plain, argument -> argument(raw, argument, aliases + 1));
        if (type.isPresent() && OF_KERNEL_OPTIONS.contains(plain)) {
            reader.scope().assume(plain + " has " + type.get().byteSize() + " bytes, as without lock debugging");
        }
        return type;
    }

    /** {@return the type that an atomic one has as its argument; empty when it is unknown} */
    private Optional<FieldType> argument(SyntaxTree.Member raw, String spelling, int aliases) {
        if (spelling.endsWith("*")) {
            return Optional.of(FieldType.Scalar.natural(spelling, 8));
        }
        try {
            return aliases > MOST_ALIASES
                    ? Optional.empty()
                    : Optional.of(named(raw, BasicTypes.unqualified(spelling), aliases)
                            .type());
        } catch (InputException unknown) {
            return Optional.empty();
        }
    }

    private RuledType typedef(SyntaxTree.Member raw, SyntaxTree.Member alias, int aliases) {
        if (aliases > MOST_ALIASES) {
            throw reader.error(raw.token(), "typedef " + alias.name() + " names itself");
        }
        RuledType known = ofTypedefs.get(alias);
        if (known == null) {
            RuledType type = type(alias, aliases + 1);
            OptionalLong aligned = alias.attributes().typeAligned();
            known = aligned.isPresent() ? RuledType.aligned(type.type(), aligned.getAsLong()) : type;
            ofTypedefs.put(alias, known);
        }
        return new RuledType(renamed(raw.spelling(), known), known.byteAlignment(), known.elementByteAlignment());
    }

    private RuledType enumeration(SyntaxTree.Member raw, String plain) {
        String tag = plain.substring("enum".length()).strip();
        Long declared = reader.scope().enumByteSize(tag);
        if (declared == null && !tag.isEmpty()) {
            reader.scope().assume("enum " + tag + " has 4 bytes");
        }
        return RuledType.of(FieldType.Scalar.natural(raw.spelling(), declared == null ? 4 : declared));
    }

    private static RuledType atomic(RuledType type) {
        long byteSize = type.type().byteSize();
        boolean isNative = Long.bitCount(byteSize) == 1 && byteSize <= LARGEST_ATOMIC;
        if (!isNative) {
            return type;
        }
        long byteAlignment = Math.max(byteSize, type.byteAlignment());
        boolean isPlainInArrays = type.type() instanceof FieldType.Aggregate;
        return new RuledType(type.type(), byteAlignment, isPlainInArrays ? type.byteAlignment() : byteAlignment);
    }

    private static FieldType renamed(String spelling, RuledType named) {
        FieldType type = named.type();
        if (type instanceof FieldType.Aggregate aggregate) {
            return new FieldType.Aggregate(spelling, aggregate.layout());
        }
        return type.byteSize() > 0 && type instanceof FieldType.Scalar
                ? new FieldType.Scalar(spelling, type.byteSize(), named.byteAlignment())
                : new FieldType.Opaque(spelling, type.byteSize(), named.byteAlignment());
    }
}
