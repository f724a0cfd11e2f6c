package dev.faultline.source.btf;

import dev.faultline.input.InputException;

/** Spells types as C and pahole do: {@code "int (*)(struct sk_buff *)"}. */
final class BtfTypeNames {

    private static final int DEEPEST = 64;
    private static final int LONGEST = 16_384;

    private final BtfTypes types;
    private final String[] spellings;

    BtfTypeNames(BtfTypes types) {
        this.types = types;
        this.spellings = new String[types.endId()];
    }

    String of(int id) {
        return of(id, 0);
    }

    private String of(int id, int depth) {
        if (depth > DEEPEST) {
            throw new InputException(types.source(), "type " + id, "nested deeper than " + DEEPEST + " levels");
        }
        if (id > 0 && id < spellings.length && spellings[id] != null) {
            return spellings[id];
        }
        String spelling = spell(id, depth);
        if (spelling.length() > LONGEST) {
            throw new InputException(types.source(), "type " + id, "a type longer than " + LONGEST + " characters");
        }
        if (id > 0) {
            spellings[id] = spelling;
        }
        return spelling;
    }

    private String spell(int id, int depth) {
        return switch (types.kind(id)) {
            case BtfKind.VOID -> "void";
            case BtfKind.STRUCT -> tagged("struct", id);
            case BtfKind.UNION -> tagged("union", id);
            case BtfKind.FWD -> tagged(types.flag(id) ? "union" : "struct", id);
            case BtfKind.ENUM, BtfKind.ENUM64 -> tagged("enum", id);
            case BtfKind.VOLATILE -> qualified("volatile", id, depth);
            case BtfKind.CONST -> qualified("const", id, depth);
            case BtfKind.RESTRICT -> of(types.sizeOrType(id), depth + 1) + " restrict";
            case BtfKind.TYPE_TAG -> of(types.sizeOrType(id), depth + 1);
            case BtfKind.PTR -> declare("*", types.sizeOrType(id), depth + 1);
            case BtfKind.ARRAY ->
                of(types.trailing(id, 0), depth + 1) + "[" + (types.trailing(id, 2) & 0xffffffffL) + "]";
            case BtfKind.FUNC_PROTO -> declare("", id, depth + 1);
            default -> types.name(id);
        };
    }

    private String tagged(String keyword, int id) {
        String name = types.name(id);
        return name.isEmpty() ? keyword : keyword + " " + name;
    }

    private String qualified(String qualifier, int id, int depth) {
        String inner = of(types.sizeOrType(id), depth + 1);
        return inner.endsWith("*") ? inner + " " + qualifier : qualifier + " " + inner;
    }

    /** {@return a declaration, built from the inside out: stars, then what they point to} */
    private String declare(String declarator, int target, int depth) {
        if (depth > DEEPEST) {
            throw new InputException(types.source(), "type " + target, "nested deeper than " + DEEPEST + " levels");
        }
        return switch (types.kind(target)) {
            case BtfKind.PTR -> declare("*" + declarator, types.sizeOrType(target), depth + 1);
            case BtfKind.TYPE_TAG -> declare(declarator, types.sizeOrType(target), depth + 1);
            case BtfKind.FUNC_PROTO -> function(declarator, target, depth);
            case BtfKind.ARRAY -> pointerToArray(declarator, target, depth);
            default -> of(target, depth + 1) + " " + declarator;
        };
    }

    private String pointerToArray(String declarator, int array, int depth) {
        StringBuilder dimensions = new StringBuilder();
        int element = array;
        for (int i = 0; types.kind(element) == BtfKind.ARRAY && i < DEEPEST; i++) {
            dimensions
                    .append('[')
                    .append(types.trailing(element, 2) & 0xffffffffL)
                    .append(']');
            element = types.trailing(element, 0);
        }
        return of(element, depth + 1) + " (" + declarator + ")" + dimensions;
    }

    private String function(String declarator, int prototype, int depth) {
        StringBuilder text = new StringBuilder(of(types.sizeOrType(prototype), depth + 1));
        text.append(" (").append(declarator).append(")(");
        int parameters = types.vlen(prototype);
        for (int i = 0; i < parameters; i++) {
            int type = types.trailing(prototype, 2 * i + 1);
            boolean variadic = type == 0 && i == parameters - 1;
            text.append(i == 0 ? "" : ", ").append(variadic ? "..." : of(type, depth + 1));
            if (text.length() > LONGEST) {
                throw new InputException(
                        types.source(), "type " + prototype, "a function type longer than " + LONGEST + " characters");
            }
        }
        return text.append(parameters == 0 ? "void)" : ")").toString();
    }
}
