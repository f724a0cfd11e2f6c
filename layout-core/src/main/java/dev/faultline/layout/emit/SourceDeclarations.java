package dev.faultline.layout.emit;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds the structs and unions that a source declares with a body: {@code struct __packed foo {}} by their tag,
 * {@code typedef struct {} foo;} by the name behind. Linear in the length of the source.
 */
final class SourceDeclarations {

    /**
     * A declaration.
     *
     * @param declared its place; for a typedef from {@code struct} on
     * @param tag its tag, empty when it has none
     * @param typedef index of the {@code typedef} before it, -1 when there is none
     * @param alias its typedef name, empty when it has none
     */
    private record Found(SourceText.StructRange declared, String tag, int typedef, String alias) {}

    private final SourceText source;
    private final String code;
    private final List<Found> all = new ArrayList<>();
    private int at;

    SourceDeclarations(SourceText source) {
        this.source = source;
        this.code = source.code;
        int typedef = -1;
        while (at < code.length()) {
            if (!isLetter(code.charAt(at))) {
                typedef = Character.isWhitespace(code.charAt(at)) ? typedef : -1;
                at++;
                continue;
            }
            int start = at;
            String word = word();
            if (word.equals("struct") || word.equals("union") || word.equals("class")) {
                head(start, typedef);
            }
            typedef = word.equals("typedef") ? start : -1;
        }
    }

    /** {@return the declarations with this tag, then those with this typedef name} */
    List<SourceText.StructRange> named(String name) {
        List<SourceText.StructRange> found = new ArrayList<>();
        for (Found one : all) {
            if (one.tag().equals(name)) {
                found.add(one.declared());
            }
        }
        for (Found one : all) {
            if (!one.tag().equals(name) && one.alias().equals(name)) {
                SourceText.StructRange declared = one.declared();
                found.add(new SourceText.StructRange(one.typedef(), declared.open(), declared.close()));
            }
        }
        return found;
    }

    Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        all.forEach(one -> names.add(one.tag()));
        all.forEach(one -> names.add(one.alias()));
        names.remove("");
        return names;
    }

    /** Reads attributes, a tag and a brace behind a keyword; only a typedef needs no tag. */
    private void head(int start, int typedef) {
        attributes();
        String tag = isWordHere() ? word() : "";
        blanks();
        boolean opens = at < code.length() && code.charAt(at) == '{' && (typedef >= 0 || !tag.isEmpty());
        if (opens && source.closing(at) >= 0) {
            int open = at;
            SourceText.StructRange declared = new SourceText.StructRange(start, open, source.closing(open));
            all.add(new Found(declared, tag, typedef, typedef < 0 ? "" : alias(declared)));
            at = open + 1; // there may be declarations inside
        }
    }

    /** {@return the typedef name behind the brace and attributes of a struct; empty when there is none} */
    private String alias(SourceText.StructRange declared) {
        at = declared.close() + 1;
        attributes();
        String name = isWordHere() ? word() : "";
        int end = at;
        while (end < code.length() && ";,{}".indexOf(code.charAt(end)) < 0) {
            end++;
        }
        return end < code.length() && code.charAt(end) == ';' ? name : "";
    }

    /** Skips blanks, {@code __packed} and {@code __attribute__((...))}. */
    private void attributes() {
        blanks();
        while (isWordHere()) {
            int start = at;
            String word = word();
            blanks();
            boolean list = word.equals("__attribute__") && at < code.length() && code.charAt(at) == '(';
            if (list && source.closing(at) >= 0) {
                at = source.closing(at) + 1;
                blanks();
            } else if (!word.equals("__packed")) {
                at = start;
                return;
            }
        }
    }

    private void blanks() {
        while (at < code.length() && Character.isWhitespace(code.charAt(at))) {
            at++;
        }
    }

    private boolean isWordHere() {
        return at < code.length() && isLetter(code.charAt(at)) && !Character.isDigit(code.charAt(at));
    }

    private static boolean isLetter(char c) {
        return c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }

    private String word() {
        int start = at;
        while (at < code.length() && isLetter(code.charAt(at))) {
            at++;
        }
        return code.substring(start, at);
    }
}
