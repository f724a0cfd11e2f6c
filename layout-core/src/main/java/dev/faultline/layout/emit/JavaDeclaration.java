package dev.faultline.layout.emit;

import dev.faultline.input.InputException;
import dev.faultline.input.VisibleText;
import dev.faultline.layout.AggregateKind;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.Member;
import dev.faultline.layout.MemberRole;
import dev.faultline.layout.Provenance;
import dev.faultline.layout.StructLayout;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Writes a layout as a Java class for the module {@code offheap-structs}: a constant {@code LAYOUT} with the offset of
 * each field and the size of each hole.
 */
public final class JavaDeclaration {

    private static final Pattern NAME = Pattern.compile("[\\p{L}_$][\\p{L}\\p{Nd}_$]*");

    private static final String API = "dev.faultline.offheap.declare.Declaration";

    /** The numbers of Java, by spelling and size in bytes. */
    private static final Map<String, String> NUMBERS =
            Map.of("long 8", "int64", "int 4", "int32", "short 2", "int16", "byte 1", "int8");

    private final StructLayout layout;
    private final Map<StructLayout, String> constants = new LinkedHashMap<>();
    private final Set<String> taken = new HashSet<>(Set.of("LAYOUT"));
    private final StringBuilder inner = new StringBuilder();

    private JavaDeclaration(StructLayout layout) {
        this.layout = layout;
    }

    /**
     * Declares a struct or union.
     *
     * @param layout the layout to declare
     * @return the class, in the unnamed package, with notes about what Java cannot express
     * @throws InputException for a Java class or a nameless struct
     */
    public static EmittedDeclaration of(StructLayout layout) {
        checkIsStruct(layout);
        return new JavaDeclaration(layout).emit();
    }

    /** Refuses a Java class, and a struct without a name. */
    static void checkIsStruct(StructLayout layout) {
        Provenance.Origin origin = layout.provenance().origin();
        if (origin == Provenance.Origin.VM_MODEL || origin == Provenance.Origin.RUNNING_VM) {
            throw new InputException(
                    layout.spelling(),
                    "",
                    "the Java VM lays out classes; only structs and unions can be declared off heap");
        }
        if (layout.name().isEmpty()) {
            throw new InputException(layout.spelling(), "", "has no name to declare it by");
        }
    }

    private EmittedDeclaration emit() {
        String className = className(layout.name());
        String own = chain(layout, layout.name(), layout.byteSize(), layout.byteAlignment());
        StringBuilder text = new StringBuilder("import dev.faultline.layout.StructLayout;\n");
        text.append("import ").append(API).append(";\n\n");
        text.append("/** {@code ")
                .append(comment(layout.spelling()))
                .append("}: ")
                .append(layout.byteSize());
        text.append(" bytes. */\npublic final class ").append(className).append(" {\n");
        text.append(inner);
        text.append("\n    /** Offsets and types of its fields. */\n    public static final StructLayout LAYOUT = ");
        text.append(own).append(";\n\n    private ").append(className).append("() {}\n}\n");
        List<String> notes = layout.kind() == AggregateKind.CLASS
                ? List.of(layout.spelling() + " is declared as a struct")
                : List.of();
        return new EmittedDeclaration(text.toString(), notes);
    }

    /**
     * {@return a statement that gives a layout to a static field, with those before it for embedded structs}
     *
     * @param layout the layout
     * @param head the statement up to the equals sign
     * @param tag the tag of the struct
     * @param byteSize its size, at least that of the layout
     * @param byteAlignment its alignment
     */
    static String statement(StructLayout layout, String head, String tag, long byteSize, long byteAlignment) {
        JavaDeclaration declaration = new JavaDeclaration(layout);
        String own = declaration.chain(layout, tag, byteSize, byteAlignment);
        String text = declaration.inner + "\n    " + head + " = " + own + ";\n";
        return text.substring(1).replaceAll("(?m)^    ", "");
    }

    private String chain(StructLayout aggregate, String tag, long byteSize, long byteAlignment) {
        boolean union = aggregate.kind() == AggregateKind.UNION;
        StringBuilder text = new StringBuilder("Declaration." + (union ? "union" : "struct") + "(");
        text.append(quoted(tag)).append(")");
        String next = "\n            .";
        long end = 0;
        for (Member member : union ? aggregate.members() : CPlan.inOrder(aggregate)) {
            long first = firstBit(member);
            if (!union) {
                gap(text, next, end, first);
            }
            text.append(next).append(member(member));
            end = union ? Math.max(end, endBit(member)) : endBit(member);
        }
        gap(text, next, end, 8 * byteSize);
        return text.append(next)
                .append("ofSize(" + byteSize + ", " + byteAlignment + ")")
                .toString();
    }

    private static long firstBit(Member member) {
        return 8 * member.byteOffset()
                + member.bits().map(bits -> bits.bitOffset()).orElse(0);
    }

    private static long endBit(Member member) {
        long bits = member.bits()
                .map(one -> (long) one.bitSize())
                .orElse(8 * member.type().byteSize());
        return firstBit(member) + bits;
    }

    private static void gap(StringBuilder text, String next, long from, long to) {
        long start = Math.min(to, (from + 7) / 8 * 8);
        unused(text, next, start - from);
        long bytes = Math.max(0, to / 8 - start / 8);
        if (bytes > 0) {
            text.append(next).append("hole(" + start / 8 + ", " + bytes + ")");
        }
        unused(text, next, to - start - 8 * bytes);
    }

    private static void unused(StringBuilder text, String next, long bits) {
        if (bits > 0) {
            text.append(next).append("unusedBits(" + bits + ")");
        }
    }

    private String member(Member member) {
        String name =
                quoted(member.role() == MemberRole.NOT_SHOWN ? "not_shown_" + member.byteOffset() : member.name());
        if (member.bits().isPresent()) {
            var bits = member.bits().get();
            return "bit(" + name + ", " + type(member.type(), member.name()) + ", " + member.byteOffset() + ", "
                    + bits.bitOffset() + ", " + bits.bitSize() + ")";
        }
        if (member.type() instanceof FieldType.Aggregate inside
                && inside.spelling().equals(inside.layout().spelling())) {
            return "field(" + name + ", " + constant(inside, member.name()) + ", " + member.byteOffset() + ")";
        }
        return "field(" + name + ", " + type(member.type(), member.name()) + ", " + member.byteOffset() + ")";
    }

    private String type(FieldType type, String member) {
        String spelling = quoted(type.spelling());
        if (type instanceof FieldType.Array array) {
            return "Declaration.array(" + type(array.element(), member) + ", " + array.count() + ")";
        }
        if (type instanceof FieldType.Aggregate inside) {
            return "Declaration.embedded(" + spelling + ", " + constant(inside, member) + ")";
        }
        String sizes = type.byteSize() + ", " + type.byteAlignment();
        if (type instanceof FieldType.Opaque) {
            return "Declaration.opaque(" + spelling + ", " + sizes + ")";
        }
        boolean natural = type.byteAlignment() == Long.highestOneBit(type.byteSize());
        String plain = NUMBERS.get(type.spelling() + " " + type.byteSize());
        if (plain != null && natural) {
            return "Declaration." + plain + "()";
        }
        boolean pointer = ((FieldType.Scalar) type).isPointer() && natural;
        if (pointer && (type.byteSize() == 8 || type.byteSize() == 4)) {
            return "Declaration.pointer" + (type.byteSize() == 4 ? "32" : "") + "(" + spelling + ")";
        }
        return "Declaration.number(" + spelling + ", " + (natural ? String.valueOf(type.byteSize()) : sizes) + ")";
    }

    /** Adds a constant for an embedded layout before the constants that use it. */
    private String constant(FieldType.Aggregate type, String member) {
        String known = constants.get(type.layout());
        if (known != null) {
            return known;
        }
        StructLayout inside = type.layout();
        String chain = chain(inside, inside.name(), inside.byteSize(), inside.byteAlignment());
        String name = free(constantName(type, member));
        constants.put(type.layout(), name);
        inner.append("\n    private static final StructLayout ")
                .append(name)
                .append(" = ")
                .append(chain)
                .append(";\n");
        return name;
    }

    private static String constantName(FieldType.Aggregate type, String member) {
        String tag = type.layout().name();
        String plain = tag.isEmpty() && !type.isInline() ? type.spelling() : tag;
        String from = !plain.isEmpty()
                ? plain
                : !member.isEmpty() ? member : type.layout().kind().keyword();
        String words = CNames.withoutUnderscoresBehind(from.replaceAll("[^A-Za-z0-9]+", "_"), 0);
        words = words.startsWith("_") ? words.substring(1) : words; // several underscores became one
        String name = words.toUpperCase(Locale.ROOT);
        return name.isEmpty() || Character.isDigit(name.charAt(0)) ? "_" + name : name;
    }

    private String free(String name) {
        String free = name;
        for (int i = 2; !taken.add(free) || free.equals("_"); i++) {
            free = name + "_" + i;
        }
        return free;
    }

    /** {@return the class name for a struct, such as {@code Rt6Info} for {@code rt6_info}} */
    public static String className(String struct) {
        StringBuilder name = new StringBuilder();
        List<String> words = new ArrayList<>(List.of(struct.split("[^A-Za-z0-9]+")));
        words.removeIf(String::isEmpty);
        for (String word : words) {
            name.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
        }
        boolean noName = name.length() == 0 || Character.isDigit(name.charAt(0));
        return (noName ? "Struct" : "") + name;
    }

    /** Refuses a name that a class file can have and its source cannot. */
    static void checkIsName(StructLayout layout, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new InputException(
                    layout.spelling(), "", "the source of a class cannot have the name " + VisibleText.of(name));
        }
    }

    /** {@return a text as a string of Java} */
    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ') { // a Unicode escape of a line break would break the line
                quoted.append("\\%03o".formatted((int) c));
            } else if (c > '~') {
                quoted.append("\\u%04x".formatted((int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }

    /** {@return text for a documentation comment: on one line, without Unicode escapes or the end mark of a comment} */
    private static String comment(String text) {
        return VisibleText.of(text).replace("*/", "* /").replace("}", "&#125;").replace("\\", "&#92;");
    }
}
