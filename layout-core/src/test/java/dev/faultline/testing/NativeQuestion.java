package dev.faultline.testing;

import dev.faultline.layout.FieldType;
import dev.faultline.layout.Member;
import dev.faultline.layout.MemberRole;
import dev.faultline.layout.StructLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a layout puts a member, as a question to a compiler.
 *
 * @param path the path of the member, that of a base class included: {@code "Base.number"}
 * @param expression the same for a compiler, in an object {@code v}: {@code "((Base &)v).number"}
 * @param kind what is asked
 * @param answer what the layout says
 */
public record NativeQuestion(String path, String expression, Kind kind, String answer) {

    /** What is asked of a member. */
    public enum Kind {
        /** Its offset and its size in bytes: {@code "8 4"}. */
        PLACE,
        /** Its offset in bytes. */
        OFFSET,
        /** Its bits: {@code "64..66"}. */
        BITS,
        /** Whether there is a pointer at its offset, which the answer names. */
        POINTER,
        /** Its offset and size in bytes; no compiler can be asked, as C++ has no word for the place of a reference. */
        REFERENCE
    }

    private static final int DEEPEST = 6;

    /** {@return the question for a path that source code can name} */
    public static NativeQuestion of(String path, boolean isBits) {
        return new NativeQuestion(path, "v." + path, isBits ? Kind.BITS : Kind.PLACE, "");
    }

    /** {@return a question for each member of a layout, those of embedded structs and of base classes included} */
    public static List<NativeQuestion> of(StructLayout layout) {
        List<NativeQuestion> questions = new ArrayList<>();
        ask(layout, "", "v", 0, 0, questions);
        return questions;
    }

    private static void ask(
            StructLayout layout, String prefix, String object, long base, int depth, List<NativeQuestion> questions) {
        for (Member member : layout.members()) {
            long offset = base + member.byteOffset();
            if (member.role() == MemberRole.NOT_SHOWN) {
                continue;
            }
            if (member.role() == MemberRole.VTABLE_POINTER) {
                questions.add(new NativeQuestion(prefix + member.name(), "v", Kind.POINTER, String.valueOf(offset)));
            } else if (member.isAnonymous() && member.type() instanceof FieldType.Aggregate inner) {
                ask(inner.layout(), prefix, object, offset, depth + 1, questions);
            } else {
                boolean isBase = member.role() == MemberRole.BASE_CLASS;
                String name = isBase
                        ? "((" + spelling(member.type().spelling()) + " &)" + object + ")"
                        : object + "." + member.name();
                questions.add(question(member, prefix + member.name(), name, offset, isBase));
                askInside(member, prefix + member.name(), name, offset, depth, questions);
            }
        }
    }

    private static void askInside(
            Member member, String path, String name, long offset, int depth, List<NativeQuestion> questions) {
        FieldType type = member.type();
        StringBuilder index = new StringBuilder();
        while (type instanceof FieldType.Array array && array.count() > 0) {
            type = array.element();
            index.append("[0]");
        }
        if (type instanceof FieldType.Aggregate inner && member.bits().isEmpty() && depth < DEEPEST) {
            ask(inner.layout(), path + index + ".", name + index, offset, depth + 1, questions);
        }
    }

    private static NativeQuestion question(Member member, String path, String name, long offset, boolean isBase) {
        if (member.bits().isPresent()) {
            long first = offset * 8 + member.bits().get().bitOffset();
            String bits = first + ".." + (first + member.bits().get().bitSize() - 1);
            return new NativeQuestion(path, name, Kind.BITS, bits);
        }
        boolean isEmpty = member.type().byteSize() == 0
                || member.type() instanceof FieldType.Aggregate inner
                        && inner.layout().members().isEmpty();
        if (isReference(member.type())) {
            String place = offset + " " + member.type().byteSize();
            return new NativeQuestion(path, name, Kind.REFERENCE, place);
        }
        return isBase || isEmpty
                ? new NativeQuestion(path, name, Kind.OFFSET, String.valueOf(offset))
                : new NativeQuestion(
                        path, name, Kind.PLACE, offset + " " + member.type().byteSize());
    }

    private static boolean isReference(FieldType type) {
        String spelling = type.innermost().spelling();
        return spelling.endsWith("&") || spelling.contains("(&");
    }

    /** {@return how source code spells a type that debug information names} */
    static String spelling(String name) {
        return name.replace("(anonymous namespace)::", "");
    }
}
