package dev.faultline.input;

import dev.faultline.api.Internal;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads one JSON value. Objects become maps in the order of the text, arrays lists, strings {@code String}, whole
 * numbers that fit {@code Long}, other numbers {@code BigDecimal}, {@code true} and {@code false} {@code Boolean}, and
 * {@code null} is {@link #NULL}. Strict, as RFC 8259 has it, and a key may stand once in an object. Nesting and the
 * number of values are limited.
 */
@Internal
public final class JsonText {

    /** The value of {@code null}. */
    public static final Object NULL = new Object() {
        @Override
        public String toString() {
            return "null";
        }
    };

    private static final int DEEPEST = 64;
    private static final int MOST_VALUES = 20_000_000;
    private static final int MOST_DIGITS = 64;

    private final String source;
    private final String text;
    /** The number of the first line of the text. */
    private final int firstLine;

    private int at;
    private int values;

    private JsonText(String source, String text, int firstLine) {
        this.source = source;
        this.text = text;
        this.firstLine = firstLine;
    }

    /**
     * Reads a value.
     *
     * @param source the name of the text in messages
     * @param text one value, and nothing behind it but space
     * @param firstLine the number of its first line in the source, from 1
     * @return the value
     * @throws InputException when it is not JSON; names line and column
     */
    public static Object parse(String source, String text, int firstLine) {
        JsonText reader = new JsonText(source, text, firstLine);
        Object value = reader.value(0);
        reader.space();
        if (reader.at < text.length()) {
            throw reader.expected("the end of the value");
        }
        return value;
    }

    private Object value(int depth) {
        space();
        if (++values > MOST_VALUES) {
            throw problem("more than " + MOST_VALUES + " values");
        }
        if (depth > DEEPEST) {
            throw problem("nested deeper than " + DEEPEST);
        }
        char next = peek();
        switch (next) {
            case '{':
                return object(depth);
            case '[':
                return array(depth);
            case '"':
                return string();
            case 't':
                return word("true", true);
            case 'f':
                return word("false", false);
            case 'n':
                return word("null", NULL);
            default:
                return number();
        }
    }

    private Map<String, Object> object(int depth) {
        Map<String, Object> object = new LinkedHashMap<>();
        at++;
        space();
        if (peek() == '}') {
            at++;
            return object;
        }
        while (true) {
            space();
            if (peek() != '"') {
                throw expected("a name in quotes");
            }
            int start = at;
            String name = string();
            if (object.containsKey(name)) {
                at = start;
                throw problem("\"" + name + "\" stands twice in one object");
            }
            space();
            take(':', "a colon");
            object.put(name, value(depth + 1));
            space();
            if (peek() == '}') {
                at++;
                return object;
            }
            take(',', "a comma or }");
        }
    }

    private List<Object> array(int depth) {
        List<Object> array = new ArrayList<>();
        at++;
        space();
        if (peek() == ']') {
            at++;
            return array;
        }
        while (true) {
            array.add(value(depth + 1));
            space();
            if (peek() == ']') {
                at++;
                return array;
            }
            take(',', "a comma or ]");
        }
    }

    private String string() {
        int start = ++at;
        while (at < text.length() && text.charAt(at) != '"' && text.charAt(at) != '\\' && text.charAt(at) >= ' ') {
            at++;
        }
        if (at < text.length() && text.charAt(at) == '"') {
            return text.substring(start, at++);
        }
        StringBuilder out = new StringBuilder(text.substring(start, at));
        while (peek() != '"') {
            char c = text.charAt(at);
            if (c < ' ') {
                throw problem("a control character in quotes");
            }
            at++;
            out.append(c == '\\' ? escaped() : c);
        }
        at++;
        return out.toString();
    }

    private char escaped() {
        char c = peek();
        at++;
        int simple = "\"\\/bfnrt".indexOf(c);
        if (simple >= 0) {
            return "\"\\/\b\f\n\r\t".charAt(simple);
        }
        if (c == 'u' && at + 4 <= text.length()) {
            int code = 0;
            for (int i = 0; i < 4; i++) {
                code = code * 16 + hex(text.charAt(at + i));
            }
            at += 4;
            return (char) code;
        }
        throw problem("an unknown escape in quotes");
    }

    private int hex(char c) {
        int digit = c < 128 ? Character.digit(c, 16) : -1;
        if (digit < 0) {
            throw problem("expected four hexadecimal digits");
        }
        return digit;
    }

    private Object number() {
        int start = at;
        skip("-");
        int whole = digits();
        boolean isWhole = true;
        boolean isZeroLed = whole > 1 && text.charAt(at - whole) == '0';
        if (skip(".")) {
            isWhole = false;
            whole = Math.min(whole, digits());
        }
        if (skip("eE")) {
            isWhole = false;
            skip("+-");
            int power = digits();
            whole = power > 4 ? 0 : Math.min(whole, power);
        }
        if (whole == 0 || isZeroLed || at - start > MOST_DIGITS) {
            at = start;
            throw expected("a value");
        }
        BigDecimal number = new BigDecimal(text.substring(start, at));
        return isWhole && number.precision() <= 19 && number.toBigInteger().bitLength() < Long.SIZE
                ? (Object) number.longValue()
                : number;
    }

    private int digits() {
        int start = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at - start;
    }

    private boolean skip(String characters) {
        if (at < text.length() && characters.indexOf(text.charAt(at)) >= 0) {
            at++;
            return true;
        }
        return false;
    }

    private Object word(String word, Object meaning) {
        if (!text.startsWith(word, at)) {
            throw expected("a value");
        }
        at += word.length();
        return meaning;
    }

    private void space() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private char peek() {
        if (at >= text.length()) {
            throw problem("ends in the middle of a value");
        }
        return text.charAt(at);
    }

    private void take(char c, String what) {
        if (peek() != c) {
            throw expected(what);
        }
        at++;
    }

    private InputException expected(String what) {
        String found = at >= text.length() ? "the end" : "'" + text.charAt(at) + "'";
        return problem("expected " + what + ", found " + found);
    }

    private InputException problem(String problem) {
        int end = Math.min(at, text.length());
        int line = firstLine;
        int lineStart = 0;
        for (int i = text.indexOf('\n'); i >= 0 && i < end; i = text.indexOf('\n', i + 1)) {
            line++;
            lineStart = i + 1;
        }
        return InputException.at(source, line, end - lineStart + 1, problem);
    }
}
