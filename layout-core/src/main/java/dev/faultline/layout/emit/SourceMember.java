package dev.faultline.layout.emit;

import dev.faultline.layout.ctype.CWords;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the members that a declaration in the body of a struct declares. */
final class SourceMember {

    private static final Set<String> ATTRIBUTES = Set.of(
            "__attribute__",
            "__aligned",
            "_Alignas",
            "alignas",
            "__counted_by",
            "__counted_by_le",
            "__counted_by_be",
            "__guarded_by",
            "__pt_guarded_by");
    private static final Set<String> POINTER_WORDS = Set.of("const", "volatile", "__rcu");
    private static final Pattern WORD = Pattern.compile("[A-Za-z_]\\w*");
    private static final Set<String> NAME_FIRST = Set.of("DECLARE_BITMAP", "DECLARE_HASHTABLE");
    private static final Set<String> NAME_LAST = Set.of("DECLARE_FLEX_ARRAY", "DECLARE_KFIFO_PTR");
    private static final Set<String> GROUPS = Set.of("__cacheline_group_begin", "__cacheline_group_end");

    /** Names of the declared members; for a nameless struct or union, of those inside. */
    final List<String> names = new ArrayList<>();

    /** An unknown macro that may declare members; empty when there is none. */
    String macro = "";

    private final Set<String> expected;

    private SourceMember(Set<String> expected) {
        this.expected = expected;
    }

    /**
     * Reads a declaration.
     *
     * @param code its text, without comments and its semicolon
     * @param expected the names of the struct's members
     */
    static SourceMember read(String code, Set<String> expected) {
        SourceMember member = new SourceMember(expected);
        member.read(code);
        return member;
    }

    private void read(String code) {
        String plain = withoutAttributes(code);
        int open = plain.indexOf('{');
        int close = plain.lastIndexOf('}');
        if (open >= 0 && close > open) {
            String behind = plain.substring(close + 1);
            if (!WORD.matcher(behind).find() || onlyAttributes(behind)) {
                for (String inner : statements(plain.substring(open + 1, close))) {
                    read(inner);
                }
                return;
            }
            declarators(behind);
            return;
        }
        if (!macro(plain.strip())) {
            declarators(plain);
        }
    }

    private boolean onlyAttributes(String behind) {
        Matcher word = WORD.matcher(behind);
        while (word.find()) {
            if (!word.group().startsWith("__") || expected.contains(word.group())) {
                return false;
            }
        }
        return true;
    }

    /** {@return whether this is {@code NAME(arguments)}, which is then read} */
    private boolean macro(String code) {
        Matcher word = WORD.matcher(code);
        if (code.contains("(*") || !word.lookingAt() || !code.endsWith(")")) {
            return false;
        }
        String arguments = code.substring(word.end()).strip();
        if (!arguments.startsWith("(")) {
            return false;
        }
        macro(word.group(), arguments.substring(1, arguments.length() - 1).split(","));
        return true;
    }

    private void macro(String name, String[] arguments) {
        if (NAME_FIRST.contains(name)) {
            names.add(arguments[0].strip());
        } else if (NAME_LAST.contains(name)) {
            names.add(arguments[arguments.length - 1].strip());
        } else if (GROUPS.contains(name)) {
            names.add(name + "__" + arguments[0].strip());
        } else {
            macro = name;
        }
    }

    private void declarators(String code) {
        for (String part : parts(code, ',')) {
            String pointer = pointer(part);
            if (!pointer.isEmpty()) {
                names.add(pointer);
                continue;
            }
            String plain = withoutBrackets(part);
            String name = "";
            Matcher word = WORD.matcher(plain);
            while (word.find()) {
                boolean attribute = word.group().startsWith("__") && !expected.contains(word.group());
                name = attribute && !name.isEmpty() ? name : word.group();
            }
            names.add(CWords.isKeyword(name) ? "" : name);
        }
    }

    /** {@return the name in the first {@code (* name}, without stars and qualifiers; empty when there is none} */
    private static String pointer(String part) {
        for (int open = part.indexOf('('); open >= 0; open = part.indexOf('(', open + 1)) {
            int at = SourceText.blanks(part, open + 1, part.length());
            if (at < part.length() && part.charAt(at) == '*') {
                while (at < part.length() && (part.charAt(at) == '*' || Character.isWhitespace(part.charAt(at)))) {
                    at++;
                }
                int end = letters(part, at);
                while (POINTER_WORDS.contains(part.substring(at, end))
                        && letters(part, SourceText.blanks(part, end, part.length())) > end) {
                    at = SourceText.blanks(part, end, part.length());
                    end = letters(part, at);
                }
                if (end > at) {
                    return part.substring(at, end);
                }
            }
        }
        return "";
    }

    /** {@return the text without dimensions in brackets and without the rest of a line behind a colon} */
    private static String withoutBrackets(String part) {
        StringBuilder text = new StringBuilder(part.length());
        int lastClose = part.lastIndexOf(']');
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            if (c == '[' && i < lastClose) {
                i = part.indexOf(']', i);
                text.append(' ');
            } else if (c == ':') {
                int end = part.indexOf('\n', i);
                i = (end < 0 ? part.length() : end) - 1;
                text.append(' ');
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }

    /** {@return the text with blanks for attributes} */
    private static String withoutAttributes(String code) {
        StringBuilder text = new StringBuilder(code);
        Matcher word = WORD.matcher(code);
        int at = 0;
        while (at < code.length() && word.find(at)) {
            at = word.end();
            int open = SourceText.blanks(code, at, code.length());
            if (!ATTRIBUTES.contains(word.group()) || open == code.length() || code.charAt(open) != '(') {
                continue;
            }
            int depth = 0;
            int end = open;
            do {
                depth += code.charAt(end) == '(' ? 1 : code.charAt(end) == ')' ? -1 : 0;
                end++;
            } while (depth > 0 && end < code.length());
            for (int i = word.start(); i < end; i++) {
                text.setCharAt(i, ' ');
            }
            at = end;
        }
        return text.toString();
    }

    private static int letters(String text, int from) {
        int at = from;
        while (at < text.length() && (text.charAt(at) == '_' || Character.isLetterOrDigit(text.charAt(at)))) {
            at++;
        }
        return at;
    }

    static List<String> statements(String code) {
        List<String> statements = parts(code, ';');
        statements.removeIf(String::isBlank);
        return statements;
    }

    static List<String> parts(String code, char separator) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < code.length(); i++) {
            char c = code.charAt(i);
            depth += "{([".indexOf(c) >= 0 ? 1 : "})]".indexOf(c) >= 0 ? -1 : 0;
            if (c == separator && depth == 0) {
                parts.add(code.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(code.substring(start));
        return parts;
    }
}
