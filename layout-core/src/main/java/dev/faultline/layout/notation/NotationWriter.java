package dev.faultline.layout.notation;

import dev.faultline.input.VisibleText;
import dev.faultline.layout.AggregateKind;
import dev.faultline.layout.BitField;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.Member;
import dev.faultline.layout.MemberRole;
import dev.faultline.layout.PaddingLayer;
import dev.faultline.layout.Slot;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.ctype.CTypeFormat;
import dev.faultline.layout.syntax.NotShownComment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes layouts in pahole's dialect of C, with spaces for tabs. {@code NotationReader} reads the result, except that
 * invisible characters of names are replaced as in {@link VisibleText} so that each line stays one line.
 */
public final class NotationWriter {

    private static final Set<AggregateKind> ORDERED =
            EnumSet.of(AggregateKind.CLASS, AggregateKind.ARRAY, AggregateKind.SECTION);
    private static final int INDENT = 8;
    private static final int TYPE_WIDTH = 26;
    private static final int NAME_WIDTH = 21;
    private static final int OFFSET_COLUMN = INDENT + TYPE_WIDTH + 1 + NAME_WIDTH + 1;

    private final NotationStyle style;
    private final Appendable out;
    /** Whether a VM or the linker orders the fields, so that no author can close a hole by moving them. */
    private final boolean isOrdered;

    private long nextBoundary;
    /** Whether the last line is empty; two empty lines never follow each other. */
    private boolean isAfterBlank;

    private NotationWriter(NotationStyle style, boolean isOrdered, Appendable out) {
        this.isOrdered = isOrdered;
        this.style = style;
        this.out = out;
        this.nextBoundary = style.lineBytes();
    }

    /**
     * Writes one layout.
     *
     * @param layout the layout
     * @param style how to write it
     * @param out the output; each line ends with a newline
     * @throws IOException when {@code out} throws it
     */
    public static void write(StructLayout layout, NotationStyle style, Appendable out) throws IOException {
        boolean isOrdered = ORDERED.contains(layout.kind());
        NotationWriter writer = new NotationWriter(style, isOrdered, out);
        writer.line(0, layout.spelling() + " {");
        writer.members(layout, "", 0, 1);
        writer.statistics(layout);
        writer.line(0, "};");
    }

    private void members(StructLayout layout, String prefix, long base, int depth) throws IOException {
        List<Slot> gaps = ownGaps(layout);
        Map<String, PaddingLayer> merged = merged(layout);
        int gap = 0;
        for (Member member : byOffset(layout)) {
            long start = member.bytes().map(bytes -> bytes.start()).orElse(member.byteOffset());
            while (gap < gaps.size() && isBefore(gaps.get(gap), member, start)) {
                hole(gaps.get(gap++), depth);
            }
            PaddingLayer layer = merged.get(member.name());
            if (layer == null) {
                boundary(base + start, depth);
                member(member, prefix, base, depth);
            } else if (layer.bytes().start() == start) {
                boundary(base + start, depth);
                line(
                        depth,
                        "/* " + layer.words() + ": byte " + start + " to "
                                + (layer.bytes().end() - 1) + " */");
            }
        }
        while (gap < gaps.size()) {
            hole(gaps.get(gap++), depth);
        }
    }

    /** {@return the layers of padding to write as one comment, by the names of their members} */
    private Map<String, PaddingLayer> merged(StructLayout layout) {
        Map<String, PaddingLayer> merged = new HashMap<>();
        if (style.mergesPadding() && layout.kind() == AggregateKind.CLASS) {
            for (PaddingLayer layer : PaddingLayer.of(layout, any -> true)) {
                layer.fields().forEach(field -> merged.put(field.path(), layer));
            }
        }
        return merged;
    }

    /** {@return the members by offset; a VM reorders the fields of a class, so declaration order may differ} */
    private static List<Member> byOffset(StructLayout layout) {
        List<Member> members = new ArrayList<>(layout.members());
        if (layout.kind() == AggregateKind.CLASS) {
            members.sort(Comparator.comparingLong(Member::byteOffset));
        }
        return members;
    }

    /** {@return whether unused bits or bytes come before a member; they may share a byte with it} */
    private static boolean isBefore(Slot gap, Member member, long start) {
        if (member.bits().isPresent() && gap.bits().isPresent()) {
            return gap.byteOffset() * 8 + gap.bits().get().bitOffset()
                    < member.byteOffset() * 8 + member.bits().get().bitOffset();
        }
        return gap.bytes().end() <= start;
    }

    /** {@return the unused bytes of the struct itself, without those of embedded structs and anonymous members} */
    private static List<Slot> ownGaps(StructLayout layout) {
        List<Slot> gaps = new ArrayList<>();
        for (Slot slot : layout.slots()) {
            String owner = slot instanceof Slot.Hole hole
                    ? hole.owner()
                    : slot instanceof Slot.Padding padding ? padding.owner() : "-";
            if (owner.isEmpty() && !insideAnonymous(layout, slot)) {
                gaps.add(slot);
            }
        }
        return gaps;
    }

    private static boolean insideAnonymous(StructLayout layout, Slot slot) {
        for (Member member : layout.members()) {
            if (member.isAnonymous()
                    && member.bytes().isPresent()
                    && member.bytes().get().contains(slot.bytes())) {
                return true;
            }
        }
        return false;
    }

    private void hole(Slot gap, int depth) throws IOException {
        String purpose = purpose(gap);
        if (gap instanceof Slot.Padding && purpose.isEmpty()) {
            return; // the statistics at the end show it
        }
        String size = gap.bits().isPresent() ? count(gap.bits().get().bitSize(), "bit") : count(gap.byteSize(), "byte");
        blank();
        line(
                depth,
                purpose.isEmpty()
                        ? "/* XXX " + size + (isOrdered ? " hole */" : " hole, try to pack */")
                        : "/* " + size + " of " + purpose + " padding */");
        blank();
    }

    private void blank() throws IOException {
        if (!isAfterBlank) {
            out.append('\n');
        }
        isAfterBlank = true;
    }

    private static String purpose(Slot gap) {
        if (gap instanceof Slot.Hole hole) {
            return hole.purpose();
        }
        return gap instanceof Slot.Padding padding ? padding.purpose() : "";
    }

    private static String count(long number, String unit) {
        return number + " " + unit + (number == 1 ? "" : "s");
    }

    private void boundary(long byteOffset, int depth) throws IOException {
        if (byteOffset < nextBoundary) {
            return;
        }
        long number = byteOffset / style.lineBytes();
        long boundary = number * style.lineBytes();
        long ago = byteOffset - boundary;
        line(
                depth,
                "/* --- cacheline " + number + " boundary (" + boundary + " bytes)"
                        + (ago == 0 ? "" : " was " + count(ago, "byte") + " ago") + " --- */");
        nextBoundary = boundary + style.lineBytes();
    }

    private void member(Member member, String prefix, long base, int depth) throws IOException {
        if (member.role() == MemberRole.NOT_SHOWN) {
            long first = base + member.byteOffset();
            line(depth, NotShownComment.of(first, member.type().byteSize()));
            return;
        }
        String path = prefix + member.name();
        FieldType element = member.type().innermost();
        boolean single = element == member.type();
        if (element instanceof FieldType.Aggregate inner
                && member.bits().isEmpty()
                && member.role() == MemberRole.FIELD
                && (inner.isInline()
                        || single && (member.isAnonymous() || style.open().test(path)))) {
            line(depth, opening(inner));
            members(inner.layout(), member.isAnonymous() ? prefix : path + ".", base + member.byteOffset(), depth + 1);
            String name = member.isAnonymous() ? "" : " " + member.name() + dimensions(member.type());
            offsets(indent(depth) + "}" + name + ";", member, base);
        } else {
            int width = TYPE_WIDTH - INDENT * (depth - 1);
            String declaration = member.role() == MemberRole.BASE_CLASS
                    ? "/* " + pad(member.type().spelling(), width - 3) + " <ancestor>; */"
                    : declaration(member, width) + ";";
            offsets(indent(depth) + declaration, member, base);
        }
        for (String note : style.notes().apply(path)) {
            note(note, depth);
        }
    }

    private static String opening(FieldType.Aggregate inner) {
        return (inner.isInline() ? inner.spelling() : inner.layout().spelling()) + " {";
    }

    /** {@return a declarator with its name in the middle where C requires that} */
    private static String declaration(Member member, int typeWidth) {
        String spelling = VisibleText.of(member.type().innermost().spelling());
        String name = VisibleText.of(member.name())
                + member.bits().map(BitField::bitSize).map(bits -> ":" + bits).orElse("")
                + dimensions(member.type());
        CTypeFormat.Frame frame = CTypeFormat.frame(spelling);
        int split = frame.behind().isEmpty() ? -1 : frame.before().indexOf('(');
        if (split < 0) {
            return pad(spelling, typeWidth) + " " + name;
        }
        String words = frame.before().substring(0, split).strip();
        String pointer = frame.before().substring(split);
        return pad(words, typeWidth) + " " + new CTypeFormat.Frame(pointer, frame.behind()).declare(name);
    }

    private static String dimensions(FieldType type) {
        StringBuilder dimensions = new StringBuilder();
        for (FieldType outer = type; outer instanceof FieldType.Array array; outer = array.element()) {
            dimensions.append('[').append(array.count()).append(']');
        }
        return dimensions.toString();
    }

    private void offsets(String raw, Member member, long base) throws IOException {
        String text = VisibleText.of(raw);
        long offset = base + member.byteOffset();
        long byteSize = member.type().byteSize();
        String numbers = member.bits().isPresent()
                ? aligned(offset, 5) + ":" + aligned(member.bits().get().bitOffset(), 2) + " " + aligned(byteSize, 2)
                : aligned(offset, 5) + " " + aligned(byteSize, 5);
        out.append(pad(text, OFFSET_COLUMN - 1)).append(" /* ").append(numbers).append(" */\n");
        isAfterBlank = false;
    }

    private void note(String text, int depth) throws IOException {
        line(depth + 1, "/* ! " + text.replace("*/", "* /") + " */");
    }

    private void statistics(StructLayout layout) throws IOException {
        long members = 0;
        long holes = 0;
        long holeBytes = 0;
        long padding = 0;
        for (Slot slot : layout.slots()) {
            if (slot instanceof Slot.Field) {
                members++;
            } else if (!purpose(slot).isEmpty()) {
                continue; // shown where it is
            } else if (slot instanceof Slot.Hole hole && hole.bits().isEmpty()) {
                holes++;
                holeBytes += hole.byteSize();
            } else if (slot instanceof Slot.Padding tail
                    && tail.owner().isEmpty()
                    && tail.bits().isEmpty()) {
                padding = tail.byteSize();
            }
        }
        long lines = (layout.byteSize() + style.lineBytes() - 1) / style.lineBytes();
        blank();
        line(
                1,
                "/* size: " + layout.byteSize() + ", cachelines: " + lines + ", members: "
                        + layout.members().size() + " */");
        if (holes > 0) {
            line(1, "/* fields: " + members + ", holes: " + holes + ", sum holes: " + holeBytes + " */");
        }
        if (padding > 0) {
            line(1, "/* padding: " + padding + " */");
        }
        if (layout.byteSize() % style.lineBytes() != 0) {
            line(1, "/* last cacheline: " + layout.byteSize() % style.lineBytes() + " bytes */");
        }
    }

    private void line(int depth, String text) throws IOException {
        out.append(indent(depth)).append(VisibleText.of(text)).append('\n');
        isAfterBlank = false;
    }

    private static String indent(int depth) {
        return " ".repeat(INDENT * depth);
    }

    private static String aligned(long number, int width) {
        String digits = Long.toString(number);
        return digits.length() >= width ? digits : " ".repeat(width - digits.length()) + digits;
    }

    private static String pad(String text, int width) {
        return text.length() >= width ? text : text + " ".repeat(width - text.length());
    }
}
