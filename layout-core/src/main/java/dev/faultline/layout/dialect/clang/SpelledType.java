package dev.faultline.layout.dialect.clang;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A type as C and C++ spell it without a name: {@code int (*[3])(void)}, {@code uint32_t[4][2]}.
 *
 * @param shape what the innermost part is
 * @param element the spelling of an element, or of the type itself when it is no array
 * @param dimensions the numbers of elements, outermost first; 0 for a flexible array
 */
record SpelledType(Shape shape, String element, List<Long> dimensions) {

    /** What a type is by its spelling alone. */
    enum Shape {
        /** A pointer or reference, also to a function; a block of Objective-C. */
        POINTER,
        /** A pointer to a member of a class that is no function. */
        MEMBER_POINTER,
        /** A pointer to a member function of a class. */
        METHOD_POINTER,
        /** Anything else. */
        NAMED
    }

    private static final Pattern QUALIFIER = Pattern.compile(
            "(?:const|volatile|restrict|__restrict|__restrict__|__unaligned|__strong|__weak|_Nonnull|_Nullable"
                    + "|_Null_unspecified)");
    private static final int MOST_DIGITS = 12;
    private static final int DEEPEST = 64;

    /** {@return the parts of a spelling} */
    static SpelledType of(String spelling) {
        String text = spelling.strip();
        int open = declarator(text);
        if (open >= 0) {
            int close = closing(text, open);
            String inner = innermost(text.substring(open + 1, close), DEEPEST);
            List<Long> dimensions = new ArrayList<>();
            String stars = withoutDimensions(inner, dimensions);
            boolean isMember = stars.contains("::*");
            boolean isFunction = close + 1 < text.length() && text.charAt(close + 1) == '(';
            Shape shape = !isMember ? Shape.POINTER : isFunction ? Shape.METHOD_POINTER : Shape.MEMBER_POINTER;
            String element = dimensions.isEmpty() ? text : text.replace(inner, stars);
            return new SpelledType(shape, element, dimensions);
        }
        List<Long> dimensions = new ArrayList<>();
        String element = withoutDimensions(text, dimensions);
        return new SpelledType(shape(element), element, dimensions);
    }

    /** {@return the elements of all dimensions; 0 for a flexible array} */
    long count() {
        long count = 1;
        for (long dimension : dimensions) {
            count = Math.multiplyExact(count, dimension);
        }
        return count;
    }

    private static Shape shape(String element) {
        String text = element;
        int space = text.lastIndexOf(' ');
        int star = text.lastIndexOf('*');
        int start = Math.max(space, star) + 1;
        while (start > 0 && QUALIFIER.matcher(text.substring(start)).matches()) {
            text = text.substring(0, start).strip();
            start = Math.max(text.lastIndexOf(' '), text.lastIndexOf('*')) + 1;
        }
        if (text.endsWith("::*")) {
            return Shape.MEMBER_POINTER;
        }
        return text.endsWith("*") || text.endsWith("&") ? Shape.POINTER : Shape.NAMED;
    }

    /** Takes {@code [3][2]} off the end; what is no number, such as a parameter of a template, stays. */
    private static String withoutDimensions(String text, List<Long> dimensions) {
        String rest = text;
        while (rest.endsWith("]")) {
            int open = rest.lastIndexOf('[');
            String digits = open < 0 ? "x" : rest.substring(open + 1, rest.length() - 1);
            boolean isNumber = digits.length() <= MOST_DIGITS && digits.chars().allMatch(c -> c >= '0' && c <= '9');
            if (!isNumber) {
                return rest;
            }
            dimensions.add(0, digits.isEmpty() ? 0 : Long.parseLong(digits));
            rest = rest.substring(0, open).strip();
        }
        return rest;
    }

    /** {@return where a group such as {@code (*[3])} opens, outside of template arguments; -1 without one} */
    private static int declarator(String text) {
        int angles = 0;
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '(' && angles == 0 && depth == 0 && isDeclarator(text, i)) {
                return i;
            }
            angles += c == '<' ? 1 : c == '>' && angles > 0 ? -1 : 0;
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        }
        return -1;
    }

    private static boolean isDeclarator(String text, int open) {
        int close = closing(text, open);
        String inside = close < 0 ? "" : text.substring(open + 1, close);
        return inside.startsWith("*")
                || inside.startsWith("&")
                || inside.startsWith("^")
                || inside.contains("::*") && !text.startsWith("_Atomic");
    }

    private static int closing(String text, int open) {
        int depth = 0;
        for (int i = open; i < text.length(); i++) {
            depth += text.charAt(i) == '(' ? 1 : text.charAt(i) == ')' ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        return -1;
    }

    /** {@return the part that the name would stand in: {@code *[3]} of {@code *(*[3])(int)}} */
    private static String innermost(String text, int levels) {
        int open = levels == 0 ? -1 : declarator(text);
        return open < 0 ? text : innermost(text.substring(open + 1, closing(text, open)), levels - 1);
    }
}
