package dev.faultline.source.data;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names of symbols as people write them: without the version of a library, and of C++ and Rust with its scopes.
 * Names of variables outside of functions and templates are taken apart; others, whose mangled form needs the whole
 * grammar, stay as the linker has them.
 */
final class SymbolName {

    private static final Pattern RUST_HASH = Pattern.compile("h[0-9a-f]{16}");
    private static final Pattern VERSION = Pattern.compile("@@?[A-Za-z_][\\w.]*");
    private static final String UNNAMED_NAMESPACE = "_GLOBAL__N_1";
    private static final int MOST_DIGITS = 4;

    private final String mangled;
    private int at;

    private SymbolName(String mangled) {
        this.mangled = mangled;
    }

    /** {@return a name for people; the symbol's own where there is no other} */
    static String shown(String symbol) {
        int version = symbol.indexOf('@');
        String plain = version > 0 && VERSION.matcher(symbol.substring(version)).matches()
                ? symbol.substring(0, version)
                : symbol;
        if (!plain.startsWith("_Z")) {
            return plain;
        }
        String scoped = new SymbolName(plain).scoped();
        return scoped.isEmpty() ? plain : scoped;
    }

    /** {@return the name with its scopes; empty when it is of another form} */
    private String scoped() {
        at = 2;
        boolean isNested = skip('N');
        StringBuilder name = new StringBuilder();
        String last = "";
        boolean isFirst = true;
        while (at < mangled.length() && mangled.charAt(at) != 'E') {
            if (!isFirst && !isNested) {
                return "";
            }
            if (isFirst && isNested && mangled.startsWith("St", at)) {
                at += 2;
                last = "std";
            } else {
                skip('L'); // a static one
                last = part();
            }
            if (last.isEmpty()) {
                return "";
            }
            boolean isHash = !isFirst && at == mangled.length() - 1 && isRustHash(last);
            if (!isHash) {
                name.append(isFirst ? "" : "::").append(last);
            }
            isFirst = false;
        }
        boolean isWhole = isNested ? at == mangled.length() - 1 : at == mangled.length();
        return isWhole && !isFirst ? name.toString() : "";
    }

    private static boolean isRustHash(String part) {
        Matcher hash = RUST_HASH.matcher(part);
        return hash.matches();
    }

    private boolean skip(char letter) {
        boolean isThere = at < mangled.length() && mangled.charAt(at) == letter;
        at += isThere ? 1 : 0;
        return isThere;
    }

    /** {@return the name of one scope, whose length stands before it; empty when it is none or has escapes of Rust} */
    private String part() {
        int length = 0;
        int start = at;
        while (at < mangled.length() && at - start < MOST_DIGITS && isDigit(mangled.charAt(at))) {
            length = length * 10 + mangled.charAt(at++) - '0';
        }
        if (at == start || length == 0 || length > mangled.length() - at) {
            return "";
        }
        String part = mangled.substring(at, at + length);
        at += length;
        if (part.equals(UNNAMED_NAMESPACE)) {
            return "(anonymous namespace)";
        }
        return part.indexOf('$') >= 0 || part.indexOf('.') >= 0 ? "" : part;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
