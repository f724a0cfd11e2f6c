package dev.faultline.layout.emit;

import dev.faultline.input.InputException;
import dev.faultline.layout.AggregateKind;
import dev.faultline.layout.ByteRange;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.Member;
import dev.faultline.layout.MemberRole;
import dev.faultline.layout.StructLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** A struct as a layout of {@code java.lang.foreign} that a static field holds. */
public final class ForeignLayoutForm implements DeclarationForm {

    private static final Map<String, String> VALUES = Map.of(
            "boolean", "JAVA_BOOLEAN",
            "byte", "JAVA_BYTE",
            "char", "JAVA_CHAR",
            "short", "JAVA_SHORT",
            "int", "JAVA_INT",
            "long", "JAVA_LONG",
            "float", "JAVA_FLOAT",
            "double", "JAVA_DOUBLE",
            "address", "ADDRESS");

    private static final Map<Long, String> BY_SIZE =
            Map.of(1L, "JAVA_BYTE", 2L, "JAVA_SHORT", 4L, "JAVA_INT", 8L, "JAVA_LONG");

    private static final String INDENT = "        ";

    private final String head;
    private final String constant;
    private final String layoutName;
    private final Set<String> bigEndian;
    private final Set<String> nameless;

    /**
     * Creates a form.
     *
     * @param head the declaration up to the name of the field: {@code "public static final StructLayout"}
     * @param constant the name of the field
     * @param layoutName the name that the layout gives itself; empty for none
     * @param bigEndian paths of values with the other byte order, without indices
     * @param nameless paths of members that have no name in the layout, without indices
     */
    public ForeignLayoutForm(
            String head, String constant, String layoutName, Set<String> bigEndian, Set<String> nameless) {
        this.head = Objects.requireNonNull(head);
        this.constant = Objects.requireNonNull(constant);
        this.layoutName = Objects.requireNonNull(layoutName);
        this.bigEndian = Set.copyOf(bigEndian);
        this.nameless = Set.copyOf(nameless);
    }

    /** {@return the form for a struct that its source declares otherwise} */
    public static ForeignLayoutForm of(StructLayout layout) {
        return new ForeignLayoutForm(
                "public static final " + (layout.kind() == AggregateKind.UNION ? "Union" : "Struct") + "Layout",
                "LAYOUT",
                layout.name(),
                Set.of(),
                Set.of());
    }

    @Override
    public String title() {
        return "layout of java.lang.foreign";
    }

    @Override
    public EmittedDeclaration declare(StructLayout before, StructLayout after, long byteAlignment) {
        JavaDeclaration.checkIsStruct(after);
        JavaDeclaration.checkIsName(after, constant);
        boolean asks = byteAlignment > after.byteAlignment();
        long size = asks ? ByteRange.roundUp(after.byteSize(), byteAlignment) : after.byteSize();
        Writer writer = new Writer();
        String text = head + " " + constant + " = " + writer.group(after, size, "", INDENT) + named(layoutName)
                + alignment(after, Math.max(byteAlignment, after.byteAlignment())) + ";\n";
        List<String> notes = new ArrayList<>(writer.notes);
        notes.add("the text needs: import java.lang.foreign.*;");
        if (asks) {
            notes.add("arena.allocate(" + constant + ") then starts at a multiple of " + byteAlignment
                    + "; allocate by size with arena.allocate(size, " + byteAlignment + ")");
        }
        if (size != before.byteSize()) {
            notes.add(constant + ".byteSize() is " + size + ", was " + before.byteSize()
                    + ": memory that is allocated or mapped by a number must follow");
        }
        MovedFields.notes(before, after).forEach(notes::add);
        return new EmittedDeclaration(text, notes);
    }

    private static String named(String name) {
        return name.isEmpty() ? "" : ".withName(" + JavaDeclaration.quoted(name) + ")";
    }

    /** {@return the call that aligns a struct or union, where its members do not} */
    private static String alignment(StructLayout layout, long byteAlignment) {
        long natural = layout.members().stream()
                .mapToLong(member -> member.type().byteAlignment())
                .max()
                .orElse(1);
        return byteAlignment > natural ? aligned(byteAlignment) : "";
    }

    private static String aligned(long byteAlignment) {
        return ".withByteAlignment(" + byteAlignment + ")";
    }

    /** Writes one declaration. */
    private final class Writer {
        final List<String> notes = new ArrayList<>();

        String group(StructLayout layout, long byteSize, String path, String indent) {
            boolean isUnion = layout.kind() == AggregateKind.UNION;
            List<String> members = new ArrayList<>();
            long end = 0;
            for (Member member : isUnion ? layout.members() : CPlan.inOrder(layout)) {
                check(layout, member, isUnion ? 0 : end);
                pad(members, isUnion ? 0 : member.byteOffset() - end);
                if (member.type().byteSize() > 0) {
                    members.add(member(member, path, indent));
                }
                long to = member.byteOffset() + member.type().byteSize();
                end = isUnion ? Math.max(end, to) : to;
            }
            pad(members, isUnion && end < byteSize ? byteSize : byteSize - end);
            return "MemoryLayout." + (isUnion ? "union" : "struct") + "Layout(\n" + indent
                    + String.join(",\n" + indent, members) + ")";
        }

        private void check(StructLayout layout, Member member, long end) {
            String place = layout.spelling() + ": " + member.name();
            if (member.bits().isPresent()) {
                throw new InputException(place, "", "java.lang.foreign has no bit-fields; use --emit c");
            }
            if (member.byteOffset() < end) {
                throw new InputException(
                        place,
                        "",
                        "shares bytes with the member before it, which java.lang.foreign has in unions only");
            }
        }

        private static void pad(List<String> members, long bytes) {
            if (bytes > 0) {
                members.add("MemoryLayout.paddingLayout(" + bytes + ")");
            }
        }

        private String member(Member member, String above, String indent) {
            if (member.role() == MemberRole.NOT_SHOWN) {
                notes.add("bytes " + member.byteOffset() + " to "
                        + (member.byteOffset() + member.type().byteSize() - 1)
                        + " are not known; padding stands for them");
                return "MemoryLayout.paddingLayout(" + member.type().byteSize() + ")";
            }
            String path = above.isEmpty() ? member.name() : above + "." + member.name();
            String text = type(member.type(), path, member.byteOffset(), indent);
            return text + named(has(nameless, path) ? "" : member.name());
        }

        private static boolean has(Set<String> paths, String path) {
            return paths.contains(path) || paths.contains(path.substring(path.lastIndexOf('.') + 1));
        }

        private String type(FieldType type, String path, long byteOffset, String indent) {
            if (type instanceof FieldType.Array array && array.byteSize() > 0) {
                return "MemoryLayout.sequenceLayout(" + array.count() + ", "
                        + type(
                                array.element(),
                                path,
                                byteOffset | array.element().byteSize(),
                                indent) + ")";
            }
            if (type instanceof FieldType.Aggregate inner) {
                return inner(inner, path, byteOffset, indent);
            }
            String value = value(type);
            long natural = value.isEmpty() ? 1 : type.byteSize();
            String text = value.isEmpty()
                    ? "MemoryLayout.sequenceLayout(" + type.byteSize() + ", ValueLayout.JAVA_BYTE)"
                    : "ValueLayout." + value;
            long alignment =
                    byteOffset % type.byteAlignment() == 0 ? type.byteAlignment() : Long.lowestOneBit(byteOffset);
            boolean isUnaligned = alignment == 1 && natural > 1;
            return text
                    + (isUnaligned ? "_UNALIGNED" : alignment == natural ? "" : aligned(alignment))
                    + (has(bigEndian, path) ? ".withOrder(java.nio.ByteOrder.BIG_ENDIAN)" : "");
        }

        private String inner(FieldType.Aggregate inner, String path, long byteOffset, String indent) {
            StructLayout layout = inner.layout();
            if (byteOffset % layout.byteAlignment() != 0) {
                throw new InputException(
                        path,
                        "",
                        "is at byte " + byteOffset + ", which is no multiple of its alignment, "
                                + layout.byteAlignment() + " bytes; java.lang.foreign refuses that");
            }
            return group(layout, layout.byteSize(), path, indent + INDENT) + alignment(layout, layout.byteAlignment());
        }
    }

    /** {@return the constant of {@code ValueLayout} for a type; empty when there is none} */
    private static String value(FieldType type) {
        if (!(type instanceof FieldType.Scalar scalar)) {
            return "";
        }
        long bytes = type.byteSize();
        String known = VALUES.get(scalar.spelling());
        boolean isJava = known != null && (known.equals("ADDRESS") ? bytes == 8 : bytes == javaBytes(known));
        if (isJava) {
            return known;
        }
        return scalar.isPointer() && bytes == 8 ? "ADDRESS" : BY_SIZE.getOrDefault(bytes, "");
    }

    private static long javaBytes(String value) {
        return switch (value) {
            case "JAVA_BOOLEAN", "JAVA_BYTE" -> 1;
            case "JAVA_CHAR", "JAVA_SHORT" -> 2;
            case "JAVA_INT", "JAVA_FLOAT" -> 4;
            default -> 8;
        };
    }
}
