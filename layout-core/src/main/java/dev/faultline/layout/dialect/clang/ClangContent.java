package dev.faultline.layout.dialect.clang;

import dev.faultline.layout.ctype.CWords;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a line of a record layout names.
 *
 * @param kind a field, a base class or a pointer that the compiler adds
 * @param type the type as printed
 * @param name the name of the field or of the class; empty for a field without a name
 * @param isEmpty whether the type is a class without data
 */
record ClangContent(Kind kind, String type, String name, boolean isEmpty) {

    /** What stands in a line. */
    enum Kind {
        /** A record or a field. */
        FIELD,
        /** The part of a base class. */
        BASE,
        /** The part of a virtual base class, which only the complete object has. */
        VIRTUAL_BASE,
        /** A pointer to virtual functions or virtual bases. */
        POINTER,
        /** The displacement that Microsoft's ABI keeps before a virtual base, 4 bytes. */
        DISPLACEMENT
    }

    private static final String EMPTY = " (empty)";
    private static final Pattern BASE = Pattern.compile(" \\((primary )?(virtual )?base\\)$");
    private static final Pattern POINTER = Pattern.compile("\\((.*) (vtable|vftable|vbtable) pointer\\)");
    private static final Pattern DISPLACEMENT = Pattern.compile("\\(vtordisp for vbase (.*)\\)");
    private static final Pattern KEYWORD = Pattern.compile("(struct|class|union|enum) ");

    /** {@return what the text behind the bar names} */
    static ClangContent of(String content) {
        Matcher pointer = POINTER.matcher(content.strip());
        if (pointer.matches()) {
            String prefix = pointer.group(2).equals("vbtable") ? "_vbptr." : "_vptr.";
            return new ClangContent(Kind.POINTER, "void *", prefix + pointer.group(1), false);
        }
        Matcher displacement = DISPLACEMENT.matcher(content.strip());
        if (displacement.matches()) {
            return new ClangContent(Kind.DISPLACEMENT, "int", "vtordisp." + displacement.group(1), false);
        }
        String text = content;
        boolean isEmpty = text.endsWith(EMPTY);
        if (isEmpty) {
            text = text.substring(0, text.length() - EMPTY.length());
        }
        Matcher base = BASE.matcher(text);
        if (base.find()) {
            String type = text.substring(0, base.start());
            return new ClangContent(base.group(2) == null ? Kind.BASE : Kind.VIRTUAL_BASE, type, bare(type), isEmpty);
        }
        return field(text, isEmpty);
    }

    /** {@return the spelling of a type without {@code struct}, {@code class}, {@code union} or {@code enum}} */
    static String bare(String type) {
        Matcher keyword = KEYWORD.matcher(type);
        return keyword.lookingAt() ? type.substring(keyword.end()) : type;
    }

    private static ClangContent field(String text, boolean isEmpty) {
        String stripped = text.strip();
        int space = stripped.lastIndexOf(' ');
        String last = stripped.substring(space + 1);
        boolean isNamed = stripped.length() == text.length() // a space behind the type: the name is empty
                && space > 0
                && isWord(last)
                && !CWords.isOfType(last)
                && !last.equals("*")
                && !last.equals("&")
                && !(KEYWORD.matcher(text).lookingAt() && text.indexOf(' ') == space);
        return isNamed
                ? new ClangContent(Kind.FIELD, stripped.substring(0, space).strip(), last, isEmpty)
                : new ClangContent(Kind.FIELD, stripped, "", isEmpty);
    }

    private static boolean isWord(String text) {
        return !text.isEmpty()
                && Character.isUnicodeIdentifierStart(
                        text.charAt(0) == '_' || text.charAt(0) == '$' ? 'a' : text.charAt(0))
                && text.chars().allMatch(c -> c == '$' || Character.isUnicodeIdentifierPart(c));
    }
}
