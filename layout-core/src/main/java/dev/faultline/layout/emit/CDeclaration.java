package dev.faultline.layout.emit;

import dev.faultline.input.InputException;
import dev.faultline.layout.AggregateKind;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.Member;
import dev.faultline.layout.MemberRole;
import dev.faultline.layout.Provenance;
import dev.faultline.layout.Slot;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.abi.BasicTypes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Writes a layout as a C declaration with an assertion for each field. gcc and clang lay it out identically on x86-64.
 *
 * <p>Other types that it uses are declared before it as stand-ins of the same size and alignment; programs that have
 * the real types define {@code FAULTLINE_HAVE_TYPES}. C has no base classes: bytes stand for them, as they do for bytes
 * that are not shown.
 */
public final class CDeclaration {

    private final StructLayout layout;
    private final Map<String, StructLayout> before = new HashMap<>();
    private final CNames names = new CNames();
    private final CTypes types;
    private final Set<String> used = new HashSet<>();
    private final Set<String> defined = new LinkedHashSet<>();
    private final StringBuilder standIns = new StringBuilder();
    private final StringBuilder answer = new StringBuilder();

    private CDeclaration(StructLayout layout, Optional<StructLayout> before) {
        this.layout = layout;
        this.types = new CTypes(layout, names);
        before.ifPresent(today -> collect(today, this.before));
        layout.paths().forEach(path -> used.addAll(List.of(path.split("\\."))));
    }

    /**
     * Declares a struct or union.
     *
     * @param layout the layout to declare
     * @param before today's layout; embedded structs that differ from today's are declared in full, the others as
     *     stand-ins
     * @return the declaration, with notes about names and types that had to change
     * @throws InputException when C cannot declare it: a Java class, a nameless struct, two structs of one name
     */
    public static EmittedDeclaration of(StructLayout layout, Optional<StructLayout> before) {
        Provenance.Origin origin = layout.provenance().origin();
        if (origin == Provenance.Origin.VM_MODEL || origin == Provenance.Origin.RUNNING_VM) {
            throw new InputException(
                    layout.spelling(),
                    "",
                    "the Java VM lays out classes; only structs and unions can be declared in C");
        }
        if (layout.name().isEmpty()) {
            throw new InputException(layout.spelling(), "", "has no name to declare it by");
        }
        return new CDeclaration(layout, before).emit();
    }

    private EmittedDeclaration emit() {
        String tag = types.tag(new FieldType.Aggregate(layout.spelling(), layout));
        defined.add(tag);
        String own = definition(tag, layout);
        StringBuilder text = new StringBuilder();
        String head = types.declarations();
        text.append("/* ")
                .append(CNames.comment(layout.spelling()))
                .append(", ")
                .append(layout.byteSize());
        text.append(" bytes");
        text.append(types.narrow() ? ", for a machine of 4-byte pointers (gcc -m32)" : "")
                .append(" */\n");
        text.append("#include <stddef.h>\n\n");
        text.append("#ifndef FAULTLINE_HAVE_TYPES\n");
        text.append(
                "/* Stand-ins of the same size and alignment; define FAULTLINE_HAVE_TYPES to use the real types. */\n");
        text.append("#include <stdbool.h>\n").append(head).append(standIns);
        text.append("#endif\n\n").append(answer).append(own).append('\n');
        asserts(text, tag);
        List<String> notes = new ArrayList<>(types.notes());
        for (Member member : layout.members()) {
            if (member.role() == MemberRole.BASE_CLASS && member.type().byteSize() > 0) {
                notes.add("C has no base classes; bytes stand for " + member.name());
            }
        }
        names.changed()
                .forEach((from, to) -> notes.add(from + " is renamed " + to + ", because C does not allow that name"));
        return new EmittedDeclaration(text.toString(), notes);
    }

    private static void collect(StructLayout layout, Map<String, StructLayout> into) {
        for (Member member : layout.members()) {
            if (member.type().innermost() instanceof FieldType.Aggregate inner) {
                if (!inner.isInline() && into.putIfAbsent(BasicTypes.bare(inner.spelling()), inner.layout()) != null) {
                    continue;
                }
                collect(inner.layout(), into);
            }
        }
    }

    /** Declares an embedded struct with a name, once, before the structs that embed it. */
    private void define(FieldType.Aggregate type) {
        String tag = types.tag(type);
        if (!defined.add(tag)) {
            return;
        }
        String text = definition(tag, type.layout());
        StructLayout today = before.get(BasicTypes.bare(type.spelling()));
        boolean changed = today != null && !today.members().equals(type.layout().members());
        (changed ? answer : standIns).append(text).append(changed ? "\n" : "");
    }

    private String definition(String tag, StructLayout inner) {
        long alignment = CPlan.possibleAlignment(inner.byteAlignment(), inner.byteSize());
        return tag + " " + body(inner, alignment, 0, 1) + ";\n";
    }

    /** {@return the text from the opening brace to the attributes behind the closing one} */
    private String body(StructLayout inner, long alignment, long base, int depth) {
        CPlan plan;
        try {
            plan = CPlan.of(inner, alignment, member -> natural(member, alignment), CDeclaration::bearsAttributes);
        } catch (IllegalArgumentException impossible) {
            throw types.refused(impossible.getMessage());
        }
        StringBuilder text = new StringBuilder("{\n");
        int last = plan.steps().size() - 1;
        boolean mayFlex = inner.kind() != AggregateKind.UNION && hasBytesBeforeLast(plan);
        for (int i = 0; i <= last; i++) {
            CPlan.Step step = plan.steps().get(i);
            if (step instanceof CPlan.Pinned pinned && pinned.member().type().byteSize() == 0) {
                continue;
            }
            text.append("\t".repeat(depth));
            if (step instanceof CPlan.PadBytes pad) {
                text.append("unsigned char ").append(padName(base + pad.byteOffset()));
                text.append('[').append(pad.byteSize()).append("];\n");
            } else if (step instanceof CPlan.PadBits pad) {
                text.append("unsigned char :").append(pad.bitSize()).append(";\n");
            } else if (step instanceof CPlan.Pinned pinned) {
                text.append(pinned(pinned.member(), base)).append('\n');
            } else if (step instanceof CPlan.Placed placed) {
                member(placed, alignment, base, depth, i == last && mayFlex, text);
            }
        }
        text.append("\t".repeat(depth - 1)).append('}');
        text.append(plan.structAlignment() > 1 ? attribute("aligned(" + plan.structAlignment() + ")") : "");
        return text.toString();
    }

    private static boolean hasBytesBeforeLast(CPlan plan) {
        return plan.steps().stream()
                .limit(Math.max(0, plan.steps().size() - 1))
                .anyMatch(step -> step instanceof CPlan.Pinned pinned
                                && pinned.member().type().byteSize() > 0
                        || step instanceof CPlan.Placed placed
                                && !placed.member().name().isEmpty());
    }

    /** {@return the declaration of what stands for a base class, a pointer to a virtual table or bytes not shown} */
    private String pinned(Member member, long base) {
        long offset = base + member.byteOffset();
        long size = member.type().byteSize();
        return switch (member.role()) {
            case VTABLE_POINTER ->
                "void *" + unused("vptr_" + offset) + "; /* " + CNames.comment(member.name()) + " */";
            case BASE_CLASS ->
                "unsigned char " + unused("base_" + offset) + "[" + size + "]; /* base class "
                        + CNames.comment(member.name()) + " */";
            default -> "unsigned char " + unused("not_shown_" + offset) + "[" + size + "];";
        };
    }

    private void member(
            CPlan.Placed placed, long alignment, long base, int depth, boolean mayFlex, StringBuilder text) {
        Member member = placed.member();
        FieldType element = member.type().innermost();
        String declarator = (member.isAnonymous() ? "" : names.of(member.name()))
                + dimensions(member.type(), mayFlex)
                + member.bits().map(bits -> ":" + bits.bitSize()).orElse("");
        String attributes = placed.packed() && !isInline(member) ? attribute("packed") : "";
        attributes += placed.aligned() > 1 ? attribute("aligned(" + placed.aligned() + ")") : "";
        if (element instanceof FieldType.Aggregate inner && inner.isInline()) {
            text.append(CTypes.keyword(inner.layout())).append(' ');
            text.append(body(inner.layout(), natural(member, alignment), base + member.byteOffset(), depth + 1));
            text.append(declarator.isEmpty() ? "" : " " + declarator);
        } else {
            if (element instanceof FieldType.Aggregate inner) {
                define(inner);
            }
            text.append(types.declare(element, declarator));
        }
        text.append(attributes).append(";\n");
    }

    private static String dimensions(FieldType type, boolean mayFlex) {
        StringBuilder text = new StringBuilder();
        FieldType inner = type;
        while (inner instanceof FieldType.Array array) {
            boolean flexible = array.count() == 0 && mayFlex && inner == type;
            text.append('[')
                    .append(flexible ? "" : String.valueOf(array.count()))
                    .append(']');
            inner = array.element();
        }
        return text.toString();
    }

    private static boolean isInline(Member member) {
        return member.type().innermost() instanceof FieldType.Aggregate inner && inner.isInline();
    }

    /**
     * {@return whether a member can have attributes: behind the brace of a nameless one they would apply to its type}
     */
    private static boolean bearsAttributes(Member member) {
        return !member.isAnonymous();
    }

    /**
     * {@return the alignment the compiler gives a member; for a struct declared in place the one that suits its offset}
     */
    private long natural(Member member, long alignment) {
        if (!isInline(member)) {
            return types.natural(member.type());
        }
        FieldType inner = member.type().innermost();
        long own = Math.min(alignment, CPlan.possibleAlignment(inner.byteAlignment(), inner.byteSize()));
        return CPlan.possibleAlignment(own, member.byteOffset());
    }

    private static String attribute(String what) {
        return " __attribute__((" + what + "))";
    }

    private String padName(long byteOffset) {
        return unused("pad_" + byteOffset);
    }

    private String unused(String wanted) {
        String name = wanted;
        while (!used.add(name)) {
            name = "_" + name;
        }
        return name;
    }

    private void asserts(StringBuilder text, String tag) {
        text.append("_Static_assert(sizeof(").append(tag).append(") == ").append(layout.byteSize());
        text.append(", \"size of ").append(tag).append("\");\n");
        Set<String> told = new HashSet<>();
        Set<String> pinned = new HashSet<>();
        addPinned(layout, "", pinned);
        for (Slot.Field field : layout.fields()) {
            if (field.bits().isEmpty() && pinned.stream().noneMatch(path -> isIn(field.path(), path))) {
                String path = names.path(field.path());
                if (!told.add(path)) {
                    throw types.refused("it has two members " + path);
                }
                offset(text, tag, path, field.byteOffset());
            }
        }
        for (Member member : layout.members()) {
            if (member.type().byteSize() == 0
                    && !member.isAnonymous()
                    && !member.role().isPinned()) {
                offset(text, tag, names.of(member.name()), member.byteOffset());
            }
        }
    }

    private static boolean isIn(String path, String member) {
        return path.startsWith(member) && (path.length() == member.length() || path.charAt(member.length()) == '.');
    }

    /** Adds the paths of members that bytes stand for. */
    private static void addPinned(StructLayout layout, String prefix, Set<String> paths) {
        for (Member member : layout.members()) {
            String path = prefix + member.name();
            if (member.role().isPinned()) {
                paths.add(path);
            } else if (member.type() instanceof FieldType.Aggregate inner) {
                addPinned(inner.layout(), member.isAnonymous() ? prefix : path + ".", paths);
            }
        }
    }

    private static void offset(StringBuilder text, String tag, String path, long byteOffset) {
        text.append("_Static_assert(offsetof(")
                .append(tag)
                .append(", ")
                .append(path)
                .append(") == ");
        text.append(byteOffset).append(", \"").append(path).append("\");\n");
    }
}
