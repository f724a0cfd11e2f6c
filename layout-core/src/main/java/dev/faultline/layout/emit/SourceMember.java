package dev.faultline.layout.emit;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One declaration in the body of a struct, without comments: which members it declares. */
final class SourceMember {

    private static final Pattern ATTRIBUTE = Pattern.compile("\\b(__attribute__|__aligned|_Alignas|alignas|__counted_by"
            + "|__counted_by_le|__counted_by_be|__guarded_by|__pt_guarded_by)\\b");
    private static final Pattern MACRO = Pattern.compile("\\s*([A-Za-z_]\\w*)\\s*\\((.*)\\)\\s*", Pattern.DOTALL);
    private static final Pattern POINTER =
            Pattern.compile("\\(\\s*+\\*[\\s*]*+(?:(?:const|volatile|__rcu)\\s++)*+(\\w++)");
    private static final Pattern WORD = Pattern.compile("[A-Za-z_]\\w*");
    private static final Set<String> NAME_FIRST = Set.of("DECLARE_BITMAP", "DECLARE_HASHTABLE");
    private static final Set<String> NAME_LAST = Set.of("DECLARE_FLEX_ARRAY", "DECLARE_KFIFO_PTR");
    private static final Set<String> GROUPS = Set.of("__cacheline_group_begin", "__cacheline_group_end");

    /** How deep structs without names are looked into. */
    private static final int DEEPEST = 64;

    /** Names of the members it declares; for a nameless struct or union those inside. */
    final List<String> names = new ArrayList<>();

    /** The macro that nobody knows what it declares, empty when there is none. */
    String macro = "";

    private final Set<String> expected;

    private SourceMember(Set<String> expected) {
        this.expected = expected;
    }

    /**
     * Reads a declaration.
     *
     * @param code its text, without comments and its semicolon
     * @param expected names that members have
     */
    static SourceMember read(String code, Set<String> expected) {
        SourceMember member = new SourceMember(expected);
        member.read(code, 0);
        return member;
    }

    private void read(String code, int depth) {
        String plain = withoutAttributes(code);
        int open = plain.indexOf('{');
        int close = plain.lastIndexOf('}');
        if (open >= 0 && close > open) {
            String behind = plain.substring(close + 1);
            if (!WORD.matcher(behind).find() || onlyAttributes(behind)) {
                if (depth == DEEPEST) {
                    return; // of what is nested deeper, no name is known
                }
                for (String inner : statements(plain.substring(open + 1, close))) {
                    read(inner, depth + 1);
                }
                return;
            }
            declarators(behind);
            return;
        }
        Matcher call = MACRO.matcher(plain);
        if (call.matches() && !plain.contains("(*")) {
            macro(call.group(1), call.group(2).split(","));
            return;
        }
        declarators(plain);
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
            Matcher pointer = POINTER.matcher(part);
            if (pointer.find()) {
                names.add(pointer.group(1));
                continue;
            }
            String plain = withoutDimensions(part).replaceAll(":.*", " ");
            String name = "";
            Matcher word = WORD.matcher(plain);
            while (word.find()) {
                boolean attribute = word.group().startsWith("__") && !expected.contains(word.group());
                name = attribute && !name.isEmpty() ? name : word.group();
            }
            names.add(CNames.isKeyword(name) ? "" : name);
        }
    }

    /** {@return the text up to the first bracket and behind each that closes one} */
    private static String withoutDimensions(String part) {
        StringBuilder text = new StringBuilder();
        int at = 0;
        while (at < part.length()) {
            int open = part.indexOf('[', at);
            int close = open < 0 ? -1 : part.indexOf(']', open);
            if (close < 0) {
                break;
            }
            text.append(part, at, open).append(' ');
            at = close + 1;
        }
        return text.append(part, at, part.length()).toString();
    }

    /** {@return the text with blanks for attributes} */
    private static String withoutAttributes(String code) {
        StringBuilder text = new StringBuilder(code);
        Matcher matcher = ATTRIBUTE.matcher(code);
        int at = 0;
        while (matcher.find(at)) {
            int open = matcher.end();
            while (open < code.length() && Character.isWhitespace(code.charAt(open))) {
                open++;
            }
            at = open;
            if (open == code.length() || code.charAt(open) != '(') {
                continue;
            }
            int depth = 0;
            do {
                depth += code.charAt(at) == '(' ? 1 : code.charAt(at) == ')' ? -1 : 0;
                at++;
            } while (depth > 0 && at < code.length());
            for (int i = matcher.start(); i < at; i++) {
                text.setCharAt(i, ' ');
            }
        }
        return text.toString();
    }

    static List<String> statements(String code) {
        List<String> statements = parts(code, ';');
        statements.removeIf(String::isBlank);
        return statements;
    }

    private static List<String> parts(String code, char separator) {
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
