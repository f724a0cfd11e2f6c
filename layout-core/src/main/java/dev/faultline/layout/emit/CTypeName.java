package dev.faultline.layout.emit;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A type as C spells it, such as {@code "int (*)(struct sk_buff *)"}: the names it needs declared before, and where in
 * it the name of the declared member goes.
 */
final class CTypeName {

    private static final Pattern PARTS = Pattern.compile("\\.\\.\\.|[A-Za-z_$][A-Za-z0-9_$]*|\\d+|[*(),\\[\\]]");
    private static final Set<String> QUALIFIERS =
            Set.of("const", "volatile", "restrict", "__restrict", "_Atomic", "register");
    private static final Set<String> BASIC = Set.of(
            "void",
            "char",
            "short",
            "int",
            "long",
            "signed",
            "unsigned",
            "float",
            "double",
            "_Bool",
            "__int128",
            "__int128_t",
            "__uint128_t");

    /** Tags of the structs, unions and enums in it, with their keywords. */
    final Set<String> tags = new LinkedHashSet<>();

    /** Names of the typedefs in it. */
    final Set<String> typedefs = new LinkedHashSet<>();

    private final String spelling;
    private final List<String> parts = new ArrayList<>();
    private final List<Integer> ends = new ArrayList<>();
    private int at;
    private int hole = -1;
    private boolean derived;

    private CTypeName(String spelling) {
        this.spelling = spelling;
    }

    /** {@return the type; empty when the spelling is not valid C} */
    static Optional<CTypeName> of(String spelling) {
        CTypeName type = new CTypeName(spelling);
        return type.split() && type.typeName(0) && type.at == type.parts.size() ? Optional.of(type) : Optional.empty();
    }

    /** {@return whether it is a type of the language itself, such as {@code "long unsigned int"}, and no pointer} */
    boolean isBasic() {
        return tags.isEmpty() && typedefs.isEmpty() && !derived;
    }

    boolean isDerived() {
        return derived;
    }

    String declare(String declarator) {
        if (hole < 0) {
            return spelling + (declarator.isEmpty() || spelling.endsWith("*") ? "" : " ") + declarator;
        }
        return spelling.substring(0, hole) + declarator + spelling.substring(hole);
    }

    private boolean split() {
        Matcher matcher = PARTS.matcher(spelling);
        int end = 0;
        while (matcher.find()) {
            if (!isSpaces(spelling.substring(end, matcher.start()))) {
                return false;
            }
            parts.add(matcher.group());
            end = matcher.end();
            ends.add(end);
        }
        return isSpaces(spelling.substring(end));
    }

    /** {@return whether there is nothing but spaces; line breaks would break the declaration} */
    private static boolean isSpaces(String text) {
        return text.chars().allMatch(c -> c == ' ');
    }

    private boolean is(String part) {
        return at < parts.size() && parts.get(at).equals(part);
    }

    private boolean isWord() {
        return at < parts.size() && parts.get(at).matches("[A-Za-z_$].*");
    }

    private boolean typeName(int depth) {
        return depth < 32 && specifiers() && declarator(depth);
    }

    private boolean specifiers() {
        boolean typed = false;
        while (isWord()) {
            String word = parts.get(at);
            if (QUALIFIERS.contains(word)) {
                at++;
                if (word.equals("_Atomic") && is("(")) {
                    return false;
                }
            } else if (BASIC.contains(word)) {
                typed = true;
                at++;
            } else if (!typed && (word.equals("struct") || word.equals("union") || word.equals("enum"))) {
                at++;
                if (!isWord() || !CNames.isName(parts.get(at))) {
                    return false;
                }
                tags.add(word + " " + parts.get(at++));
                typed = true;
            } else if (!typed && CNames.isName(word)) {
                typedefs.add(word);
                at++;
                typed = true;
            } else {
                return typed;
            }
        }
        return typed;
    }

    private void stars() {
        while (is("*") || at < parts.size() && QUALIFIERS.contains(parts.get(at))) {
            derived |= is("*");
            at++;
        }
    }

    /** Reads what follows the words: stars, a parameter's name, a pointer to a function or an array. */
    private boolean declarator(int depth) {
        stars();
        if (depth > 0 && isWord()) {
            at++;
        }
        if (is("(")) {
            at++;
            if (!is("*")) {
                return false;
            }
            derived = true;
            stars();
            if (depth == 0) {
                hole = ends.get(at - 1);
            }
            if (depth > 0 && isWord()) {
                at++;
            }
            if (!dimensions() || !is(")")) {
                return false;
            }
            at++;
            return is("(") ? parameters(depth) : is("[") && dimensions();
        }
        return depth == 0 || dimensions();
    }

    private boolean dimensions() {
        while (is("[")) {
            at++;
            if (at < parts.size() && parts.get(at).matches("\\d+")) {
                at++;
            }
            if (!is("]")) {
                return false;
            }
            at++;
        }
        return true;
    }

    private boolean parameters(int depth) {
        at++;
        while (!is(")")) {
            if (is("...")) {
                at++;
            } else if (!typeName(depth + 1)) {
                return false;
            }
            if (is(",")) {
                at++;
            } else if (!is(")")) {
                return false;
            }
        }
        at++;
        return true;
    }
}
