package dev.faultline.input.name;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads words, numbers and signs of a type's text from left to right. */
final class NameScanner {

    /** The words of which the names of C's integers are made, in any order. */
    private static final Set<String> INTEGER_WORDS = Set.of("unsigned", "signed", "long", "short", "int", "char");

    private static final List<String> ANONYMOUS =
            List.of("(anonymous namespace)", "{anonymous}", "<unnamed>", "(anonymous)", "`anonymous namespace'");

    private static final Pattern NUMBER =
            Pattern.compile("(0[xX][0-9a-fA-F]{1,32}|[0-9]+)(?:[uU]?[lL]{0,2}|[lL]{1,2}[uU]?)(?![\\w.])");

    private static final Pattern CHARACTER = Pattern.compile("'([^'\\\\])'");

    private final String text;
    private int at;
    private String taken = "";

    NameScanner(String text) {
        this.text = text;
    }

    boolean isAtEnd() {
        return at >= text.length();
    }

    char peek() {
        return text.charAt(at);
    }

    boolean isAt(String sign) {
        return text.startsWith(sign, at);
    }

    void moveTo(int position) {
        at = position;
    }

    void skipSpaces() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    boolean take(String sign) {
        if (!isAt(sign)) {
            return false;
        }
        taken = sign;
        at += sign.length();
        return true;
    }

    /** {@return what was taken last} */
    String taken() {
        return taken;
    }

    /** Takes a character, which may be of two units. */
    String character() {
        int from = at;
        at = text.offsetByCodePoints(at, 1);
        return text.substring(from, at);
    }

    /** Takes what separates scopes: colons of C++ and Rust, the dot and the slash of Go. */
    boolean takeSeparator() {
        boolean isBetween = at + 1 < text.length() && isWord(text.charAt(at + 1));
        return take("::") || isBetween && (take(".") || take("/"));
    }

    /** {@return whether a word, a number or a name in braces begins here} */
    boolean isAtName() {
        skipSpaces();
        return !isAtEnd()
                && (isWord(peek())
                        || peek() == '{'
                        || peek() == '\''
                        || peek() == '~'
                        || anonymous() != null
                        || isLambda());
    }

    boolean isAtNumber() {
        return !isAtEnd()
                && (Character.isDigit(peek())
                        || peek() == '\''
                        || peek() == '-' && at + 1 < text.length() && Character.isDigit(text.charAt(at + 1)));
    }

    /** gcc writes {@code <lambda(int)>}, which no template opens. */
    private boolean isLambda() {
        return isAt("<lambda") || isAt("<anonymous");
    }

    private String anonymous() {
        return ANONYMOUS.stream().filter(this::isAt).findFirst().orElse(null);
    }

    /** Takes a name without scopes and arguments; null when brackets are open. */
    String base() {
        String anonymous = anonymous();
        if (anonymous != null) {
            take(anonymous);
            return TypeTerm.ANONYMOUS;
        }
        if (peek() == '{' || peek() == '<') {
            int end = balanced(at);
            String inBraces = end < 0 ? null : text.substring(at, end);
            at = end < 0 ? at : end;
            return inBraces;
        }
        if (isAtNumber()) {
            return number();
        }
        String word = word();
        if (word.equals("operator")) {
            return word + operatorSigns();
        }
        return INTEGER_WORDS.contains(word) ? integer(word) : word;
    }

    private String number() {
        Matcher character = CHARACTER.matcher(text).region(at, text.length());
        if (character.lookingAt()) {
            at = character.end();
            return Integer.toString(character.group(1).charAt(0));
        }
        Matcher number = NUMBER.matcher(text).region(at, text.length());
        if (number.lookingAt()) {
            at = number.end();
            String digits = number.group(1);
            return digits.startsWith("0x") || digits.startsWith("0X")
                    ? new BigInteger(digits.substring(2), 16).toString()
                    : digits;
        }
        return peek() == '\'' ? character() : word();
    }

    /** Takes letters, digits and, as Go's paths have them, minus signs between these. */
    private String word() {
        int from = at;
        at++;
        while (at < text.length() && (isWord(peek()) || isHyphen())) {
            at++;
        }
        return text.substring(from, at);
    }

    private boolean isHyphen() {
        return peek() == '-' && at + 1 < text.length() && isWord(text.charAt(at + 1));
    }

    private String operatorSigns() {
        int from = at;
        if (take("()")) {
            return "()";
        }
        while (!isAtEnd() && "+-*/%^&|~!=<>,[]".indexOf(peek()) >= 0) {
            at++;
        }
        return text.substring(from, at);
    }

    /** {@return the name of an integer in one order: {@code unsigned long}} */
    private String integer(String first) {
        List<String> words = new ArrayList<>(List.of(first));
        while (true) {
            int behind = at;
            skipSpaces();
            String next = !isAtEnd() && isWord(peek()) && !Character.isDigit(peek()) ? word() : "";
            if (!INTEGER_WORDS.contains(next)) {
                boolean isDouble = next.equals("double") && words.equals(List.of("long"));
                at = isDouble ? at : behind;
                return isDouble ? "long double" : canonical(words);
            }
            words.add(next);
        }
    }

    private static String canonical(List<String> words) {
        if (words.contains("char")) {
            return words.size() == 1 ? "char" : (words.contains("unsigned") ? "unsigned char" : "signed char");
        }
        String sign = words.contains("unsigned") ? "unsigned " : "";
        long longs = words.stream().filter("long"::equals).count();
        String size = words.contains("short") ? "short" : longs == 0 ? "int" : longs == 1 ? "long" : "long long";
        return sign + size;
    }

    /** {@return the position behind the parameters of a function, when a scope follows; else -1} */
    int behindParameters() {
        int end = balanced(at);
        if (end < 0) {
            return -1;
        }
        for (String word : List.of(" const", " volatile", " &&", " &")) {
            end = text.startsWith(word, end) ? end + word.length() : end;
        }
        return text.startsWith("::", end) && !text.startsWith("::*", end) ? end : -1;
    }

    /** {@return the position behind the bracket that closes the one at a position; -1 when none does} */
    private int balanced(int open) {
        int depth = 0;
        for (int i = open; i < text.length(); i++) {
            char c = text.charAt(i);
            if ("({[<".indexOf(c) >= 0) {
                depth++;
            } else if (")}]>".indexOf(c) >= 0 && !(c == '>' && text.charAt(i - 1) == '-')) {
                if (--depth == 0) {
                    return i + 1;
                }
            }
        }
        return -1;
    }

    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '$' || Character.isSurrogate(c);
    }
}
