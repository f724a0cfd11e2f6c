package dev.faultline.layout.ctype;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a type's spelling tells, and declarations made from it. */
public final class CTypeFormat {

    /**
     * Where the name goes in a spelling that is not C: {@code void (*)(std::string &)}, {@code int (A::*)(int)};
     * nowhere in {@code fn(*const u8)} of Rust and {@code func(*[]int)} of Go.
     */
    private static final Pattern HOLE = Pattern.compile("\\((?:[\\w:]+::)?\\*+"
            + "(?=(?: ?(?:const|volatile|restrict|__restrict)\\b)* ?(?:[)(*&]|(?:\\[\\d*\\])+\\)))");

    private CTypeFormat() {}

    /**
     * A declaration without the name that it declares.
     *
     * @param before the text before the name: {@code "int (*"}
     * @param behind the text behind it: {@code ")(struct sk_buff *)"}; empty for most
     */
    public record Frame(String before, String behind) {

        /**
         * {@return the declaration}
         *
         * @param declarator the name, possibly with dimensions or a width behind it; may be empty
         */
        public String declare(String declarator) {
            boolean glued = declarator.isEmpty()
                    || declarator.startsWith("[")
                    || before.isEmpty()
                    || "*&(".indexOf(before.charAt(before.length() - 1)) >= 0;
            return before + (glued ? "" : " ") + declarator + behind;
        }
    }

    /**
     * {@return a spelling in the form that all sources share; the text itself when it is not C}
     *
     * @param spelling such as {@code "char * const *"}, which becomes {@code "char *const *"}
     */
    public static String canonical(String spelling) {
        return ParsedType.of(spelling).map(parsed -> parsed.type().spelling()).orElse(spelling);
    }

    /**
     * Declares something.
     *
     * @param spelling the spelling of its type
     * @param declarator its name, possibly with dimensions or a width behind it; only dimensions for an array's type
     * @return the declaration without semicolon: {@code "int (*input[2])(struct sk_buff *)"}
     */
    public static String declare(String spelling, String declarator) {
        return frame(spelling).declare(declarator);
    }

    /** {@return what stands around the name in a declaration of something of this type} */
    public static Frame frame(String spelling) {
        if (spelling.indexOf('(') < 0 && spelling.indexOf('[') < 0) {
            return new Frame(spelling, "");
        }
        return ParsedType.of(spelling)
                .map(parsed -> parsed.type().declare(MARK))
                .map(declaration -> new Frame(
                        declaration.substring(0, declaration.indexOf(MARK)).stripTrailing(),
                        declaration.substring(declaration.indexOf(MARK) + MARK.length())))
                .orElseGet(() -> foreign(spelling));
    }

    /** Stands for a name; no spelling has it. */
    private static final String MARK = "\u0001";

    private static Frame foreign(String spelling) {
        Matcher hole = HOLE.matcher(spelling);
        while (hole.find()) {
            String before = spelling.substring(0, hole.start());
            if (count(before, '<') == count(before, '>')) { // not in the arguments of a template
                return new Frame(spelling.substring(0, hole.end()), spelling.substring(hole.end()));
            }
        }
        return new Frame(spelling, "");
    }

    private static long count(String text, char letter) {
        return text.chars().filter(c -> c == letter).count();
    }

    /** {@return whether it is the spelling of a pointer, possibly a qualified one: {@code "char *const"}} */
    public static boolean isPointer(String spelling) {
        if (spelling.contains("(*")) {
            return true;
        }
        int star = spelling.lastIndexOf('*');
        return star >= 0
                && Arrays.stream(spelling.substring(star + 1).split(" "))
                        .allMatch(word -> word.isEmpty() || CType.QUALIFIERS.contains(word));
    }
}
