package dev.faultline.layout.dialect.clang;

import dev.faultline.layout.AggregateKind;
import dev.faultline.layout.ByteRange;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.InferredAlignment;
import dev.faultline.layout.Member;
import dev.faultline.layout.MemberRole;
import dev.faultline.layout.StructLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The members of one printed record, or of a record in it. */
final class ClangBody {

    private final ClangLayouts text;
    private final ClangMember outer;
    private final AggregateKind kind;
    private final boolean isUnion;
    private final boolean isCut;
    private final long byteSize;
    private final boolean isSizeKnown;
    private final long byteAlignment;
    /** How many members start at a byte. */
    private final Map<Long, Integer> starts = new HashMap<>();

    private final List<Member> members = new ArrayList<>();

    private ClangBody(
            ClangLayouts text, ClangMember outer, boolean isCut, long byteSize, boolean isSizeKnown, long alignment) {
        this.text = text;
        this.outer = outer;
        this.isCut = isCut;
        this.byteSize = byteSize;
        this.isSizeKnown = isSizeKnown;
        this.byteAlignment = alignment;
        this.kind = ClangSpans.kind(outer.content().type(), outer.members(), text.types());
        this.isUnion = kind == AggregateKind.UNION;
        outer.members().forEach(member -> starts.merge(member.byteOffset(), 1, Integer::sum));
    }

    ClangBody(ClangLayouts text, ClangRecord record) {
        this(text, record.root(), record.isCut(), record.byteSize(), true, record.byteAlignment());
    }

    /**
     * {@return the layout}
     *
     * @param name its tag, empty for an anonymous record
     * @throws dev.faultline.input.InputException when the members contradict each other
     */
    StructLayout layout(String name) {
        long base = outer.byteOffset();
        try {
            long[] ends = ClangSpans.ends(outer.members(), isUnion, base + byteSize);
            for (int i = 0; i < ends.length; i++) {
                add(outer.members().get(i), base, ends[i]);
            }
            if (isCut) {
                hideHoles();
            }
            long size = isSizeKnown ? byteSize : size();
            long alignment = byteAlignment > 0 ? byteAlignment : InferredAlignment.of(size, isUnion, members);
            return StructLayout.of(name, kind, size, alignment, members, text.provenance(outer.line()));
        } catch (IllegalArgumentException | ArithmeticException broken) {
            throw text.error(outer.line(), String.valueOf(broken.getMessage()));
        }
    }

    /** {@return the size of a record in another one whose own lines are not there: up to the end of its data} */
    private long size() {
        long end = 0;
        for (Member member : members) {
            end = Math.max(end, member.bytes().map(ByteRange::end).orElse(member.byteOffset()));
        }
        return Math.min(byteSize, ByteRange.roundUp(end, InferredAlignment.of(0, isUnion, members)));
    }

    private void add(ClangMember member, long base, long end) {
        if (member.byteOffset() < base || member.byteOffset() > base + byteSize) {
            throw text.error(
                    member.line(),
                    "byte " + member.byteOffset() + " is outside of "
                            + outer.content().type() + ", bytes " + base + " to " + (base + byteSize));
        }
        long offset = member.byteOffset() - base;
        long span = end - member.byteOffset();
        ClangContent content = member.content();
        if (member.isUnnamedBits()) {
            return;
        }
        if (member.bits().isPresent()) {
            members.add(bits(member, offset));
            return;
        }
        switch (content.kind()) {
            case POINTER ->
                members.add(fixed(content, offset, text.types().pointerBytes()).as(MemberRole.VTABLE_POINTER));
            case DISPLACEMENT -> members.add(fixed(content, offset, 4).as(MemberRole.VTABLE_POINTER));
            case BASE, VIRTUAL_BASE -> base(member, offset, span);
            case FIELD -> field(member, offset, span);
        }
    }

    private static Member fixed(ClangContent content, long offset, long byteSize) {
        return Member.of(content.name(), FieldType.Scalar.natural(content.type(), byteSize), offset);
    }

    private Member bits(ClangMember member, long offset) {
        ClangLine.Bits printed = member.bits().orElseThrow();
        String name = member.content().name();
        long first = offset * 8 + printed.first();
        int width = printed.last() - printed.first() + 1;
        Optional<FieldType> declared = text.types().of(member.content().type()).filter(type -> type.byteSize() > 0);
        if (declared.isPresent()) {
            long unitBytes = declared.get().byteSize();
            long unit = first / (8 * unitBytes) * unitBytes;
            int bitOffset = (int) (first - 8 * unit);
            if (unit + unitBytes <= byteSize && bitOffset + width <= 8 * unitBytes) {
                return Member.bits(name, declared.get(), unit, bitOffset, width);
            }
        }
        long unit = first / 8;
        int bitOffset = (int) (first % 8);
        long unitBytes = (bitOffset + width + 7L) / 8;
        return Member.bits(name, new FieldType.Scalar(member.content().type(), unitBytes, 1), unit, bitOffset, width);
    }

    private void base(ClangMember member, long offset, long span) {
        if (member.content().isEmpty()) {
            return; // its bytes belong to others
        }
        Optional<ClangRecord> record = text.record(member.content().type());
        OptionalLong size = record.map(ClangRecord::baseByteSize).orElse(OptionalLong.empty());
        embed(member, offset, span, size, MemberRole.BASE_CLASS);
    }

    private void field(ClangMember member, long offset, long span) {
        ClangContent content = member.content();
        Optional<ClangRecord> record = text.record(content.type());
        if (!member.members().isEmpty()) {
            OptionalLong size = record.map(one -> memberBytes(one, span)).orElse(OptionalLong.empty());
            embed(member, offset, span, size, MemberRole.FIELD);
            return;
        }
        if (content.isEmpty()) {
            long size = record.map(ClangRecord::byteSize).orElse(1L);
            boolean isFree = size <= span && starts.get(member.byteOffset()) == 1;
            members.add(Member.of(
                    name(member, offset), new FieldType.Opaque(content.type(), isFree ? size : 0, 1), offset));
            return;
        }
        Optional<FieldType> type = text.types().of(content.type());
        if (type.isPresent() && type.get().byteSize() <= span) {
            members.add(Member.of(name(member, offset), type.get(), offset));
        } else if (type.isPresent()
                && text.types().languageBytes(content.type()).isPresent()) {
            throw text.error(
                    member.line(),
                    content.name() + ": " + content.type() + " has "
                            + type.get().byteSize() + " bytes, but " + span + " are left for it");
        } else {
            unknown(member, offset, span);
        }
    }

    /** {@return the size of a record as a member; C++ may put the next member into its tail} */
    private static OptionalLong memberBytes(ClangRecord record, long span) {
        boolean isReused = record.byteSize() > span && record.dataByteSize().orElse(Long.MAX_VALUE) <= span;
        return OptionalLong.of(isReused ? span : record.byteSize());
    }

    private void embed(ClangMember member, long offset, long span, OptionalLong size, MemberRole role) {
        long bytes = size.orElse(span);
        if (bytes > span) {
            throw text.error(
                    member.line(),
                    member.content().type() + " has " + bytes + " bytes, but " + span + " are left for it here");
        }
        long alignment = size.isPresent() && role == MemberRole.FIELD
                ? text.record(member.content().type())
                        .map(ClangRecord::byteAlignment)
                        .orElse(0L)
                : 0;
        ClangBody body = new ClangBody(text, member, isCut, bytes, size.isPresent(), alignment);
        String spelling = member.content().type();
        boolean isUnnamed = ClangLayouts.place(spelling).isPresent();
        StructLayout layout = body.layout(isUnnamed ? "" : ClangLayouts.name(spelling));
        FieldType type = new FieldType.Aggregate(ClangLayouts.shown(spelling, layout.kind()), layout);
        members.add(Member.of(member.content().name(), type, offset).as(role));
    }

    /** Adds a field of which only bounds of the size are known. */
    private void unknown(ClangMember member, long offset, long span) {
        SpelledType type = text.types().spelled(member.content().type());
        ByteBounds element = text.bounds(type.element());
        long count = type.dimensions().isEmpty() ? 1 : type.count();
        long least = Math.min(span, Math.multiplyExact(Math.max(element.least(), count == 0 ? 0 : 1), count));
        long most = count == 0 ? 0 : element.most() > span / count ? span : element.most() * count;
        boolean isExact = element.isExact() && element.most() <= span / Math.max(1, count);
        long shown = isExact ? element.most() * count : least;
        String name = name(member, offset);
        if (isExact && count > 0) {
            FieldType one = new FieldType.Opaque(type.element(), element.most(), 1);
            members.add(Member.of(name, ClangTypes.array(one, type.dimensions()), offset));
            return;
        }
        members.add(Member.of(name, new FieldType.Opaque(member.content().type(), shown, 1), offset));
        if (count > 0) {
            text.noteUnknown(type.element(), element);
        }
        if (most > shown) {
            members.add(Member.notShown(offset + shown, most - shown));
        }
    }

    /** {@return the name of a field; that of one without a name, as in a lambda, tells its offset} */
    private static String name(ClangMember member, long offset) {
        return member.content().name().isEmpty()
                ? "unnamed@" + offset
                : member.content().name();
    }

    /** Covers the bytes between the members: lines that were cut out may have told what is there. */
    private void hideHoles() {
        List<ByteRange> used =
                members.stream().flatMap(one -> one.bytes().stream()).sorted().toList();
        long end = 0;
        for (ByteRange bytes : used) {
            if (bytes.start() > end) {
                members.add(Member.notShown(end, bytes.start() - end));
            }
            end = Math.max(end, bytes.end());
        }
        if (end < byteSize) {
            members.add(Member.notShown(end, byteSize - end));
        }
    }
}
