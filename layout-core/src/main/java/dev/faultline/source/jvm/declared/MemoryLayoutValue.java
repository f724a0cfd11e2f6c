package dev.faultline.source.jvm.declared;

import dev.faultline.layout.StructLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * A layout of {@code java.lang.foreign}, made as that library makes it. Each is equal to itself only.
 *
 * <p>Methods throw {@link LayoutRefusal} where the library throws, with its reason.
 */
final class MemoryLayoutValue {

    /** What a layout describes. */
    enum Kind {
        /** A number or address. */
        VALUE,
        /** Bytes that nothing uses. */
        PADDING,
        /** Members one after another. */
        STRUCT,
        /** Members that share their bytes. */
        UNION,
        /** Elements of one layout. */
        SEQUENCE
    }

    private final Kind kind;
    private final char letter;
    private final long byteSize;
    private final long byteAlignment;
    private final String name;
    private final List<MemoryLayoutValue> members;
    private final long count;

    private MemoryLayoutValue(
            Kind kind,
            char letter,
            long byteSize,
            long byteAlignment,
            String name,
            List<MemoryLayoutValue> members,
            long count) {
        this.kind = kind;
        this.letter = letter;
        this.byteSize = byteSize;
        this.byteAlignment = byteAlignment;
        this.name = name;
        this.members = members;
        this.count = count;
    }

    /** {@return a value by its letter in descriptors of layouts, {@code j} for a long, with natural alignment} */
    static MemoryLayoutValue value(char letter, long byteSize) {
        return new MemoryLayoutValue(Kind.VALUE, letter, byteSize, byteSize, "", List.of(), 1);
    }

    static MemoryLayoutValue padding(long byteSize) {
        if (byteSize <= 0) {
            throw new LayoutRefusal("padding of " + byteSize + " bytes");
        }
        return new MemoryLayoutValue(Kind.PADDING, 'x', bounded(byteSize), 1, "", List.of(), 1);
    }

    static MemoryLayoutValue struct(List<MemoryLayoutValue> members) {
        long end = 0;
        long alignment = 1;
        for (MemoryLayoutValue member : members) {
            if (end % member.byteAlignment != 0) {
                throw new LayoutRefusal("member " + member.text() + " at offset " + end + " is not aligned to "
                        + member.byteAlignment + " bytes");
            }
            end = bounded(end + member.byteSize);
            alignment = Math.max(alignment, member.byteAlignment);
        }
        return new MemoryLayoutValue(Kind.STRUCT, '[', end, alignment, "", List.copyOf(members), 1);
    }

    static MemoryLayoutValue union(List<MemoryLayoutValue> members) {
        long size = 0;
        long alignment = 1;
        for (MemoryLayoutValue member : members) {
            size = Math.max(size, member.byteSize);
            alignment = Math.max(alignment, member.byteAlignment);
        }
        return new MemoryLayoutValue(Kind.UNION, '[', size, alignment, "", List.copyOf(members), 1);
    }

    static MemoryLayoutValue sequence(long count, MemoryLayoutValue element) {
        if (count < 0) {
            throw new LayoutRefusal("a sequence of " + count + " elements");
        }
        if (element.byteSize % element.byteAlignment != 0) {
            throw new LayoutRefusal("the size of element " + element.text() + " is no multiple of its alignment");
        }
        long bytes = count != 0 && element.byteSize > StructLayout.MOST_BYTES / count
                ? StructLayout.MOST_BYTES + 1
                : count * element.byteSize;
        return new MemoryLayoutValue(Kind.SEQUENCE, '[', bytes, element.byteAlignment, "", List.of(element), count);
    }

    private static long bounded(long bytes) {
        return Math.min(bytes, StructLayout.MOST_BYTES + 1);
    }

    MemoryLayoutValue named(String other) {
        return new MemoryLayoutValue(kind, letter, byteSize, byteAlignment, other, members, count);
    }

    MemoryLayoutValue aligned(long alignment) {
        if (alignment <= 0 || Long.bitCount(alignment) != 1) {
            throw new LayoutRefusal("an alignment of " + alignment + " bytes, which is no power of two");
        }
        if ((kind == Kind.STRUCT || kind == Kind.UNION || kind == Kind.SEQUENCE) && alignment < leastAlignment()) {
            throw new LayoutRefusal("an alignment of " + alignment + " bytes for " + text());
        }
        return new MemoryLayoutValue(kind, letter, byteSize, alignment, name, members, count);
    }

    MemoryLayoutValue ordered(boolean isBig) {
        char other = isBig ? Character.toUpperCase(letter) : Character.toLowerCase(letter);
        return new MemoryLayoutValue(kind, other, byteSize, byteAlignment, name, members, count);
    }

    /** {@return whether it is a value whose bytes are in the other order} */
    boolean isBigEndian() {
        return kind == Kind.VALUE && Character.isUpperCase(letter);
    }

    /** {@return the layout with values of at most an alignment, as the classes of jextract do for packed structs} */
    MemoryLayoutValue packed(long alignment) {
        return switch (kind) {
            case PADDING -> this;
            case VALUE -> aligned(alignment);
            case STRUCT -> struct(packedMembers(alignment)).named(name);
            case UNION -> union(packedMembers(alignment)).named(name);
            case SEQUENCE -> sequence(count, members.get(0).packed(alignment)).named(name);
        };
    }

    private List<MemoryLayoutValue> packedMembers(long alignment) {
        return members.stream().map(member -> member.packed(alignment)).toList();
    }

    private long leastAlignment() {
        return members.stream()
                .mapToLong(MemoryLayoutValue::byteAlignment)
                .max()
                .orElse(1);
    }

    Kind kind() {
        return kind;
    }

    boolean isGroup() {
        return kind == Kind.STRUCT || kind == Kind.UNION;
    }

    String name() {
        return name;
    }

    long byteSize() {
        return byteSize;
    }

    long byteAlignment() {
        return byteAlignment;
    }

    long count() {
        return count;
    }

    List<MemoryLayoutValue> members() {
        return members;
    }

    /** A part that a path leads to: its layout, its offset when that is fixed, and its path as reports write it. */
    record Part(MemoryLayoutValue layout, OptionalLong byteOffset, String path) {}

    /**
     * Follows a path.
     *
     * @param steps the steps
     * @return the part it leads to
     */
    Part part(List<StaticValue.Step> steps) {
        Part part = new Part(this, OptionalLong.of(0), "");
        for (StaticValue.Step step : steps) {
            part = part.layout().kind == Kind.SEQUENCE ? element(part, step) : member(part, step);
        }
        return part;
    }

    private static Part element(Part part, StaticValue.Step step) {
        MemoryLayoutValue element = part.layout().members.get(0);
        if (!step.name().isEmpty() || step.index() >= part.layout().count) {
            throw new LayoutRefusal("a path " + step + " into " + part.layout().text());
        }
        boolean isFixed = step.index() >= 0 && part.byteOffset().isPresent();
        return new Part(
                element,
                isFixed
                        ? OptionalLong.of(part.byteOffset().getAsLong() + step.index() * element.byteSize)
                        : OptionalLong.empty(),
                part.path() + "[" + (step.index() >= 0 ? step.index() : "") + "]");
    }

    private static Part member(Part part, StaticValue.Step step) {
        MemoryLayoutValue group = part.layout();
        long end = 0;
        int named = 0;
        for (int i = 0; i < group.members.size(); i++) {
            MemoryLayoutValue member = group.members.get(i);
            boolean isIt =
                    step.name().isEmpty() ? step.index() == i : step.name().equals(member.name);
            if (isIt) {
                String own = member.name.isEmpty() ? "unnamed" + named : member.name;
                long from = end;
                return new Part(
                        member,
                        part.byteOffset().isPresent()
                                ? OptionalLong.of(part.byteOffset().getAsLong() + from)
                                : OptionalLong.empty(),
                        part.path().isEmpty() ? own : part.path() + "." + own);
            }
            named += member.kind == Kind.PADDING ? 0 : 1;
            end += group.kind == Kind.STRUCT ? member.byteSize : 0;
        }
        throw new LayoutRefusal("a path " + step + " into " + group.text());
    }

    /** {@return the layout as {@code MemoryLayout.toString()} writes it} */
    String text() {
        String own = switch (kind) {
            case VALUE, PADDING -> letter + Long.toString(byteSize);
            case SEQUENCE -> "[" + count + ":" + members.get(0).text() + "]";
            case STRUCT, UNION ->
                members.stream()
                        .map(MemoryLayoutValue::text)
                        .collect(Collectors.joining(kind == Kind.UNION ? "|" : "", "[", "]"));
        };
        long natural = kind == Kind.VALUE ? byteSize : leastAlignment();
        return (byteAlignment == natural ? "" : byteAlignment + "%") + own + (name.isEmpty() ? "" : "(" + name + ")");
    }

    /** {@return number of layouts in it, itself included; counts no further than a limit} */
    long size(long limit) {
        long size = 1;
        List<MemoryLayoutValue> open = new ArrayList<>(members);
        while (!open.isEmpty() && size < limit) {
            MemoryLayoutValue next = open.remove(open.size() - 1);
            size++;
            open.addAll(next.members);
        }
        return size;
    }
}
